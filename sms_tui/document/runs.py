"""Entries that no edit touched and that still stand together, though those around them came, went or moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice, product
from typing import NamedTuple

from sms_tui.ends import same_start
from sms_tui.exactjson import Json

_MANY, _NEAR, _FEW = 64, 8, 16
"""Among so many entries runs are looked for: entries that may have come or gone at one place, and places at which they
may have."""
_STEPS = sorted(product(range(_NEAR), repeat=2), key=sum)


class Run(NamedTuple):
    """Where a run begins in the older and in the newer list, and how many entries it has."""

    older: int
    newer: int
    length: int


def untouched_runs(older: Sequence[Json], newer: Sequence[Json], old: range, new: range) -> list[Run]:
    """The runs between some places of either list, in the order of both; none where more than a few entries are others.

    The objects and lists in them are the same ones in both lists, so that nobody need look at each.
    """
    out: list[Run] = []
    at, there = old.start, new.start
    while len(out) < _FEW and min(len(old), len(new)) >= _MANY:
        step = _step(older[at : min(at + _NEAR, old.stop)], newer[there : min(there + _NEAR, new.stop)])
        if step is None:
            break
        at, there = at + step[0], there + step[1]
        most = min(old.stop - at, new.stop - there)
        length = same_start(islice(older, at, None), islice(newer, there, None), most)
        out.append(Run(at, there, length))
        at, there = at + length, there + length
    kept = chain.from_iterable(newer[run.newer : run.newer + run.length] for run in out)
    return out if set(map(type, kept)) <= {dict, list} else []


def _step(old: Sequence[Json], new: Sequence[Json]) -> tuple[int, int] | None:
    """How far on the same object comes in both, over as little as can be."""
    near = ((at, there) for at, there in _STEPS if at < len(old) and there < len(new))
    return next(((at, there) for at, there in near if old[at] is new[there]), None)


def without(places: range, gone: Iterable[range]) -> list[int]:
    """Some places but those in some ranges of them, which rise."""
    out: list[int] = []
    start = places.start
    for run in gone:
        out += range(start, run.start)
        start = run.stop
    return [*out, *range(start, places.stop)]
