"""The three-way merge: my changes laid over what the service has by now, leaf by leaf, entries of lists by identity.

What the service writes by itself is never a conflict. Where both sides made different things of the same leaf, entry
or order, mine stands until somebody picks, and base, mine and theirs are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from sms_tui.document.body import Body
from sms_tui.document.diff import DEEPEST, Difference, all_objects, diff
from sms_tui.document.edits import InsertEntry, apply
from sms_tui.document.identity import describe, identity
from sms_tui.document.matching import Counterparts, may_be_renamed, pair_entries, reordered
from sms_tui.document.ownership import Owner, owner_at, owner_below
from sms_tui.document.sharing import either, shared
from sms_tui.document.weaving import order_of, woven
from sms_tui.exactjson import Json, same
from sms_tui.schema.paths import ABSENT, Path, Value, value_at
from sms_tui.schema.registry import ROOT, kind

_Entries = Mapping[int, Json]


class Conflict(NamedTuple):
    """A value of which both sides made different things; ABSENT for the side that has none.

    A `leaf` is a key's value, an `entry` is one that one side took out of its list and the other changed, an `order`
    is a list that both put in different orders, its entries merged all the same. `path` is where it stands in the
    merged task, or would stand if mine had not taken it out.
    """

    sort: Literal["leaf", "entry", "order"]
    path: Path
    base: Value
    mine: Value
    theirs: Value


@dataclass(frozen=True, slots=True)
class Merge:
    """What became of `base`, `mine` and `theirs`.

    `merged` is theirs with my changes laid over, mine where there is a conflict. `meanwhile` is what somebody else
    changed from base to theirs: without what the service writes by itself, and without what mine has alike.
    """

    merged: Body
    conflicts: tuple[Conflict, ...]
    meanwhile: tuple[Difference, ...]
    base: Body = field(repr=False)
    mine: Body = field(repr=False)
    theirs: Body = field(repr=False)

    def where(self, conflict: Conflict) -> str:
        """The conflict's path as people read it."""
        task: Json = self.merged
        if conflict.sort == "entry" and conflict.mine is ABSENT and conflict.theirs is not ABSENT:
            task, _ = apply(task, InsertEntry(conflict.path, conflict.theirs))
        return describe(conflict.path, task)


def merge(base: Body, mine: Body, theirs: Body) -> Merge:
    """Merge what two sides made of `base`; any JSON will do.

    What is nowhere changed is shared; with nothing changed on one side, `merged` is the other side itself.
    """
    my, their = shared(base, mine), shared(base, theirs)
    merging = _Merging({})
    merged = merging.task(base, my, their)
    merged = theirs if merged is their else mine if merged is my else merged
    return Merge(merged, tuple(merging.conflicts), tuple(_meanwhile(base, my, their)), base, my, their)


def merged_task(base: Body, mine: Body, theirs: Body) -> Body:
    """Only the merged task; cheap where the three share what is the same."""
    return _Merging({}).task(base, mine, theirs)


def take(merge: Merge, picks: Mapping[int, Value]) -> Body:
    """The merged task with a value put where there is a conflict; `picks` are by the number of the conflict.

    ABSENT takes the value out. For an order, the entries are put in the order of the list that was picked.
    """
    return _Merging(picks).task(merge.base, merge.mine, merge.theirs)


class _Merging:
    """One walk through the three tasks; conflicts are counted in the same order whatever was picked."""

    def __init__(self, picks: Mapping[int, Value]) -> None:
        self._picks = picks
        self.conflicts: list[Conflict] = []

    def task(self, base: Body, mine: Body, theirs: Body) -> Body:
        merged = self._value((), kind(ROOT), base, mine, theirs)
        assert isinstance(merged, dict)
        return merged

    def _value(self, path: Path, owner: Owner, base: Value, mine: Value, theirs: Value) -> Value:
        if mine is base or mine is theirs:
            return theirs
        if theirs is base:
            return mine
        if len(path) < DEEPEST:
            if isinstance(mine, dict) and isinstance(theirs, dict):
                return self._object(path, owner, base, mine, theirs)
            if isinstance(mine, list) and isinstance(theirs, list) and all_objects(mine, theirs):
                return self._list(path, owner, base, mine, theirs)
        return self._leaf(path, owner, base, mine, theirs)

    def _leaf(self, path: Path, owner: Owner, base: Value, mine: Value, theirs: Value) -> Value:
        """A value that is merged whole: a plain one, or one that is of another sort or absent on one side."""
        if same(mine, theirs) or same(mine, base):
            return theirs
        if same(theirs, base) or owner == "service" or _only_the_service_changed(owner, base, theirs):
            return mine
        sort: Literal["leaf", "entry"] = "entry" if isinstance(path[-1], int) else "leaf"
        return self._conflict(Conflict(sort, path, base, mine, theirs))

    def _object(
        self, path: Path, owner: Owner, base: Value, mine: dict[str, Json], theirs: dict[str, Json]
    ) -> dict[str, Json]:
        old = base if isinstance(base, dict) else {}
        out: dict[str, Json] = {}
        order, _ = order_of(list(old), list(mine), list(theirs))
        for key in order:
            values = (side.get(key, ABSENT) for side in (old, mine, theirs))
            merged = self._value((*path, key), owner_below(owner, key), *values)
            if merged is not ABSENT:
                out[key] = merged
        return either(out, theirs, mine)

    def _list(self, path: Path, owner: Owner, base: Value, mine: list[Json], theirs: list[Json]) -> Json:
        old, my, their = _numbered(base if isinstance(base, list) and all_objects(base) else [], mine, theirs)
        order, clash = order_of(list(old), list(my), list(their))
        picked: Value = mine
        if clash and owner != "service":
            picked = self._conflict(Conflict("order", path, base, mine, theirs))
        out: list[Json] = []
        for number in order:
            values = (side.get(number, ABSENT) for side in (old, my, their))
            merged = self._value((*path, len(out)), owner, *values)
            if merged is not ABSENT:
                out.append(merged)
        if picked is not mine and isinstance(picked, list):
            out = _arranged(out, picked)
        return either(out, theirs, mine)

    def _conflict(self, conflict: Conflict) -> Value:
        """Keep a conflict; the value that was picked for it, else mine."""
        self.conflicts.append(conflict)
        return self._picks.get(len(self.conflicts) - 1, conflict.mine)


def _numbered(base: list[Json], mine: list[Json], theirs: list[Json]) -> tuple[_Entries, _Entries, _Entries]:
    """The entries of each list by a number that the same entry has in all of them."""
    if _in_step(base, mine) and _in_step(base, theirs):
        return dict(enumerate(base)), dict(enumerate(mine)), dict(enumerate(theirs))
    added = _added_by_both(base, mine, theirs)
    settled = {id(entry) for my, their in added for entry in (mine[my], theirs[their])}

    def is_renamed(before: Json, after: Json) -> bool:
        return id(after) not in settled and may_be_renamed(before, after)

    my_number = {after: before for before, after in pair_entries(base, mine, is_renamed) if after is not None}
    their_number = {after: before for before, after in pair_entries(base, theirs, is_renamed) if after is not None}
    number_of_new = {their: len(base) + my for my, their in added}
    my_entries, their_entries = {}, {}
    for at, entry in enumerate(mine):
        number = my_number[at]
        my_entries[len(base) + at if number is None else number] = entry
    for at, entry in enumerate(theirs):
        number = their_number[at]
        new = number_of_new.get(at, len(base) + len(mine) + at)
        their_entries[new if number is None else number] = entry
    return dict(enumerate(base)), my_entries, their_entries


def _in_step(base: list[Json], side: list[Json]) -> bool:
    """Whether each entry is known to be the one that stands at the same index in the other list."""
    return len(base) == len(side) and all(
        before is after or ((known_by := identity(before)) is not None and known_by == identity(after))
        for before, after in zip(base, side, strict=True)
    )


def _added_by_both(base: list[Json], mine: list[Json], theirs: list[Json]) -> list[tuple[int, int]]:
    """The entries, by index in mine and in theirs, that both sides put in: of one identity, or without one alike."""
    my, their = _added(base, mine), _added(base, theirs)
    pairs = pair_entries([mine[at] for at in my], [theirs[at] for at in their], _is_filled_in)
    return [(my[before], their[after]) for before, after in pairs if before is not None and after is not None]


def _added(base: list[Json], side: list[Json]) -> Sequence[int]:
    return [after for before, after in pair_entries(base, side, _never) if before is None and after is not None]


def _never(before: Json, after: Json) -> bool:
    return False


def _is_filled_in(mine: Json, theirs: Json) -> bool:
    """Whether theirs is my new entry as the service keeps it: with all that it had, and perhaps an id and more."""
    assert isinstance(mine, dict)
    assert isinstance(theirs, dict)
    return all(key in theirs and same(value, theirs[key]) for key, value in mine.items())


def _arranged(entries: list[Json], wanted: list[Json]) -> list[Json]:
    """The entries in the order of another list; those it lacks stay behind the one that they follow."""
    numbers: list[int] = []
    place: dict[int, int] = {}
    for before, after in pair_entries(wanted, entries):
        if after is not None:
            numbers.append(len(wanted) + after if before is None else before)
            place[numbers[-1]] = after
    order = woven(range(len(wanted)), numbers, as_mine=True)
    return [entries[place[number]] for number in order if number in place]


def _meanwhile(base: Body, mine: Body, theirs: Body) -> Iterator[Difference]:
    in_mine, in_theirs = Counterparts(base, mine), Counterparts(mine, theirs)
    for change in diff(base, theirs):
        if owner_at(change.path) == "service":
            continue
        there = in_mine.in_newer(change.path) if change.sort == "removed" else in_theirs.in_older(change.path)
        now = ABSENT if there is None else value_at(mine, there)
        if not _has_alike(change, now):
            yield change


def _has_alike(change: Difference, now: Value) -> bool:
    if change.sort == "reordered":
        assert isinstance(change.new, list)
        return isinstance(now, list) and not reordered(pair_entries(change.new, now))
    return same(change.new, now) or _only_the_service_changed(owner_at(change.path), now, change.new)


def _only_the_service_changed(owner: Owner, old: Value, new: Value) -> bool:
    """Whether what differs in an object or list is the service's."""
    if not (isinstance(old, dict | list) and isinstance(new, dict | list)):
        return False
    return all(owner_at(change.path, owner) == "service" for change in diff(old, new))
