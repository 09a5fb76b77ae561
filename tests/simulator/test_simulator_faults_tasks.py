"""Faults that have to do with what is stored, inside one process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from simulator_helpers import REFERENCE_ID, TOKEN, Clock, sent, shown

from sms_tui.exactjson import same
from sms_tui.simulator.app import simulator
from sms_tui.simulator.faults import Faults
from sms_tui.simulator.faults.transport import FaultyTransport
from sms_tui.simulator.store import Store


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
async def faulty(store: Store, clock: Clock, faults: Faults) -> AsyncIterator[httpx.AsyncClient]:
    transport = FaultyTransport(httpx.ASGITransport(simulator(store, clock=clock)), faults)
    async with httpx.AsyncClient(transport=transport, base_url="http://sms", headers=TOKEN) as client:
        yield client


async def test_without_faults_nothing_is_different(faulty: httpx.AsyncClient, service: httpx.AsyncClient) -> None:
    assert (await faulty.get("/v3/tasks", params={"limit": 3})).content == (
        await service.get("/v3/tasks", params={"limit": 3})
    ).content
    before = await shown(service, REFERENCE_ID)
    assert (await sent(faulty, REFERENCE_ID, {"speed_limit": 50})).json() == {"id": REFERENCE_ID}
    assert same(await shown(faulty, REFERENCE_ID), {**before, "speed_limit": 50})
    assert (await faulty.get("/nowhere")).json()["error_code"] == "APIGW.0101"


async def test_an_ignored_field_keeps_its_value_and_all_others_are_taken(
    faulty: httpx.AsyncClient, faults: Faults
) -> None:
    before = await shown(faulty, REFERENCE_ID)
    faults.add("update:ignore=speed_limit")
    body: Any = {"total_time": 2**63 - 1, "speed_limit": 50, "migrate_speed": 0.0, "name": "renamed"}
    assert (await sent(faulty, REFERENCE_ID, body)).json() == {"id": REFERENCE_ID}
    assert same(await shown(faulty, REFERENCE_ID), {**before, **body, "speed_limit": before["speed_limit"]})


async def test_an_update_that_changes_nothing_is_answered_as_if_taken(
    faulty: httpx.AsyncClient, faults: Faults
) -> None:
    before = await shown(faulty, REFERENCE_ID)
    faults.add("no-change")
    reply = await sent(faulty, REFERENCE_ID, {"speed_limit": 50, "name": "renamed"})
    assert (reply.status_code, reply.json()) == (200, {"id": REFERENCE_ID})
    assert same(await shown(faulty, REFERENCE_ID), before)


@pytest.mark.parametrize("spec", ["no-change", "ignore=name"])
@pytest.mark.parametrize("content", [b"", b"[1]", b'{"name":', b"\xff"])
async def test_what_is_no_task_body_is_refused_as_ever(
    faulty: httpx.AsyncClient, faults: Faults, spec: str, content: bytes
) -> None:
    faults.add(spec)
    headers = {"Content-Type": "application/json"}
    reply = await faulty.put(f"/v3/tasks/{REFERENCE_ID}", content=content, headers=headers)
    assert (reply.status_code, reply.json()["error_code"]) == (400, "SMS.0001")


async def test_a_stale_task_is_shown_once(faulty: httpx.AsyncClient, faults: Faults) -> None:
    before = await shown(faulty, REFERENCE_ID)
    faults.add("stale*1")
    await sent(faulty, REFERENCE_ID, {"speed_limit": 50})
    assert same(await shown(faulty, REFERENCE_ID), before)
    assert (await shown(faulty, REFERENCE_ID))["speed_limit"] == 50
    await sent(faulty, REFERENCE_ID, {"speed_limit": 60})
    assert (await shown(faulty, REFERENCE_ID))["speed_limit"] == 60


async def test_somebody_else_writes_before_the_second_reading(faulty: httpx.AsyncClient, faults: Faults) -> None:
    faults.add("show:other-writer=speed_limit:70@2*1")
    before = await shown(faulty, REFERENCE_ID)
    assert same(await shown(faulty, REFERENCE_ID), {**before, "speed_limit": 70})
    await sent(faulty, REFERENCE_ID, {"speed_limit": 50})
    assert (await shown(faulty, REFERENCE_ID))["speed_limit"] == 50


async def test_somebody_else_writes_between_a_reading_and_an_update(faulty: httpx.AsyncClient, faults: Faults) -> None:
    faults.add('update:other-writer=name:"theirs"')
    before = await shown(faulty, REFERENCE_ID)
    await sent(faulty, REFERENCE_ID, {"speed_limit": 50})
    assert same(await shown(faulty, REFERENCE_ID), {**before, "name": "theirs", "speed_limit": 50})


async def test_somebody_else_writes_deep_inside_a_task_and_leaves_the_rest(
    faulty: httpx.AsyncClient, faults: Faults
) -> None:
    expected: Any = await shown(faulty, REFERENCE_ID)
    expected["target_server"]["disks"][0]["physical_volumes"][1]["size"] = 2**53 + 1
    faults.add("show:other-writer=target_server.disks[0].physical_volumes[1].size:9007199254740993")
    assert same(await shown(faulty, REFERENCE_ID), expected)


@pytest.mark.parametrize("place", ["target_server.disks[9].size", "target_server.disks.size", "name.first", "name[0]"])
async def test_a_place_the_task_does_not_have_is_left_alone(
    faulty: httpx.AsyncClient, faults: Faults, place: str
) -> None:
    before = await shown(faulty, REFERENCE_ID)
    faults.add(f"other-writer={place}:1")
    assert same(await shown(faulty, REFERENCE_ID), before)
    assert faults.struck(f"other-writer={place}:1") == 1


@pytest.mark.parametrize("spec", ["other-writer=speed_limit:70", "stale"])
async def test_a_task_that_is_not_there_stays_so(faulty: httpx.AsyncClient, faults: Faults, spec: str) -> None:
    faults.add(spec)
    for reply in (await faulty.get("/v3/tasks/nobody"), await sent(faulty, "nobody", {"speed_limit": 50})):
        assert (reply.status_code, reply.json()["error_code"]) == (400, "SMS.7703")


async def test_what_the_others_do_is_struck_by_no_fault(faulty: httpx.AsyncClient, faults: Faults) -> None:
    faults.add("update:other-writer=speed_limit:70")
    faults.add("update:ignore=speed_limit")
    faults.add("status=503@2")
    await sent(faulty, REFERENCE_ID, {"speed_limit": 50})
    faults.clear()
    assert (await shown(faulty, REFERENCE_ID))["speed_limit"] == 70
