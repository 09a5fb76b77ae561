"""What differs between two tasks, leaf by leaf, entries of lists matched by identity."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from sms_tui.document.matching import edited_in_place, pairs_between, reordered
from sms_tui.ends import same_ends
from sms_tui.exactjson import Json, same
from sms_tui.schema.paths import ABSENT, Path, Value

Sort = Literal["changed", "added", "removed", "reordered"]

DEEPEST = 100
"""What is nested deeper than this, far below any task, counts as one value: comparing it must not exhaust the stack."""


class Difference(NamedTuple):
    """One difference. `path` is where it stands in the newer task (for `removed`, in the older).

    `changed` is a leaf, with ABSENT for a key that is not there; `added` and `removed` are entries of a list, whole;
    `reordered` is a list whose common entries changed their order. `holder` is the object or list that it is in, as it
    stands in the newer task.
    """

    path: Path
    sort: Sort
    old: Value
    new: Value
    holder: Path


def diff(old: Json, new: Json) -> list[Difference]:
    """All differences, in the newer task's order."""
    return list(_values((), (), old, new))


def all_objects(*lists: list[Json]) -> bool:
    """Whether lists hold objects only, which are told apart by identity; a list of anything else is one value."""
    return all(set(map(type, entries)) <= {dict} for entries in lists)


def _values(old_path: Path, path: Path, old: Value, new: Value) -> Iterator[Difference]:
    if old is new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and len(path) < DEEPEST:
        for key, value in new.items():
            yield from _values((*old_path, key), (*path, key), old.get(key, ABSENT), value)
        for key, value in old.items():
            if key not in new:
                yield Difference((*path, key), "changed", value, ABSENT, path)
    elif isinstance(old, list) and isinstance(new, list) and len(path) < DEEPEST:
        yield from _lists(old_path, path, old, new)
    elif not same(old, new):
        yield Difference(path, "changed", old, new, path[:-1])


def _lists(old_path: Path, path: Path, old: list[Json], new: list[Json]) -> Iterator[Difference]:
    """What differs between the ends that no edit touched: of a long list that is little, and the rest is the same."""
    start, end = same_ends(old, new)
    older, newer = old[start : len(old) - end], new[start : len(new) - end]
    if not all_objects(old, newer):
        if not same(old, new):
            yield Difference(path, "changed", old, new, path[:-1])
        return
    if (places := edited_in_place(older, newer)) is not None:
        for at in places:
            yield from _values((*old_path, start + at), (*path, start + at), older[at], newer[at])
        return
    pairs = pairs_between(old, new, start, end)
    if reordered(pairs):
        yield Difference(path, "reordered", old, new, path[:-1])
    for before, after in pairs:
        if after is None:
            assert before is not None
            yield Difference((*old_path, before), "removed", old[before], ABSENT, path)
        elif before is None:
            yield Difference((*path, after), "added", ABSENT, new[after], path)
        elif old[before] is not new[after]:
            yield from _values((*old_path, before), (*path, after), old[before], new[after])
