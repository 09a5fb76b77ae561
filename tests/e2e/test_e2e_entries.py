"""Finding problems, adding and deleting, and ways back."""

from __future__ import annotations

import json

from sample_tasks import reference_task
from stories import agree, exact, go_to, only, review, served, submit
from terminal import CTRL_Q, CTRL_Z, DOWN, ENTER, ESCAPE, F1, F8

Z_USED = "target_server.disks[0].physical_volumes[0].used_size"


def delete_z(terminal):
    """Go to the first volume of the target by its name, back to the tree, and delete it."""
    terminal.send(go_to("target_server.disks[0].physical_volumes[0].name"), ESCAPE)
    terminal.await_text("target_server › disks › Disk 1 › Z:", "d Delete")
    terminal.send("d")
    terminal.await_text("delete Z:", "trl+z takes it back")


def test_f8_goes_to_the_error_first_and_then_on_to_the_warnings(edit):
    terminal, _ = edit(reference_task(speed_limit=0))
    terminal.send(go_to("speed_limit"), "99999", ENTER, go_to(Z_USED), "600M", ENTER, ESCAPE)
    terminal.await_text("1 error", "2 changes")
    terminal.send(F8)
    terminal.await_text("1 of 5: ", "99999 is more than the most allowed", "Speed limit · 0–10000 Mbit/s")
    terminal.send(F8 * 4)
    terminal.await_text("5 of 5: ", "Used size · ", "target_server › disks › Disk 1 › Z:")


def test_after_a_blocked_submit_f8_goes_to_the_error_as_the_review_says(edit):
    terminal, _ = edit(reference_task(speed_limit=0))
    terminal.send(go_to("speed_limit"), "99999")
    review(terminal)
    agree(terminal)
    terminal.await_text("1 error to mend first: Esc goes back, F8 there.")
    terminal.send("n")
    terminal.await_text("/ Find")
    terminal.send(F8)
    terminal.await_text("1 of 4: ", "99999 is more than the most allowed", "Speed limit · 0–10000 Mbit/s")


def test_an_added_disk_and_a_deleted_volume_are_sent_and_told_of(edit, service):
    task = reference_task()
    terminal, task_id = edit(task)
    terminal.send(f"/target_server.disks{ENTER}")
    terminal.await_text("Disk 1  40 GiB →")
    terminal.send("a")
    terminal.await_text("Added a target disk.", "target_server › disks › Disk 2", "1 change")
    terminal.send(go_to("target_server.disks[1].name"), "Disk 2", ESCAPE)
    delete_z(terminal)
    review(terminal)
    terminal.await_text("- target_server › disks › Disk 1 › Z:", "+ target_server › disks › Disk 2")
    agree(terminal)
    terminal.await_text(" Saved ", "Disk 2")
    target = json.loads(only(service.puts(task_id)).body)["target_server"]
    first, second = target["disks"]
    assert first["physical_volumes"] == task["target_server"]["disks"][0]["physical_volumes"][1:]
    assert second["name"] == "Disk 2"


def test_a_removed_volume_is_not_told_of_as_kept(edit):
    terminal, _ = edit(reference_task())
    delete_z(terminal)
    submit(terminal)
    assert "kept" not in terminal.line("Disk 1 › Z:")


def test_a_deleted_volume_comes_back_where_it_was_by_undo(edit):
    terminal, _ = edit(reference_task())
    delete_z(terminal)
    terminal.send(CTRL_Z)
    terminal.await_text("Undone: delete Z:.", "0 changes", "target_server › disks › Disk 1 › Z:")


def test_a_clone_server_that_is_null_is_made_and_sent_as_an_object(edit, service):
    terminal, task_id = edit(reference_task(clone_server=None))
    terminal.send(f"/clone_server{ENTER}")
    terminal.await_text("null. In the tree, a makes a new one.")
    terminal.send("a")
    terminal.await_text("Added a clone server.")
    terminal.send(ENTER, ENTER, "copy-1", ENTER)
    terminal.await_text("copy-1")
    submit(terminal)
    assert exact(only(service.puts(task_id)).body) == served({"clone_server": {"name": "copy-1"}})


def test_escape_leads_from_a_field_to_the_tree_and_help_back_to_where_one_was(edit):
    terminal, _ = edit(reference_task())
    terminal.send(go_to("speed_limit"))
    terminal.await_text("Esc Tree")
    terminal.send(F1)
    terminal.await_text("Esc leaves", "in the reference  speed_limit, Integer")
    terminal.send(ESCAPE)
    terminal.await_gone("Esc leaves")
    terminal.await_text("Esc Tree", "Speed limit · ")
    terminal.send(ESCAPE)
    terminal.await_text("a Add")
    terminal.send(ESCAPE)
    terminal.await_text("Ctrl+q quits.")
    terminal.send(DOWN)
    terminal.await_text("Kept by the service. Changing these asks first.")


def test_quitting_with_unsent_changes_asks_and_without_does_not(edit, service):
    terminal, task_id = edit(reference_task(speed_limit=0))
    terminal.send(go_to("speed_limit"), "50")
    terminal.await_text("1 change", "= 50 Mbit/s")
    terminal.send(CTRL_Q)
    terminal.await_text("1 change is not sent.", "y yes")
    terminal.send("n")
    terminal.await_gone("1 change is not sent.")
    terminal.send(CTRL_Q)
    terminal.await_text("1 change is not sent.")
    agree(terminal)
    assert terminal.exit_code() == 0
    assert terminal.restored
    assert service.puts(task_id) == []


def test_quitting_an_untouched_task_is_one_key(edit):
    terminal, _ = edit(reference_task())
    terminal.send(CTRL_Q)
    assert terminal.exit_code() == 0
    assert terminal.restored
