"""From 80x24 to 300x100, and below: what has its place at which size, and what a change of size leaves alone."""

from __future__ import annotations

import pytest
from driver import operator
from service import REFERENCE

from sms_tui.document.edits import SetValue
from sms_tui.ui.json_view.screen import JsonScreen

SIZES = [(80, 24), (79, 23), (100, 30), (140, 45), (300, 100), (60, 16), (40, 12)]
VOLUME = "target_server.disks[0].physical_volumes[1]"
NO_DISKS = "the task lists no disks of it"


async def through_all_sizes(op):
    """Make the terminal each of the sizes in turn; look at the screen each time."""
    for size in SIZES:
        await op.resize(*size)
        width, height = size
        lines = op.screen.splitlines()
        assert len(lines) == height
        assert all(len(line) <= width for line in lines)
        yield size


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_screen_opens_at_every_size(session, size):
    async with operator(session, listing=session, size=size) as op:
        await op.press("down", "enter")
        for keys in (["f1"], ["?"], ["ctrl+p"], ["f6"], ["P"], ["ctrl+e"], ["ctrl+f"]):
            await op.press(*keys)
            await op.press("escape")
        await op.press("ctrl+s")
        op.see("Nothing to send")


async def test_the_map_is_whole_in_tall_terminals_two_lines_in_usual_ones_and_one_below_24(session):
    async with operator(session, REFERENCE, size=(140, 45)) as op:
        await op.find(f"{VOLUME}.size")
        op.see(NO_DISKS, "a cell is ", "╭─ Disks ─")
        for size in ((100, 30), (80, 24)):
            await op.resize(*size)
            op.see("Disks · F6", NO_DISKS, "►target Disk 1 40 GiB")
            op.see_not("a cell is ")
        await op.resize(79, 23)
        op.see("►target Disk 1 40 GiB")
        op.see_not("Disks · F6", NO_DISKS)
        await op.resize(300, 100)
        op.see(NO_DISKS, "a cell is ", "╭─ Disks ─")


async def test_the_folded_map_follows_the_cursor_to_its_disk_and_the_sub_tasks(session):
    async with operator(session, listing=session, size=(80, 24)) as op:
        await op.type("wrong volume")
        await op.press("enter")
        op.see("source Disk 0 100 GiB", "target Disk 0 100 GiB")
        await op.find("target_server.disks[1].name")
        op.see("source Disk 1 300 GiB", "►target Disk 1 300 GiB")
        await op.press("escape", "end", "up")
        op.see("Sub-tasks · F6", "READY   0 %", "CREATE_CLOUD_SERVER     0 %  not started")


async def test_f6_draws_all_and_leads_to_what_a_block_stands_for(session):
    async with operator(session, listing=session, size=(80, 24)) as op:
        await op.type("wrong volume")
        await op.press("enter", "f6")
        op.see("source Disk 0", "target Disk 0", "source Disk 1", "target Disk 1", "a cell is ")
        await op.press("end", "enter")
        op.see("target_server › disks › Disk 1")
        await op.press("f6")
        op.see("a cell is ")
        await op.press("f6")
        op.see_not("a cell is ")


async def test_the_box_of_a_drawing_is_as_high_as_what_it_holds_and_leaves_the_keys_in_sight(session):
    def last_line(op):
        lines = op.screen.splitlines()
        return lines[next(at for at, line in enumerate(lines) if "Enter goes there" in line) - 1]

    async with operator(session, REFERENCE, size=(140, 45)) as op:
        await op.press("P")
        assert "takes no source disk" in last_line(op)
        await op.press("escape", "f6")
        assert "drawn wider" in last_line(op)
        await op.resize(80, 24)
        assert "drawn wider" in last_line(op)
        disks = [{"name": f"Disk {at}", "size": 2**30} for at in range(30)]
        op.document.apply("many disks", SetValue(("source_server", "disks"), disks))
        await op.press("escape", "P")
        op.see("Where each source disk goes", "Help")
        await op.press("end")
        assert "Disk 29" in last_line(op)


async def test_a_message_that_is_longer_than_the_line_of_keys_is_shown_whole_until_the_next_key(session):
    async with operator(session, REFERENCE, size=(80, 24)) as op:
        before = op.screen
        await op.press("v")
        op.see("x cuts and C copies what is marked, or under the", " cursor.")
        await op.resize(140, 45)
        op.see("x cuts and C copies what is marked, or under the cursor.")
        await op.resize(80, 24)
        op.see("x cuts and C copies what is marked, or under the", " cursor.")
        await op.press("ctrl+l")
        assert op.screen == before


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_the_box_of_a_change_is_as_high_as_what_it_tells(session, size):
    async with operator(session, listing=session, size=size) as op:
        await op.type("wrong volume")
        await op.press("enter", "M")
        op.see("Mirror the source onto the target", "y makes it")
        lines = op.screen.splitlines()
        assert "→" in lines[next(at for at, line in enumerate(lines) if "y makes it" in line) - 1]


async def test_the_map_has_its_place_beside_the_tree_alone_too(session):
    async with operator(session, REFERENCE, size=(80, 24)) as op:
        op.see("Target server", "target Disk 1 40 GiB")
        await op.press("enter")
        op.see("speed_limit", "target Disk 1 40 GiB")
        op.see_not("Target server")


async def test_the_tree_keeps_its_place_and_the_keyboard(session):
    async with operator(session, REFERENCE) as op:
        await op.press("end", "up", "up")
        tree = op.app.screen.task_tree
        node = tree.node
        async for _ in through_all_sizes(op):
            assert op.app.focused is tree
            assert tree.node == node
            assert tree.scroll_offset.y <= tree.cursor < tree.scroll_offset.y + tree.size.height


async def test_a_row_of_the_form_keeps_its_place_and_the_keyboard(session):
    async with operator(session, REFERENCE) as op:
        await op.press("enter", "end")
        grid = op.app.screen.form.grid
        row = grid.row
        async for _ in through_all_sizes(op):
            assert op.app.focused is grid
            assert grid.row == row
            assert grid.scroll_offset.y <= grid.cursor < grid.scroll_offset.y + max(1, grid.size.height)


async def test_a_field_being_edited_keeps_what_is_half_typed_and_the_cursor_in_it(session):
    async with operator(session, REFERENCE) as op:
        await op.find(f"{VOLUME}.used_size")
        await op.type("412")
        await op.press("left")
        field = op.app.screen.form.input
        async for width, height in through_all_sizes(op):
            assert op.app.focused is field
            assert (field.value, field.cursor_position) == ("412", 2)
            assert field.display
            if (width, height) != (40, 12):
                row = next(line for line in op.screen.splitlines() if "used_size" in line)
                assert "412" in row
        await op.type("0")
        assert op.document.value(("target_server", "disks", 0, "physical_volumes", 1, "used_size")) == 4102


async def test_the_find_bar_keeps_its_words_and_the_match_under_the_cursor(session):
    async with operator(session, REFERENCE) as op:
        await op.press("ctrl+f")
        await op.type("size")
        await op.press("down", "down")
        hits = op.app.screen._find._hits
        async for _ in through_all_sizes(op):
            assert hits.cursor == 2
            assert op.app.focused.value == "size"
        await op.press("enter")
        assert op.document.describe(op.app.screen.place).endswith("size")


async def test_help_and_review_keep_the_line_at_the_top(session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.press("ctrl+s")
        lines = op.app.screen._lines
        await op.resize(80, 24)
        await op.press("down", "down", "down", "down")
        before = op.screen.splitlines()[1]
        for size in ((140, 16), (60, 16), (80, 20)):
            await op.resize(*size)
            assert op.screen.splitlines()[1].split()[:1] == before.split()[:1], op.screen
        assert op.app.focused is lines


async def test_what_lies_under_a_dialog_is_laid_out_anew_when_the_dialog_goes(session):
    async with operator(session, REFERENCE) as op:
        await op.press("f1")
        await op.resize(80, 24)
        await op.press("escape")
        op.see("Target server", "Disks · F6")
        assert not op.app.screen.form.display
        await op.press("f1")
        await op.resize(140, 45)
        await op.press("escape")
        op.see("Target server", "╭─ Disks ─", "speed_limit")


async def test_a_question_stays_open(session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.press("ctrl+q")
        async for width, _ in through_all_sizes(op):
            if width >= 60:
                op.see("1 change is not sent")
        await op.press("n")
        op.see("50")


async def test_the_table_keeps_its_cell(session):
    async with operator(session, listing=session) as op:
        await op.type("wrong volume")
        await op.press("enter")
        await op.find("target_server.disks[1].partition_style")
        await op.press("escape", "alt+t")
        table = op.app.screen.entries
        await op.press("down", "right", "right")
        cell = table.row
        async for _ in through_all_sizes(op):
            assert op.app.focused is table
            assert table.row == cell
            assert table.value_column[1] > 0


async def test_the_json_view_keeps_its_text_and_shows_its_cursor(session):
    async with operator(session, REFERENCE) as op:
        await op.press("ctrl+e")
        screen = op.app.screen
        assert isinstance(screen, JsonScreen)
        text = screen.text
        text.move_cursor((60, 4))
        await op.idle()
        async for _ in through_all_sizes(op):
            assert op.app.focused is text
            assert text.cursor_location == (60, 4)
            assert text.scroll_offset.y <= 60 < text.scroll_offset.y + text.size.height


async def test_the_list_keeps_its_task_and_its_filter(session):
    async with operator(session, listing=session) as op:
        await op.type("e")
        await op.press("down", "down")
        table = op.app.screen.table
        at = table.cursor
        async for _ in through_all_sizes(op):
            assert table.cursor == at
            assert op.app.focused.value == "e"


async def test_a_terminal_made_too_small_is_told_of_and_goes_on_working(session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.resize(40, 12)
        op.see("40x12 is too small: make it 60x16")
        await op.type("50")
        await op.resize(20, 5)
        await op.resize(1, 1)
        await op.resize(140, 45)
        op.see("50", "1 change")
        op.see_not("too small")
