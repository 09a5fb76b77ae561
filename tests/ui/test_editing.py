"""An operator edits a task, end to end."""

from __future__ import annotations

import httpx
from driver import operator
from service import REFERENCE

from sms_tui.document.document import Document
from sms_tui.document.edits import SetValue
from sms_tui.exactjson import loads
from sms_tui.session.outcomes import Blocked
from sms_tui.ui.review_text import outcome_lines

VOLUME = "target_server.disks[0].physical_volumes[1]"


async def test_a_field_is_found_changed_reviewed_and_sent(service, session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        op.see("= 50 Mbit/s", "1 change")
        await op.press("ctrl+s")
        op.see("0 Mbit/s  →  50 Mbit/s", '"speed_limit": 50', f"PUT /v3/tasks/{REFERENCE}")
        assert service.bodies == []
        await op.press("y")
        op.see("Saved. What the service holds now:", "speed_limit  50 Mbit/s  kept")
        assert service.bodies == [{"speed_limit": 50}]
        await op.press("enter")
        op.see("0 changes")


async def test_keys_that_arrive_in_one_burst_are_dealt_with_in_order(service, session):
    async with operator(session, REFERENCE) as op:
        op.burst("/speed_limit", "enter")
        op.burst("507", "backspace")
        op.burst("1", "ctrl+s")
        await op.idle()
        op.see('"speed_limit": 501')


async def test_a_key_pressed_before_the_review_was_seen_sends_nothing(service, session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        op.burst("5", "ctrl+s", "y")
        await op.idle()
        op.see("Review", '"speed_limit": 5')
        assert service.bodies == []


async def test_a_nested_change_sends_its_top_level_key_whole_and_else_untouched(service, session):
    async with operator(session, REFERENCE) as op:
        before = op.document.base
        await op.find(f"{VOLUME}.mount_point")
        op.see("target_server › disks › Disk 1 › Y:")
        await op.type("/data")
        await op.submit()
        [body] = service.bodies
        expected = loads(httpx.Response(200, json=before).content)
        expected["target_server"]["disks"][0]["physical_volumes"][1]["mount_point"] = "/data"
        assert body == {"target_server": expected["target_server"]}
        assert list(body["target_server"]) == list(expected["target_server"])


async def test_a_size_is_typed_as_people_write_it_and_echoed_in_bytes(session):
    async with operator(session, REFERENCE) as op:
        await op.find(f"{VOLUME}.used_size")
        await op.type("610M")
        op.see("= 639631360")
        assert op.document.value(("target_server", "disks", 0, "physical_volumes", 1, "used_size")) == 639631360


async def test_an_error_stands_in_the_fields_row_as_it_is_typed_and_blocks_the_submit(service, session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("20000")
        assert "✗" in op.line("speed_limit")
        op.see("1 error")
        await op.submit()
        op.see("1 error to mend first")
        assert service.bodies == []
        await op.press("n")
        await op.press("ctrl+z")
        op.see("0 errors", "0 changes")


async def test_text_that_is_no_number_stays_and_is_an_error(session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("5x")
        assert op.document.value(("speed_limit",)) == "5x"
        op.see("1 error")


async def test_an_enumeration_is_typed_by_its_beginning_or_picked(session):
    async with operator(session, REFERENCE) as op:
        await op.find("os_type")
        await op.type("lin")
        op.see("= LINUX")
        assert op.document.value(("os_type",)) == "LINUX"
        await op.press("enter", "up", "enter")
        op.see("leave the key out", "no value")
        await op.press("down", "enter")
        assert "null" in op.line("os_type")
        assert op.document.value(("os_type",)) is None


async def test_a_choice_of_numbers_is_typed_by_what_they_mean_too(session):
    async with operator(session, REFERENCE) as op:
        await op.find("priority")
        for typed, meant in (("h", 2), ("LO", 0), ("1", 1), ("x", "x")):
            await op.press("ctrl+a")
            await op.type(typed)
            assert op.document.value(("priority",)) == meant


async def test_null_absent_and_empty_are_three_states_with_a_key_each(session):
    async with operator(session, REFERENCE) as op:
        await op.find("region_name")
        await op.press("alt+n")
        assert op.document.value(("region_name",)) is None
        assert "null" in op.line("region_name")
        await op.press("alt+backspace")
        assert "region_name" not in op.document.current
        assert "absent" in op.line("region_name")
        await op.press("ctrl+z", "ctrl+z")
        assert op.document.current == op.document.base
        await op.find("region_name")
        await op.press("backspace")
        assert op.document.value(("region_name",)) == ""
        await op.press("escape")
        assert '""' in op.line("region_name")


async def test_leaving_a_field_does_not_change_its_state(session):
    async with operator(session, REFERENCE) as op:
        await op.find("migration_ip")
        await op.press("tab", "tab", "shift+tab", "escape")
        assert op.document.changes == []


async def test_undo_and_redo_go_across_fields_and_a_typed_word_is_one_step(session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("123")
        await op.find(f"{VOLUME}.name")
        await op.type("X:")
        op.see("2 changes")
        await op.press("ctrl+z")
        op.see("1 change", "Undone")
        await op.press("ctrl+z")
        op.see("0 changes")
        await op.press("ctrl+y", "ctrl+y")
        assert op.document.value(("speed_limit",)) == 123
        op.see("2 changes")


async def test_typing_on_a_row_begins_an_edit_and_moving_over_rows_changes_nothing(session):
    async with operator(session, REFERENCE) as op:
        await op.press("enter", *["down"] * 12, *["up"] * 12)
        assert op.document.changes == []
        await op.type("Night move")
        assert op.document.value(("name",)) == "Night move"


async def test_arrows_step_a_number_by_one_and_a_size_by_a_gib_while_it_is_edited(session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.press("up", "up", "down")
        assert op.document.value(("speed_limit",)) == 1
        await op.find("target_server.disks[0].size")
        await op.press("up")
        assert op.document.value(("target_server", "disks", 0, "size")) == 42949672960 + 2**30


async def test_a_field_of_the_service_asks_once(service, session):
    async with operator(session, REFERENCE) as op:
        await op.find("total_time")
        await op.type("9")
        op.see("The service keeps this field itself")
        await op.press("n")
        assert op.document.changes == []
        await op.type("9")
        await op.press("y")
        assert op.document.value(("total_time",)) == 9
        await op.find("remain_seconds")
        await op.type("7")
        assert op.document.value(("remain_seconds",)) == 7


async def test_the_tasks_id_cannot_be_edited(session):
    async with operator(session, REFERENCE) as op:
        await op.find("id")
        await op.type("x")
        op.see("it cannot be changed")
        assert op.document.changes == []


async def test_entries_are_added_and_deleted_and_a_missing_object_is_made(session):
    async with operator(session, REFERENCE) as op:
        await op.find("clone_server")
        await op.press("a")
        assert op.document.value(("clone_server",)) == {}
        await op.press("d")
        assert op.document.value(("clone_server",)) is None
        await op.find("target_server.disks")
        await op.press("a")
        assert len(op.document.current["target_server"]["disks"]) == 2
        op.see("Added a target disk")
        await op.press("d")
        assert op.document.changes == []


async def test_put_back_gives_the_loaded_value_again(session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("5")
        await op.press("alt+u")
        assert op.document.changes == []


async def test_nothing_to_send_makes_no_request(service, session):
    async with operator(session, REFERENCE) as op:
        service.requests.clear()
        await op.press("ctrl+s")
        op.see("Nothing to send")
        await op.press("y", "escape")
        assert service.requests == []


async def test_a_refusal_keeps_the_edits(service, session):
    service.answer_put = lambda request: httpx.Response(
        400, json={"error_code": "SMS.7711", "error_msg": "Illegal task name."}
    )
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.submit()
        op.see("Not saved. Your edits are kept.", "SMS.7711")
        await op.press("enter")
        op.see("1 change")
        await op.submit()
        op.see("Saved.")


async def test_what_the_service_ignored_is_named(service, session):
    service.answer_put = lambda request: httpx.Response(200, json={"id": REFERENCE})
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.submit()
        op.see("! speed_limit  0 Mbit/s  ignored")


async def test_the_full_body_is_switched_with_f_and_sent(service, session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.press("ctrl+s", "f")
        op.see("every key")
        await op.press("y")
        [body] = service.bodies
        assert isinstance(body, dict)
        assert {"name", "type", "sub_tasks", "target_server"} <= set(body)
        assert "compress_rate" not in body


def test_what_stands_in_the_way_of_a_submit_is_told_with_its_field():
    document = Document({"speed_limit": 1})
    document.apply("too little", SetValue(("speed_limit",), -1))
    told = ["".join(text for text, _ in line) for line in outcome_lines(Blocked(document.findings), str)]
    assert told[1].startswith("✗ speed_limit  -1 is less than")
