"""What the fuzzing is made of: odd JSON, bytes and texts spoilt a little, a task with every field in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path as File
from typing import AnyStr, TypeVar

from hypothesis import strategies as st

from sms_tui.document.body import Body
from sms_tui.exactjson import Json, dumps
from sms_tui.schema.paths import Path, value_at
from sms_tui.schema.registry import ROOT, FieldSpec, kind

_Given = TypeVar("_Given")
_Refusal = TypeVar("_Refusal", bound=Exception)

EXAMPLE = (File(__file__).parent.parent / "data" / "reference_example.json").read_bytes()
"""The request example of the reference page."""

DEEP = 100
"""Levels that no task has and that must do no harm."""

_NUMBERS: list[Json] = [0, 1, -1, 2**31, 2**63, -(2**63), 10**25, 0.0, -0.0, 1e300, Decimal("0.1000000000000000055")]
_TEXTS: list[Json] = ["", "x", "中文", "\ud800", "\x1b[2J\x07", "\u202e", "a" * 300, "null", "0", " "]
_KEYS = ["id", "name", "size", "disks", "physical_volumes", "error_code", "at", "", "a b", "磁盘", "\ud800"]
SCALARS: st.SearchStrategy[Json] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from([*_NUMBERS, *_TEXTS, 10**4299]),
)
JSON: st.SearchStrategy[Json] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_KEYS) | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=10,
)


def given_or_refused(refusal: type[_Refusal], call: Callable[[], _Given]) -> _Given | _Refusal:
    """What a call gives, or its refusal where it raises that; any other error goes through."""
    try:
        return call()
    except refusal as error:
        return error


@st.composite
def spoilt(
    draw: st.DrawFn, originals: st.SearchStrategy[AnyStr], odd: st.SearchStrategy[AnyStr], most: int = 4
) -> AnyStr:
    """Something sound in which a few stretches were cut out, put elsewhere, or replaced by something odd."""
    sound = draw(originals)
    for _ in range(draw(st.integers(1, most))):
        start, end, other = (draw(st.integers(0, len(sound))) for _ in range(3))
        stretch = sound[other : other + draw(st.integers(0, 20))]
        end = draw(st.sampled_from([start, start + 1, start + 8, max(start, end), len(sound)]))
        sound = sound[:start] + draw(odd | st.just(stretch)) + sound[end:]
    return sound


# Tasks


def filled(of: str = ROOT, side: str = "") -> Body:
    """An object of a kind with every field of the reference in it, as it should be."""
    return {name: _fitting(spec, side or name) for name, spec in kind(of).fields.items()}


def _fitting(spec: FieldSpec, side: str) -> Json:
    if spec.of is not None:
        below = filled(spec.of, side)
        return [below] if spec.type == "array" else below
    if spec.enum is not None:
        return spec.enum[0]
    values: dict[str, Json] = {"string": f"{spec.name}-1", "boolean": True, "double": 0.5}
    return values.get(spec.type, 1)


def places(of: str = ROOT, path: Path = ()) -> Iterator[tuple[FieldSpec, Path]]:
    """Every field at every place where a filled task has it."""
    for name, spec in kind(of).fields.items():
        here = (*path, name)
        yield spec, here
        if spec.of is not None:
            yield from places(spec.of, (*here, 0) if spec.type == "array" else here)


def replaced(task: Json, path: Path, value: Json) -> Json:
    """The task with another value at a path, sharing the rest."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(task, dict) and isinstance(step, str):
        return {**task, step: replaced(task[step], rest, value)}
    assert isinstance(task, list)
    assert isinstance(step, int)
    return [*task[:step], replaced(task[step], rest, value), *task[step + 1 :]]


FILLED = filled()
FILLED_TEXT = dumps(FILLED).encode()
PLACES = list(places())


@st.composite
def hostile_tasks(draw: st.DrawFn) -> Body:
    """A task with every field in it, of which some hold anything at all."""
    task: Json = FILLED
    chosen = draw(st.lists(st.sampled_from(PLACES), max_size=6, unique_by=lambda place: place[1]))
    for _, path in sorted(chosen, key=lambda place: -len(place[1])):
        task = replaced(task, path, draw(JSON))
    assert isinstance(task, dict)
    return task


def nested(levels: int, innermost: Json = 0) -> Json:
    """Objects and lists in each other."""
    value = innermost
    for level in range(levels):
        value = [value] if level % 2 else {"a": value}
    return value


def _paths_in(value: Json, path: Path = ()) -> Iterator[Path]:
    yield path
    if isinstance(value, dict | list):
        for step, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _paths_in(below, (*path, step))


@st.composite
def varied(draw: st.DrawFn, task: Body) -> Body:
    """A task of which some values became others, went, came, or stand in another order."""
    varied: Json = task
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(list(_paths_in(varied))))
        varied = replaced(varied, path, draw(_made_of(value_at(varied, path))))
    return varied if isinstance(varied, dict) else {"name": varied}


def _made_of(value: Json) -> st.SearchStrategy[Json]:
    if isinstance(value, list):
        return st.lists(st.sampled_from(value) | JSON, max_size=len(value) + 1) if value else st.lists(JSON, max_size=2)
    if isinstance(value, dict):
        kept = st.permutations(list(value)).flatmap(
            lambda keys: st.integers(0, len(keys)).map(lambda most: keys[:most])
        )
        new = st.dictionaries(st.sampled_from(_KEYS), JSON, max_size=2)
        return st.tuples(kept, new).map(lambda both: {**{key: value[key] for key in both[0]}, **both[1]})
    return JSON
