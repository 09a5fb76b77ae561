"""Whatever the service sends and whatever is pressed, the editor stands."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from driver import operator

from sms_tui.document.body import Body
from sms_tui.document.document import Document
from sms_tui.exactjson import Json
from sms_tui.schema.registry import ROOT, KindSpec, kind
from sms_tui.session.outcomes import NothingToSend, Outcome

KEYS = (
    *("up", "down", "left", "right", "enter", "escape", "tab", "shift+tab", "space", "pageup", "pagedown", "home"),
    *("end", "slash", "f8", "shift+f8", "f1", "a", "d", "u", "ctrl+z", "ctrl+y", "ctrl+s", "y", "n", "f", "alt+n"),
    *("alt+backspace", "alt+u", "backspace", "x", "5", "G", "ctrl+f", "ctrl+p", "ctrl+q", "ctrl+e"),
    *("t", "alt+t", "s", "m"),
)
ODD: tuple[Json, ...] = (
    None,
    "",
    "x" * 300,
    -1,
    2**70,
    0.5,
    True,
    [],
    {},
    [None],
    [[]],
    {"": 1},
    "\ud800\x1b[2J",
    "中文",
)


class OneTask:
    """A session on one task that is never saved."""

    place = "nowhere"
    trouble, renews = "", False

    def __init__(self, task: Body) -> None:
        self._task = task

    def subject(self, task_id: str) -> tuple[str, str]:
        return self.place, task_id

    def body(self, document: Document, *, full: bool = False) -> Body:
        return document.body(full=full)

    def payload(self, document: Document, *, full: bool = False) -> bytes:
        return b"{}"

    def update(self, document: Document, *, full: bool = False) -> None:
        """Nothing of it goes anywhere."""

    def on_waiting(self, told: Callable[[float], None] | None) -> None:
        pass

    async def renew(self, path: str) -> None:
        pass

    async def read(self, task_id: str) -> Body:
        return self._task

    async def open(self, task_id: str, told: object = None) -> Document:
        return Document(self._task, task_id)

    async def save(self, document: Document, *, full: bool = False) -> Outcome:
        return NothingToSend()

    async def close(self) -> None:
        pass


def _value(chance: random.Random, spec_of: str | None, type_: str, depth: int) -> Json:
    if chance.random() < 0.25 or spec_of is None:
        return chance.choice(ODD)
    if type_ == "array":
        return [_value(chance, spec_of, "object", depth + 1) for _ in range(chance.randrange(4))]
    return dict(_fields(chance, kind(spec_of), depth + 1))


def _fields(chance: random.Random, known: KindSpec, depth: int) -> Iterator[tuple[str, Json]]:
    for name, spec in known.fields.items():
        if chance.random() < (0.8 if depth == 0 else 0.5):
            yield name, _value(chance, spec.of, spec.type, depth)
    yield "unknown key", chance.choice(ODD)


@pytest.mark.parametrize(("seed", "plain"), [*((seed, False) for seed in range(8)), (8, True), (9, True), (10, True)])
async def test_random_keys_on_a_random_task_never_end_the_program(seed, plain, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # among the commands is one that writes a file
    chance = random.Random(seed)
    task = dict(_fields(chance, kind(ROOT), 0))
    size = chance.choice([(80, 24), (140, 45), (60, 16)])
    async with operator(OneTask(task), "any", size=size, plain=plain) as op:
        for _ in range(12):
            for key in chance.choices(KEYS, k=12):
                op.burst("", key) if len(key) > 1 else op.burst(key)
            await op.idle()
            op.see("")
            if op.app._exit:
                break
        assert op.app._exception is None
