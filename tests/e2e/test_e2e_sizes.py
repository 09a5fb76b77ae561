"""Small terminals and terminals that change their size."""

from __future__ import annotations

import json

from sample_tasks import reference_task
from stories import go_to, only, review, submit
from terminal import ALT_N, CTRL_Q, CTRL_Z, DOWN, ENTER, ESCAPE, F1, F8

SMALL = {"columns": 80, "lines": 24}
Z = "target_server.disks[0].physical_volumes[0]"


def test_on_a_small_screen_the_tree_and_the_form_take_turns(edit):
    terminal, _ = edit(reference_task(), **SMALL)
    terminal.await_text("Target server", "Sub-tasks")
    assert not terminal.sees("speed_limit")
    terminal.send(ENTER)
    terminal.await_text("speed_limit", "Task name · ", "Esc Tree")
    terminal.await_gone("Sub-tasks")
    terminal.send(ESCAPE)
    terminal.await_text("Target server", "Sub-tasks", "a Add")
    terminal.await_gone("speed_limit")


def test_on_a_small_screen_a_task_is_changed_and_sent_as_on_a_large_one(edit, service):
    terminal, task_id = edit(reference_task(speed_limit=0), **SMALL)
    terminal.send(go_to(f"{Z}.mount_point"), "/data")
    terminal.await_text("●mount_point", "/data", "1 change")
    terminal.send(ENTER, ESCAPE)
    terminal.await_text("a Add")
    terminal.send(go_to("speed_limit"), "99999")
    terminal.await_text("1 error", "99999 is more than the most allowed")
    terminal.send(CTRL_Z)
    terminal.await_text("0 errors", "1 change")
    terminal.send(ESCAPE)
    terminal.await_text("a Add")
    terminal.send(F8)
    terminal.await_text("1 of 3: Windows needs")
    submit(terminal)
    terminal.await_text("mount_point  /data  kept")
    body = json.loads(only(service.puts(task_id)).body)
    assert body["target_server"]["disks"][0]["physical_volumes"][0]["mount_point"] == "/data"
    terminal.send(ENTER)
    terminal.await_text("0 changes")
    terminal.send(CTRL_Q)
    assert terminal.exit_code() == 0


def test_on_a_small_screen_the_value_found_from_the_tree_is_seen_whole(edit):
    terminal, _ = edit(reference_task(type="MIGRATE_BLOCK"), **SMALL)
    terminal.send(go_to("type"))
    terminal.await_text("Migration type · ")
    terminal.await_text("type                   MIGRATE_BLOCK  ")
    terminal.send("MIGRATE_FILE")
    terminal.await_text("type                   MIGRATE_FILE  ")


def test_a_small_screen_names_the_keys_to_help_and_to_quit(edit):
    terminal, _ = edit(reference_task(), **SMALL)
    terminal.await_text("F1 Help", "^q Quit")
    terminal.send(ENTER)
    terminal.await_text("Esc Tree", "F1 Help", "^q Quit")


def test_a_cut_note_ends_with_an_ellipsis_beside_a_scroll_bar_too(edit):
    terminal, _ = edit(reference_task(), columns=80, lines=27)
    terminal.send(ENTER, DOWN)
    terminal.await_text("Windows needs driver", "Migration type · ")
    cut = [line for line in terminal.screen if "Windows needs driver" in line]
    assert len(cut) == 2
    assert all("…" in line for line in cut)


def test_growing_and_shrinking_keeps_the_place_and_the_text_being_typed(edit):
    terminal, _ = edit(reference_task(speed_limit=0), columns=140, lines=45)
    terminal.send(go_to(f"{Z}.mount_point"), "/data")
    terminal.await_text("Sub-tasks", "mount_point", "/data", "1 change")
    terminal.resize(80, 24)
    terminal.await_gone("Sub-tasks")
    terminal.await_text("target_server › disks › Disk 1 › Z:", "Mount point · ", "/data")
    terminal.send("/sub")
    terminal.await_text("/data/sub")
    terminal.resize(140, 45)
    terminal.await_text("Sub-tasks", "target_server › disks › Disk 1 › Z:", "/data/sub")
    terminal.send("dir", ENTER)
    terminal.await_text("/data/subdir", "1 change")


def test_a_review_is_laid_out_anew_for_another_size(edit):
    terminal, _ = edit(reference_task(region_name="n" * 100), columns=140, lines=45)
    terminal.send(go_to("region_name"), ALT_N, ESCAPE)
    review(terminal)
    terminal.await_text("n" * 100 + "  →  null")
    terminal.resize(80, 24)
    terminal.await_that(lambda: "n" * 100 not in terminal.text and "→  null" in terminal.text, "the line to be wrapped")
    terminal.send(ESCAPE)
    terminal.await_text("region_name", "1 change")


def test_a_terminal_too_small_is_told_the_least_size(start, service):
    terminal = start("edit", "some-task", "--endpoint", service.url, columns=50, lines=10)
    assert terminal.exit_code() == 2
    assert terminal.sees("The terminal is 50 by 10; make it at least 60 by 16")


def test_help_on_a_small_screen_scrolls_to_its_end(edit):
    terminal, _ = edit(reference_task(), **SMALL)
    terminal.send(F1)
    terminal.await_text("Esc leaves", "in the reference  PutTaskReq")
    assert not terminal.sees("Every key of this screen")
    terminal.send("\x1b[F")
    terminal.await_text("Every key of this screen")
    terminal.send(ESCAPE)
    terminal.await_gone("Esc leaves")
