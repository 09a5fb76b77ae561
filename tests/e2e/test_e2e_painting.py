"""What goes over the wire, byte by byte, and that the diff layer shows what plain painting shows."""

from __future__ import annotations

from random import Random

import pytest
from sample_tasks import reference_task
from stories import go_to
from terminal import CTRL_Q, ENTER, ESCAPE, F1, F8, Terminal

DOWN, UP, CTRL_P, TAB = "\x1b[B", "\x1b[A", "\x10", "\t"
CURSOR = "2f5f87"
TEXTUAL_PAINTS = """
from sms_tui.cli import main, tui
tui.set_textual()
from sms_tui.ui import mirror
mirror.works_here = lambda: False
raise SystemExit(main())
"""
"""The program on a Textual of another shape, where nothing of our painting is used."""
FIRST_FRAME = 20_000
FOCUS = 1_000
STEP = 600
CHARACTER = 120
"""The most bytes that may be sent: for the first frame, a change of focus, a cursor step, and a typed character."""
WHOLE_FOCUS, WHOLE_STEP, WHOLE_CHARACTER = 9_000, 9_000, 300
"""The last three without the diff layer."""


def shown(terminal: Terminal) -> list[object]:
    """Every cell as it can be seen: of a blank the background alone."""
    return [
        (cell.data, cell.bg, *((cell.fg, *cell[3:]) if cell.data != " " or cell.reverse else ()))
        for line in terminal.cells
        for cell in line
    ]


def cursor_row(terminal: Terminal) -> int | None:
    """The line of the screen on which the cursor of the tree is."""
    return next((y for y, line in enumerate(terminal.cells) if line[3].bg == CURSOR), None)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_screen_is_the_same_with_the_diff_layer_without_it_and_as_textual_paints_it(start, service, tmp_path, seed):
    random = Random(seed)
    task_id = service.add(reference_task(name="迁移任务 数据库", speed_limit=0))
    words = ("edit", task_id, "--endpoint", service.url)
    textual, diffed, whole = ways = [
        start(*words, program=TEXTUAL_PAINTS, XDG_STATE_HOME=str(tmp_path / "textual")),
        start(*words, XDG_STATE_HOME=str(tmp_path / "diffed")),
        start(*words, "--no-diff", XDG_STATE_HOME=str(tmp_path / "whole")),
    ]
    for terminal in ways:
        terminal.await_text("Service-owned", "warnings · 0 changes")
    keys = [
        DOWN,
        DOWN,
        UP,
        " ",
        "Z",
        ENTER,
        ESCAPE,
        F1,
        ESCAPE,
        F8,
        CTRL_P,
        ESCAPE,
        TAB,
        "]",
        "[",
        "\x0c",
        go_to("name"),
    ]
    for step in range(40):
        key = random.choice(keys)
        for terminal in ways:
            if step in (15, 25):
                terminal.resize(*((84, 26) if step == 15 else (120, 40)))
            terminal.send(key)
        diffed.await_same(textual, shown, f"after {key!r}, step {step}, with the diff layer")
        whole.await_same(textual, shown, f"after {key!r}, step {step}, without the diff layer")


def sent(terminal: Terminal, *keys_and_texts: tuple[str, str]) -> list[int]:
    """The bytes that each key costs, until its text is on the screen and nothing moves any more."""
    counts = []
    for key, text in keys_and_texts:
        terminal.quiet_for(0.0)
        before = len(terminal.raw)
        terminal.send(key)
        terminal.await_text(text)
        terminal.quiet_for(0.0)
        counts.append(len(terminal.raw) - before)
    return counts


@pytest.mark.parametrize(
    ("options", "most_of_a_focus", "most_of_a_step", "most_of_a_character"),
    [((), FOCUS, STEP, CHARACTER), (("--no-diff",), WHOLE_FOCUS, WHOLE_STEP, WHOLE_CHARACTER)],
    ids=["diff layer", "whole regions"],
)
def test_bytes_are_within_their_budgets(start, service, options, most_of_a_focus, most_of_a_step, most_of_a_character):
    task_id = service.add(reference_task(name="windows", speed_limit=0))
    terminal = start("edit", task_id, "--endpoint", service.url, *options, warm=True, COLORTERM="truecolor")
    terminal.await_text("Service-owned", "warnings · 0 changes")
    assert len(terminal.raw) <= FIRST_FRAME
    steps = []
    for row in range(3, 17):
        steps += sent(terminal, (DOWN, "Service-owned"))
        assert cursor_row(terminal) == row
    assert sorted(steps)[len(steps) // 2] <= most_of_a_step, steps
    focus = sent(terminal, (ENTER, "Esc Tree"), (ESCAPE, "d Delete"), (ENTER, "Esc Tree"))
    assert max(focus) <= most_of_a_focus
    terminal.send(ESCAPE, go_to("speed_limit"), "1")
    terminal.await_text("1 change")
    typed = sent(terminal, ("2", "= 12 Mbit/s"), ("3", "= 123 Mbit/s"), ("4", "= 1234 Mbit/s"))
    terminal.send(ENTER, go_to("name"), "a")
    terminal.await_text("sms-tui   a ")
    typed += sent(terminal, ("b", "sms-tui   ab "), ("c", "sms-tui   abc "), ("d", "sms-tui   abcd "))
    assert max(typed) <= most_of_a_character, typed
    terminal.send(ENTER, CTRL_Q)
    terminal.await_text("2 changes are not sent")


def test_nothing_is_sent_while_nobody_types(start, service):
    task_id = service.add(reference_task(speed_limit=0))
    terminal = start("edit", task_id, "--endpoint", service.url)
    terminal.await_text("Service-owned", "warnings · 0 changes")
    assert terminal.quiet_for(2.0)
