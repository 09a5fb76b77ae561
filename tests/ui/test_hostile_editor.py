"""Tasks as no service should send them: the editor opens them, marks them, and sends back untouched what was not
touched."""

from __future__ import annotations

import httpx
import pytest
from driver import Operator, operator

from sms_tui.api.client import Client
from sms_tui.api.credentials import Token
from sms_tui.exactjson import Json, dumps, loads
from sms_tui.schema.paths import Path
from sms_tui.schema.registry import ROOT, FieldSpec, kind
from sms_tui.session import ServiceSession

TASK_ID = "t-1"
LONG = 10_000
DEEP = 100


class OneTask:
    """A service with one task, which answers and takes the very bytes that it is given."""

    def __init__(self, task: Json) -> None:
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


def made(value_of, of: str = ROOT, path: Path = ()) -> dict[str, Json]:
    """An object of a kind with every field in it; `value_of(spec, path)` gives what is not to be as it should."""
    return {name: _field(value_of, spec, (*path, name)) for name, spec in kind(of).fields.items()}


def _field(value_of, spec: FieldSpec, path: Path) -> Json:
    if path == ("id",):
        return TASK_ID
    odd = value_of(spec, path)
    if odd is not FITTING:
        return odd
    if spec.of is not None:
        below = made(value_of, spec.of, (*path, 0) if spec.type == "array" else path)
        return [below] if spec.type == "array" else below
    if spec.enum is not None:
        return spec.enum[0]
    values: dict[str, Json] = {"string": f"{spec.name}-1", "boolean": True}
    return values.get(spec.type, 1)


FITTING = object()
SERVERS = ("source_server", "target_server")


def plain(odd: dict[str, Json]):
    """Every plain value odd by its type; lists and objects as they should be."""
    return lambda spec, path: FITTING if spec.of else odd.get(spec.type, FITTING)


def below_servers(value: Json):
    """A value in place of every list and object in a server, and of those beside the servers."""
    return lambda spec, path: (
        value if (spec.of and path[0] + "" not in SERVERS) or (spec.of and len(path) > 1) else FITTING
    )


def deep(levels: int) -> Json:
    value: Json = 0
    for level in range(levels):
        value = [value] if level % 2 else {"a": value}
    return value


def nested(spec: FieldSpec, path: Path) -> Json:
    return deep(DEEP) if path[-1] in ("state", "volume_groups", "size", "process_trace", "clone_server") else FITTING


WRONG: dict[str, Json] = {"string": 1, "int32": "x", "int64": [1], "double": True, "boolean": {"a": 1}}
TASKS: dict[str, Json] = {
    "texts that are numbers, numbers that are lists": made(plain(WRONG)),
    "null everywhere": made(plain(dict.fromkeys(WRONG))),
    "a list with null in it everywhere": made(plain(dict.fromkeys(WRONG, [None]))),
    "an object everywhere": made(plain(dict.fromkeys(WRONG, {"a": {"b": []}}))),
    "objects and lists that are numbers": made(below_servers(1)),
    "objects and lists that are lists of lists": made(below_servers([[], [1], None, "x", {}])),
    "objects and lists that are objects": made(below_servers({"a": 1})),
    "long texts": made(plain({"string": "磁 " * (LONG // 2)})),
    "long texts that no terminal may obey": made(plain({"string": "\x1b[2J\u202e\ud800[/]" * (LONG // 9)})),
    "a hundred levels in the wrong places": made(nested),
    "a hundred levels under keys nobody knows": {
        **made(lambda spec, path: FITTING),
        "new": deep(DEEP),
        "target_server": {**made(lambda spec, path: FITTING, "TargetServer"), "new": deep(DEEP), "n" * LONG: 1},
    },
    "servers that are none": {"id": TASK_ID, "name": "n", "source_server": "x", "target_server": {}, "sub_tasks": {}},
}
CHANGED = {
    ("speed_limit",): ("50", 50),
    ("target_server", "name"): ("web", "web"),
}


async def walk(op: Operator) -> None:
    """Open all that opens in the tree, and go over every field of some forms."""
    for _ in range(4):
        await op.press("down", "right", "right", "down", "enter", *["down"] * 12, "end", "escape")
    await op.press("home", "enter", "pagedown", "pageup", "escape")


@pytest.mark.parametrize("sort", TASKS)
async def test_a_hostile_task_is_opened_marked_and_sent_back_untouched_but_for_the_change(sort: str) -> None:
    task = TASKS[sort]
    assert isinstance(task, dict)
    service = OneTask(task)
    async with operator(service.session, TASK_ID, size=(120, 40)) as op:
        assert "! " in op.screen or "warning" in op.screen
        await walk(op)
        for _ in range(3):
            await op.press("f8")
            op.see(" of ")
        for path, (typed, value) in CHANGED.items():
            if path[0] not in task or (not isinstance(task.get(path[0]), dict) and len(path) > 1):
                continue
            expected = with_value(task[path[0]], path[1:], value)
            await op.find(".".join(path))
            await op.type(typed)
            await op.press("ctrl+s")
            op.see("Review", "1 change", "PUT /v3/tasks/t-1")
            await op.press("f", "f", "y")
            op.see("Saved. What the service holds now:", "kept")
            assert service.sent[-1] == dumps({path[0]: expected}).encode()
            await op.press("enter")
            op.see("0 changes")
        assert op.app._exception is None
    assert service.held == dumps(loads(service.held)).encode()


def with_value(holder: Json, path: Path, value: Json) -> Json:
    if not path:
        return value
    assert isinstance(holder, dict)
    assert isinstance(path[0], str)
    return {**holder, path[0]: with_value(holder[path[0]] if path[0] in holder else None, path[1:], value)}
