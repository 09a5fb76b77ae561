"""How the program ends when it is told to, when its terminal goes, and when it breaks."""

from __future__ import annotations

import json
import signal
import sys

import pytest
from sample_tasks import reference_task
from stories import go_to
from terminal import CTRL_C, CTRL_Q, DOWN, HANGUP_IGNORED, UP, Terminal

SOON = 5.0
"""Seconds: the three that are promised, and a margin for a slow machine."""

BREAKING = """
import sys
from pathlib import Path
from sms_tui.ui import app

class Breaking(app.SmsTui):
    CSS_PATH = Path(app.__file__).parent / app.SmsTui.CSS_PATH
    BINDINGS = [("f10", "break_key", ""), ("f12", "break_worker", "")]

    def action_break_key(self):
        kept = "-".join(["marker", "of", "a", "secret"])
        raise RuntimeError("broken on purpose")

    async def _break(self):
        self.action_break_key()

    def action_break_worker(self):
        self.run_worker(self._break())

app.SmsTui = Breaking
from sms_tui.cli import main
sys.exit(main(["edit", "--file", sys.argv[1]]))
"""
F10, F12 = "\x1b[21~", "\x1b[24~"


def stall(terminal: Terminal) -> None:
    """Make it paint with nobody reading until it cannot write any more."""
    unread = -1
    while unread < (unread := terminal.unread_after(DOWN, UP)):
        pass


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_from_outside_puts_the_terminal_back_even_with_unsent_changes(edit, number):
    terminal, _ = edit(reference_task(speed_limit=0))
    terminal.send(go_to("speed_limit"), "50")
    terminal.await_text("1 change", "= 50 Mbit/s")
    terminal.signal(number)
    assert terminal.exit_code(SOON) == 128 + number
    assert terminal.restored


def test_sigterm_before_the_first_painting_puts_the_terminal_back(start, service):
    terminal = start("edit", service.add(reference_task()), "--endpoint", service.url)
    terminal.await_that(lambda: b"\x1b[?1049h" in terminal.raw, "the screen to be opened")
    terminal.signal(signal.SIGTERM)
    assert terminal.exit_code(SOON) == 128 + signal.SIGTERM
    assert terminal.restored


def test_a_lost_terminal_ends_it(edit):
    terminal, _ = edit(reference_task())
    terminal.hang_up()
    assert terminal.ended(SOON) == 128 + signal.SIGHUP


def test_a_lost_terminal_ends_it_under_nohup_too(edit):
    terminal, _ = edit(reference_task(), before=HANGUP_IGNORED)
    terminal.signal(signal.SIGHUP)
    terminal.send(go_to("speed_limit"), "50")
    terminal.await_text("1 change", "= 50 Mbit/s")
    terminal.hang_up()
    assert terminal.ended(SOON) == 128 + signal.SIGHUP


def test_sigterm_ends_it_when_nobody_reads_its_terminal(edit):
    terminal, _ = edit(reference_task())
    stall(terminal)
    terminal.signal(signal.SIGTERM)
    assert terminal.ended(SOON) == 128 + signal.SIGTERM


def test_a_lost_terminal_ends_it_when_nobody_read_it(edit):
    terminal, _ = edit(reference_task())
    stall(terminal)
    terminal.hang_up()
    assert terminal.ended(SOON) == 128 + signal.SIGHUP


def test_a_terminal_that_is_read_again_after_a_stall_shows_what_was_typed_meanwhile(edit):
    terminal, _ = edit(reference_task(speed_limit=0))
    stall(terminal)
    terminal.send(go_to("speed_limit"), "50")
    terminal.await_text("1 change", "= 50 Mbit/s")


def test_sigterm_while_a_task_is_being_opened_puts_the_terminal_back(start, service):
    task_id = service.add(reference_task())
    service.hang("GET", task_id)
    terminal = start("edit", task_id, "--endpoint", service.url)
    terminal.await_text(f"Opening {task_id}")
    terminal.signal(signal.SIGTERM)
    assert terminal.exit_code(SOON) == 128 + signal.SIGTERM
    assert terminal.restored


def test_ctrl_q_while_a_task_is_being_opened_quits(start, service):
    task_id = service.add(reference_task())
    service.hang("GET", task_id)
    terminal = start("edit", task_id, "--endpoint", service.url)
    terminal.await_text(f"Opening {task_id}")
    terminal.send(CTRL_Q)
    assert terminal.exit_code() == 0
    assert terminal.restored


def test_ctrl_c_says_how_to_quit_instead_of_quitting(edit):
    terminal, _ = edit(reference_task())
    terminal.send(CTRL_C)
    terminal.await_text("ctrl+q")


@pytest.mark.parametrize("key", [F10, F12], ids=["in a key", "in a worker"])
def test_a_crash_prints_where_and_no_values_and_puts_the_terminal_back(key, environment, terminals, tmp_path):
    file = tmp_path / "task.json"
    file.write_text(json.dumps(reference_task()), "utf-8")
    terminal = Terminal([sys.executable, "-c", BREAKING, str(file)], environment, lines=60)
    terminals.append(terminal)
    terminal.await_text("Service-owned")
    terminal.send(key)
    assert terminal.exit_code() == 1
    assert terminal.restored
    assert terminal.sees("RuntimeError: broken on purpose")
    assert terminal.sees("action_break_key")
    assert b"marker-of-a-secret" not in terminal.raw
