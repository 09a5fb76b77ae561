"""An operator works on a list as a table."""

from __future__ import annotations

import json
import random
import threading
from pathlib import Path

import pytest
from driver import Operator, operator
from service import REFERENCE

from sms_tui.exactjson import Json, loads, same
from sms_tui.schema.paths import ABSENT
from sms_tui.session.file import FileSession
from sms_tui.ui.screens.table import TableScreen
from sms_tui.ui.table import listing

DISKS = ("target_server", "disks")
VOLUMES = (*DISKS, 0, "physical_volumes")
GIB = 2**30
KEYS = (
    *("up", "down", "left", "right", "enter", "escape", "tab", "shift+tab", "pageup", "home", "end", "slash", "s", "m"),
    *("a", "d", "c", "x", "C", "v", "K", "J", "u", "t", "f8", "f7", "f1", "ctrl+z", "ctrl+y", "alt+n", "alt+backspace"),
    *("alt+u", "alt+a", "5", "G", "backspace", "y", "n"),
)


async def open_table(op: Operator, path: str) -> None:
    """Open the table of a list, or of the list that an entry is in."""
    await op.find(path)
    if op.app.focused is not op.app.screen.task_tree:
        await op.press("escape")
    await op.press("t")
    assert isinstance(op.app.screen, TableScreen), op.screen


async def go_to_column(op: Operator, name: str) -> None:
    """Put the cursor into a column of the table."""
    table = op.app.screen.entries
    while table.listing.columns[table.column].name != name:
        await op.press("right" if table.column < table.listing.column_of(name) else "left")


def named(op: Operator) -> list[str]:
    """The names in the rows, from the top."""
    table = op.app.screen.entries
    return [table.listing.entries[number]["name"] for number in table.listing.seen]


def cell(op: Operator) -> object:
    """The value under the cursor."""
    return op.document.value(op.app.screen.place)


async def open_wrong_volume(op: Operator) -> None:
    await op.type("wrong volume")
    await op.press("enter")


async def test_a_size_is_typed_in_its_cell_echoed_reviewed_and_sent_and_else_untouched(service, session):
    async with operator(session, REFERENCE) as op:
        before = op.document.base
        await open_table(op, "target_server.disks")
        op.see("target_server › disks", "used_size", "1 entry")
        await go_to_column(op, "size")
        await op.type("80G")
        op.see("85899345920 = 80 GiB", "1 change")
        await op.press("enter")
        assert "80 GiB" in op.line("Disk 1")
        assert "●" in op.line("Disk 1")
        await op.submit()
        [body] = service.bodies
        expected = loads(json.dumps(before["target_server"]))
        expected["disks"][0]["size"] = 80 * GIB
        assert same(body, {"target_server": expected})
        assert list(body["target_server"]["disks"][0]) == list(before["target_server"]["disks"][0])


async def test_enter_goes_on_below_tab_to_the_right_and_escape_keeps_what_was_typed(session):
    async with operator(session, REFERENCE) as op:
        await open_table(op, "target_server.disks[0].physical_volumes[0]")
        await go_to_column(op, "size")
        await op.press("enter")
        await op.type("1G")
        await op.press("enter")
        assert op.app.screen.place == (*VOLUMES, 1, "size")
        await op.type("2G")
        await op.press("tab")
        assert op.app.screen.place == (*VOLUMES, 1, "used_size")
        await op.type("3G")
        await op.press("escape")
        assert op.app.focused is op.app.screen.entries
        assert op.document.value((*VOLUMES, 0, "size")) == GIB
        assert op.document.value((*VOLUMES, 1, "size")) == 2 * GIB
        assert op.document.value((*VOLUMES, 1, "used_size")) == 3 * GIB
        assert len(op.document.changes) == 3


async def test_keys_that_arrive_in_one_burst_edit_cell_after_cell(session):
    async with operator(session, REFERENCE) as op:
        await open_table(op, "target_server.disks[0].physical_volumes[0]")
        await go_to_column(op, "size")
        op.burst("1G", "enter")
        op.burst("2G", "tab")
        op.burst("3G", "escape")
        await op.idle()
        sizes = [(volume["size"], volume["used_size"]) for volume in op.document.value(VOLUMES)]
        assert [size for size, _ in sizes] == [GIB, 2 * GIB]
        assert sizes[1][1] == 3 * GIB


async def test_an_error_is_marked_in_its_cell_and_row_and_told_in_full_below(session):
    async with operator(session, REFERENCE, size=(80, 24)) as op:
        await open_table(op, "target_server.disks[0].physical_volumes[0]")
        await go_to_column(op, "size")
        await op.type("-5")
        op.see("1 error", "must be a whole number, is text")
        await op.press("escape")
        assert op.line(" Z:").count("✗") == 2


async def test_null_absent_and_empty_are_three_states_with_a_key_each(session):
    async with operator(session, REFERENCE) as op:
        await open_table(op, "target_server.disks[0].physical_volumes[1]")
        await go_to_column(op, "file_system")
        await op.press("alt+n")
        assert cell(op) is None
        assert "null" in op.line(" Y:")
        await op.press("alt+backspace")
        assert cell(op) is ABSENT
        assert "absent" in op.line(" Y:")
        await op.press("alt+u")
        assert op.document.changes == []
        await op.press("enter", "backspace", "escape")
        assert cell(op) == ""
        assert '""' in op.line(" Y:")


async def test_a_choice_is_picked_or_typed_by_its_beginning(session):
    async with operator(session, REFERENCE) as op:
        await open_table(op, "target_server.disks[0].physical_volumes[0]")
        await go_to_column(op, "device_use")
        await op.press("enter")
        op.see("leave the key out", "no value")
        await op.press("home", "enter")
        assert cell(op) == "NORMAL"
        await op.type("b")
        assert cell(op) == "BOOT"


async def test_a_field_of_the_service_asks_once_for_table_and_form(session):
    async with operator(session, REFERENCE) as op:
        await open_table(op, "sub_tasks")
        await go_to_column(op, "progress")
        await op.type("9")
        op.see("The service keeps this field itself")
        await op.press("n")
        assert op.document.changes == []
        await op.type("9")
        await op.press("y", "escape", "escape")
        assert op.document.value(("sub_tasks", 0, "progress")) == 9
        await op.find("total_time")
        await op.type("7")
        assert op.document.value(("total_time",)) == 7


async def test_undo_in_the_table_repaints_and_goes_to_the_cell(session):
    async with operator(session, REFERENCE) as op:
        await open_table(op, "target_server.disks[0].physical_volumes[0]")
        await go_to_column(op, "size")
        await op.type("7G")
        await op.press("escape")
        await go_to_column(op, "name")
        await op.press("down", "ctrl+z")
        op.see("Undone", "500 MiB", "0 changes")
        assert op.app.screen.place == (*VOLUMES, 0, "size")
        await op.press("ctrl+y")
        assert "7 GiB" in op.line(" Z:")


async def test_sorting_is_by_number_then_the_other_way_then_as_in_the_task(session):
    async with operator(session, listing=session) as op:
        await op.type("crm-app")
        await op.press("enter")
        await open_table(op, "target_server.disks")
        sizes = [disk["size"] for disk in op.document.value(DISKS)]
        order = named(op)
        await go_to_column(op, "size")
        await op.press("s")
        op.see("size ▲")
        assert [sizes[number] for number in op.app.screen.entries.listing.seen] == sorted(sizes)
        await op.press("s")
        op.see("size ▼")
        assert [sizes[number] for number in op.app.screen.entries.listing.seen] == sorted(sizes, reverse=True)
        await op.press("s")
        op.see_not("▲", "▼")
        assert named(op) == order


async def test_the_cursor_and_the_marks_stay_on_their_entries_when_rows_are_sorted(session):
    async with operator(session, REFERENCE) as op:
        await open_table(op, "target_server.disks[0].physical_volumes[0]")
        assert named(op) == ["Z:", "Y:"]
        await op.press("m", "up", "s")
        assert named(op) == ["Y:", "Z:"]
        assert op.app.screen.entries.here == (*VOLUMES, 0)
        assert op.app.screen.entries.marked == [(*VOLUMES, 0)]


async def test_a_filter_narrows_as_it_is_typed_and_escape_shows_all_again(session):
    async with operator(session, listing=session) as op:
        await open_wrong_volume(op)
        await open_table(op, "target_server.disks")
        await op.press("slash")
        await op.type("os_disk:false")
        op.see("1 of 2 entries")
        op.see_not("Disk 0")
        await op.press("enter")
        assert op.app.focused is op.app.screen.entries
        op.see_not("Disk 0")
        await op.press("escape")
        op.see("2 entries", "Disk 0")


async def test_moving_a_row_needs_the_tasks_order_and_says_so(session):
    async with operator(session, REFERENCE) as op:
        await open_table(op, "target_server.disks[0].physical_volumes[0]")
        await op.press("s", "K")
        op.see("Moving needs the task's order: press s on name")
        assert op.document.changes == []
        await op.press("s", "s", "slash")
        await op.type("z")
        await op.press("enter", "J")
        op.see("Moving needs all rows in sight")
        await op.press("escape", "J")
        assert [volume["name"] for volume in op.document.value(VOLUMES)] == ["Y:", "Z:"]
        assert op.app.screen.entries.here == (*VOLUMES, 1)


async def test_marked_rows_are_deleted_in_one_edit_and_one_undo_brings_them_back(session):
    async with operator(session, REFERENCE) as op:
        await open_table(op, "target_server.disks[0].physical_volumes[0]")
        await op.press("m", "m")
        assert op.line(" Z:")[1] == op.line(" Y:")[1] == "*"
        await op.press("d")
        assert op.document.value(VOLUMES) == []
        op.see("No entries. a adds one.")
        await op.press("ctrl+z")
        assert op.document.changes == []
        assert named(op) == ["Z:", "Y:"]


async def test_one_value_is_set_on_all_marked_rows(session):
    async with operator(session, REFERENCE) as op:
        await open_table(op, "target_server.disks[0].physical_volumes[0]")
        await go_to_column(op, "file_system")
        await op.press("m", "m", "up")
        await op.press("enter")
        await op.type("ReFS")
        await op.press("alt+a")
        assert [volume["file_system"] for volume in op.document.value(VOLUMES)] == ["ReFS", "ReFS"]


async def test_an_entry_is_added_after_the_row_duplicated_and_pasted_from_the_tree(session):
    async with operator(session, REFERENCE) as op:
        await op.find("target_server.disks[0].physical_volumes[1].name")
        await op.press("escape", "C", "up", "t", "a")
        table = op.app.screen.entries
        assert table.here == (*VOLUMES, 1)
        assert len(op.document.value(VOLUMES)) == 3
        await op.press("c")
        assert table.here == (*VOLUMES, 2)
        await op.press("v")
        assert table.here == (*VOLUMES, 3)
        assert op.document.value((*VOLUMES, 3, "size")) == op.document.value((*VOLUMES, 4, "size"))
        await op.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert op.document.changes == []


async def test_what_was_cut_in_a_table_is_pasted_in_the_tree(session):
    async with operator(session, listing=session) as op:
        await open_wrong_volume(op)
        first, second = (*DISKS, 0, "physical_volumes"), (*DISKS, 1, "physical_volumes")
        counts = len(op.document.value(first)), len(op.document.value(second))
        await open_table(op, "target_server.disks[1].physical_volumes[1]")
        await op.press("x", "escape")
        await op.find("target_server.disks[0].name")
        await op.press("escape", "v")
        assert (len(op.document.value(first)), len(op.document.value(second))) == (counts[0] + 1, counts[1] - 1)


async def test_an_added_entry_is_seen_even_if_the_filter_would_hide_it(session):
    async with operator(session, REFERENCE) as op:
        await open_table(op, "target_server.disks[0].physical_volumes[0]")
        await op.press("slash")
        await op.type("NTFS")
        await op.press("enter", "a")
        assert op.app.screen.entries.here == (*VOLUMES, 1)
        op.see("3 entries")


async def test_next_problem_stays_in_the_table_and_says_where_there_is_none(session):
    async with operator(session, listing=session) as op:
        await open_wrong_volume(op)
        await open_table(op, "target_server.disks")
        await op.press("f8")
        op.see("1 of 2: ")
        first = op.app.screen.place
        assert first[:3] == (*DISKS, 1)
        await op.press("f8")
        op.see("2 of 2: ")
        await op.press("f8")
        op.see("1 of 2: ")
        await op.press("slash")
        await op.type("os_disk:true")
        await op.press("enter", "f8")
        op.see("Esc clears the filter, which hides some.")
        await op.press("escape", "escape")
        await open_table(op, "source_server.disks")
        await op.press("f8")
        op.see("No problems in this table.")


async def test_next_change_goes_from_changed_cell_to_changed_cell(session):
    async with operator(session, REFERENCE) as op:
        await open_table(op, "target_server.disks[0].physical_volumes[0]")
        await op.press("f7")
        op.see("No changes in this table.")
        await go_to_column(op, "size")
        await op.type("1G")
        await op.press("enter", "right")
        await op.type("1M")
        await op.press("escape", "home", "f7")
        assert op.app.screen.place == (*VOLUMES, 0, "size")
        await op.press("f7")
        assert op.app.screen.place == (*VOLUMES, 1, "used_size")


@pytest.mark.parametrize("key", ["escape", "t"])
async def test_leaving_puts_the_trees_cursor_on_the_entry(session, key):
    async with operator(session, REFERENCE) as op:
        await open_table(op, "target_server.disks[0].physical_volumes[0]")
        await op.press("down", key)
        assert op.app.focused is op.app.screen.task_tree
        assert op.app.screen.task_tree.node.path == (*VOLUMES, 1)


async def test_the_table_opens_on_the_field_that_has_the_cursor_in_the_form(session):
    async with operator(session, REFERENCE) as op:
        await op.find("target_server.disks[0].physical_volumes[1].mount_point")
        await op.press("alt+t")
        assert op.app.screen.place == (*VOLUMES, 1, "mount_point")


async def test_a_list_in_a_cell_tells_its_extent_and_leads_to_the_tree(session):
    async with operator(session, REFERENCE) as op:
        await open_table(op, "target_server.disks")
        op.see("2 entries →")
        await go_to_column(op, "physical_volumes")
        await op.press("enter")
        assert op.app.screen.task_tree.node.path == (*DISKS, 0)


async def test_where_there_is_no_list_it_says_what_to_do(session):
    async with operator(session, REFERENCE) as op:
        await op.find("clone_server")
        await op.press("t")
        op.see("A table shows a list")
        await op.find("target_server.disks[0].physical_volumes[0]")
        await op.press("escape", "home", "t")
        op.see("A table shows a list")


async def test_a_table_is_a_command_of_the_palette(session):
    async with operator(session, REFERENCE) as op:
        await op.find("target_server.disks")
        await op.press("ctrl+p")
        await op.type("as a table")
        await op.press("enter")
        assert isinstance(op.app.screen, TableScreen)


async def test_help_in_the_table_explains_the_column_and_its_keys(session):
    async with operator(session, REFERENCE) as op:
        await open_table(op, "target_server.disks")
        await go_to_column(op, "used_size")
        await op.press("f1")
        op.see("Used size", "Sort by this column")


async def test_80_columns_show_the_first_column_and_scroll_to_the_one_with_the_cursor(session):
    async with operator(session, REFERENCE, size=(80, 24)) as op:
        await open_table(op, "target_server.disks[0].physical_volumes[0]")
        op.see("mount_point", "›")
        op.see_not("free_size  device_use  file_system")
        await go_to_column(op, "relation_name")
        op.see("relation_name", "‹", " Z:")
        op.see_not("mount_point")
        await op.resize(140, 45)
        op.see("relation_name")
        await op.press("enter")
        await op.type("vda")
        await op.resize(80, 24)
        assert "vda" in op.line(" Z:")


async def test_a_task_that_may_only_be_read_is_not_changed_in_a_table(session):
    async with operator(session, REFERENCE) as op:
        op.app.screen._hand.read_only = "Somebody else is editing it."
        await open_table(op, "target_server.disks[0].physical_volumes[0]")
        await op.press("5")
        op.see("Nothing can be changed here. Somebody else is editing it.")
        await op.press("d", "a", "c", "J", "alt+n", "alt+backspace", "x", "v", "ctrl+z")
        assert op.document.history == ()


async def test_an_undo_that_takes_the_disk_away_leaves_no_table_of_another_disk(session):
    async with operator(session, REFERENCE) as op:
        await op.find("target_server.disks")
        await op.press("a")
        await op.find("target_server.disks[1]")
        await op.press("escape", "a", "t", "ctrl+z", "ctrl+z")
        op.see("No entries")
        assert op.document.changes == []


def file_of(tmp_path: Path, task: Json) -> FileSession:
    file = tmp_path / "task.json"
    file.write_text(json.dumps(task), "utf-8")
    return FileSession(file)


async def test_20000_volumes_open_scroll_sort_and_filter(tmp_path):
    volumes = [{"name": f"v{at}", "size": (at * 7919) % 20_000 * GIB, "used_size": 0} for at in range(20_000)]
    task = {"target_server": {"disks": [{"name": "Disk 1", "size": 1, "physical_volumes": volumes}]}}
    async with operator(file_of(tmp_path, task)) as op:
        op.app.screen.select((*VOLUMES, 19_999))
        await op.press("t")
        op.see("20000 entries", "v19999")
        op.see_not(" v0 ")
        await op.press("home")
        op.see(" v0 ")
        await go_to_column(op, "size")
        await op.press("s", "home")
        table = op.app.screen.entries
        assert [op.document.value((*table.row_path(row), "size")) for row in (0, 1, -1)] == [0, GIB, 19_999 * GIB]
        await op.press("slash")
        await op.type("name:v1234")
        op.see("11 of 20000 entries", "v12345")
        assert len(table._painted) <= 60


async def test_a_long_list_is_filtered_and_sorted_in_a_thread_and_keys_typed_ahead_are_meant_for_its_rows(
    tmp_path, monkeypatch
):
    volumes = [{"name": f"v{at}", "size": (at * 7919) % 3000 * GIB, "used_size": 0} for at in range(3000)]
    task = {"target_server": {"disks": [{"name": "Disk 1", "size": 1, "physical_volumes": volumes}]}}
    threads = []
    for name in ("matching", "in_order"):
        known = getattr(listing, name)
        monkeypatch.setattr(
            listing,
            name,
            lambda *given, known=known, **more: threads.append(threading.current_thread()) or known(*given, **more),
        )
    async with operator(file_of(tmp_path, task)) as op:
        op.app.screen.select((*VOLUMES, 0))
        await op.press("t", "slash")
        op.burst("name:v299", "down", "down", "enter", "m")
        await op.await_text("11 of 3000 entries")
        await op.press("slash")
        assert op.app.screen.entries.marked == [(*VOLUMES, 2991)]
        await op.press("escape")
        await go_to_column(op, "size")
        op.burst("", "s", "home", "m")
        await op.await_text("size ▲")
        await op.press("down")
        assert (*VOLUMES, 0) in op.app.screen.entries.marked
        op.see_not("looking through")
    assert threads
    assert threading.main_thread() not in threads


async def test_entries_that_are_no_objects_are_shown_and_not_edited(tmp_path):
    task = {"target_server": {"btrfs_list": ["sda1", {"name": "sdb1"}, None, 5]}}
    async with operator(file_of(tmp_path, task)) as op:
        await open_table(op, "target_server.btrfs_list")
        op.see("sda1", "sdb1", "null", "4 entries")
        await op.type("5")
        op.see("This entry is no object")
        await op.press("down")
        await op.type("5")
        assert op.document.value(("target_server", "btrfs_list", 1, "name")) == "5"


@pytest.mark.parametrize("seed", range(6))
async def test_random_keys_in_a_table_never_end_the_program_and_all_can_be_undone(tmp_path, seed):
    chance = random.Random(seed)
    odd = [None, "", -1, 2**70, True, [], {}, "\ud800\x1b[2J", "中文", 40 * GIB]
    fields = ("name", "size", "used_size", "index", "unknown key", "physical_volumes", "device_use")
    disks = [{name: chance.choice(odd) for name in chance.sample(fields, 4)} for _ in range(5)]
    disks += [{"name": "Disk 1", "physical_volumes": [{"name": "C:"}]}, "text"]
    async with operator(file_of(tmp_path, {"target_server": {"disks": disks}}), size=(80, 24)) as op:
        await open_table(op, "target_server.disks")
        for _ in range(15):
            for key in chance.choices(KEYS, k=10):
                op.burst("", key) if len(key) > 1 else op.burst(key)
            await op.idle()
            if not isinstance(op.app.screen, TableScreen):
                await op.press("escape", "escape", "escape")
                break
        assert op.app._exception is None
        while op.document.undo() is not None:
            pass
        assert same(op.document.current, op.document.base)
