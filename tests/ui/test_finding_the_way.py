"""The list, the tree, find, problems and sizes of terminals."""

from __future__ import annotations

import pytest
from driver import operator
from service import REFERENCE

from sms_tui.document.edits import SetValue


async def test_the_list_filters_as_one_types_and_enter_opens(session):
    async with operator(session, listing=session) as op:
        op.see("Tasks", "14 tasks", "财务系统迁移任务", "MIGRATE_FAIL")
        await op.type("wrong volume")
        op.see("1 of 14 tasks")
        op.see_not("财务系统迁移任务")
        await op.press("enter")
        op.see("erp-db-01 (wrong volume size)", "Target server")
        await op.press("escape")
        op.see("1 of 14 tasks")


async def test_a_filter_that_nothing_matches_says_so_and_how_to_see_all_again(session):
    async with operator(session, listing=session) as op:
        op.see_not("Esc Show all")
        await op.type("zzzz")
        op.see("0 of 14 tasks", "No task matches the filter.")
        await op.press("left")
        op.see("Esc Show all")
        await op.press("enter")
        op.see("No task matches the filter.")
        await op.press("escape")
        op.see("crm-app-02")
        op.see_not("Esc Show all", "No task matches")


async def test_the_wrong_volume_size_is_mended_by_what_the_screen_says(service, session):
    async with operator(session, listing=session) as op:
        await op.type("wrong")
        await op.press("enter")
        op.see("2 warnings")
        await op.press("f8")
        op.see("is less than its volumes sum to")
        await op.press("f8")
        assert "size" in op.line("D:") or "free_size" in op.screen
        await op.find("target_server.disks[1].physical_volumes[0].size")
        size = op.document.value(("target_server", "disks", 1, "physical_volumes", 0, "size"))
        await op.type(str(size // 10))
        op.see("0 errors · 0 warnings · 1 change")
        await op.submit()
        op.see("Saved.", "kept")


async def test_marks_of_problem_and_change_go_up_to_the_root(session):
    async with operator(session, REFERENCE) as op:
        await op.find("target_server.disks[0].size")
        await op.type("-1")
        for name in ("▸ Disk 1", "▾ disks", "▾ Target server"):
            assert "✗●" in op.node(name), op.node(name)


async def test_next_problem_visits_errors_first_and_comes_round(session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("99999")
        await op.press("escape", "f8")
        op.see("1 of")
        assert op.app.focused is not None
        seen = set()
        for _ in range(len(op.document.findings)):
            seen.add(op.screen.splitlines()[-1])
            await op.press("f8")
        assert len(seen) == len(op.document.findings)


@pytest.mark.parametrize(
    ("wanted", "value"),
    [
        ("speed_limit", "0"),
        ("Speed limit", "0"),
        ("target_server › disks › Disk 1 › Y: › index", "2"),
        ("target_server.disks[0].physical_volumes[0].index", "1"),
        ("name-win16", "name-win16"),
    ],
)
async def test_find_goes_to_a_field_by_name_label_path_or_value_with_its_text_selected(session, wanted, value):
    async with operator(session, REFERENCE) as op:
        await op.find(wanted)
        assert op.app.focused is op.app.screen.form.input
        assert op.app.screen.form.input.selected_text == value


async def test_find_with_no_match_goes_nowhere(session):
    async with operator(session, REFERENCE) as op:
        await op.find("no such thing anywhere")
        assert op.app.focused is op.app.screen.task_tree


async def test_below_100_columns_tree_and_form_take_turns(session):
    async with operator(session, REFERENCE, size=(80, 24)) as op:
        op.see("Target server")
        op.see_not("0–255 characters")
        await op.press("enter")
        op.see("0–255 characters")
        op.see_not("Clone server")
        await op.press("escape")
        op.see("Clone server")
        await op.resize(140, 45)
        op.see("Clone server", "0–255 characters")


async def test_fold_and_unfold_with_the_arrows(session):
    async with operator(session, REFERENCE) as op:
        op.see("Disk 1")
        await op.find("target_server")
        await op.press("left")
        op.see_not("▸ Disk 1")
        await op.press("right", "right", "right", "right")
        op.see("Y:")


async def test_help_explains_the_field_and_lists_keys(session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.press("f1")
        op.see("Speed limit", "0–10000 Mbit/s", "PutTaskReq")
        await op.press("end")
        op.see("Every key of this screen")
        await op.press("escape")
        op.see("Target server")


async def test_leaving_with_unsent_changes_asks(session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("5")
        await op.press("ctrl+q")
        op.see("1 change is not sent")
        await op.press("n")
        op.see("1 change")
        await op.press("ctrl+q", "y")
        assert op.app._exit


async def test_control_characters_and_half_surrogates_from_the_service_are_painted_as_escapes(service, session):
    async with operator(session, REFERENCE) as op:
        await op.find("name")
        op.document.apply("from the service", SetValue(("name",), "a\x1b[31m\ud800"))
        op.app.screen.show_document(structure=True)
        await op.idle()
        op.see("a\\u001b[31m\\ud800")


async def test_a_command_is_found_in_the_palette_and_run(session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("5")
        await op.press("escape", "ctrl+p")
        op.see("Commands", "Review the change and submit it", "ctrl+s")
        await op.type("undo")
        op.see_not("Review the change")
        await op.press("enter")
        op.see("Undone", "0 changes")


async def test_the_theme_is_changed_in_the_palette(session):
    async with operator(session, REFERENCE) as op:
        await op.press("ctrl+p")
        await op.type("light")
        await op.press("enter")
        assert op.app.theme == "sms-light"
        op.see('theme = "sms-light" in the config file')


async def test_siblings_parent_and_folding_in_the_tree(session):
    async with operator(session, REFERENCE) as op:
        tree = op.app.screen.task_tree
        await op.find("target_server.disks[0].physical_volumes[0].name")
        await op.press("escape", "]")
        assert tree.node.path == ("target_server", "disks", 0, "physical_volumes", 1)
        await op.press("]", "[", "p")
        assert tree.node.path == ("target_server", "disks", 0)
        await op.press("z")
        op.see_not("Z:  ")
        await op.press("Z")
        assert tree.node.path == ("target_server",)
        op.see("Source server", "Sub-tasks")
        assert tree.row_count() == 6


async def test_next_change_goes_from_change_to_change(session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("5")
        await op.find("target_server.disks[0].size")
        await op.type("50G")
        await op.press("f7")
        op.see("Change 1 of 2")
        assert op.app.screen.form.row.path == ("speed_limit",)
        await op.press("f7")
        assert op.app.screen.form.row.path == ("target_server", "disks", 0, "size")


async def test_matches_are_counted_and_stepped_through_after_the_bar_is_left(session):
    async with operator(session, REFERENCE) as op:
        await op.press("slash")
        await op.type("file_system")
        op.see("2 found")
        await op.press("enter")
        visited = []
        for _ in range(3):
            visited.append(op.line("target_server › disks"))
            await op.press("f3")
            op.see("of 2 for file_system")
        assert visited[0] == visited[2] != visited[1]
        await op.press("escape", "n")
        op.see("of 2 for file_system")


async def test_stepping_tells_when_nothing_was_looked_for_or_found(session):
    async with operator(session, REFERENCE) as op:
        await op.press("f3")
        op.see("Nothing was looked for yet")
        await op.find("no such thing")
        await op.press("f3")
        op.see("Nothing is found for no such thing.")


async def test_stepping_finds_what_was_typed_since(session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("777")
        await op.find("target_server.name")
        await op.type("777")
        await op.find("777")
        await op.press("f3")
        op.see("2 of 2 for 777")
        await op.press("ctrl+z", "f3")
        op.see("1 of 1 for 777")


async def test_where_each_source_disk_goes_leads_to_the_disk_that_falls_short(session):
    async with operator(session, listing=session) as op:
        await op.type("crm-app")
        await op.press("enter")
        await op.find("target_server.disks[1].size")
        await op.type("40")
        op.see("= 40 B", "for 40 GiB write 40G")
        await op.type("G")
        op.see_not("write 40G")
        await op.press("escape", "P")
        op.see("Where each source disk goes", "159 GiB too small for what is used")
        await op.press("down", "right", "enter")
        op.see("target_server › disks › /dev/sdb")


async def test_a_form_without_a_field_says_so_to_every_key_that_wants_one(session):
    async with operator(session, REFERENCE) as op:
        await op.press("end", "enter")
        op.see("null. In the tree, a makes a new one.")
        op.see_not("Enter Edit")
        for key in ("enter", "d", "alt+n", "alt+backspace"):
            await op.press(key)
            op.see("There is no field here. Esc goes back.")
        await op.press("escape")
        op.see("Enter Edit")


async def test_help_that_is_longer_than_its_room_ends_in_a_mark(session):
    async with operator(session, REFERENCE, size=(80, 24)) as op:
        await op.find("target_server.disks[0].physical_volumes[0].device_use")
        op.see("may be ignored or spoil the copy.…")
        await op.resize(200, 24)
        op.see("spoil the copy.")
        op.see_not("copy.…")


async def test_a_message_that_the_line_has_no_room_for_is_read_in_full_from_the_palette(session):
    async with operator(session, REFERENCE, size=(80, 24)) as op:
        await op.press("ctrl+p")
        await op.type("announced")
        op.see("Not now: Nothing was announced yet.")
        await op.press("escape", "v")
        op.see("Nothing was cut or copied;")
        op.see_not("under the cursor")
        await op.press("ctrl+p")
        await op.type("announced")
        await op.press("enter")
        op.see("under the cursor.")
        await op.press("escape")
        for seconds in (3, 2, 1):
            op.app.told_to_wait(seconds)
        assert list(op.app.heard)[1:] == ["The service asks to wait: again in 1 s."]


async def test_where_nothing_is_found_that_is_told_and_one_is_back_where_one_was(session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.press("ctrl+f")
        await op.type("zzzz")
        op.see("Nothing found · Esc leaves")
        await op.press("enter")
        op.see("Nothing is found for zzzz.")
        assert op.app.screen.form.has_focus_within
        assert op.app.screen.form.row.name == "speed_limit"
        await op.press("escape", "slash", "escape")
        assert op.app.screen.task_tree.has_focus
