"""What becomes of a task: an update not heeded, somebody else's, or one that shows late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sms_tui import exactjson
from sms_tui.exactjson import Json
from sms_tui.schema.paths import Path
from sms_tui.simulator.faults.exchange import Act, Asked, Call, Delivery
from sms_tui.simulator.faults.values import field, place_and_value


def ignore(value: str) -> Act:
    """The update is taken but for one top-level field."""
    ignored = field(value)

    async def act(call: Call) -> Delivery:
        return await call.ahead(_heeding(call.asked, lambda key: key != ignored))

    return act


async def no_change(call: Call) -> Delivery:
    """The update is taken, and nothing of it is stored."""
    return await call.ahead(_heeding(call.asked, lambda key: False))


def other_writer(value: str) -> Act:
    """Before the request is handled, somebody else sends an update; a place the task does not have is left alone."""
    path, new = place_and_value(value)

    async def act(call: Call) -> Delivery:
        shown = await call.service(call.asked.reading())
        task = exactjson.loads(shown.body)
        if shown.status == 200 and isinstance(task, dict):
            await call.service(call.asked.sending(_update(task, path, new)))
        return await call.ahead(call.asked)

    return act


async def stale(call: Call) -> Delivery:
    """The update is taken, the next GET shows the task as it was before."""
    before = await call.service(call.asked.reading())
    delivery = await call.ahead(call.asked)
    call.held[call.asked.path] = before
    return delivery


def _heeding(asked: Asked, keeps: Callable[[str], bool]) -> Asked:
    """The update with some of its keys only; one that is no JSON object goes on as it is, to be refused."""
    try:
        body = exactjson.loads(asked.body)
    except exactjson.JsonError:
        return asked
    if not isinstance(body, dict):
        return asked
    return replace(asked, body=exactjson.dumps({key: value for key, value in body.items() if keeps(key)}).encode())


def _update(task: dict[str, Json], path: Path, new: Json) -> dict[str, Json]:
    """The body that puts a value at a path: one top-level key, empty where the task has no such place."""
    top = str(path[0])
    try:
        return {top: _with(task.get(top), path[1:], new)}
    except LookupError:
        return {}


def _with(here: Json, path: Path, new: Json) -> Json:
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(here, dict) and isinstance(step, str):
        return {**here, step: _with(here.get(step), rest, new)}
    if isinstance(here, list) and isinstance(step, int) and step < len(here):
        return [*here[:step], _with(here[step], rest, new), *here[step + 1 :]]
    raise LookupError(step)
