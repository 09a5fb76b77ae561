"""Terminals and locales that are not what the authors have."""

from __future__ import annotations

import pytest
from sample_tasks import reference_task
from terminal import CTRL_Q, ENTER

SURROUNDINGS = {
    "C locale": {"LANG": "C", "LC_ALL": "C"},
    "Latin-1 output": {"LANG": "C", "PYTHONIOENCODING": "latin-1"},
    "screen": {"TERM": "screen-256color"},
    "linux console": {"TERM": "linux"},
    "no colour": {"NO_COLOR": "1"},
}
IN_ASCII = {"C locale", "Latin-1 output", "linux console"}


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_a_chinese_task_is_painted_and_opened(name, start):
    terminal = start("demo", **SURROUNDINGS[name])
    block, title = ("#", "+- Task") if name in IN_ASCII else ("█", "╭─ Task")
    terminal.await_text("14 tasks", "财务系统迁移任务", block)
    terminal.send("财务系统", ENTER)
    terminal.await_text("Service-owned", "财务系统迁移任务", title)
    terminal.send(CTRL_Q)
    assert terminal.exit_code() == 0
    assert terminal.restored


def test_without_colour_no_colour_is_sent(edit, start, service):
    terminal = start(
        "edit", service.add(reference_task()), "--endpoint", service.url, NO_COLOR="1", COLORTERM="truecolor"
    )
    terminal.await_text("Service-owned")
    assert terminal.colours == set()


def test_a_dumb_terminal_is_refused_with_what_to_use_instead(start):
    terminal = start("demo", TERM="dumb")
    assert terminal.exit_code() == 2
    assert terminal.sees("cannot place text; set TERM, or use list, get, check, diff and apply.")
    assert b"\x1b[" not in terminal.raw


def test_a_name_that_would_steer_the_terminal_is_painted_as_text(edit):
    terminal, _ = edit(reference_task(name="bad\x1b]0;owned\x07\x1b[2Jname"))
    terminal.await_text("\\u001b]0;owned\\u0007\\u001b[2Jname")
    assert b"]0;owned\x07" not in terminal.raw


def test_a_name_in_the_markup_of_textual_is_painted_as_it_is(edit):
    terminal, _ = edit(reference_task(name="[bold red]x[/] [@click=app.quit]y[/]"))
    terminal.await_text("[bold red]x[/] [@click=app.quit]y[/]")
