"""How a running task moves: from what was stored and the seconds since, and from nothing else.

The unfinished sub-tasks are worked through in their order, at the pace that uses up the stored `remain_seconds`. The
last one stops short of its end, so that a simulator left alone shows a task about to finish and never a finished task
in the state RUNNING. For a whole second after a task was stored it reads exactly as stored, and motion starts from
those values: what an operator sent is kept. Null and absent values stay so, except the dates of sub-tasks that begin
or end.
"""

from __future__ import annotations

import math
from decimal import Decimal

from sms_tui.exactjson import Json
from sms_tui.simulator.store import Task

INT64_MAX = 2**63 - 1
_REMAIN_SECONDS = 900
_CRUISING_SPEED = 24.0  # MB/s, where the stored task stood still
_SPEED_MOST = 10000.0
_DATA_WEIGHT = 20
"""A sub-task that moves data takes this many times as long as another."""


def moved(task: Task, *, stored_at: float, now: float) -> Task:
    """The task as of `now` (epoch seconds). The task given is not changed, and is returned where nothing moves."""
    elapsed = int(now - stored_at)
    steps = task.get("sub_tasks")
    if elapsed < 1 or task.get("state") != "RUNNING" or not isinstance(steps, list):
        return task
    if not any(_unfinished(step) for step in steps):
        return task
    remain = _whole(task.get("remain_seconds")) or _REMAIN_SECONDS
    new_steps, running = _advanced(steps, elapsed, remain, stored_at)
    return {
        **task,
        "sub_tasks": new_steps,
        **_clocks(task, elapsed, stored_at),
        **_speed(task, elapsed, running),
    }


def _advanced(steps: list[Json], elapsed: int, remain: int, stored_at: float) -> tuple[list[Json], Task]:
    """The sub-tasks after `elapsed` seconds of the `remain` that all of them take, and the one that runs then."""
    new = list(steps)
    unfinished = [(at, step) for at, step in enumerate(steps) if isinstance(step, dict) and _unfinished(step)]
    pace = remain / sum(_work(step) for _, step in unfinished)
    begun = 0.0
    for at, step in unfinished:
        needed = pace * _work(step)
        started = step.get("start_date")
        start_date: Json = _milliseconds(stored_at + begun) if started is None else started
        if begun + needed <= elapsed and at != unfinished[-1][0]:
            begun += needed
            new[at] = {**step, "progress": 100, "start_date": start_date, "end_date": _milliseconds(stored_at + begun)}
            continue
        done = _whole(step.get("progress"))
        progress = min(99, done + int((100 - done) * (elapsed - begun) / needed))
        running: Task = {**step, "progress": progress, "start_date": start_date, **_step_speed(step, elapsed)}
        new[at] = running
        break
    return new, running


def _clocks(task: Task, elapsed: int, stored_at: float) -> Task:
    """What counts time: `total_time` up, `remain_seconds` down to 1, the estimate never in the past."""
    remain = max(1, _whole(task.get("remain_seconds")) - elapsed)
    moving: Task = {
        "total_time": min(INT64_MAX, _whole(task.get("total_time")) + elapsed),
        "remain_seconds": remain,
    }
    estimate = _whole(task.get("estimate_complete_time"))
    moving["estimate_complete_time"] = max(estimate, _milliseconds(stored_at + elapsed + 1))
    return {key: value for key, value in moving.items() if isinstance(task.get(key), int)}


def _speed(task: Task, elapsed: int, running: Task) -> Task:
    """The speed in MB/s: none while no data moves, else around the stored one and within `speed_limit` (Mbit/s)."""
    stored = task.get("migrate_speed")
    if not isinstance(stored, int | float | Decimal):
        return {}
    if not _moves_data(running):
        return {"migrate_speed": 0.0}
    limit = _whole(task.get("speed_limit")) / 8 or _SPEED_MOST
    return {"migrate_speed": min(_wobbling(float(stored) or _CRUISING_SPEED, elapsed), limit)}


def _step_speed(step: Task, elapsed: int) -> Task:
    """The running sub-task's own speed (Mbit/s), where it moves data and tells one."""
    stored = step.get("migrate_speed")
    if not (_moves_data(step) and isinstance(stored, int | float | Decimal)):
        return {}
    return {"migrate_speed": _wobbling(float(stored), elapsed)}


def _wobbling(speed: float, elapsed: int) -> float:
    swing = 1 + 0.12 * math.sin(elapsed / 7) + 0.05 * math.sin(elapsed / 2.6)
    return min(_SPEED_MOST, round(speed * swing, 2))


def _unfinished(step: Json) -> bool:
    return isinstance(step, dict) and step.get("end_date") is None and _whole(step.get("progress")) < 100


def _work(step: Task) -> float:
    return (_DATA_WEIGHT if _moves_data(step) else 1) * (100 - _whole(step.get("progress"))) / 100


def _moves_data(step: Task) -> bool:
    return str(step.get("name")).startswith(("MIGRATE_", "SYNC_"))


def _whole(value: Json) -> int:
    return value if isinstance(value, int) else 0


def _milliseconds(seconds: float) -> int:
    return int(seconds * 1000)
