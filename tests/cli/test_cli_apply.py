"""apply: what it sends, when it sends nothing, and what it says about what became of it."""

from __future__ import annotations

import json

import pytest
from cli_helpers import BodyFile, Run
from recording_service import TASK, TASK_ID, Act, RecordingService, changes, hangs_up, ignores, refuses, shows

from sms_tui.exactjson import loads, same


def body(**keys: object) -> bytes:
    return json.dumps(keys).encode()


def test_only_the_changed_top_level_keys_are_sent(run: Run, service: RecordingService) -> None:
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limit=50, name="迁移任务", os_type="LINUX"))
    assert service.sent == [b'{"speed_limit":50}']
    assert (ran.code, ran.out) == (0, "speed_limit: kept\n")
    assert ran.err == "speed_limit: 0 -> 50\n"


def test_the_whole_task_with_one_edit_sends_one_key(run: Run, service: RecordingService) -> None:
    edited = TASK.replace(b'"speed_limit": 0', b'"speed_limit": 50')
    assert run("apply", TASK_ID, "-", "--yes", stdin=edited).code == 0
    assert service.sent == [b'{"speed_limit":50}']


def test_a_nested_object_is_sent_whole_with_unknown_keys_and_exact_numbers(run: Run, service: RecordingService) -> None:
    edited = TASK.replace(b'"node"', '"节点"'.encode())
    ran = run("apply", TASK_ID, "-", "--yes", stdin=edited)
    assert service.sent == [
        '{"target_server":{"id":"s-1","name":"节点","unheard_of":9007199254740993,'
        '"disks":[{"name":"Disk 0","size":9223372036854775807,"used_size":0}]}}'.encode()
    ]
    assert ran.out == "target_server.name: kept\n"


def test_an_update_says_that_it_is_json_and_who_asks(run: Run, service: RecordingService, secret: str) -> None:
    run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limit=50))
    put = next(request for request in service.requests if request.method == "PUT")
    assert put.target == f"/v3/tasks/{TASK_ID}"
    assert put.headers["content-type"] == "application/json"
    assert put.headers["x-auth-token"] == secret


def test_full_sends_every_key_the_reference_lists_and_no_other(run: Run, service: RecordingService) -> None:
    assert run("apply", TASK_ID, "-", "--yes", "--full", stdin=body(speed_limit=50)).code == 0
    (sent,) = service.sent
    expected = loads(TASK.replace(b'"speed_limit": 0', b'"speed_limit": 50'))
    assert isinstance(expected, dict)
    del expected["from_the_future"]
    assert same(loads(sent), expected)


@pytest.mark.parametrize("options", [(), ("--yes",), ("--yes", "--full"), ("--dry-run",)])
def test_nothing_to_send_makes_no_request_says_so_and_is_done(
    run: Run, service: RecordingService, options: tuple[str, ...]
) -> None:
    ran = run("apply", TASK_ID, "-", *options, stdin=TASK)
    assert (ran.code, ran.out, ran.err) == (0, "", "Nothing to send.\n")
    assert not service.sent


@pytest.mark.parametrize("full", [(), ("--full",)])
def test_a_dry_run_prints_exactly_what_would_be_sent_and_sends_nothing(
    run: Run, service: RecordingService, full: tuple[str, ...]
) -> None:
    edited = TASK.replace(b'"node"', '"节点"'.encode())
    dry = run("apply", TASK_ID, "-", "--dry-run", *full, stdin=edited)
    assert dry.code == 0
    assert not service.sent
    run("apply", TASK_ID, "-", "--yes", *full, stdin=edited)
    assert same(loads(dry.out), loads(service.sent[0]))
    assert list(dry.json) == list(json.loads(service.sent[0]))


def test_a_dry_run_wins_over_yes(run: Run, service: RecordingService) -> None:
    assert run("apply", TASK_ID, "-", "--dry-run", "--yes", stdin=body(speed_limit=50)).json == {"speed_limit": 50}
    assert not service.sent


@pytest.mark.parametrize("from_file", [True, False])
def test_without_yes_and_without_a_terminal_nothing_is_sent(
    run: Run, service: RecordingService, body_file: BodyFile, from_file: bool
) -> None:
    edited = body(speed_limit=50)
    ran = run("apply", TASK_ID, body_file(edited)) if from_file else run("apply", TASK_ID, "-", stdin=edited)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("speed_limit: 0 -> 50\nNothing was sent: ")
    assert "--yes" in ran.err
    assert not service.sent


def test_an_error_in_the_body_stops_it_and_names_the_field(run: Run, service: RecordingService) -> None:
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limit=10001, name="x"))
    assert (ran.code, ran.out) == (1, "")
    assert "speed_limit: error: " in ran.err
    assert ran.err.endswith("Nothing was sent: correct the errors above first.\n")
    assert not service.sent


def test_a_new_warning_is_told_and_stops_nothing(run: Run, service: RecordingService) -> None:
    edited = TASK.replace(b"9223372036854775807", b"10").replace(b'"used_size": 0', b'"used_size": 20')
    ran = run("apply", TASK_ID, "-", "--yes", stdin=edited)
    assert "target_server.disks[0].used_size: warning: " in ran.err
    assert ran.code == 0
    assert len(service.sent) == 1


def test_an_error_that_came_from_the_service_stops_no_other_change(run: Run, service: RecordingService) -> None:
    service.task = b'{"id": "t-1", "speed_limit": 99999, "name": "a"}'
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(name="b"))
    assert service.sent == [b'{"name":"b"}']
    assert ran.code == 0
    assert "speed_limit" not in ran.err


def test_a_key_the_reference_does_not_list_is_not_sent_and_the_answer_is_no(
    run: Run, service: RecordingService
) -> None:
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limt=50, speed_limit=40))
    assert service.sent == [b'{"speed_limit":40}']
    assert (ran.code, ran.out) == (1, "speed_limit: kept\n")
    assert "speed_limt: not sent, " in ran.err


def test_a_misspelt_key_alone_is_not_taken_for_done(run: Run, service: RecordingService) -> None:
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limt=50))
    assert ran.code == 1
    assert ran.err.endswith("Nothing to send.\n")
    assert not service.sent


def test_a_body_of_another_task_is_not_sent(run: Run, service: RecordingService) -> None:
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(id="t-2", speed_limit=50))
    assert (ran.code, ran.out) == (2, "")
    assert not service.sent


def test_what_the_service_ignored_is_named_and_the_answer_is_no(run: Run, service: RecordingService) -> None:
    service.will("PUT", ignores)
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limit=50))
    assert (ran.code, ran.out) == (1, "speed_limit: ignored, it is 0\n")


def test_what_the_service_changed_is_named_with_what_it_is_now(run: Run, service: RecordingService) -> None:
    service.will("PUT", changes("speed_limit", 40))
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limit=50, name="x"))
    assert ran.code == 1
    assert sorted(ran.out.splitlines()) == ["name: kept", "speed_limit: changed by the service, it is 40"]


def test_a_change_of_something_else_meanwhile_is_no_reason_for_no(run: Run, service: RecordingService) -> None:
    service.will("PUT", changes("remain_seconds", 17))
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limit=50))
    assert (ran.code, ran.out) == (0, "speed_limit: kept\n")


def test_a_refusal_is_told_in_the_words_of_the_service(run: Run, service: RecordingService) -> None:
    service.will("PUT", refuses(400, "SMS.6103", "Missing diskId in disk node!"))
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limit=50))
    assert (ran.code, ran.out) == (3, "")
    assert "Missing diskId in disk node" in ran.err
    assert "SMS.6103" in ran.err


@pytest.mark.parametrize("act", [hangs_up, refuses(504, "APIGW.0304", "Backend timeout")])
def test_an_update_of_which_nobody_knows_whether_it_landed_is_sent_once(
    run: Run, service: RecordingService, act: Act
) -> None:
    service.will("GET", shows, shows, refuses(500, "SMS.2007", "broken"))
    service.will("PUT", act)
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limit=50))
    assert (ran.code, ran.out) == (3, "")
    assert "Unknown whether it landed: it was sent, but " in ran.err
    assert "The task could not be read back. The service failed: broken" in ran.err
    assert len(service.sent) == 1


def test_a_failed_reading_back_is_told_apart_from_a_failed_update(run: Run, service: RecordingService) -> None:
    service.will("GET", shows, shows, refuses(500, "SMS.2007", "broken"))
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limit=50))
    assert (ran.code, ran.out) == (3, "")
    assert "The service accepted it, but the task could not be read back" in ran.err
    assert len(service.sent) == 1


def test_an_unreadable_body_is_found_before_the_service_is_asked(run: Run, service: RecordingService) -> None:
    assert run("apply", TASK_ID, "-", "--yes", stdin=b'{"speed_limit": NaN}').code == 2
    assert not service.requests
