"""The problems of a task in turn, as one goes from one to the next."""

from __future__ import annotations

from bisect import bisect_left

from sms_tui.document.document import Document
from sms_tui.document.findings import Finding
from sms_tui.schema.paths import Path

_FEW = 20
"""Errors that each are looked for in the order of the task; of more the whole order is listed."""


class Turns:
    """Those that block a submit first, then the others, both as the task has them. None is listed: there may be one at
    every disk of 65,535."""

    def __init__(self, document: Document) -> None:
        self._inspector = document.inspector
        blocking = self._inspector.blocking(document.changes)
        if len(blocking) > _FEW:
            self._first = [at for at, finding in enumerate(document.findings) if finding.blocks]
        else:
            self._first = sorted(map(self._place, blocking))

    def __len__(self) -> int:
        return self._inspector.count()

    def __getitem__(self, turn: int) -> Finding:
        if turn < len(self._first):
            return self._inspector.nth(self._first[turn])
        place = turn - len(self._first)
        for first in self._first:
            place += first <= place
        return self._inspector.nth(place)

    def turn_of(self, path: Path) -> int | None:
        """When it is the turn of the first problem of the value at a path, None if that has none."""
        found = self._inspector.at(path)
        if not found:
            return None
        start = self._inspector.before(path)
        earlier = bisect_left(self._first, start)
        if earlier < len(self._first) and self._first[earlier] < start + len(found):
            return earlier
        return len(self._first) + start - earlier

    def _place(self, finding: Finding) -> int:
        """The place of a finding in the order of the task."""
        return self._inspector.before(finding.path) + self._inspector.at(finding.path).index(finding)
