"""The changes that make one value exactly another, each as small as it can be: undo leads to what changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from sms_tui.document.diff import DEEPEST, all_objects
from sms_tui.document.edits import Change, InsertEntry, MoveEntry, RemoveValue, SetValue
from sms_tui.document.matching import pair_entries
from sms_tui.document.sharing import shared
from sms_tui.exactjson import Json
from sms_tui.schema.paths import Path

MOST_IN_A_LIST = 500
"""A list in which more than this changes is set whole, for each change of an entry costs the length of the list."""


def changes_between(old: Json, new: Json, path: Path = ()) -> list[Change]:
    """The changes that make `old` at a path exactly `new`, key order included; entries of lists go by identity.

    Parts that are the same object in both cost nothing.
    """
    return list(_changes(old, new, path))


def _changes(old: Json, new: Json, path: Path) -> Iterator[Change]:
    if old is new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and len(path) < DEEPEST:
        yield from _in_object(old, new, path)
    elif isinstance(old, list) and isinstance(new, list) and all_objects(old, new) and len(path) < DEEPEST:
        yield from _in_list(old, new, path)
    elif shared(old, new) is not old:
        yield SetValue(path, new)


def _in_object(old: dict[str, Json], new: dict[str, Json], path: Path) -> Iterator[Change]:
    """Take out what goes or moves, then put in what comes, from the first key to the last."""
    place = {key: at for at, key in enumerate(old)}
    rising = _rising([place[key] for key in new if key in place])
    staying = {key for key, at in place.items() if at in rising}
    yield from (RemoveValue((*path, key)) for key in old if key not in staying)
    length = len(staying)
    for at, (key, value) in enumerate(new.items()):
        if key in staying:
            yield from _changes(old[key], value, (*path, key))
        else:
            yield SetValue((*path, key), value, at if at < length else None)
            length += 1


def _in_list(old: list[Json], new: list[Json], path: Path) -> Iterator[Change]:
    """Bring the entries into their new places, then change what is in them; or set the list where that is too much."""
    partner = {after: before for before, after in pair_entries(old, new) if before is not None and after is not None}
    numbers = [partner.get(at, ~at) for at in range(len(new))]
    staying = _rising([number for number in numbers if number >= 0])
    if len(old) + len(new) - 2 * len(staying) <= MOST_IN_A_LIST:
        changes = list(_placed(len(old), new, numbers, staying, path))
        for at, before in partner.items():
            changes += _changes(old[before], new[at], (*path, at))
        if len(changes) <= MOST_IN_A_LIST:
            yield from changes
            return
    yield SetValue(path, new)


def _placed(length: int, new: list[Json], numbers: Sequence[int], staying: set[int], path: Path) -> Iterator[Change]:
    """Remove, insert and move entries until they stand in the order of `numbers`: of each its index in the old list,
    a negative one for a new entry.

    An entry that comes or moves goes right behind the one that it follows in the end.
    """
    wanted = set(numbers)
    yield from (RemoveValue((*path, at)) for at in reversed(range(length)) if at not in wanted)
    now = [at for at in range(length) if at in wanted]
    for at, number in enumerate(numbers):
        if number in staying:
            continue
        old_place = now.index(number) if number >= 0 else None
        if old_place is not None:
            now.pop(old_place)
        place = now.index(numbers[at - 1]) + 1 if at else 0
        now.insert(place, number)
        if old_place is None:
            yield InsertEntry((*path, place), new[at])
        else:
            yield MoveEntry((*path, old_place), place)


def _rising(numbers: Sequence[int]) -> set[int]:
    """As many of these numbers as possible that stand in rising order already."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        before[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    out = set()
    last = tails[-1] if tails else None
    while last is not None:
        out.add(last)
        last = before[last]
    return out
