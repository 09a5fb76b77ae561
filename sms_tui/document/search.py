"""Find fields by name, label, value or path, best match first."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import islice, repeat
from typing import NamedTuple

from sms_tui.document.identity import ONLY_LISTS, entry_name
from sms_tui.document.sieve import HOLDS, IN_PATH, IN_VALUE, LABEL, NAME, PATH, STARTS, VALUE, WORDS, Sieve
from sms_tui.exactjson import Json, dumps
from sms_tui.schema.paths import ABSENT, Path, Value, format_path
from sms_tui.schema.registry import ROOT, FieldSpec, KindSpec, kind

_STEP = " › "
_OF_A_LIST = 300
"""Matches after which only better ones are looked for in a long list: of a field that every entry has there are as many
as entries, and one list shall not crowd out the others."""


class Hit(NamedTuple):
    """A field or an entry that matches. Less is better: how well, whether it is there, how deep, in which order."""

    rank: int
    missing: bool
    depth: int
    order: int
    path: Path


class _Place(NamedTuple):
    """A field or an entry of a list, with its path as it is written and as people read it, both in lower case."""

    path: Path
    spec: FieldSpec | None
    value: Value
    written: str
    described: str

    @property
    def is_entry(self) -> bool:
        return isinstance(self.path[-1], int)


class Search:
    """Looks for what was typed, a piece of the task at a time; words apart must all be found in a path.

    `hits` are the best `most` matches found so far, `done` tells whether there may be better ones.
    """

    def __init__(self, task: Json, query: str, most: int = 50) -> None:
        wanted = " ".join(query.split()).casefold()
        self.hits: list[Hit] = []
        self.done = not wanted
        self._most = most
        self._sieve = Sieve(wanted, min(most, _OF_A_LIST))
        self._looked = _looked(task, wanted, self._sieve)

    @property
    def left_out(self) -> bool:
        """Whether there are, or may be, more than these, none of which is a better match than the first."""
        return not self.done or len(self.hits) == self._most or self._sieve.left_out

    @property
    def settled(self) -> bool:
        """Whether nothing that is still to be looked at can be a better match than the first."""
        return self.done or (bool(self.hits) and self.hits[0].rank <= NAME and self.hits[0].depth == 1)

    def work(self, places: int | None = None) -> None:
        """Look at so many more fields and entries, or at all."""
        if self.done:
            return
        piece = list(islice(self._looked, places))
        if found := list(filter(None, piece)):
            self.hits = heapq.nsmallest(self._most, [*self.hits, *found])
        self.done = places is None or len(piece) < places


def search(task: Json, query: str, most: int = 50) -> list[Hit]:
    """The best matches for what was typed."""
    looking = Search(task, query, most)
    looking.work()
    return looking.hits


def _looked(task: Json, wanted: str, sieve: Sieve) -> Iterator[Hit | None]:
    """Place after place, the hit it is or None."""
    places = _places(task, _Place((), None, task, "", ""), kind(ROOT), sieve)
    for order, place in enumerate(places):
        if place is None:
            yield None
            continue
        rank = _path_rank(place, wanted) if place.is_entry else _rank(place, wanted)
        if rank is None:
            yield None
            continue
        missing = place.value is ABSENT
        sieve.tally.take(rank, missing=missing)
        yield Hit(rank, missing, len(place.path), order, place.path)


def _places(here: Json, at: _Place, known: KindSpec | None, sieve: Sieve) -> Iterator[_Place | None]:
    """Every field of every object: those there are, those that could be, and keys nobody knows; and every entry.

    None for an entry of a long list in which nothing can match.
    """
    if not isinstance(here, dict) or known is None:
        return
    for name, spec in known.fields.items():
        value: Value = here.get(name, ABSENT)
        place = _field(at, name, spec, value)
        yield place
        below = kind(spec.of) if spec.of else None
        if isinstance(value, list):
            around = at if name in ONLY_LISTS else place
            for start, entries, promises in sieve.batches(value, f"{place.written} {place.described}", below):
                if not promises:
                    yield from repeat(None, len(entries))
                    continue
                for index, entry in enumerate(entries, start):
                    one = _entry(place, around, index, entry)
                    yield one
                    yield from _places(entry, one, below, sieve)
        elif isinstance(value, dict):
            yield from _places(value, place, below, sieve)
    for name in here:
        if name not in known.fields:
            yield _field(at, name, None, here[name])


def _field(at: _Place, name: str, spec: FieldSpec | None, value: Value) -> _Place:
    step = format_path((name,)).casefold()
    written = f"{at.written}.{step}" if at.written and not step.startswith("[") else at.written + step
    return _Place((*at.path, name), spec, value, written, _described(at, name))


def _entry(in_list: _Place, around: _Place, index: int, entry: Json) -> _Place:
    described = _described(around, entry_name(entry, index))
    return _Place((*in_list.path, index), None, entry, f"{in_list.written}[{index}]", described)


def _described(at: _Place, name: str) -> str:
    name = name.casefold()
    return f"{at.described}{_STEP}{name}" if at.described else name


def _rank(place: _Place, wanted: str) -> int | None:
    name, text = str(place.path[-1]).casefold(), _text(place.value)
    label = place.spec.label.casefold() if place.spec else ""
    if name == wanted:
        return NAME
    if label == wanted:
        return LABEL
    if text == wanted:
        return VALUE
    if name.startswith(wanted) or label.startswith(wanted):
        return STARTS
    if wanted in name or wanted in label:
        return HOLDS
    if wanted in text:
        return IN_VALUE
    return _path_rank(place, wanted)


def _path_rank(place: _Place, wanted: str) -> int | None:
    described = place.described
    if wanted in (place.written, described, described.replace(_STEP, " ")):
        return PATH
    if wanted in place.written or wanted in described:
        return IN_PATH
    words = wanted.replace("›", " ").split()
    return WORDS if len(words) > 1 and all(word in described for word in words) else None


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value.casefold()
    if value is ABSENT or value is None or isinstance(value, dict | list):
        return ""
    return dumps(value)
