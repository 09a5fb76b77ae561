"""GET /v3/tasks: shape, filters, pages."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulator_helpers import Clock, client_of, sent, shown

from sms_tui.simulator.query import STATES
from sms_tui.simulator.seeds import seed_tasks
from sms_tui.simulator.store import Store, Task


async def listed(service: httpx.AsyncClient, **query: Any) -> tuple[int, list[Any]]:
    reply = await service.get("/v3/tasks", params=query)
    assert reply.status_code == 200, reply.text
    body = reply.json()
    assert set(body) == {"count", "tasks"}
    return body["count"], body["tasks"]


async def test_an_entry_has_the_24_keys_of_the_list_and_short_nested_objects(service: httpx.AsyncClient) -> None:
    _, tasks = await listed(service)
    for task in tasks:
        assert len(task) == 24
        assert "region_id" not in task
        assert "start_date" not in task
        assert all(len(step) == 6 and "user_op" not in step for step in task["sub_tasks"])
        assert len(task["source_server"]) == 7
        assert len(task["target_server"]) == 6
    (clone,) = [task["clone_server"] for task in tasks if task["clone_server"]]
    assert set(clone) == {"vm_id", "name"}
    assert {task["name"] for task in tasks if task["syncing"]} == {"oa-mail-01"}


async def test_tasks_come_newest_first(service: httpx.AsyncClient) -> None:
    _, tasks = await listed(service)
    dates = [task["create_date"] for task in tasks]
    assert dates == sorted(dates, reverse=True)
    assert tasks[-1]["name"] == "MigrationTask"


async def test_the_name_filter_matches_any_part_of_the_name(service: httpx.AsyncClient) -> None:
    count, tasks = await listed(service, name="系统迁移")
    assert [task["name"] for task in tasks] == ["财务系统迁移任务"]
    assert count == 1
    assert await listed(service, name="%") == (0, [])


async def test_the_other_filters_match_whole_values(service: httpx.AsyncClient) -> None:
    _, every = await listed(service)
    for task in every:
        assert (await listed(service, id=task["id"]))[1] == [task]
        source = task["source_server"]["id"]
        assert (await listed(service, source_server_id=source))[1] == [task]
        assert await listed(service, source_server_id=source[:-1]) == (0, [])
    for state in STATES:
        assert (await listed(service, state=state))[1] == [task for task in every if task["state"] == state]
    project = next(task["enterprise_project_id"] for task in every if task["name"] == "hadoop-dn-11")
    assert [task["name"] for task in (await listed(service, enterprise_project_id=project))[1]] == ["hadoop-dn-11"]


async def test_filters_narrow_together(service: httpx.AsyncClient) -> None:
    assert (await listed(service, state="RUNNING", name="crm"))[0] == 1
    assert (await listed(service, state="READY", name="crm"))[0] == 0


async def test_an_empty_text_filter_narrows_nothing(service: httpx.AsyncClient) -> None:
    assert await listed(service, name="", id="") == await listed(service)


async def test_a_changed_task_is_found_by_its_new_values(service: httpx.AsyncClient) -> None:
    _, (task,) = await listed(service, name="web-portal-03")
    source = (await shown(service, task["id"]))["source_server"]
    assert isinstance(source, dict)
    body: Task = {"name": "门户", "state": "ABORT", "source_server": {**source, "id": "s-1"}}
    assert (await sent(service, task["id"], body)).status_code == 200
    assert (await listed(service, name="门户", state="ABORT", source_server_id="s-1"))[0] == 1
    assert (await listed(service, name="web-portal-03"))[0] == 0


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "201"},
        {"limit": "-1"},
        {"limit": "ten"},
        {"limit": ""},
        {"limit": "1.0"},
        {"limit": "٣"},
        {"limit": "9" * 5000},
        {"offset": "65536"},
        {"offset": "-1"},
        {"offset": "+1"},
        {"state": "PAUSED"},
        {"state": ""},
        {"state": "SYNC_SUCCESS"},
        {"name": "n" * 256},
        {"id": "i" * 256},
        {"source_server_id": "s" * 256},
        {"enterprise_project_id": "e" * 256},
    ],
)
async def test_a_bad_filter_is_refused_by_name(service: httpx.AsyncClient, query: dict[str, str]) -> None:
    reply = await service.get("/v3/tasks", params=query)
    assert reply.status_code == 400
    assert set(reply.json()) == {"error_code", "error_msg"}
    assert reply.json()["error_msg"].startswith(next(iter(query)))


async def test_the_limits_themselves_are_allowed(service: httpx.AsyncClient) -> None:
    assert (await listed(service, limit=0, offset=65535))[1] == []
    assert len((await listed(service, limit=200))[1]) == len(seed_tasks(0))
    assert (await listed(service, name="n" * 255))[0] == 0


def _many(count: int, dates: list[int | None]) -> list[Task]:
    return [{"id": f"t{at}", "name": "n", "create_date": dates[at % len(dates)]} for at in range(count)]


@given(
    count=st.integers(0, 60),
    limit=st.integers(1, 25),
    dates=st.lists(st.none() | st.integers(0, 3), min_size=1, max_size=7),
)
def test_pages_joined_are_the_whole_and_the_count_never_changes(
    count: int, limit: int, dates: list[int | None]
) -> None:
    async def pages() -> None:
        store = Store(None)
        store.seed(_many(count, dates), 0)
        async with client_of(store, Clock()) as service:
            total, whole = await listed(service, limit=200)
            joined: list[Any] = []
            for offset in range(0, count + limit, limit):
                page_count, page = await listed(service, limit=limit, offset=offset)
                assert page_count == total == count
                assert len(page) <= limit
                joined += page
        store.close()
        assert joined == whole
        assert len({task["id"] for task in joined}) == count

    asyncio.run(pages())


async def test_a_page_is_100_tasks_unless_asked_otherwise(clock: Clock) -> None:
    store = Store(None)
    store.seed(_many(250, [1]), 0)
    async with client_of(store, clock) as service:
        assert len((await listed(service))[1]) == 100
        assert len((await listed(service, offset=200))[1]) == 50
    store.close()


async def test_the_list_moves_with_the_clock(service: httpx.AsyncClient, clock: Clock) -> None:
    _, (before,) = await listed(service, name="crm-app-02")
    clock.now += 600
    _, (after,) = await listed(service, name="crm-app-02")
    assert after["total_time"] == before["total_time"] + 600
    assert after["sub_tasks"][4]["progress"] > before["sub_tasks"][4]["progress"]
