"""Tasks as no service should send them: the editor opens them, marks them, and sends back untouched what was not
touched."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from driver import Operator, operator

from sms_tui.api.client import Client
from sms_tui.api.credentials import Token
from sms_tui.document.body import Body
from sms_tui.exactjson import Json, dumps, loads
from sms_tui.schema.checks.checker import check
from sms_tui.schema.paths import Path
from sms_tui.schema.registry import ROOT, FieldSpec, field_at, kind, kinds
from sms_tui.session.service import ServiceSession

TASK_ID = "t-1"
LONG = 10_000
DEEP = 100


class OneTask:
    """A service with one task, which answers and takes the very bytes that it is given."""

    def __init__(self, task: Body) -> None:
        self.held = dumps(task).encode()
        self.sent: list[bytes] = []
        client = Client("http://127.0.0.1", Token("any"), transport=httpx.MockTransport(self._answer))
        self.session = ServiceSession(client, "a place", pause=_at_once)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            self.sent.append(request.content)
            held, body = loads(self.held), loads(request.content)
            assert isinstance(held, dict)
            assert isinstance(body, dict)
            self.held = dumps({**held, **body}).encode()
        return httpx.Response(200, content=self.held, headers={"Content-Type": "application/json"})


async def _at_once(seconds: float) -> None:
    """Wait for nothing."""


# Tasks

FITTING = object()
"""In place of an odd value: the field is as it should be."""


def made(odd: Callable[[FieldSpec, Path], object], of: str = ROOT, path: Path = ()) -> Body:
    """An object of a kind with every field in it; `odd` says what is not to be as it should."""
    return {name: _field(odd, spec, (*path, name)) for name, spec in kind(of).fields.items()}


def _field(odd: Callable[[FieldSpec, Path], Any], spec: FieldSpec, path: Path) -> Json:
    if path == ("id",):
        return TASK_ID
    if (value := odd(spec, path)) is not FITTING:
        return value
    if spec.of is not None:
        below = made(odd, spec.of, (*path, 0) if spec.type == "array" else path)
        return [below] if spec.type == "array" else below
    if spec.enum is not None:
        return spec.enum[0]
    values: dict[str, Json] = {"string": f"{spec.name}-1", "boolean": True}
    return values.get(spec.type, 1)


def plain(values: dict[str, Json]) -> Body:
    """Every plain value odd, by its type; lists and objects as they should be."""
    return made(lambda spec, path: FITTING if spec.of else values.get(spec.type, FITTING))


def holders(value: Json, *, below: int = 0) -> Body:
    """A value in place of every list and object that is further down than so many steps, but for the two servers."""
    return made(lambda spec, path: value if spec.of and path not in SERVERS and len(path) > below else FITTING)


def deep(levels: int) -> Json:
    value: Json = 0
    for level in range(levels):
        value = [value] if level % 2 else {"a": value}
    return value


SERVERS = (("source_server",), ("target_server",))
WRONG: dict[str, Json] = {"string": 1, "int32": "x", "int64": [1], "double": True, "boolean": {"a": 1}}
LONG_TEXT = ("磁 disk \x1b[2J\u202e\ud800[/] " * LONG)[:LONG]
NESTED = {"state", "volume_groups", "size", "process_trace", "clone_server"}
TASKS: dict[str, Body] = {
    "another type in every plain field": plain(WRONG),
    "a list with null in it in every plain field": plain({sort: [None] for sort in WRONG}),
    "a number in place of every list and object": holders(1),
    "a number in place of every list and object of an entry": holders(1, below=2),
    "servers that are none": {**plain({}), "source_server": 1, "target_server": []},
    "odd entries in place of every list and object": holders([[], [1], None, "x", {}]),
    "texts of ten thousand characters": plain({"string": LONG_TEXT}),
    "a hundred levels, in fields and under keys nobody knows": {
        **made(lambda spec, path: deep(DEEP) if path[-1] in NESTED else FITTING),
        "new": deep(DEEP),
        "n" * LONG: 1,
    },
}
CHANGES: dict[Path, tuple[str, Json]] = {("speed_limit",): ("50", 50), ("target_server", "name"): ("web", "web")}


def test_every_field_of_the_reference_is_of_a_wrong_type_in_one_of_the_tasks() -> None:
    marked = {
        (spec.kind, spec.name)
        for sort in TASKS
        for finding in check(TASKS[sort])
        if (spec := field_at(finding.path)) is not None
    }
    known = {(of.name, name) for of in kinds().values() for name in of.fields}
    assert len(known) == 189
    assert known - marked == {(ROOT, "id")}


async def walk(op: Operator) -> None:
    """Open all that opens in the tree, and go over every field of some forms."""
    for _ in range(3):
        op.burst("", "down", "right", "right", "down", "enter", *["down"] * 6, "end", "escape")
        await op.idle()
    await op.press("home", "enter", "pagedown", "escape")


@pytest.mark.parametrize("sort", TASKS)
async def test_a_hostile_task_is_opened_marked_and_sent_back_untouched_but_for_the_change(sort: str) -> None:
    task = TASKS[sort]
    service = OneTask(task)
    began = time.process_time()
    async with operator(service.session, TASK_ID, size=(120, 40)) as op:
        op.see(" warnings", "0 changes")
        await walk(op)
        await op.press("f8")
        op.see(f" of {len(op.document.findings)}: ")
        changes = CHANGES.items() if isinstance(task["target_server"], dict) else [*CHANGES.items()][:1]
        for path, (typed, value) in changes:
            await op.find(".".join(map(str, path)))
            await op.type(typed)
            await op.press("ctrl+s")
            op.see(" Review ", "1 change", f"PUT /v3/tasks/{TASK_ID}")
            await op.press("f", "f", "y")
            op.see("Saved. What the service holds now:", "kept")
            assert service.sent.pop() == dumps({path[0]: with_value(task[path[0]], path[1:], value)}).encode()
            await op.press("enter")
            op.see("0 changes")
    assert service.sent == []
    assert time.process_time() - began < 20  # it takes two


def with_value(holder: Json, path: Path, value: Json) -> Json:
    """The value with another at a path below it."""
    if not path:
        return value
    assert isinstance(holder, dict)
    step = str(path[0])
    return {**holder, step: with_value(holder[step], path[1:], value)}


async def test_what_is_no_list_or_no_object_and_a_key_without_a_name_are_told_as_such() -> None:
    servers: Body = {"source_server": [1, 2], "target_server": {"disks": {"a": 1}, "volume_groups": "none"}}
    async with operator(OneTask({"id": TASK_ID, **servers, "": 5}).session, TASK_ID) as op:
        assert "not an object" in op.node("Source server")
        assert "not a list" in op.node("disks")
        assert "not a list" in op.node("volume_groups")
        await op.press("enter", "end")
        assert '""' in op.line("never sent: an update")
