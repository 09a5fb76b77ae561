"""list, get, diff, check and schema: what they print, and with which exit code they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_helpers import BodyFile, Run
from recording_service import TASK, TASK_ID, RecordingService

from sms_tui.exactjson import loads, same

EXAMPLE = Path(__file__).parent.parent / "data" / "reference_example.json"


def test_get_prints_every_key_and_number_as_the_service_sent_it(run: Run, service: RecordingService) -> None:
    ran = run("get", TASK_ID)
    assert (ran.code, ran.err) == (0, "")
    assert same(loads(ran.out), loads(TASK))
    assert list(ran.json) == list(json.loads(TASK))
    for literal in ("123456789012345678901234567890", "0.1000000000000000055511151231257827", "9007199254740993"):
        assert literal in ran.out
    assert "迁移任务" in ran.out


def test_get_prints_nothing_that_steers_a_terminal_and_keeps_the_value(run: Run, service: RecordingService) -> None:
    service.task = '{"id": "t-1", "name": "a\\u001b[2J\u009b2J\u007f"}'.encode()
    ran = run("get", TASK_ID)
    assert ran.json["name"] == "a\x1b[2J\x9b2J\x7f"
    assert all(character.isprintable() or character == "\n" for character in ran.out)


def test_list_prints_the_tasks_with_their_number(run: Run, service: RecordingService) -> None:
    ran = run("list")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["count"] == 1
    assert same(loads(ran.out)["tasks"][0], loads(TASK))


def test_list_lets_the_service_filter_by_name_and_by_the_states_it_knows(run: Run, service: RecordingService) -> None:
    service.task = b'{"id": "t-1", "state": "RUNNING"}'
    assert run("list", "--state", "running", "--name", "迁移 1").json["count"] == 1
    (request,) = service.requests
    assert "state=RUNNING" in request.target
    assert "name=%E8%BF%81%E7%A7%BB%201" in request.target


def test_list_filters_here_by_a_state_the_service_cannot_filter_by(run: Run, service: RecordingService) -> None:
    service.task = b'{"id": "t-1", "state": "SYNC_FAIL"}'
    assert run("list", "--state", "SYNC_FAIL").json["count"] == 1
    ran = run("list", "--state", "SYNC_SUCCESS")
    assert (ran.code, ran.json, ran.err) == (0, {"count": 0, "tasks": []}, "No task matches the filter.\n")
    assert not any("state" in request.target for request in service.requests)


def test_diff_is_silent_and_0_when_the_body_says_what_the_task_is(run: Run, service: RecordingService) -> None:
    ran = run("diff", TASK_ID, "-", stdin=TASK)
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_diff_prints_each_change_by_path_and_ends_with_1(
    run: Run, service: RecordingService, body_file: BodyFile
) -> None:
    body = '{"speed_limit": 50, "compress": true, "name": "迁移", "from_the_future": {"count": 1}}'
    ran = run("diff", TASK_ID, body_file(body))
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines() == [
        'name: "迁移任务" -> "迁移"',
        "speed_limit: 0 -> 50",
        "from_the_future.count: 123456789012345678901234567890 -> 1",
        "from_the_future.share: 0.1000000000000000055511151231257827 -> absent",
        "compress: absent -> true",
    ]
    assert not service.sent


def test_diff_prints_one_line_for_a_key_that_holds_a_line_break(run: Run, service: RecordingService) -> None:
    ran = run("diff", TASK_ID, "-", stdin=b'{"a\\nb\\u001b[2J": 1}')
    assert (ran.code, ran.out) == (1, '["a\\u000ab\\u001b[2J"]: absent -> 1\n')


def test_diff_tells_entries_of_a_list_apart(run: Run, service: RecordingService) -> None:
    task = json.loads(TASK)
    service.task = json.dumps({**task, "sub_tasks": [{"id": 1, "name": "A"}, {"id": 2, "name": "B"}]}).encode()
    body = {"sub_tasks": [{"id": 3, "name": "C"}, {"id": 2, "name": "B"}]}
    assert run("diff", TASK_ID, "-", stdin=json.dumps(body).encode()).out.splitlines() == [
        'sub_tasks[0]: removed {"id":1,"name":"A"}',
        'sub_tasks[0]: added {"id":3,"name":"C"}',
    ]


def test_a_body_of_another_task_is_wrong_usage(run: Run, service: RecordingService) -> None:
    ran = run("diff", TASK_ID, "-", stdin=b'{"id": "t-2", "speed_limit": 1}')
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("The body does not fit: ")
    assert "t-2" in ran.err
    assert ran.err.count("\n") == 1


def test_check_finds_no_error_in_the_references_own_example(run: Run) -> None:
    ran = run("check", str(EXAMPLE))
    assert ran.code == 0
    assert "error:" not in ran.out
    assert ran.err.startswith("0 errors, ")


def test_check_takes_the_body_from_standard_input(run: Run) -> None:
    assert run("check", "-", stdin=EXAMPLE.read_bytes()) == run("check", str(EXAMPLE))


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"speed_limit": 10001}, "speed_limit"),
        ({"speed_limit": "fast"}, "speed_limit"),
        ({"type": "TELEPORT"}, "type"),
        ({"target_server": {"disks": [{"size": -1}]}}, "target_server.disks[0].size"),
    ],
)
def test_check_names_the_field_that_is_wrong_and_ends_with_1(run: Run, body: object, field: str) -> None:
    ran = run("check", "-", stdin=json.dumps(body).encode())
    assert ran.code == 1
    assert any(line.startswith(f"{field}: error: ") for line in ran.out.splitlines())


def test_check_ends_with_0_on_warnings_alone(run: Run) -> None:
    example = json.loads(EXAMPLE.read_text())
    example["target_server"]["disks"][0]["used_size"] = example["target_server"]["disks"][0]["size"] + 1
    ran = run("check", "-", stdin=json.dumps(example).encode())
    assert ran.code == 0
    assert any("used_size: warning: " in line for line in ran.out.splitlines())


def test_check_prints_the_same_problems_as_json(run: Run) -> None:
    body = b'{"speed_limit": 10001}'
    lines, records = run("check", "-", stdin=body), run("check", "--json", "-", stdin=body)
    assert records.code == lines.code == 1
    assert records.err == lines.err
    assert [
        f"{record['path'] or 'task'}: {record['severity']}: {record['message']} [{record['code']}]"
        for record in records.json
    ] == lines.out.splitlines()
    assert run("check", "--json", str(EXAMPLE)).code == 0


def test_schema_prints_a_json_schema_of_2020_12_that_names_the_fields(run: Run) -> None:
    ran = run("schema")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "speed_limit" in ran.json["properties"]
