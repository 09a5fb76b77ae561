"""What is refused, by whom, and in which shape."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from simulator_helpers import REFERENCE_ID, TOKEN, id_of, sent, shown

from sms_tui.simulator.gateway import LARGEST_BODY
from sms_tui.simulator.store import Store, Task

ONE = f"/v3/tasks/{REFERENCE_ID}"
JSON = {"Content-Type": "application/json"}


def assert_gateway(reply: httpx.Response, status: int, code: str) -> None:
    assert reply.status_code == status
    assert set(reply.json()) == {"error_msg", "error_code", "request_id"}
    assert reply.json()["error_code"] == code
    assert reply.json()["request_id"] == reply.headers["X-Request-Id"]


def assert_service(reply: httpx.Response, code: str, *, names: str = "") -> None:
    assert reply.status_code == 400
    assert set(reply.json()) == {"error_code", "error_msg"}
    assert reply.json()["error_code"] == code
    assert names in reply.json()["error_msg"]
    assert reply.headers["X-Request-Id"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Auth-Token": ""},
        {"Authorization": "Bearer something"},
        {"Authorization": "SDK-HMAC-SHA256 Access=a, SignedHeaders=host, Signature=0"},
        {"Authorization": "SDK-HMAC-SHA256", "X-Sdk-Date": "20250101T000000Z"},
        {"X-Sdk-Date": "20250101T000000Z"},
    ],
)
@pytest.mark.parametrize(("method", "path"), [("GET", "/v3/tasks"), ("GET", ONE), ("PUT", ONE)])
async def test_a_request_without_credentials_is_refused_by_the_gateway(
    service: httpx.AsyncClient, headers: dict[str, str], method: str, path: str
) -> None:
    del service.headers["X-Auth-Token"]
    assert_gateway(await service.request(method, path, headers=headers), 401, "APIGW.0301")


async def test_a_signature_is_as_good_as_a_token(service: httpx.AsyncClient) -> None:
    del service.headers["X-Auth-Token"]
    signature = "SDK-HMAC-SHA256 Access=a, SignedHeaders=host;x-sdk-date, Signature=0"
    headers = {"Authorization": signature, "X-Sdk-Date": "20250101T000000Z"}
    assert (await service.get(ONE, headers=headers)).status_code == 200


@pytest.mark.parametrize("path", ["/", "/v3/tasks/", "/v3/task", "/v2/tasks", ONE + "/", ONE + "/action"])
async def test_an_unknown_address_is_refused_by_the_gateway(service: httpx.AsyncClient, path: str) -> None:
    assert_gateway(await service.get(path), 404, "APIGW.0101")


@pytest.mark.parametrize(("method", "path"), [("POST", "/v3/tasks"), ("DELETE", ONE), ("PATCH", ONE)])
async def test_a_wrong_method_is_refused_with_those_allowed(service: httpx.AsyncClient, method: str, path: str) -> None:
    reply = await service.request(method, path)
    assert_gateway(reply, 405, "APIGW.0101")
    assert "GET" in reply.headers["Allow"]
    assert ("PUT" in reply.headers["Allow"]) == (path == ONE)


@pytest.mark.parametrize("task_id", ["nobody", "x" * 300, "%E4%BB%BB", "a%00b"])
async def test_an_unknown_task_is_refused_by_the_service(service: httpx.AsyncClient, task_id: str) -> None:
    assert_service(await service.get(f"/v3/tasks/{task_id}"), "SMS.7703")
    assert_service(await service.put(f"/v3/tasks/{task_id}", content="{}", headers=JSON), "SMS.7703")


async def test_every_reply_has_a_request_id_of_its_own(service: httpx.AsyncClient) -> None:
    replies = [await service.get(path) for path in ("/v3/tasks", ONE, ONE, "/v3/tasks/nobody", "/nowhere")]
    assert len({reply.headers["X-Request-Id"] for reply in replies}) == len(replies)


async def test_a_failure_inside_the_service_is_a_500_in_its_shape(service: httpx.AsyncClient, store: Store) -> None:
    store.close()
    reply = await service.get(ONE)
    assert reply.status_code == 500
    assert reply.json()["error_code"] == "SMS.2007"
    assert reply.headers["X-Request-Id"]


async def test_a_body_over_12_megabytes_is_refused_and_a_smaller_one_is_not(service: httpx.AsyncClient) -> None:
    fits = b'{"colour":"' + b"x" * (LARGEST_BODY - 13) + b'"}'
    assert len(fits) == LARGEST_BODY
    assert (await service.put(ONE, content=fits, headers=JSON)).status_code == 200
    assert_gateway(await service.put(ONE, content=fits + b" ", headers=JSON), 413, "APIGW.0201")


async def test_a_body_of_many_disks_passes_the_old_limit_of_10240_bytes(
    service: httpx.AsyncClient, store: Store
) -> None:
    task_id = id_of(store, "hadoop-dn-11")
    target = (await shown(service, task_id))["target_server"]
    reply = await sent(service, task_id, {"target_server": target})
    assert len(reply.request.content) > 10240
    assert reply.status_code == 200


@pytest.mark.parametrize(
    ("content_type", "code"), [(None, "SMS.2005"), ("text/plain", "SMS.2006"), ("application/jsonp", "SMS.2006")]
)
async def test_a_body_that_does_not_say_it_is_json_is_refused(
    service: httpx.AsyncClient, content_type: str | None, code: str
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    assert_service(await service.put(ONE, content="{}", headers=headers), code, names="Content-Type")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'{"name": NaN}', b'{"name":"a","name":"b"}', b'{"name":"\xff"}']
)
async def test_a_body_that_is_no_json_object_is_refused(service: httpx.AsyncClient, content: bytes) -> None:
    assert_service(await service.put(ONE, content=content, headers=JSON), "SMS.0001", names="body")


VOLUME = "target_server.disks[0].physical_volumes[1]"


@pytest.mark.parametrize(
    ("body", "code", "names"),
    [
        ({"name": 5}, "SMS.7711", "name"),
        ({"name": "n" * 256}, "SMS.7711", "name"),
        ({"type": "MIGRATE_ALL"}, "SMS.7712", "type"),
        ({"os_type": "LINUX "}, "SMS.6601", "os_type"),
        ({"source_server": {"os_type": "AIX"}}, "SMS.6601", "source_server.os_type"),
        ({"priority": 3}, "SMS.0001", "priority"),
        ({"priority": True}, "SMS.0001", "priority"),
        ({"priority": 1.0}, "SMS.0001", "priority"),
        ({"speed_limit": 10001}, "SMS.0001", "speed_limit must be from 0 to 10000"),
        ({"speed_limit": -1}, "SMS.0001", "speed_limit"),
        ({"migrate_speed": "fast"}, "SMS.0001", "migrate_speed"),
        ({"migrate_speed": 10000.5}, "SMS.0001", "migrate_speed"),
        ({"connected": "true"}, "SMS.0001", "connected"),
        ({"enterprise_project_id": ""}, "SMS.0001", "enterprise_project_id"),
        ({"total_time": 2**63}, "SMS.0001", "total_time"),
        ({"sub_tasks": {}}, "SMS.0001", "sub_tasks"),
        ({"sub_tasks": [7]}, "SMS.0001", "sub_tasks[0]"),
        ({"sub_tasks": [None]}, "SMS.0001", "sub_tasks[0]"),
        ({"sub_tasks": [{"id": 1}]}, "SMS.0001", "sub_tasks[0].progress is missing"),
        ({"sub_tasks": [{"progress": 101}]}, "SMS.0001", "sub_tasks[0].progress"),
        ({"clone_server": []}, "SMS.0001", "clone_server"),
        ({"target_server": {"ip": None, "name": "", "os_type": "LINUX"}}, "SMS.0001", "target_server.disks is missing"),
        ({"source_server": {"disks": [{"name": "d"}]}}, "SMS.0001", "source_server.disks[0].device_use is missing"),
        (
            {"source_server": {"volume_groups": [{"logical_volumes": [None] * 256}]}},
            "SMS.0001",
            "source_server.volume_groups[0].logical_volumes must hold from 0 to 255 entries",
        ),
    ],
)
async def test_a_broken_field_rule_is_refused_with_its_code_and_place(
    service: httpx.AsyncClient, body: Task, code: str, names: str
) -> None:
    before = await shown(service, REFERENCE_ID)
    assert_service(await sent(service, REFERENCE_ID, body), code, names=names)
    assert await shown(service, REFERENCE_ID) == before


async def test_a_refused_body_changes_nothing_even_where_it_was_right(service: httpx.AsyncClient) -> None:
    await sent(service, REFERENCE_ID, {"name": "right", "priority": 9})
    assert (await shown(service, REFERENCE_ID))["name"] == "MigrationTask"


async def test_the_place_of_a_bad_volume_is_named(service: httpx.AsyncClient) -> None:
    target: Any = (await shown(service, REFERENCE_ID))["target_server"]
    target["disks"][0]["physical_volumes"][1]["size"] = -1
    assert_service(await sent(service, REFERENCE_ID, {"target_server": target}), "SMS.0001", names=f"{VOLUME}.size")


async def test_no_reply_repeats_the_token(service: httpx.AsyncClient) -> None:
    secret = {**TOKEN, "X-Auth-Token": "s3cr3t-token", "Content-Type": "text/plain"}
    for reply in (await service.get("/nowhere", headers=secret), await service.put(ONE, content="", headers=secret)):
        assert "s3cr3t-token" not in reply.text + str(reply.headers)
