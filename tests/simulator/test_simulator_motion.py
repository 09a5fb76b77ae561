"""How running tasks move."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulator_helpers import Clock, id_of, sent, shown

from sms_tui.exactjson import Json
from sms_tui.simulator.motion import moved
from sms_tui.simulator.rules import violations
from sms_tui.simulator.seeds import seed_tasks
from sms_tui.simulator.store import Store, Task

NOW = 1_760_000_000.0
SEEDS: dict[str, Any] = {str(task["name"]): task for task in seed_tasks(NOW)}
RUNNING = {name: task for name, task in SEEDS.items() if task["state"] == "RUNNING"}
CLOCKS = ("total_time", "remain_seconds", "estimate_complete_time")

names = st.sampled_from(sorted(RUNNING))
seconds = st.integers(0, 160_000).map(lambda eighths: eighths / 8)


def after(task: Task, elapsed: float) -> Any:
    return moved(task, stored_at=NOW, now=NOW + elapsed)


def progresses(task: Any) -> list[int]:
    return [step["progress"] for step in task["sub_tasks"]]


def test_several_sample_tasks_move_within_a_minute() -> None:
    assert len([name for name, task in RUNNING.items() if progresses(after(task, 60)) != progresses(task)]) >= 3


def test_for_a_second_a_task_reads_as_stored() -> None:
    for task in RUNNING.values():
        not_begun = {**task, "sub_tasks": [{**step, "start_date": None} for step in task["sub_tasks"]]}
        assert after(not_begun, 0.99) == not_begun
        assert after(not_begun, 1) != not_begun


def test_tasks_that_do_not_run_stand_still() -> None:
    for name, task in SEEDS.items():
        if name not in RUNNING:
            assert after(task, 5000) == task


@given(names, seconds, seconds)
def test_progress_never_falls_and_stays_below_100_in_the_last_step(name: str, one: float, two: float) -> None:
    earlier, later = (progresses(after(RUNNING[name], at)) for at in sorted((one, two)))
    assert all(0 <= low <= high <= 100 for low, high in zip(earlier, later, strict=True))
    assert later[-1] <= 99


@given(names, seconds)
def test_sub_tasks_end_one_after_the_other(name: str, elapsed: float) -> None:
    steps = after(RUNNING[name], elapsed)["sub_tasks"]
    ended = [step for step in steps if step["end_date"] is not None]
    assert ended == steps[: len(ended)]
    assert all(step["progress"] == 100 and step["start_date"] <= step["end_date"] for step in ended)
    running, *waiting = steps[len(ended) :]
    assert running["start_date"] is not None
    assert all(step["start_date"] is None and step["progress"] == 0 for step in waiting)
    dates = [date for step in steps for date in (step["start_date"], step["end_date"]) if date is not None]
    assert dates == sorted(dates)
    assert max(dates) <= (NOW + elapsed) * 1000


@given(names, seconds)
def test_a_moving_task_obeys_every_field_rule(name: str, elapsed: float) -> None:
    assert list(violations(after(RUNNING[name], elapsed), {})) == []


@given(names, seconds)
def test_the_speed_stays_near_the_stored_one_and_within_the_limit(name: str, elapsed: float) -> None:
    task = after(RUNNING[name], elapsed)
    stored = RUNNING[name]["migrate_speed"]
    cruising = stored or 24.0
    assert task["migrate_speed"] in (0.0, stored) or cruising * 0.8 <= task["migrate_speed"] <= cruising * 1.2
    limit = task["speed_limit"]
    assert not limit or task["migrate_speed"] <= limit / 8


def test_the_speed_falls_to_a_lower_limit() -> None:
    task = {**RUNNING["crm-app-02"], "speed_limit": 80}
    assert after(task, 2)["migrate_speed"] == 10.0


@given(seconds)
def test_the_estimate_stands_until_it_is_reached_and_is_never_past(elapsed: float) -> None:
    task = RUNNING["crm-app-02"]
    now = after(task, elapsed)
    assert now["remain_seconds"] == max(1, task["remain_seconds"] - int(elapsed))
    assert now["total_time"] == task["total_time"] + int(elapsed)
    if elapsed < task["remain_seconds"]:
        assert now["estimate_complete_time"] == task["estimate_complete_time"]
    assert now["estimate_complete_time"] > (NOW + elapsed - 1) * 1000


def test_the_first_data_step_of_a_chain_moves_data_once_the_disks_are_formatted() -> None:
    task = RUNNING["财务系统迁移任务"]
    assert after(task, 5)["migrate_speed"] == 0.0
    assert after(task, 600)["migrate_speed"] > 0
    assert progresses(after(task, 600))[:3] == [100, 100, 100]


def test_left_alone_for_a_year_a_task_is_about_to_finish() -> None:
    for task in RUNNING.values():
        steps = progresses(after(task, 365 * 86400))
        assert steps == [100] * (len(steps) - 1) + [99]


def test_the_references_nulls_stay_null() -> None:
    task = after(RUNNING["MigrationTask"], 700)
    assert progresses(task) != progresses(RUNNING["MigrationTask"])
    assert task["estimate_complete_time"] is None
    assert "remain_seconds" not in task


def test_a_clock_set_back_shows_the_task_as_stored() -> None:
    assert after(RUNNING["crm-app-02"], -1000) == RUNNING["crm-app-02"]


def test_the_stored_task_is_not_changed() -> None:
    fresh: Any = seed_tasks(NOW)[1]
    after(RUNNING["crm-app-02"], 1000)
    assert RUNNING["crm-app-02"] == fresh


odd = st.sampled_from([None, 0, 2**63 - 1])
odd_steps = st.lists(
    st.fixed_dictionaries(
        {"progress": st.none() | st.integers(0, 100)},
        optional={
            "name": st.none() | st.sampled_from(["MIGRATE_LINUX_FILE", "SSL_CONFIG"]),
            "start_date": odd,
            "end_date": odd,
            "migrate_speed": st.none() | st.just(10000.0),
        },
    ),
    max_size=4,
)


@given(st.dictionaries(st.sampled_from([*CLOCKS, "migrate_speed", "speed_limit"]), odd), st.none() | odd_steps, seconds)
def test_whatever_the_rules_allow_moves_to_something_they_allow(
    keys: dict[str, Json], steps: list[Json] | None, elapsed: float
) -> None:
    task: Task = {**keys, "state": "RUNNING", "sub_tasks": steps}
    if keys.get("migrate_speed"):
        task["migrate_speed"] = 10000.0
    if keys.get("speed_limit"):
        task["speed_limit"] = 10000
    assert list(violations(task, {})) == []
    now = after(task, elapsed)
    assert list(violations(now, {})) == []
    assert set(now) == set(task)
    assert [key for key in keys if task[key] is None and now[key] is not None] == []


async def test_what_is_sent_reads_back_as_sent_and_moves_on_from_there(
    service: httpx.AsyncClient, store: Store, clock: Clock
) -> None:
    task_id = id_of(store, "crm-app-02")
    clock.now += 100
    task: Any = await shown(service, task_id)
    task["sub_tasks"][4]["progress"] = 20
    body: Task = {"sub_tasks": task["sub_tasks"], "migrate_speed": 5.5125, "total_time": 7, "remain_seconds": 3000}
    assert (await sent(service, task_id, body)).status_code == 200
    clock.now += 0.9
    after_put = await shown(service, task_id)
    assert {key: after_put[key] for key in body} == body
    clock.now += 600
    later: Any = await shown(service, task_id)
    assert 20 < later["sub_tasks"][4]["progress"] < 60
    assert 4 < later["migrate_speed"] < 7
    assert later["total_time"] == 607


async def test_a_change_elsewhere_neither_stops_nor_rewinds_the_motion(
    service: httpx.AsyncClient, store: Store, clock: Clock
) -> None:
    task_id = id_of(store, "crm-app-02")
    clock.now += 600
    before = await shown(service, task_id)
    assert (await sent(service, task_id, {"name": "renamed", "speed_limit": 300})).status_code == 200
    assert await shown(service, task_id) == {**before, "name": "renamed", "speed_limit": 300}
    clock.now += 600
    later: Any = await shown(service, task_id)
    assert (later["name"], later["speed_limit"]) == ("renamed", 300)
    assert all(new >= old for new, old in zip(progresses(later), progresses(before), strict=True))
    assert progresses(later) != progresses(before)


@pytest.mark.parametrize("state", ["ABORT", "MIGRATE_FAIL"])
async def test_a_task_taken_out_of_running_stops(
    service: httpx.AsyncClient, store: Store, clock: Clock, state: str
) -> None:
    task_id = id_of(store, "crm-app-02")
    clock.now += 600
    await sent(service, task_id, {"state": state})
    stopped = await shown(service, task_id)
    clock.now += 600
    assert await shown(service, task_id) == stopped
