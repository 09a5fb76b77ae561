"""The problems of a task in turn, as one goes from one to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import Protocol

from sms_tui.document.document import Document
from sms_tui.document.findings import Finding, Inspector
from sms_tui.schema.paths import Path

_FEW = 20
"""Errors that each are looked for in the order of the task; of more the whole order is listed."""


class Order(Protocol):
    """Problems by number, counted from 0, as the task has them."""

    def __len__(self) -> int: ...

    def __getitem__(self, number: int) -> Finding: ...

    def __contains__(self, path: Path) -> bool:
        """Whether the problems of the value at a path are among them."""

    def before(self, path: Path) -> int:
        """The number of the first problem of the value at a path, which has some."""


class OfTask:
    """All problems of a task."""

    def __init__(self, inspector: Inspector) -> None:
        self._inspector = inspector

    def __len__(self) -> int:
        return self._inspector.count()

    def __getitem__(self, number: int) -> Finding:
        return self._inspector.nth(number)

    def __contains__(self, path: Path) -> bool:
        return True

    def before(self, path: Path) -> int:
        return self._inspector.before(path)


class OfEntries:
    """The problems of those entries of a list, told by their places, that are wanted."""

    def __init__(self, inspector: Inspector, list_path: Path, wanted: Callable[[int], bool]) -> None:
        self._inspector, self._list_path, self._wanted = inspector, list_path, wanted
        found = [(place, count) for place, count in inspector.unsound(list_path) if wanted(place)]
        self._places = [place for place, _ in found]
        self._starts = list(accumulate((count for _, count in found), initial=0))

    def __len__(self) -> int:
        return self._starts[-1]

    def __getitem__(self, number: int) -> Finding:
        at = bisect_right(self._starts, number) - 1
        return self._inspector.nth(number - self._starts[at], (*self._list_path, self._places[at]))

    def __contains__(self, path: Path) -> bool:
        depth = len(self._list_path)
        place = path[depth] if len(path) > depth and path[:depth] == self._list_path else None
        return isinstance(place, int) and self._wanted(place)

    def before(self, path: Path) -> int:
        entry = path[: len(self._list_path) + 1]
        return self._starts[bisect_left(self._places, entry[-1])] + self._inspector.before(path, entry)


class Turns:
    """Those that block a submit first, then the others, both as the task has them; of all of it, or of another order.
    None is listed: there may be one at every disk of 65,535."""

    def __init__(self, document: Document, order: Order | None = None) -> None:
        self._inspector = document.inspector
        self._order = OfTask(self._inspector) if order is None else order
        blocking = [found for found in self._inspector.blocking(document.changes) if found.path in self._order]
        if len(blocking) > _FEW:
            listed = (found for found in document.findings if found.path in self._order)
            self._first = [at for at, finding in enumerate(listed) if finding.blocks]
        else:
            self._first = sorted(map(self._place, blocking))

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, turn: int) -> Finding:
        if turn < len(self._first):
            return self._order[self._first[turn]]
        place = turn - len(self._first)
        for first in self._first:
            place += first <= place
        return self._order[place]

    def turn_of(self, path: Path) -> int | None:
        """When it is the turn of the first problem of the value at a path, None if that has none."""
        found = self._inspector.at(path)
        if not found:
            return None
        start = self._order.before(path)
        earlier = bisect_left(self._first, start)
        if earlier < len(self._first) and self._first[earlier] < start + len(found):
            return earlier
        return len(self._first) + start - earlier

    def turn(self, finding: Finding) -> int:
        """When it is the turn of a problem."""
        place = self._place(finding)
        earlier = bisect_left(self._first, place)
        is_first = self._first[earlier : earlier + 1] == [place]
        return earlier if is_first else len(self._first) + place - earlier

    def _place(self, finding: Finding) -> int:
        """The place of a finding in the order of the task."""
        return self._order.before(finding.path) + self._inspector.at(finding.path).index(finding)
