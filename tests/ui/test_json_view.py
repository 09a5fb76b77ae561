"""An operator edits a node as JSON on the screen."""

from __future__ import annotations

import subprocess
import sys

import pytest
from driver import Operator, operator
from service import REFERENCE
from textual import events

from sms_tui.exactjson import dumps, loads, same
from sms_tui.schema.paths import ABSENT
from sms_tui.session.drafts.store import DraftStore

DISK = "target_server.disks[0]"
VOLUME = f"{DISK}.physical_volumes[1]"


async def open_json(op: Operator, field: str) -> None:
    """Open the node that has a field; the cursor is at the field's value."""
    await op.find(field)
    await op.press("ctrl+e")
    op.see("JSON", "Take it")


async def retype(op: Operator, text: str) -> None:
    """Type another value in place of the one from the cursor to the end of the line."""
    await op.press("shift+end")
    await op.type(text)


async def test_a_field_is_changed_in_the_text_and_is_one_edit_that_undo_takes_back(service, session):
    async with operator(session, REFERENCE) as op:
        before = op.document.base
        await open_json(op, f"{VOLUME}.mount_point")
        op.see(f"{VOLUME}.mount_point")
        await retype(op, '"/data",')
        await op.press("down", "home")
        await retype(op, '"size": 42423287809,')
        await op.press("escape")
        op.see("Edited target_server › disks › Disk 1 › Y:. Ctrl+z takes it back.", "2 changes")
        assert "●" in op.line("mount_point")
        await op.press("ctrl+z")
        assert op.document.current == before
        await op.press("ctrl+y")
        await op.submit()
        [body] = service.bodies
        expected = loads(dumps(before))
        expected["target_server"]["disks"][0]["physical_volumes"][1] |= {"mount_point": "/data", "size": 42423287809}
        assert dumps(body) == dumps({"target_server": expected["target_server"]})


async def test_leaving_an_untouched_text_changes_nothing(session):
    async with operator(session, REFERENCE) as op:
        await op.press("home", "ctrl+e", "ctrl+e")
        op.see("Nothing was changed.")
        assert op.document.changes == []
        assert op.document.undo() is None


async def test_the_same_key_opens_the_whole_task_and_leaves_it_with_what_was_typed(session):
    async with operator(session, REFERENCE) as op:
        await open_json(op, "speed_limit")
        op.see("the task", '"speed_limit": 0,')
        await retype(op, "50,")
        await op.press("ctrl+e")
        assert op.document.value(("speed_limit",)) == 50


async def test_null_absent_and_empty_are_typed_as_three_things(session):
    async with operator(session, REFERENCE) as op:
        await open_json(op, f"{VOLUME}.file_system")
        await retype(op, "null,")
        await op.press("escape")
        path = ("target_server", "disks", 0, "physical_volumes", 1, "file_system")
        assert op.document.value(path) is None
        await open_json(op, f"{VOLUME}.file_system")
        await retype(op, '"",')
        await op.press("escape")
        assert op.document.value(path) == ""
        await open_json(op, f"{VOLUME}.file_system")
        await op.press("home", "shift+down", "delete", "escape")
        assert op.document.value(path) is ABSENT
        await op.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert op.document.current == op.document.base


async def test_broken_text_is_marked_and_placed_and_leaving_it_is_asked_about(session):
    async with operator(session, REFERENCE) as op:
        await open_json(op, f"{VOLUME}.name")
        line = op.line('"name":').split()[0]
        await retype(op, '"Y:"')
        await op.press("down")
        broken = str(int(line) + 1)
        op.see(f"✗ line {broken}, column ")
        assert op.line(f"{broken} ✗").split()[0] == broken
        await op.press("escape")
        op.see("The text cannot be taken: line", "n goes back to mend it.")
        await op.press("n")
        op.see("JSON", "Take it")
        await op.press("up", "end")
        await op.type(",")
        await op.press("escape")
        op.see("Nothing was changed.")


async def test_broken_text_that_is_left_is_kept_for_its_node_and_mended_later(session):
    async with operator(session, REFERENCE) as op:
        await open_json(op, f"{VOLUME}.name")
        await retype(op, '"Y7:",,')
        await op.press("escape", "y")
        op.see("Nothing was changed. The text is kept")
        assert op.document.changes == []
        await open_json(op, f"{DISK}.name")
        op.see_not("Y7:")
        await op.press("escape")
        await op.press("ctrl+q")
        op.see("A JSON text was not taken")
        await op.press("n")
        await open_json(op, f"{VOLUME}.name")
        op.see('"Y7:",,', "✗ line ")
        await op.press("delete", "escape")
        op.see("Y7:", "1 change")


async def test_a_kept_text_is_given_up_by_starting_over(session):
    async with operator(session, REFERENCE) as op:
        await open_json(op, "speed_limit")
        await retype(op, "7 7,")
        await op.press("escape", "y", "ctrl+e", "alt+u")
        op.see('"speed_limit": 0,', "Ctrl+z brings the text back")
        await op.press("ctrl+z")
        op.see("7 7,")
        await op.press("alt+u", "escape", "ctrl+e")
        op.see_not("7 7,")


async def test_findings_stand_in_the_gutter_and_in_words_below(session):
    async with operator(session, REFERENCE) as op:
        await open_json(op, "speed_limit")
        await retype(op, "20000,")
        await op.press("up", "down")
        op.see("1 error", "✗ 20000 is more than the most allowed")
        assert "✗●" in op.line('"speed_limit"')
        await op.press("up", "f8")
        op.see("line 12, column 18 · speed_limit")
        await op.press("ctrl+z", "ctrl+z", "up")
        op.see("0 errors", "0 changes")
        assert "✗" not in op.line('"speed_limit"')


async def test_a_missing_key_is_told_of_on_the_line_of_its_object(session):
    async with operator(session, REFERENCE) as op:
        await open_json(op, "target_server.name")
        await op.press("home", "shift+down", "delete", "f8")
        op.see("line 1, column 1 · target_server", "✗")
        assert op.line(" {").split()[:2] == ["1", "✗●"]


async def test_the_next_change_is_found_by_its_key(session):
    async with operator(session, REFERENCE) as op:
        await open_json(op, "speed_limit")
        await retype(op, "50,")
        await op.press("pageup", "pageup", "f7")
        op.see("· speed_limit")


async def test_what_is_typed_can_be_undone_and_done_again_in_the_text(session):
    async with operator(session, REFERENCE) as op:
        await open_json(op, "speed_limit")
        await retype(op, "50,")
        await op.press("ctrl+z")
        op.see_not('"speed_limit": 50')
        await op.press("ctrl+y")
        op.see('"speed_limit": 50,')


async def test_reviewing_takes_the_text_first_and_refuses_a_broken_one(session):
    async with operator(session, REFERENCE) as op:
        await open_json(op, "speed_limit")
        await retype(op, "x,")
        await op.press("ctrl+s")
        op.see("The text cannot be taken")
        await op.press("n", "shift+end")
        await op.type("50,")
        await op.press("ctrl+s")
        op.see("Review", "0 Mbit/s  →  50 Mbit/s")


async def test_a_task_must_stay_an_object_and_keep_its_id(session):
    async with operator(session, REFERENCE) as op:
        await open_json(op, "speed_limit")
        await op.press("ctrl+a")
        await op.type("[]")
        await op.press("escape")
        op.see("A task is a JSON object")
        await op.press("n", "ctrl+z", "ctrl+z", "escape")
        await open_json(op, "id")
        await retype(op, '"another",')
        await op.press("escape")
        op.see("The id says which task this is")
        await op.press("y")
        assert op.document.changes == []


async def test_an_object_that_is_null_is_made_by_typing_it(session):
    async with operator(session, REFERENCE) as op:
        await op.find("clone_server")
        await op.press("ctrl+e")
        if op.document.value(("clone_server",)) is ABSENT:
            op.see("There is nothing here yet")
            return
        await op.press("ctrl+a")
        await op.type('{"vm_name": "copy"}')
        await op.press("escape")
        assert op.document.value(("clone_server",)) == {"vm_name": "copy"}


async def test_entries_typed_in_and_out_of_a_list_are_one_edit_and_leave_the_rest_as_it_is(session):
    async with operator(session, REFERENCE) as op:
        before = loads(dumps(op.document.base))
        volumes = before["target_server"]["disks"][0]["physical_volumes"]
        await open_json(op, f"{DISK}.name")
        text = dumps({**before["target_server"]["disks"][0], "physical_volumes": [{"name": "new"}, volumes[1]]})
        await op.press("ctrl+a")
        op.app.post_message(events.Paste(text))
        await op.idle()
        await op.press("escape")
        after = op.document.value(("target_server", "disks", 0, "physical_volumes"))
        assert same(after, [{"name": "new"}, volumes[1]])
        await op.press("ctrl+z")
        assert same(op.document.current, before)


async def test_a_pasted_text_shows_what_a_terminal_would_obey_as_escapes(session):
    async with operator(session, REFERENCE) as op:
        await open_json(op, "name")
        await op.press("shift+end")
        op.app.post_message(events.Paste('"a\u2028b\x1b[31m",'))
        await op.idle()
        op.see(r'"a\u2028b\u001b[31m",')
        await op.press("escape")
        assert op.document.value(("name",)) == "a\u2028b\x1b[31m"


async def test_a_value_too_long_to_edit_is_refused_with_what_to_do(session, monkeypatch):
    monkeypatch.setattr("sms_tui.ui.json_view.layout.LONGEST", 1024)
    async with operator(session, REFERENCE) as op:
        await op.press("ctrl+e")
        op.see("The text would be longer than 1 KiB: open a smaller node.")
        await op.find(f"{VOLUME}.name")
        await op.press("ctrl+e")
        op.see("Take it")


async def test_quitting_with_a_text_under_way_asks(session):
    async with operator(session, REFERENCE) as op:
        await open_json(op, "speed_limit")
        await retype(op, "50,")
        await op.press("ctrl+q")
        op.see("A JSON text was not taken")
        await op.press("n")
        op.see('"speed_limit": 50,')


async def test_text_that_is_not_taken_in_is_in_the_draft_and_there_again_when_it_is_resumed(service, session, tmp_path):
    drafts = DraftStore(tmp_path)
    async with operator(service.connected(), REFERENCE, drafts=drafts) as op:
        await open_json(op, f"{VOLUME}.name")
        await retype(op, '"Y7:",,')
        await op.press("ctrl+q")
        op.see("A JSON text was not taken into the task. Quit?", "stays as a draft")
        await op.press("y")
    [draft] = drafts.summaries()
    assert (draft.edits, draft.texts) == (0, ("target_server › disks › Disk 1 › Y:",))
    async with operator(session, REFERENCE, drafts=drafts) as op:
        op.see("Resume JSON text of target_server", "r resume")
        await op.press("r")
        op.see("Resumed 0 edits.", "is not taken in: ctrl+e there shows it.")
        await op.press("ctrl+e")
        op.see('"Y7:",,', "✗ line ")
        await op.press("delete", "escape")
        op.see("Edited target_server", "1 change")
        await op.press("ctrl+q", "y")
    [draft] = drafts.summaries()
    assert (draft.edits, draft.texts) == (1, ())


async def test_help_and_the_palette_know_the_keys_of_the_text(session):
    async with operator(session, REFERENCE) as op:
        await op.press("ctrl+p")
        await op.type("node as json")
        op.see("Show and edit the node as JSON")
        await op.press("enter")
        op.see("Take it")
        await open_json_help(op)


async def open_json_help(op: Operator) -> None:
    await op.press("f1")
    op.see("Help")
    await op.press("end")
    op.see("Undo in the text", "Every key of this screen")
    await op.press("escape", "escape")


@pytest.mark.parametrize("theme", ["sms-dark", "sms-light", "terminal"])
async def test_keys_texts_numbers_and_words_differ_in_colour(session, theme):
    async with operator(session, REFERENCE) as op:
        assert op.app.wear(theme) == ""
        await open_json(op, "speed_limit")
        segments = [segment for strip in op.app.screen._compositor.render_strips() for segment in strip]
        wanted = ('"os_type"', '"WINDOWS"', "1598435778000", "null")
        colours = [next(segment.style for segment in segments if segment.text == text) for text in wanted]
        assert len({style.color for style in colours if style is not None}) == len(wanted)


async def test_only_rows_that_look_different_are_painted_again(session):
    async with operator(session, REFERENCE) as op:
        await open_json(op, "speed_limit")
        area = op.app.screen.query_one("JsonText")
        painted: list[int] = []
        render = area.render_line
        area.render_line = lambda y: painted.append(y) or render(y)
        await op.type("5")
        assert set(painted) == {11}
        await op.press("down")
        assert set(painted) == {11, 12}


async def test_it_works_on_a_small_screen(session):
    async with operator(session, REFERENCE, size=(80, 24)) as op:
        await open_json(op, "speed_limit")
        await retype(op, "50,")
        await op.press("f7")
        op.see("line ", "· speed_limit", '"speed_limit": 50,')
        await op.press("escape")
        op.see("1 change")


def test_the_text_area_is_not_loaded_before_a_text_is_opened():
    code = "import sys, sms_tui.ui.app; sys.exit('textual.widgets._text_area' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
