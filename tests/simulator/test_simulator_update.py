"""PUT /v3/tasks/{task_id}: what is stored, and how it reads back."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from simulator_helpers import REFERENCE_ID, id_of, sent, shown

from sms_tui import exactjson
from sms_tui.schema.registry import ROOT, kind
from sms_tui.simulator.store import Store, Task


async def test_the_answer_is_the_id(service: httpx.AsyncClient) -> None:
    reply = await sent(service, REFERENCE_ID, {"name": "renamed"})
    assert (reply.status_code, reply.json()) == (200, {"id": REFERENCE_ID})


async def test_keys_sent_replace_and_keys_not_sent_stay(service: httpx.AsyncClient) -> None:
    before = await shown(service, REFERENCE_ID)
    await sent(service, REFERENCE_ID, {"name": "renamed", "speed_limit": 50, "connected": True})
    after = await shown(service, REFERENCE_ID)
    assert after == {**before, "name": "renamed", "speed_limit": 50, "connected": True}
    assert list(after)[: len(before) - 2] == list(before)[: len(before) - 2]


async def test_a_nested_object_is_replaced_whole(service: httpx.AsyncClient) -> None:
    target: Task = {"ip": "10.0.0.9", "name": "t", "os_type": "WINDOWS", "disks": []}
    assert (await sent(service, REFERENCE_ID, {"target_server": target})).status_code == 200
    assert (await shown(service, REFERENCE_ID))["target_server"] == target


async def test_nulls_sent_are_stored_as_nulls(service: httpx.AsyncClient) -> None:
    body: Task = {"name": None, "sub_tasks": None, "target_server": None, "priority": None}
    assert (await sent(service, REFERENCE_ID, body)).status_code == 200
    after = await shown(service, REFERENCE_ID)
    assert {key: after[key] for key in body} == body


@pytest.mark.parametrize("number", [2**63 - 1, 2**53 + 1, 0])
async def test_integers_come_back_exact(service: httpx.AsyncClient, store: Store, number: int) -> None:
    ready = id_of(store, "web-portal-03")
    target: Any = (await shown(service, ready))["target_server"]
    target["disks"][0]["physical_volumes"][1]["size"] = number
    body: Task = {"target_server": target, "total_time": number, "create_date": number}
    assert (await sent(service, ready, body)).status_code == 200
    after = await shown(service, ready)
    assert exactjson.same({key: after[key] for key in body}, body)


@pytest.mark.parametrize("literal", ["0.0", "0", "10000", "0.1234567890123456789"])
async def test_numbers_with_a_fraction_come_back_as_written(
    service: httpx.AsyncClient, store: Store, literal: str
) -> None:
    ready = id_of(store, "web-portal-03")
    content = f'{{"migrate_speed":{literal}}}'
    headers = {"Content-Type": "application/json;charset=utf8"}
    assert (await service.put(f"/v3/tasks/{ready}", content=content, headers=headers)).status_code == 200
    assert content[1:-1] in (await service.get(f"/v3/tasks/{ready}")).text


async def test_a_lone_surrogate_survives(service: httpx.AsyncClient) -> None:
    assert (await sent(service, REFERENCE_ID, {"name": "half \ud83d"})).status_code == 200
    assert (await shown(service, REFERENCE_ID))["name"] == "half \ud83d"


async def test_the_whole_task_can_be_sent_back_as_it_was_read(service: httpx.AsyncClient, store: Store) -> None:
    listed = (await service.get("/v3/tasks")).json()["tasks"]
    for task_id in [task["id"] for task in listed]:
        before, stored = await shown(service, task_id), store.get(task_id)
        reply = await sent(service, task_id, before)
        assert reply.status_code == 200, reply.text
        assert exactjson.same(await shown(service, task_id), before)
        after = store.get(task_id)
        assert stored is not None
        assert after is not None
        assert exactjson.same(after.task, stored.task)


async def test_keys_the_put_does_not_list_are_ignored(service: httpx.AsyncClient) -> None:
    before = await shown(service, REFERENCE_ID)
    body: Task = {"compress_rate": 9.5, "network_check_info": {"cpu_usage": 3}, "colour": "red", "id": "another"}
    assert (await sent(service, REFERENCE_ID, body)).status_code == 200
    assert await shown(service, REFERENCE_ID) == before


async def test_unknown_keys_inside_nested_objects_are_kept(service: httpx.AsyncClient) -> None:
    clone: Task = {"vm_id": "v", "colour": ["red", None]}
    await sent(service, REFERENCE_ID, {"clone_server": clone})
    assert (await shown(service, REFERENCE_ID))["clone_server"] == clone


async def test_get_shows_what_put_takes_but_for_exist_server_and_two_keys_more(
    service: httpx.AsyncClient, store: Store
) -> None:
    task_id = id_of(store, "oa-mail-01")
    await sent(service, task_id, {"exist_server": False})
    stored = store.get(task_id)
    assert stored is not None
    assert stored.task["exist_server"] is False
    task = await shown(service, task_id)
    assert set(task) == (set(kind(ROOT).fields) - {"exist_server"}) | {"compress_rate", "network_check_info"}


class TestBtrfs:
    async def test_the_target_shows_names_and_the_source_whole_file_systems(
        self, service: httpx.AsyncClient, store: Store
    ) -> None:
        task: Any = await shown(service, id_of(store, "suse-build-07"))
        assert task["target_server"]["btrfs_list"] == ["suse-system", "suse-builds"]
        assert [len(system["subvolumn"]) for system in task["source_server"]["btrfs_list"]] == [5, 2]

    async def test_a_name_sent_back_keeps_the_stored_file_system(
        self, service: httpx.AsyncClient, store: Store
    ) -> None:
        task_id = id_of(store, "suse-build-07")
        before: Any = store.get(task_id).task["target_server"]
        new_system = {**before["btrfs_list"][0], "label": "changed"}
        target = {**before, "btrfs_list": ["suse-builds", new_system]}
        assert (await sent(service, task_id, {"target_server": target})).status_code == 200
        after: Any = store.get(task_id).task["target_server"]
        assert after["btrfs_list"] == [before["btrfs_list"][1], new_system]

    async def test_a_name_of_no_stored_file_system_is_refused(self, service: httpx.AsyncClient, store: Store) -> None:
        task_id = id_of(store, "suse-build-07")
        target: Any = (await shown(service, task_id))["target_server"]
        target["btrfs_list"].append("tank")
        reply = await sent(service, task_id, {"target_server": target})
        assert reply.status_code == 400
        assert "target_server.btrfs_list[2]" in reply.json()["error_msg"]
