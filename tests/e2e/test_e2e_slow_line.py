"""Over a line of 300 ms each way and 64 kbit/s: what goes over it, and that nothing typed is lost on it."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from recording import RecordingService
from sample_tasks import Task, reference_task
from stories import go_to
from terminal import CTRL_Q, ENTER, PATIENCE, PROGRAM, Terminal

DOWN, UP = "\x1b[B", "\x1b[A"
ANSWER = "\x1b[0n"
"""What a terminal says when it is asked how it is."""
FIRST_FRAME, STEP, CHARACTER = 20_000, 600, 120
"""The most bytes that may be sent: for the first frame, for a cursor step, and for a typed character."""
IDLE_MINUTE = 2_000
POLLS_A_MINUTE = 4
"""The most bytes while nobody types, and how often an open task is read meanwhile."""

_LINE = (sys.executable, str(Path(__file__).with_name("slow_line.py")))
LINE, SLOW_LINE = (*_LINE, "0.02", "10e6"), (*_LINE, "0.3", "64e3")
OFTEN_POLLING = (
    sys.executable,
    "-c",
    "import sys; from sms_tui.cli import main, tui; tui.run_app.__kwdefaults__['poll'] = 0.2; sys.exit(main())",
)
"""The program, but it reads an open task again every 0.2 s, not every 15."""


class AnsweringTerminal(Terminal):
    """A terminal that answers what real ones do: how it is, and that it can hold back a frame until it is whole."""

    answers: Sequence[tuple[bytes, str]] = ((b"\x1b[5n", ANSWER), (b"\x1b[?2026$p", "\x1b[?2026;2$y"))

    def _read(self, deadline: float) -> bool:
        before = len(self.raw)
        came = super()._read(deadline)
        for question, answer in self.answers:
            start = max(0, before - len(question) + 1)
            for _ in range(self.raw.count(question, start)):
                self.send(answer)
        return came


@pytest.fixture
def open_task(service, environment, terminals):
    """Opens a task in the editor, at the near end of a line."""

    def started(
        task_id: str,
        *options: str,
        line: Sequence[str] = (),
        program: Sequence[str] = PROGRAM,
        terminal: type[Terminal] = AnsweringTerminal,
    ) -> Terminal:
        command = [*line, *program, "edit", task_id, "--endpoint", service.url, *options]
        terminals.append(opened := terminal(command, environment))
        return opened

    return started


def sent(terminal: Terminal, keys: str, text: str) -> int:
    """The bytes that come after keys, until a text is on the screen and all that belongs to it."""
    terminal.quiet_for(0.0)
    before = len(terminal.raw)
    terminal.send(keys)
    terminal.await_text(text)
    terminal.quiet_for(0.0)
    return len(terminal.raw) - before


def move(task: Task) -> None:
    """Let a task go on by itself, as the service moves it from one read to the next."""
    step = task["sub_tasks"][0]
    step["progress"] += 1
    task["migrate_speed"] = 20.5 + step["progress"]


def await_reads(terminal: Terminal, service: RecordingService, task_id: str) -> None:
    """Wait until a task was read twice more: the first may have been under way."""

    def reads() -> int:
        return sum(request.method == "GET" and task_id in request.path for request in service.requests)

    before, deadline = reads(), time.monotonic() + PATIENCE
    while reads() < before + 2:
        assert time.monotonic() < deadline, "the task is not read"
        terminal.quiet_for(0.0)


def test_on_a_slow_line_bytes_stay_within_their_budgets_and_nothing_typed_ahead_is_lost(service, open_task):
    terminal = open_task(service.add(reference_task(speed_limit=0)), line=SLOW_LINE)
    terminal.await_text("Service-owned", "warnings · 0 changes")
    terminal.quiet_for(0.0)
    assert len(terminal.raw) <= FIRST_FRAME
    titles = ("Service-owned", "source_server", "source_server › disks", "source_server › volume_groups")
    steps = sorted(sent(terminal, DOWN, f"╭─ {title} ─") for title in titles)
    assert steps[1] <= STEP, steps
    terminal.send(*[UP] * 4, go_to("speed_limit"), "123")
    terminal.await_text("= 123 Mbit/s", "1 change")
    assert sent(terminal, "4", "= 1234 Mbit/s") <= CHARACTER


def test_what_a_running_task_brings_in_four_polls_keeps_an_idle_minute_within_2_kb(service, open_task):
    task_id = service.add(reference_task(state="RUNNING"))
    terminal = open_task(task_id, program=OFTEN_POLLING)
    terminal.await_text("Service-owned", "warnings · 0 changes")
    terminal.send("/sub_tasks", ENTER)
    terminal.await_text("╭─ Sub-tasks")
    terminal.quiet_for(0.0)
    before = len(terminal.raw)
    for percent in range(1, 1 + POLLS_A_MINUTE):
        move(service.held(task_id))
        terminal.await_text(f"{20.5 + percent} MB/s")
        terminal.quiet_for(0.0)
    assert 0 < len(terminal.raw) - before <= IDLE_MINUTE


def test_on_a_slow_line_the_meter_tells_so_and_what_the_service_moves_waits_for_a_key(service, open_task):
    task_id = service.add(reference_task(state="RUNNING"))
    terminal = open_task(task_id, "--link-meter", line=SLOW_LINE, program=OFTEN_POLLING)
    terminal.await_text("Service-owned", "warnings · 0 changes")
    terminal.send("/sub_tasks", ENTER)
    terminal.await_text("╭─ Sub-tasks")
    terminal.send(UP)
    terminal.await_that(lambda: re.search(r" [6-9]\d\d ms$", terminal.screen[-1]) is not None, "the meter")
    move(service.held(task_id))
    await_reads(terminal, service, task_id)
    assert terminal.quiet_for(0.5)
    assert not terminal.sees("21.5 MB/s")
    terminal.send(DOWN)
    terminal.await_text("21.5 MB/s")
    service.held(task_id)["name"] = "another name"
    terminal.await_text("Somebody else changed name.")


def test_the_terminal_is_given_back_only_when_no_answer_is_on_its_way_that_the_shell_would_get(service, open_task):
    patient = "from sms_tui.ui import metered; metered._LAST_WAIT = 60"
    program = (sys.executable, "-c", f"import sys; from sms_tui.cli import main; {patient}; sys.exit(main())")
    task_id = service.add(reference_task(speed_limit=0))
    terminal = open_task(task_id, "--link-meter", line=LINE, program=program, terminal=Terminal)
    terminal.await_text("Service-owned", "warnings · 0 changes")
    terminal.send(CTRL_Q)
    terminal.quiet_for(0.0)
    terminal.send(ANSWER)
    assert terminal.exit_code() == 0
    assert b"^[[0n" not in terminal.raw  # what a shell's terminal makes of it


def test_an_answer_to_the_meter_is_never_typed_nor_pasted(service, open_task):
    terminal = open_task(service.add(reference_task(speed_limit=0)), "--link-meter")
    terminal.await_text("Service-owned", "warnings · 0 changes")
    terminal.send(f"/{ANSWER}speed_{ANSWER}limit{ENTER}{ANSWER}1{ANSWER}2\x1b[200~3{ANSWER}4\x1b[201~")
    terminal.await_text("= 1234 Mbit/s")


def test_a_terminal_that_can_hold_back_a_frame_until_it_is_whole_is_asked_to(service, open_task):
    terminal = open_task(service.add(reference_task(speed_limit=0)))
    terminal.await_text("Service-owned", "warnings · 0 changes")
    size = sent(terminal, DOWN, "╭─ Service-owned ─")
    frames = bytes(terminal.raw[-size:])
    assert frames.startswith(b"\x1b[?2026h")
    assert frames.endswith(b"\x1b[?2026l")
