"""Which entry of one list is which entry of another, and where the values of one task stand in another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Sequence
from itertools import compress
from operator import is_not
from typing import NamedTuple, TypeAlias

from sms_tui.document.identity import ID, OTHER_IDENTIFIERS, Keys, has_id, identifier, identity
from sms_tui.document.runs import Run, untouched_runs, without
from sms_tui.ends import same_ends
from sms_tui.exactjson import Json, same
from sms_tui.schema.paths import Path, value_at

Pair: TypeAlias = tuple[int | None, int | None]
_Key: TypeAlias = Callable[[Json], Hashable | None]

_STRETCH = 512


def may_be_renamed(before: Json, after: Json) -> bool:
    """Whether an entry may be another between the same neighbours, under a new identity."""
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return True
    if has_id(after):
        return all(key == "id" or (key in after and same(value, after[key])) for key, value in before.items())
    return not has_id(before)


def pair_entries(
    older: Sequence[Json], newer: Sequence[Json], is_renamed: Callable[[Json, Json], bool] = may_be_renamed
) -> list[Pair]:
    """Pairs (index in older, index in newer), in newer's order, removed entries after their predecessor.

    What identity leaves over between the same neighbours is one entry that was renamed; but an entry with an id, which
    the service gives, does not lose it, and one that got an id, or another, still has all its other values. Another
    rule for that can be given as `is_renamed`.
    """
    start, end = untouched_ends(older, newer)
    found = _between(older, newer, start, end, is_renamed)
    lengths = {run.newer: run.length for run in found.runs}
    out: list[Pair] = [(at, at) for at in range(start)]
    for before, after in found.pairs:
        out.append((before, after))
        if before is not None and after is not None:
            out += ((before + further, after + further) for further in range(1, lengths.get(after, 1)))
    more = len(newer) - len(older)
    return [*out, *((at - more, at) for at in range(len(newer) - end, len(newer)))]


def pairs_between(older: Sequence[Json], newer: Sequence[Json], start: int, end: int) -> list[Pair]:
    """Of `pair_entries` those between so many at the ends that no edit touched; in a long list there are few. Of what
    stands together in between, untouched as well, there is the first."""
    return _between(older, newer, start, end, may_be_renamed).pairs


class _Between(NamedTuple):
    """What is known of entries between the ends: `pairs`, with the first one for each of the `runs`, and whether what
    entries are known by decides on all of them."""

    pairs: list[Pair]
    runs: list[Run]
    is_firm: bool


def _between(
    older: Sequence[Json], newer: Sequence[Json], start: int, end: int, is_renamed: Callable[[Json, Json], bool]
) -> _Between:
    old, new = range(start, len(older) - end), range(start, len(newer) - end)
    if not (old and new):
        gone: list[Pair] = [(at, None) for at in old]
        return _Between(gone + [(None, at) for at in new], [], True)
    runs = untouched_runs(older, newer, old, new)
    olds = without(old, [range(run.older + 1, run.older + run.length) for run in runs])
    news = without(new, [range(run.newer + 1, run.newer + run.length) for run in runs])
    matching = _Matching([older[at] for at in olds], [newer[at] for at in news], is_renamed)
    pairs = [
        (None if before is None else olds[before], None if after is None else news[after])
        for before, after in _in_order(len(olds), len(news), matching.partner)
    ]
    return _Between(pairs, runs, matching.is_firm)


def untouched_ends(older: Sequence[Json], newer: Sequence[Json]) -> tuple[int, int]:
    """How many objects and lists at the start and at the end of two lists no edit touched."""
    start, end = same_ends(older, newer)
    apart = (*newer[:start], *newer[len(newer) - end :])
    return (start, end) if set(map(type, apart)) <= {dict, list} else (0, 0)


def edited_in_place(older: Sequence[Json], newer: Sequence[Json]) -> Sequence[int] | None:
    """Where two lists differ, if every entry of the one is the entry of the other at the same place; else None.

    So it is after edits of fields. The entries that are the same object are not looked at, which makes this quick.
    """
    if len(older) != len(newer):
        return None
    places = list(compress(range(len(newer)), map(is_not, older, newer)))
    return places if _are_the_same_at(places, older, newer) else None


def keeps_its_places(older: Sequence[Json], newer: Sequence[Json]) -> bool:
    """Whether every entry of the one list is the entry of the other at the same place, as after edits of fields.

    It takes a third of the time of `edited_in_place`, as it passes over stretches that are equal, be it 1 for 1.0.
    """
    stretches = (slice(start, start + _STRETCH) for start in range(0, len(newer), _STRETCH))
    if len(older) != len(newer):
        return False
    places = [
        at
        for stretch in stretches
        if older[stretch] != newer[stretch]
        for at in range(*stretch.indices(len(newer)))
        if older[at] is not newer[at]
    ]
    return _are_the_same_at(places, older, newer)


def _are_the_same_at(places: Sequence[int], older: Sequence[Json], newer: Sequence[Json]) -> bool:
    """Whether the entries at these places are known by something, each by something else, and in both lists by the
    same."""
    known: set[Hashable] = set()
    for at in places:  # the first one tells where all of them moved on
        key = identity(newer[at])
        if key is None or key in known or identity(older[at]) != key:
            return False
        known.add(key)
    return True


def reordered(pairs: Sequence[Pair]) -> bool:
    """Whether the entries that both lists have stand in another order."""
    kept = [before for before, after in pairs if before is not None and after is not None]
    return kept != sorted(kept)


class Counterparts:
    """Where the values of one task stand in another. A list is compared once, when a path first leads through it."""

    def __init__(self, older: Json, newer: Json) -> None:
        self._older, self._newer = older, newer
        self._in_older: dict[Path, _Compared] = {}
        self._in_newer: dict[Path, _Compared] = {}

    def follow(self, newer: Json, touched: Path) -> None:
        """Take over the newer task after an edit at `touched`. Its lists are compared anew only if the edit may have
        changed which entry is which: a field that is typed in costs the same in a list of any length."""
        before, self._newer = self._newer, newer
        self._in_newer.clear()
        if not self._stays(before, touched):
            self._in_older.clear()

    def in_older(self, path: Path) -> Path | None:
        """The path in the older task of what stands at `path` in the newer; None if an entry on it is new."""
        return self._lead(path, to_older=True)

    def in_newer(self, path: Path) -> Path | None:
        """The path in the newer task of what stands at `path` in the older; None if an entry on it is gone."""
        return self._lead(path, to_older=False)

    def _lead(self, path: Path, *, to_older: bool) -> Path | None:
        here, there = (self._newer, self._older) if to_older else (self._older, self._newer)
        known = self._in_older if to_older else self._in_newer
        out: list[str | int] = []
        for depth, step in enumerate(path):
            if here is there:
                return (*out, *path[depth:])
            step_there: str | int | None = step
            if isinstance(step, int) and isinstance(here, list) and isinstance(there, list):
                compared = known.get(path[:depth])
                if compared is None:
                    compared = known[path[:depth]] = _compared(here, there, to_older=to_older)
                step_there = compared.partner_of(step)
                if compared.partners is None and not 0 <= step < len(there):
                    return None
            if step_there is None:
                return None
            out.append(step_there)
            here, there = _below(here, step), _below(there, step_there)
        return tuple(out)

    def _stays(self, before: Json, touched: Path) -> bool:
        """Whether what was found out about lists holds after an edit of the task that was `before`."""
        old, new, older = before, self._newer, self._older
        for depth, step in enumerate(touched):
            compared = self._in_older.get(touched[:depth]) if isinstance(step, int) else None
            there: str | int | None = step
            entry, old, new = old, _below(old, step), _below(new, step)
            if compared is not None and isinstance(step, int) and isinstance(entry, list):
                there = compared.partner_of(step)
                if depth + 1 == len(touched) or not compared.holds(old, new, _below(older, there)):
                    return False
            older = _below(older, there)
        return old is None and new is None  # no list is in a plain value


class _Compared(NamedTuple):
    """Which entry of a list is which of another: `partners` leads from place to place, None says that all keep theirs.

    `is_firm` if that is decided by what entries are known by, whatever else they hold.
    """

    partners: _Steps | None = None
    is_firm: bool = True

    def partner_of(self, place: int) -> int | None:
        return place if self.partners is None else self.partners.get(place)

    def holds(self, old: Json, new: Json, partner: Json) -> bool:
        """Whether it is the same after an edit inside an entry, which was `old` and is `new`.

        It is if that changed nothing by which entries are told apart. Where they do not keep their places, an entry
        edited for the first time is known as the very same object no longer, and another might be taken for it.
        """
        return _names(new) == _names(old) and (self.partners is None or (self.is_firm and partner is not old))


def _compared(here: list[Json], there: list[Json], *, to_older: bool) -> _Compared:
    if keeps_its_places(there, here):
        return _Compared()
    steps = _Steps(here, there, to_older=to_older)
    return _Compared(steps, steps.is_firm)


class _Steps:
    """Where the entries of one list are in another: moved on together at its ends, each by itself in between."""

    def __init__(self, here: list[Json], there: list[Json], *, to_older: bool) -> None:
        self._start, end = untouched_ends(here, there)
        self._last = range(len(here) - end, len(here))
        self._more = len(there) - len(here)
        old, new = (there, here) if to_older else (here, there)
        pairs, runs, self.is_firm = _between(old, new, self._start, end, may_be_renamed)
        self._between = {pair[to_older]: pair[not to_older] for pair in pairs}
        self._runs = [(run[to_older], run[not to_older], run.length) for run in runs]

    def get(self, step: int) -> int | None:
        """Where an entry is, None if it is not there."""
        if 0 <= step < self._start:
            return step
        for here, there, length in self._runs:
            if here <= step < here + length:
                return step - here + there
        return step + self._more if step in self._last else self._between.get(step)


def _names(entry: Json) -> Sequence[Hashable | None]:
    """All that an entry may be known by."""
    return [identifier(entry, keys) for keys in (ID, *OTHER_IDENTIFIERS)]


def _below(here: Json, step: str | int | None) -> Json:
    """The object or list at a step, None for any other value."""
    below = None if step is None else value_at(here, (step,))
    return below if isinstance(below, dict | list) else None


class _Matching:
    """Finds the partners of two lists' entries, surest first: `partner` leads from an index in newer to one in older.

    Where several entries claim one identity, the first is the first and the second the second.
    """

    def __init__(
        self,
        older: Sequence[Json],
        newer: Sequence[Json],
        is_renamed: Callable[[Json, Json], bool] = may_be_renamed,
    ) -> None:
        self._older, self._newer = older, newer
        both = enumerate(zip(older, newer, strict=False))
        self.partner = {at: at for at, (before, after) in both if before is after and _untouched(after)}
        self._older_left = [at for at in range(len(older)) if at not in self.partner]
        self._newer_left = [at for at in range(len(newer)) if at not in self.partner]
        self._match(_untouched, _untouched)
        self._match(_known_by(ID), _known_by(ID))
        for keys in OTHER_IDENTIFIERS:
            self._match(_known_by(keys, with_id=False), _known_by(keys, with_id=False))
        for keys in OTHER_IDENTIFIERS:
            self._match(_known_by(keys, with_id=True), _known_by(keys, with_id=False))
            self._match(_known_by(keys, with_id=False), _known_by(keys, with_id=True))
        self.is_firm = not (self._older_left and self._newer_left)
        """Whether what entries are known by decides on all of them."""
        self._match_renamed(is_renamed)

    def _match(self, older_key: _Key, newer_key: _Key) -> None:
        if self._older_left and self._newer_left:
            self._pair_up(
                [older_key(self._older[at]) for at in self._older_left],
                [newer_key(self._newer[at]) for at in self._newer_left],
                lambda before, after: True,
            )

    def _match_renamed(self, is_renamed: Callable[[Json, Json], bool]) -> None:
        if self._older_left and self._newer_left:
            before = _neighbours(len(self._older), {at: at for at in self.partner.values()})
            after = _neighbours(len(self._newer), self.partner)
            self._pair_up(
                [(before[at], type(self._older[at])) for at in self._older_left],
                [(after[at], type(self._newer[at])) for at in self._newer_left],
                is_renamed,
            )

    def _pair_up(
        self,
        older_keys: Sequence[Hashable | None],
        newer_keys: Sequence[Hashable | None],
        fits: Callable[[Json, Json], bool],
    ) -> None:
        """Pair what is left over where the keys agree, the first with the first."""
        waiting: dict[Hashable, deque[int]] = {}
        for at, key in zip(self._older_left, older_keys, strict=True):
            if key is not None:
                waiting.setdefault(key, deque()).append(at)
        paired = set()
        for at, key in zip(self._newer_left, newer_keys, strict=True):
            candidates = waiting.get(key, ())
            if candidates and fits(self._older[candidates[0]], self._newer[at]):
                paired.add(candidates[0])
                self.partner[at] = candidates.popleft()
        self._older_left = [at for at in self._older_left if at not in paired]
        self._newer_left = [at for at in self._newer_left if at not in self.partner]


def _untouched(entry: Json) -> Hashable | None:
    """An object or list that no edit touched is the same object in both lists."""
    return id(entry) if isinstance(entry, dict | list) else None


def _known_by(keys: Keys, *, with_id: bool | None = None) -> _Key:
    """Reads an identifier, of all entries or only of those with or without an id."""

    def key(entry: Json) -> Hashable | None:
        return identifier(entry, keys) if with_id is None or has_id(entry) is with_id else None

    return key


def _neighbours(length: int, partner: dict[int, int]) -> list[int]:
    """For each entry the partner of the nearest one before it that has one, -1 if there is none."""
    out, nearest = [], -1
    for at in range(length):
        nearest = partner.get(at, nearest)
        out.append(nearest)
    return out


def _in_order(older_length: int, newer_length: int, partner: dict[int, int]) -> list[Pair]:
    taken = set(partner.values())
    removed_after: dict[int, list[Pair]] = {}
    anchor = -1
    for index in range(older_length):
        if index in taken:
            anchor = index
        else:
            removed_after.setdefault(anchor, []).append((index, None))
    pairs: list[Pair] = list(removed_after.get(-1, ()))
    for index in range(newer_length):
        found = partner.get(index)
        pairs.append((found, index))
        if found is not None:
            pairs.extend(removed_after.get(found, ()))
    return pairs
