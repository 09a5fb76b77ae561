"""apply beside others: what somebody else changed is merged, what both changed is a conflict."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cli_helpers import BodyFile, Run
from recording_service import TASK, TASK_ID, Act, Recorded, RecordingService, Reply, hangs_up, shows, takes


def body(**keys: object) -> bytes:
    return json.dumps(keys).encode()


def after(**keys: Any) -> Act:
    """Somebody else changes these keys just before the service answers."""

    def act(service: RecordingService, request: Recorded, reply: Reply) -> None:
        service.task = json.dumps({**json.loads(service.task), **keys}).encode()
        shows(service, request, reply)

    return act


def test_what_somebody_else_changed_before_the_put_is_merged_and_told(run: Run, service: RecordingService) -> None:
    service.will("GET", shows, after(priority=2))
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limit=50))
    assert (ran.code, service.sent) == (0, [b'{"speed_limit":50}'])
    assert "meanwhile, by somebody else: priority: absent -> 2" in ran.err


def test_a_nested_object_is_sent_with_what_somebody_else_put_into_it_meanwhile(
    run: Run, service: RecordingService
) -> None:
    server = json.loads(TASK)["target_server"]
    service.will("GET", shows, after(target_server={**server, "system_dir": "/new"}))
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(target_server={**server, "name": "mine"}))
    assert ran.code == 0
    (sent,) = service.sent
    assert json.loads(sent)["target_server"] == {**server, "name": "mine", "system_dir": "/new"}


def test_the_same_value_changed_by_both_is_a_conflict_and_nothing_is_sent(run: Run, service: RecordingService) -> None:
    service.will("GET", shows, after(speed_limit=70))
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limit=50))
    assert (ran.code, service.sent) == (4, [])
    assert ran.out == "speed_limit: conflict: was 0, is 70 now, wanted 50\n"


def test_with_its_base_a_stale_body_changes_only_what_it_changed(
    run: Run, service: RecordingService, body_file: BodyFile
) -> None:
    base = TASK
    mine = TASK.replace(b'"node"', b'"mine"')
    service.task = TASK.replace(b'"speed_limit": 0', b'"speed_limit": 70').replace(b'"used_size": 0', b'"used_size": 5')
    ran = run("apply", TASK_ID, body_file(mine), "--base", body_file(base), "--yes")
    assert ran.code == 0
    (sent,) = [json.loads(content) for content in service.sent]
    assert list(sent) == ["target_server"]
    assert (sent["target_server"]["name"], sent["target_server"]["disks"][0]["used_size"]) == ("mine", 5)


def test_with_its_base_a_conflict_names_the_leaf_and_sends_nothing(
    run: Run, service: RecordingService, body_file: BodyFile
) -> None:
    mine = TASK.replace(b'"node"', b'"mine"')
    service.task = TASK.replace(b'"node"', b'"theirs"')
    ran = run("apply", TASK_ID, body_file(mine), "--base", body_file(TASK), "--yes")
    assert (ran.code, service.sent) == (4, [])
    assert ran.out == 'target_server.name: conflict: was "node", is "theirs" now, wanted "mine"\n'


def test_the_same_change_on_both_sides_is_nothing_to_send(
    run: Run, service: RecordingService, body_file: BodyFile
) -> None:
    mine = service.task = TASK.replace(b'"node"', b'"mine"')
    ran = run("apply", TASK_ID, body_file(mine), "--base", body_file(TASK), "--yes")
    assert (ran.code, service.sent) == (0, [])
    assert "Nothing to send." in ran.err


def test_a_copy_of_the_task_does_not_put_back_what_the_service_moved_since(run: Run, service: RecordingService) -> None:
    copy = json.dumps({**json.loads(TASK), "state": "RUNNING", "migrate_speed": 1.5, "speed_limit": 50}).encode()
    service.task = json.dumps({**json.loads(TASK), "state": "SYNCING", "migrate_speed": 9.5}).encode()
    ran = run("apply", TASK_ID, "-", "--yes", stdin=copy)
    assert (ran.code, service.sent) == (0, [b'{"speed_limit":50}'])
    assert "Left as the service keeps it now: state, migrate_speed" in ran.err


def test_a_body_without_an_id_is_meant_as_it_stands(run: Run, service: RecordingService) -> None:
    service.task = json.dumps({**json.loads(TASK), "state": "SYNCING"}).encode()
    assert run("apply", TASK_ID, "-", "--yes", stdin=body(state="RUNNING")).code == 0
    assert service.sent == [b'{"state":"RUNNING"}']


def test_an_update_whose_answer_is_lost_is_read_back_and_found_landed(run: Run, service: RecordingService) -> None:
    def takes_and_hangs_up(service: RecordingService, request: Recorded, reply: Reply) -> None:
        takes(service, request, lambda *answer: None)
        hangs_up(service, request, reply)

    service.will("PUT", takes_and_hangs_up)
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limit=50))
    assert (ran.code, ran.out, len(service.sent)) == (0, "speed_limit: kept\n", 1)
    assert "Landed: the answer was lost" in ran.err


@pytest.mark.parametrize("base", ["nope.json"])
def test_a_base_that_is_not_there_is_wrong_usage(run: Run, service: RecordingService, base: str) -> None:
    ran = run("apply", TASK_ID, "-", "--base", base, stdin=body(speed_limit=50))
    assert (ran.code, service.requests) == (2, [])
    assert "Cannot read nope.json" in ran.err
