"""Plain mode in a real terminal: what a screen reader over SSH gets, from the list to the change read back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from recording import RecordingService
from sample_tasks import reference_task
from stories import only
from terminal import CTRL_Q, CTRL_S, DOWN, ENTER, ESCAPE, F1, F8, Terminal

DRAWN = re.compile("[\u2500-\u259f\u2800-\u28ff✗●▾▸]")
"""Boxes, blocks, braille patterns, and the marks of the other mode."""
USED_SIZE = "target_server.disks[0].physical_volumes[0].used_size"
HERE = 21
"""The line of what has the keyboard, on a terminal of 24."""


@pytest.fixture
def service() -> Iterator[RecordingService]:
    """One of each test's own: the list is read out, and what others put there need not be ASCII."""
    with RecordingService() as running:
        yield running


def await_here(terminal: Terminal, start: str, column: int = 0) -> None:
    """The terminal's own cursor must come to stand on the line of what has the keyboard, and that say so."""
    terminal.await_that(
        lambda: terminal.cursor == (column, HERE) and terminal.screen[HERE].startswith(start),
        f"the cursor {terminal.cursor} to stand on {start!r}",
    )


def await_told(terminal: Terminal, *texts: str) -> None:
    """All of the texts must be announced."""
    terminal.await_that(
        lambda: all(text in " ".join(terminal.screen[HERE - 3 : HERE]) for text in texts), f"{texts} to be announced"
    )


@pytest.mark.parametrize("signs", [(), ("--ascii",)], ids=["", "ascii"])
def test_a_task_is_found_changed_and_sent_by_ear(start, service, signs):
    name = "plain ascii" if signs else "plain"
    task_id = service.add(reference_task(name=name, speed_limit=0))
    terminal = start("--endpoint", service.url, "--plain", *signs, columns=80, lines=24, warm=True)
    await_here(terminal, "")
    terminal.send(name)
    await_here(terminal, f"Filter: {name}", len(f"Filter: {name}"))
    await_told(terminal, f"1 of 1: {name}, RUNNING" if signs else f": {name}")
    terminal.send(ENTER)
    await_here(terminal, f"{name}, open, warning, level 1; 1 of ")
    await_told(terminal, "0 errors, 3 warnings, 0 changes")
    terminal.send(F1)
    await_told(terminal, "Help")
    terminal.send(ESCAPE)
    await_here(terminal, f"{name}, open")
    terminal.send("/", USED_SIZE)
    await_told(terminal, "1 of 1: used_size: ")
    terminal.send(ENTER)
    await_told(terminal, "Editing used_size.")
    terminal.send("610M")
    await_here(terminal, "used_size: 610M", len("used_size: 610M"))
    terminal.send(ENTER)
    await_told(terminal, "used_size: 639631360 = 610 MiB", "warning: ", "changed")
    terminal.send(ESCAPE, F8)
    await_told(terminal, "1 of ")
    terminal.send(CTRL_S)
    await_told(terminal, "Review", f"Risky: type {name} and press Enter to submit")
    await_here(terminal, "Name: ", len("Name: "))
    terminal.send(DOWN)
    await_told(terminal, "error: Changes used_size of volume Z:")
    terminal.send(name)
    await_here(terminal, f"Name: {name}", len(f"Name: {name}"))
    terminal.send(ENTER)
    await_told(terminal, "Saved: 1 kept.")
    await_here(terminal, "Saved. What the service holds now:; 1 of 2")
    terminal.send(DOWN)
    await_here(terminal, "target_server, disks, Disk 1, Z:, used_size, 639631360 = 610 MiB, kept; 2 of 2")
    terminal.send(ENTER, CTRL_Q)
    assert terminal.exit_code() == 0
    assert terminal.restored
    body = json.loads(only(service.puts(task_id)).body)
    assert body["target_server"]["disks"][0]["physical_volumes"][0]["used_size"] == 639631360
    assert not DRAWN.search(terminal.raw.decode()), "something was drawn"
    assert not signs or re.findall(r".*[^\x00-\x7f].*", terminal.raw.decode()) == []


def test_in_chinese_it_is_words_too(start, service):
    service.add(reference_task(name="普通模式", speed_limit=0))
    terminal = start("--endpoint", service.url, "--plain", "--lang", "zh_CN", columns=80, lines=24)
    await_here(terminal, "")
    terminal.send("普通模式")
    await_told(terminal, "普通模式")
    terminal.send(ENTER)
    await_here(terminal, "普通模式")
    terminal.send("/speed_limit", ENTER, "50", ENTER)
    await_told(terminal, "speed_limit: 50 Mbit/s")
    terminal.send(CTRL_S)
    await_here(terminal, "1 处修改")
    terminal.send("y")
    await_told(terminal, "1 ")
    terminal.send(ENTER, CTRL_Q)
    assert terminal.exit_code() == 0
    assert not DRAWN.search(terminal.raw.decode())


def test_a_step_sends_the_sentence_and_no_more(start, service):
    task_id = service.add(reference_task(speed_limit=0))
    terminal = start("edit", task_id, "--endpoint", service.url, "--plain", columns=80, lines=24, warm=True)
    await_told(terminal, "0 errors, 3 warnings, 0 changes")
    assert terminal.quiet_for(0.0)
    before = len(terminal.raw)
    terminal.send(DOWN)
    await_here(terminal, "Service-owned, level 2; 2 of ")
    terminal.quiet_for(0.0)
    sent = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", bytes(terminal.raw[before:])).decode()
    assert re.fullmatch(r"Service-owned, level 2; 2 of \d+ *", sent), sent
    assert terminal.quiet_for(2.0), "something moved unasked"


def test_the_config_file_turns_it_on(start, service, environment, tmp_path):
    config = tmp_path / "home" / "config" / "sms-tui"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('plain = "on"\n', "utf-8")
    service.add(reference_task(name="by the file"))
    terminal = start("--endpoint", service.url, columns=80, lines=24)
    terminal.send("by the file")
    await_told(terminal, ": by the file, RUNNING")
