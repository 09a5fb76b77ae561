"""Opening a task that cannot be opened: an exit code, a sentence or two, and the terminal as it was."""

from __future__ import annotations

import socket

import pytest
from recording import LIST
from sample_tasks import reference_task
from stories import agree, go_to
from terminal import CTRL_Q, ENTER, ESCAPE

REFUSALS = {
    "bad token": (401, "APIGW.0301", "The service refused the credentials"),
    "no permission": (403, "SMS.9004", "Ask for the permission sms:server:getTask"),
    "not there": (404, None, "The service has no such task"),
    "task gone": (400, "SMS.7703", "The service has no such task"),
    "back end": (500, "SMS.2007", "The service failed"),
}


def assert_failed(terminal, words):
    """It ends with code 3, and what it leaves on the terminal is one or two sentences with these words."""
    assert terminal.exit_code() == 3
    assert terminal.restored
    assert terminal.sees(words)
    left = "".join(terminal.screen)
    assert left.endswith(".")
    assert left.count(". ") <= 1
    assert len(left) < 3 * 120


@pytest.mark.parametrize("case", REFUSALS)
def test_a_task_the_service_refuses_ends_with_code_3_and_the_reason(case, start, service):
    status, code, words = REFUSALS[case]
    task_id = service.add(reference_task())
    body = {"error_code": code, "error_msg": "It was refused."} if code else None
    service.refuse("GET", task_id, status, body)
    assert_failed(start("edit", task_id, "--endpoint", service.url, warm=True), words)


def test_a_service_that_is_not_there_ends_with_code_3(start):
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # bound but not listening: nobody else gets the port, and it refuses
        port = bound.getsockname()[1]
        assert_failed(start("edit", "some-task", "--endpoint", f"http://127.0.0.1:{port}"), "cannot be reached")


def test_a_list_the_service_refuses_ends_with_code_3(start, service):
    service.refuse("GET", LIST, 401, {"error_code": "APIGW.0301", "error_msg": "It was refused."})
    try:
        assert_failed(start("--endpoint", service.url), "The service refused the credentials")
    finally:
        service.behave("GET", LIST)


def test_without_credentials_it_says_how_and_never_opens_a_screen(start, service):
    terminal = start("edit", "some-task", "--endpoint", service.url, SMS_TUI_TOKEN="")
    assert terminal.exit_code() == 2
    assert terminal.sees("set SMS_TUI_TOKEN")
    assert terminal.sees("run: sms-tui demo")
    assert b"\x1b[?1049h" not in terminal.raw


def test_a_task_is_opened_from_the_list_and_left_for_it_again(start, service):
    service.add(reference_task(name="one-of-many"))
    terminal = start("--endpoint", service.url, warm=True)
    terminal.await_text(" Tasks ", "one-of-many")
    terminal.send("one-of", ENTER)
    terminal.await_text("Service-owned", "one-of-many")
    terminal.send(ESCAPE)
    terminal.await_text(" Tasks ", "1 of ")
    terminal.send(CTRL_Q)
    assert terminal.exit_code() == 0
    assert terminal.restored


def test_a_task_with_unsent_changes_is_not_left_for_the_list_without_a_question(start, service):
    service.add(reference_task(name="half-done", speed_limit=0))
    terminal = start("--endpoint", service.url, warm=True)
    terminal.await_text("half-done")
    terminal.send("half-done", ENTER)
    terminal.await_text("Service-owned")
    terminal.send(go_to("speed_limit"), "50", ENTER, ESCAPE)
    terminal.await_text("1 change", "a Add")
    terminal.send(ESCAPE)
    terminal.await_text("1 change is not sent.")
    terminal.send("n")
    terminal.await_gone("1 change is not sent.")
    terminal.await_text("1 change", "Service-owned")
    terminal.send(ESCAPE)
    terminal.await_text("1 change is not sent.")
    agree(terminal)
    terminal.await_text(" Tasks ")


def test_a_task_that_is_gone_from_the_service_leaves_the_list_open(start, service):
    task_id = service.add(reference_task(name="soon-gone"))
    service.refuse("GET", task_id, 404)
    terminal = start("--endpoint", service.url, warm=True)
    terminal.await_text("soon-gone")
    terminal.send("soon-gone", ENTER)
    terminal.await_text(" Tasks ", "The service has no such task")
