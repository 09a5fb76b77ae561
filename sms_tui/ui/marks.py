"""Which places of a task carry a mark: `✗` error, `!` warning, `●` changed, from a leaf up to the root."""

from __future__ import annotations

from collections.abc import Sequence

from sms_tui.document.document import Document
from sms_tui.document.findings import Finding
from sms_tui.schema.paths import Path

SIGNS = {"error": "✗", "warning": "!", "inherited": "!", "": " "}
"""The sign of a finding, by its severity or for one that came with the task."""


class Marks:
    """The marks of a document as of the last `read`, which costs what was edited; the rest is found when painted."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.read()

    def read(self) -> None:
        """Take the counts, and what is changed or blocks a submit, anew."""
        document = self._document
        self.changes = len(document.changes)
        blocking = document.inspector.blocking(document.changes)
        self.errors = len(blocking)
        self.warnings = document.inspector.count() - self.errors
        self._blocking = {place for finding in blocking for place in _up_from(finding.path)}
        self._changed: set[Path] = set()
        for change in document.changes:
            place = change.holder if change.sort == "removed" else change.path
            while place not in self._changed:  # what it is in is known with it
                self._changed.add(place)
                place = place[:-1]

    def at(self, path: Path) -> Sequence[Finding]:
        """The findings at exactly this place."""
        return self._document.inspector.at(path)

    def sign(self, path: Path) -> str:
        """Two cells: the worst finding at or under a place, and whether something there changed."""
        worst = "error" if path in self._blocking else "warning" if self._document.inspector.count(path) else ""
        return SIGNS[worst] + ("●" if path in self._changed else " ")


def _up_from(path: Path) -> list[Path]:
    """A place and all that it is in."""
    return [path[:length] for length in range(len(path) + 1)]
