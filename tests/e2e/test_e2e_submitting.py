"""What becomes of a submit: taken, refused, ignored in part, changed meanwhile, or lost on the way."""

from __future__ import annotations

from sample_tasks import reference_task
from stories import agree, exact, go_to, only, review, served, submit
from terminal import CTRL_Q, CTRL_S, ENTER, ESCAPE


def test_the_full_body_holds_every_listed_key_and_no_other(edit, service):
    task = reference_task(x_trace={"a": None}, speed_limit=0)
    terminal, task_id = edit(task)
    terminal.send(go_to("speed_limit"), "50", ENTER)
    review(terminal)
    terminal.send("f")
    terminal.await_text("every key", "f Changed keys")
    agree(terminal)
    terminal.await_text(" Saved ")
    del task["x_trace"]
    assert exact(only(service.puts(task_id)).body) == served(task | {"speed_limit": 50, "id": task_id})


def test_a_refusal_is_told_the_edits_stay_and_the_same_can_be_sent_again(edit, service):
    terminal, task_id = edit(reference_task(speed_limit=0))
    service.refuse("PUT", task_id, 400, {"error_code": "SMS.6539", "error_msg": "The target disk is too small."})
    terminal.send(go_to("speed_limit"), "50", ENTER)
    review(terminal)
    agree(terminal)
    terminal.await_text(" Not saved ", "Your edits are kept.", "The target disk is too small (HTTP 400, SMS.6539)")
    terminal.send(ENTER)
    terminal.await_text("1 change", "Size · bytes", "Next field")
    service.behave("PUT", task_id)
    submit(terminal)
    assert [request.body for request in service.puts(task_id)] == [b'{"speed_limit":50}'] * 2


def test_credentials_that_expire_meanwhile_cost_no_edits_and_one_request(edit, service):
    terminal, task_id = edit(reference_task(speed_limit=0))
    service.refuse("PUT", task_id, 401, {"error_code": "APIGW.0307", "error_msg": "The token must be updated."})
    terminal.send(go_to("speed_limit"), "50", ENTER)
    review(terminal)
    agree(terminal)
    terminal.await_text("Your edits are kept.", "The service refused the credentials", "a new token alone")
    terminal.send(ESCAPE)
    terminal.await_gone("a new token alone")
    terminal.send(ESCAPE)
    terminal.await_text("1 change", "/ Find")
    assert len(service.puts(task_id)) == 1


def test_a_connection_cut_during_the_submit_is_told_as_not_landed_and_sent_once(edit, service):
    terminal, task_id = edit(reference_task(speed_limit=0))
    service.reset("PUT", task_id)
    terminal.send(go_to("speed_limit"), "50", ENTER)
    review(terminal)
    agree(terminal)
    terminal.await_text("It did not land, the task was read back to see.", "y Submit")
    terminal.send(ESCAPE)
    terminal.await_text("1 change", "/ Find")
    assert len(service.puts(task_id)) == 1


def test_a_submit_without_an_answer_can_neither_be_left_nor_repeated_but_quit(edit, service):
    terminal, task_id = edit(reference_task(speed_limit=0))
    service.hang("PUT", task_id)
    terminal.send(go_to("speed_limit"), "50", ENTER)
    review(terminal)
    agree(terminal)
    terminal.await_text("Sending…")
    terminal.await_that(lambda: bool(service.puts(task_id)), "the update to arrive")
    terminal.send("y", "n")
    terminal.await_text("Sending…")
    terminal.send(CTRL_Q)
    terminal.await_text("Quit all the same?")
    agree(terminal)
    assert terminal.exit_code() == 0
    assert terminal.restored
    assert len(service.puts(task_id)) == 1


def test_a_key_that_the_service_ignores_is_told_of(edit, service):
    terminal, task_id = edit(reference_task(speed_limit=0, priority=1))
    service.ignore(task_id, "priority")
    terminal.send(go_to("speed_limit"), "50", ENTER, go_to("priority"), "2", ENTER)
    terminal.await_text("2 changes")
    submit(terminal)
    assert terminal.line("speed_limit").endswith("kept")
    assert terminal.line("priority").startswith("! ")
    assert terminal.line("priority").endswith("1 = standard  ignored")


def test_progress_made_by_the_service_meanwhile_is_shown_and_not_sent_back(edit, service):
    terminal, task_id = edit(reference_task(speed_limit=0, state="RUNNING"))
    service.held(task_id)["state"] = "SYNCING"
    terminal.send(go_to("speed_limit"), "50", ENTER)
    submit(terminal)
    terminal.send(ENTER)
    terminal.await_text("SYNCING", "0 changes")
    assert only(service.puts(task_id)).body == b'{"speed_limit":50}'


def test_the_review_waits_for_y_that_was_typed_after_it_was_seen(edit, service):
    terminal, task_id = edit(reference_task(speed_limit=0))
    terminal.send(go_to("speed_limit"), "50", ENTER, CTRL_S, "y")
    terminal.await_text("y Submit", "1 change")
    terminal.send("n")
    terminal.await_text("/ Find", "1 change")
    assert service.puts(task_id) == []
