"""Changing values of a task: what is typed, what is shown for it, and the exact bytes that are sent."""

from __future__ import annotations

import json

from sample_tasks import reference_task, strange_task
from stories import agree, exact, go_to, only, review, served, submit
from terminal import ALT_BACKSPACE, ALT_N, CTRL_A, CTRL_S, CTRL_Y, CTRL_Z, ENTER, ESCAPE, LEFT, UP

Y_SIZE = "target_server.disks[0].physical_volumes[1].size"


def sent(requests):
    return json.loads(only(requests).body)


def test_a_speed_limit_is_found_typed_reviewed_and_sent(edit, service, environment):
    terminal, task_id = edit(reference_task(speed_limit=0))
    terminal.send("/")
    terminal.await_text("Find a field, label, value or path")
    terminal.send("speed_limit")
    terminal.await_text("1 found", "Enter Go there")
    terminal.send(ENTER)
    terminal.await_text("Speed limit · 0–10000 Mbit/s")
    terminal.send("50")
    terminal.await_text("= 50 Mbit/s", "1 change")
    terminal.send(CTRL_S)
    terminal.await_text(f"PUT /v3/tasks/{task_id} · changed keys", "0 Mbit/s  →  50 Mbit/s", '"speed_limit": 50')
    assert service.puts(task_id) == []
    agree(terminal)
    terminal.await_text("What the service holds now:", "speed_limit  50 Mbit/s  kept")
    request = only(service.puts(task_id))
    assert json.loads(request.body) == {"speed_limit": 50}
    assert request.headers["content-type"] == "application/json"
    assert request.headers["x-auth-token"] == environment["SMS_TUI_TOKEN"]
    terminal.send(ENTER)
    terminal.await_text("0 changes", "/ Find")


def test_keys_typed_in_one_burst_do_what_they_do_one_by_one(edit, service):
    terminal, task_id = edit(reference_task(speed_limit=0, priority=1))
    terminal.send(
        *(go_to("speed_limit"), "51", ENTER),
        *(go_to("priority"), "2", ESCAPE),
        *(go_to("region_name"), "ab\x7fcd", ENTER, CTRL_S),
    )
    terminal.await_text("3 changes", "y Submit")
    agree(terminal)
    terminal.await_text(" Saved ")
    assert sent(service.puts(task_id)) == {"speed_limit": 51, "priority": 2, "region_name": "acd"}


def test_alt_keys_are_not_typed_as_text_when_others_follow_at_once(edit):
    terminal, _ = edit(reference_task(region_name="north", project_name="mine"))
    terminal.send(
        go_to("region_name"), ALT_N, ALT_N, LEFT, ESCAPE, go_to("project_name"), ALT_BACKSPACE, ESCAPE, CTRL_S
    )
    terminal.await_text("2 changes", "north  →  null", "mine  →  absent")


def test_enter_in_a_field_and_the_next_search_may_come_in_one_burst(edit):
    terminal, _ = edit(reference_task())
    terminal.send(go_to("type"), ENTER, "/speed_limit")
    terminal.await_text("Find a field, label, value or path", "1 found")


def test_a_mount_point_is_sent_in_its_target_server_with_all_else_as_it_came(edit, service):
    task = strange_task()
    terminal, task_id = edit(task)
    terminal.send(go_to("target_server.disks[0].physical_volumes[1].mount_point"))
    terminal.await_text("target_server › disks › Disk 1 › Y:", "Mount point · ")
    terminal.send("/data")
    terminal.await_text("1 change")
    submit(terminal)
    task["target_server"]["disks"][0]["physical_volumes"][1]["mount_point"] = "/data"
    expected = served({"target_server": task["target_server"]})
    assert exact(only(service.puts(task_id)).body) == expected


def test_sizes_enumerations_booleans_and_pasted_text_are_read_as_they_are_meant(edit, service):
    terminal, task_id = edit(reference_task(type="MIGRATE_BLOCK", start_target_server=True))
    terminal.send(go_to(Y_SIZE), "10G")
    terminal.await_text("= 10737418240 = 10 GiB")
    terminal.send(ENTER, go_to("type"), "MIGRATE_F")
    terminal.await_text("= MIGRATE_FILE")
    terminal.send(ENTER, go_to("start_target_server"), "f")
    terminal.await_text("= false")
    terminal.send(ENTER, go_to("vm_template_id"), "\x1b[200~pasted-id\x1b[201~")
    terminal.await_text("pasted-id")
    terminal.send(ENTER)
    submit(terminal)
    body = sent(service.puts(task_id))
    target = body.pop("target_server")
    assert body == {"type": "MIGRATE_FILE", "start_target_server": False, "vm_template_id": "pasted-id"}
    assert target["disks"][0]["physical_volumes"][1]["size"] == 10 * 2**30


def test_a_value_is_picked_from_the_list_that_the_space_bar_opens(edit):
    terminal, _ = edit(reference_task(type="MIGRATE_BLOCK"))
    terminal.send(go_to("type"), ESCAPE, ENTER, " ")
    terminal.await_text("Enter chooses", "file by file")
    terminal.send(UP, ENTER)
    terminal.await_text("1 change")
    review(terminal)
    terminal.await_text("MIGRATE_BLOCK  →  MIGRATE_FILE")


def test_null_absent_and_empty_text_are_three_things(edit, service):
    task = reference_task()
    volume = task["target_server"]["disks"][0]["physical_volumes"][0]
    volume.update(mount_point="/a", relation_name="b", file_system="NTFS")
    terminal, task_id = edit(task)
    place = "target_server.disks[0].physical_volumes[0]"
    terminal.send(go_to(f"{place}.mount_point"), ALT_N, ENTER)
    terminal.send(ESCAPE, go_to(f"{place}.relation_name"), ALT_BACKSPACE, ENTER)
    terminal.send(ESCAPE, go_to(f"{place}.file_system"), "\x7f", ENTER)
    terminal.await_text("3 changes")
    review(terminal)
    assert terminal.line("/a  →").endswith("→  null")
    assert terminal.line("NTFS  →").endswith('→  ""')
    assert terminal.line("b  →").endswith("→  absent")
    agree(terminal)
    terminal.await_text(" Saved ")
    sent_volume = sent(service.puts(task_id))["target_server"]["disks"][0]["physical_volumes"][0]
    del volume["relation_name"]
    assert sent_volume == volume | {"mount_point": None, "file_system": ""}


def test_undo_and_redo_walk_through_the_fields_that_were_changed(edit, service):
    terminal, task_id = edit(reference_task(speed_limit=0, priority=1))
    terminal.send(go_to("speed_limit"), "77", ENTER, go_to("priority"), "2", ENTER)
    terminal.await_text("2 changes")
    terminal.send(CTRL_Z)
    terminal.await_text("Undone: set priority.", "1 change")
    terminal.send(CTRL_Z)
    terminal.await_text("Undone: set speed_limit.", "0 changes")
    terminal.send(CTRL_Z)
    terminal.await_text("Nothing to undo.")
    terminal.send(CTRL_Y)
    terminal.await_text("Done again: set speed_limit.", "1 change")
    submit(terminal)
    assert sent(service.puts(task_id)) == {"speed_limit": 77}


def test_typing_what_was_there_leaves_nothing_to_send(edit, service):
    terminal, task_id = edit(reference_task(speed_limit=0))
    terminal.send(go_to("speed_limit"), "5")
    terminal.await_text("1 change")
    terminal.send("\x7f0")
    terminal.await_text("0 changes")
    terminal.send(CTRL_S)
    terminal.await_text("Nothing to send")
    terminal.send("y", ENTER, ESCAPE)
    terminal.await_text("Service-owned")
    assert service.puts(task_id) == []


def test_an_error_is_told_while_typing_and_stops_the_submit(edit, service):
    terminal, task_id = edit(reference_task(speed_limit=0))
    terminal.send(go_to("speed_limit"), "9999")
    terminal.await_text("0 errors", "= 9999 Mbit/s")
    terminal.send("9")
    terminal.await_text("1 error", "99999 is more than the most allowed, 10000 Mbit/s")
    review(terminal)
    agree(terminal)
    terminal.await_text("1 error to mend first")
    terminal.send("n")
    terminal.await_text("/ Find", "1 error")
    assert service.puts(task_id) == []
    terminal.send(go_to("speed_limit"), "100")
    terminal.await_text("0 errors")
    submit(terminal)
    assert sent(service.puts(task_id)) == {"speed_limit": 100}


def test_a_field_of_the_service_asks_first_and_takes_a_date(edit, service):
    terminal, task_id = edit(reference_task(finish_date=None, start_date=1598435784000), columns=140)
    terminal.send(go_to("finish_date"), ENTER)
    terminal.await_text("The service keeps this field itself", "y yes")
    terminal.send("n")
    terminal.await_gone("The service keeps this field itself")
    terminal.send(ENTER)
    terminal.await_text("The service keeps this field itself")
    agree(terminal)
    terminal.await_gone("The service keeps this field itself")
    terminal.send("2024-05-01 12:30")
    terminal.await_text("= 1714566600000 = 2024-")
    submit(terminal)
    assert sent(service.puts(task_id)) == {"finish_date": 1714566600000}


def test_a_question_is_not_answered_by_what_was_typed_before_it_was_seen(edit):
    terminal, _ = edit(reference_task(state="RUNNING"))
    terminal.send(go_to("state"))
    terminal.await_text("State · ")
    terminal.send("ready")
    terminal.await_text("The service keeps this field itself")
    terminal.send("n")
    terminal.await_gone("The service keeps this field itself")
    terminal.send(ENTER)
    terminal.await_text("The service keeps this field itself", "RUNNING", "0 changes")


def test_a_text_longer_than_its_input_is_shown_once(edit):
    terminal, _ = edit(reference_task(region_name="north"))
    terminal.send(go_to("region_name"), "x" * 60, "END")
    terminal.await_text("xEND", "1 change")
    terminal.send(CTRL_A)
    terminal.await_text("xEND")
    assert "x" not in terminal.line("xEND").partition("END")[2]


def test_the_mouse_goes_to_a_node_and_to_a_field_and_edits_it(edit):
    terminal, _ = edit(reference_task())
    row = terminal.screen.index(terminal.line("▸ Disk 1"))
    terminal.click(10, row)
    terminal.await_text("target_server › disks › Disk 1", "▸ Disk 1")
    terminal.click(10, row)
    terminal.await_text("▾ Disk 1", "Z:", "Y:")
    row = terminal.screen.index(terminal.line("relation_name"))
    terminal.click(45, row)
    terminal.await_text("Linked disk · ")
    terminal.click(45, row)
    terminal.send("by mouse")
    terminal.await_text("by mouse", "1 change")
