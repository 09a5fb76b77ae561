"""Plain mode by somebody who hears the screen: a sentence for what has the keyboard, in its place, and what is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from driver import Operator, operator
from plainly import here, is_readable, told
from service import REFERENCE, Service

from sms_tui import language
from sms_tui.ui.plain.words import briefly, spoken, spoken_line
from sms_tui.ui.screens.task_list import TaskListScreen

VOLUME = "target_server.disks[0].physical_volumes[1]"


@asynccontextmanager
async def hearing(service: Service, task: str | None = REFERENCE, **options) -> AsyncIterator[Operator]:
    """Somebody who hears the program; without a task it begins with the list."""
    options = {"size": (80, 24), "plain": True, **options}
    session = service.session
    async with operator(session, task, listing=None if task else session, **options) as op:
        is_readable(op)
        yield op


async def go_through(op: Operator, *keys: str) -> None:
    for key in keys:
        await op.press(*key.split())
        is_readable(op)


@pytest.mark.parametrize(
    ("size", "ascii", "tongue"),
    [
        ((80, 24), False, language.ENGLISH),
        ((80, 24), True, language.CHINESE),
        ((100, 30), False, language.CHINESE),
        ((300, 100), True, language.ENGLISH),
        ((60, 16), False, language.ENGLISH),
    ],
    ids=str,
)
async def test_every_screen_is_of_sentences_with_the_cursor_in_its_place(service, size, ascii, tongue):
    language.use(tongue)
    try:
        async with hearing(service, None, size=size, ascii=ascii) as op:
            await op.type("wrong volume")
            await go_through(op, "enter", "down", "end", "home", "f1", "escape", "?", "end", "escape", "f6", "end")
            await go_through(op, "enter", "enter", "down", "enter", "escape", "ctrl+f")
            await op.type("device_use")
            await go_through(op, "enter", "down", "escape", "enter", "home", "enter", "down", "enter", "f8", "f9")
            await go_through(op, "down", "enter", "f7", "ctrl+p", "down", "escape", "escape", "P", "escape")
            await op.find("target_server.disks[1].name")
            await go_through(op, "escape", "alt+t", "right", "down", "s", "/", "escape", "escape", "ctrl+e", "down")
            await go_through(op, "escape", "alt+w", "escape", "ctrl+s", "down", "pagedown", "alt+o", "escape", "escape")
            await go_through(op, "ctrl+q", "n")
    finally:
        language.use(language.ENGLISH)


async def test_a_long_line_is_wrapped_as_it_is_said(service):
    async with hearing(service, None) as op:
        await op.type("wrong volume")
        await op.press("enter", "f8", "f1")
        shown = " ".join(line.strip() for line in op.screen.splitlines())
        assert "warning: 322122547200 (300 GiB) is less than its volumes sum to, 2233382993920 (2.0 TiB)" in shown


async def test_what_has_the_keyboard_is_one_sentence_and_moving_says_the_next(service):
    async with hearing(service, None) as op:
        assert told(op) == "Tasks, simulator, 14 tasks."
        assert here(op).startswith("erp-db-01 (wrong volume size), READY, 0 %, Windows, block, from erp-db-01 to")
        assert here(op).endswith("; 1 of 14")
        await op.press("down")
        assert here(op).startswith("web-portal-03, READY")
        await op.press("up", "enter")
        assert told(op).startswith("erp-db-01 (wrong volume size), 988f2a88..., READY, simulator")
        assert here(op) == "erp-db-01 (wrong volume size), open, warning, level 1; 1 of 18"
        await op.press("down", "down", "right", "down", "down")
        assert here(op) == "Disk 1 300 GiB, closed, level 4; 6 of 18"


async def test_a_field_is_said_with_its_value_what_it_takes_and_what_is_found(service):
    async with hearing(service) as op:
        await op.press("enter")
        assert here(op) == "name: MigrationTask, takes 0-255 characters; 1 of 20"
        await op.find(f"{VOLUME}.used_size")
        assert told(op) == "Editing used_size."
        assert here(op).startswith("used_size: ")
        await op.type("41G")
        assert told(op) == "Editing used_size."
        await op.press("enter")
        assert told(op).startswith("used_size: 44023414784 = 41 GiB, warning: ")
        assert "is more than size" in told(op)
        assert told(op).count("changed") == 1


async def test_an_error_and_its_end_are_counted_aloud(service):
    async with hearing(service) as op:
        await op.find("speed_limit")
        await op.type("99999")
        assert "1 error, 3 warnings, 1 change" in told(op)
        await op.press("enter")
        assert "speed_limit: 99999" in told(op)
        assert "error: 99999 is more than the most allowed" in told(op)
        await op.press("ctrl+z")
        assert "Undone: set speed_limit" in told(op)


async def test_the_same_answer_twice_is_heard_twice(service):
    async with hearing(service) as op:
        await op.press("ctrl+z")
        assert told(op) == "Nothing to undo."
        await op.press("ctrl+z")
        assert told(op) == "Nothing to undo. (again)"
        await op.press("ctrl+z")
        assert told(op) == "Nothing to undo."


async def test_matches_are_counted_while_one_goes_through_them(service):
    async with hearing(service) as op:
        await op.press("/")
        assert here(op) == "Find:"
        await op.type("used_size")
        assert here(op) == "Find: used_size"
        assert op.app.cursor_position.x == len("Find: used_size")
        assert told(op).startswith("1 of 3: used_size: ")
        await op.press("down")
        assert told(op).startswith("2 of 3: used_size: ")
        await op.press("enter", "escape", "f3")
        assert "for used_size." in told(op)


async def test_problems_repairs_review_and_outcome_are_told(service):
    async with hearing(service, None) as op:
        await op.type("wrong volume")
        await op.press("enter", "f8")
        assert told(op).startswith("1 of 2: F9: set size of D: to 200 GiB as on the source")
        assert here(op).startswith("size: 322122547200 = 300 GiB, warning: ")
        await op.press("f9")
        await op.press("enter")
        assert told(op).startswith("Done: set size of D: to 200 GiB")
        await op.press("ctrl+s")
        assert "Risky: type erp-db-01 (wrong volume size) and press Enter to submit" in told(op)
        await op.press("down")
        assert told(op).startswith("error: Shrinks volume D:")
        await op.type("erp-db-01 (wrong volume size)")
        await op.press("enter")
        assert "Saved: 1 kept." in told(op)
        assert here(op) == "Saved. What the service holds now:; 1 of 2"
        await op.press("down")
        assert here(op).startswith("target_server, disks, Disk 1, D:, size, 214748364800 = 200 GiB, kept")


async def test_a_review_is_read_line_by_line_and_y_sends_it(service):
    async with hearing(service) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.press("ctrl+s")
        assert here(op).startswith("1 change; 1 of ")
        op.see("y Submit", "n Back")
        await op.press("down")
        assert here(op).startswith("speed_limit; 2 of ")
        await op.press("down")
        assert here(op).startswith("0 Mbit/s to 50 Mbit/s; 3 of ")
        await op.press("y")
        assert service.bodies == [{"speed_limit": 50}]
        assert "Saved: 1 kept." in told(op)


async def test_a_conflict_is_told_side_by_side(service):
    async with hearing(service) as op:
        await op.find("speed_limit")
        await op.type("50")
        await service.elsewhere(REFERENCE, {"speed_limit": 70})
        await op.press("ctrl+s")
        assert "Conflict, 1 value was changed by somebody else too" in told(op)
        assert here(op) == "mine: 50 Mbit/s, speed_limit; 1 of 1"
        await op.press("down")
        assert here(op) == "theirs, now: 70 Mbit/s, speed_limit; 1 of 1"
        await op.press("enter")
        assert told(op) == "All decided: ctrl+s goes on to the review."
        assert here(op) == "theirs, now: 70 Mbit/s, chosen, speed_limit; 1 of 1"


async def test_a_table_says_cell_row_and_column(service):
    async with hearing(service, None) as op:
        await op.type("wrong volume")
        await op.press("enter")
        await op.find("target_server.disks[1].name")
        await op.press("escape", "alt+t", "right")
        assert here(op).startswith("Disk 1, ")
        assert ", row 2 of 2, column 2 of " in here(op)


async def test_json_is_edited_where_the_cursor_is_and_its_line_is_told_of(service):
    async with hearing(service) as op:
        await op.press("ctrl+e", "down")
        text = op.app.focused
        assert op.app.cursor_position == text.cursor_screen_offset
        assert op.screen.splitlines()[op.app.cursor_position.y].strip() == text.document.get_line(1).strip()
        op.see("line 2, id")
        await op.press("home")
        await op.type("x")
        await op.press("down")
        assert "error: " in told(op)


async def test_the_disks_are_sentences(service):
    async with hearing(service) as op:
        await op.press("f6", "down")
        assert here(op).startswith("Target Disk 1, 40 GiB: Z: 500 MiB, Y: 39.5 GiB, 2 MiB unallocated")
        await op.press("escape", "end", "up", "f6")
        assert here(op).startswith("RUNNING, 0 %; 1 of ")


async def test_a_question_is_announced_whole_and_its_keys_are_the_line_under_the_cursor(service):
    async with hearing(service) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.press("ctrl+q")
        assert told(op).startswith("Quit. 1 change is not sent. Quit and drop it?")
        assert here(op) == "y yes, n no"


async def test_tree_and_form_never_stand_side_by_side_however_wide_the_terminal(service):
    async with hearing(service, size=(300, 100)) as op:
        op.see("Target server")
        await op.press("enter")
        op.see("speed_limit: ")
        op.see_not("Target server")


async def test_a_change_of_size_leaves_the_sentence_where_it_belongs(service):
    async with hearing(service) as op:
        await op.find("speed_limit")
        await op.type("5")
        for size in ((140, 45), (60, 16), (40, 12), (300, 100)):
            await op.resize(*size)
            is_readable(op)
            assert here(op) == "speed_limit: 5"
        await op.type("0")
        await op.press("enter", "up")
        assert here(op).startswith("speed_limit: 50 Mbit/s, changed")


async def test_nothing_is_read_out_that_nobody_asked_for(service, monkeypatch):
    session, polled, poll = service.session, asyncio.Event(), TaskListScreen._poll
    monkeypatch.setattr(TaskListScreen, "_poll", lambda screen: polled.set() or poll(screen))
    async with operator(session, listing=session, every=0.06, plain=True) as op:
        asked = len(service.requests)
        for _ in range(2):
            polled.clear()
            await polled.wait()
            await op.idle()
        assert len(service.requests) == asked
        await op.press("ctrl+r")
        assert len(service.requests) > asked


async def test_what_was_said_can_be_read_again(service):
    async with hearing(service) as op:
        await op.press("ctrl+z", "ctrl+y", "ctrl+p")
        await op.type("announced")
        await op.press("enter")
        op.see("Nothing to redo.", "Nothing to undo.")


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        ("  target_server › disks › Y:", "target_server, disks, Y:"),
        ("a  value,  with its  blanks", "a  value,  with its  blanks"),
        ("      0 Mbit/s  →  50 Mbit/s", "0 Mbit/s to 50 Mbit/s"),
        ("✗ Shrinks a volume", "error: Shrinks a volume"),
        ("! not read again", "warning: not read again"),
        ("█████░░░  63 %", "63 %"),
        ("⠋ Sending…", "Sending..."),
        ("▾ disks (2)", "disks (2)"),
    ],
)
def test_what_is_drawn_is_said_in_words(drawn, words):
    assert spoken(drawn) == words


def test_blanks_that_part_columns_are_commas():
    assert spoken_line([("  ", ""), ("disks › Y:", ""), ("  added", "")]) == "disks, Y:, added"
    assert spoken_line([("ctrl+a      ", ""), ("", ""), ("Select all", "")]) == "ctrl+a, Select all"
    assert spoken_line([("      ", ""), ("a  b", ""), ("  →  ", ""), ("c", "")]) == "a  b to c"


async def test_a_value_is_said_as_it_is(service):
    async with hearing(service) as op:
        await op.find("region_name")
        await op.type("a  b · c")
        await op.press("enter", "up")
        op.see("region_name: a  b")


def test_a_cut_is_marked_without_a_sign_of_its_own():
    assert briefly("abcdefgh", 6) == "abc..."
    assert briefly("财务系统迁移", 8) == "财务..."
    assert briefly("abc", 6) == "abc"
