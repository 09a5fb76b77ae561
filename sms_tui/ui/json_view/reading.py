"""What an edited text amounts to: the changes it would make, what would be found then, or why it cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sms_tui.document.body import Body
from sms_tui.document.document import Document
from sms_tui.document.edits import Change, SetValue, apply
from sms_tui.document.findings import Finding
from sms_tui.document.merge import merged_task
from sms_tui.exactjson import Json, JsonError, loads
from sms_tui.language import _
from sms_tui.schema.paths import ABSENT, Path, Value, value_at
from sms_tui.ui.json_view.layout import Places, lay_out, places
from sms_tui.ui.taking_in import NotTaken, changes_to


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a text cannot be taken, and where; line and column count from 0."""

    line: int
    column: int
    reason: str

    def __str__(self) -> str:
        told = _("line {line}, column {column}: {reason}")
        return told.format(line=self.line + 1, column=self.column + 1, reason=self.reason)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was read. With `trouble` there are no findings, and without well-formed JSON no places either."""

    trouble: Trouble | None = None
    places: Places | None = None
    changes: tuple[Change, ...] = ()
    findings: Mapping[int, list[Finding]] = field(default_factory=dict)
    """By line, those that block first."""
    changed: frozenset[int] = frozenset()
    """The lines that differ from the task as it was loaded."""
    counts: tuple[int, int, int] = (0, 0, 0)
    """Errors, warnings and changes of the whole task."""


class Reader:
    """Reads the text of the value at a path of a document. The document itself is not changed.

    `origin` is the value that the text was laid out from, if it is not the one that is there now: what became of the
    task meanwhile is kept, and only what was typed is taken.
    """

    def __init__(self, document: Document, path: Path, origin: Value = ABSENT) -> None:
        self._document, self._path = document, path
        self.origin = document.value(path) if origin is ABSENT else origin
        self._scratch: Document | None = None
        self._tried = False

    @property
    def path(self) -> Path:
        return self._path

    def original(self) -> str:
        """The value as it is in the task, as text. Raises TooLong."""
        value = self._document.value(self._path)
        assert value is not ABSENT
        return lay_out(value)

    def read(self, text: str) -> Reading:
        """Read a text and try it out."""
        try:
            value = loads(text)
        except JsonError as error:
            return Reading(Trouble(error.line - 1, error.column - 1, error.reason))
        where, wanted = places(text), self._caught_up(value)
        try:
            changes = () if wanted is ABSENT else tuple(changes_to(self._document, self._path, wanted))
        except NotTaken as error:
            return Reading(Trouble(where.line(error.path), 0, str(error)), where)
        return self._judged(where, changes)

    def _caught_up(self, value: Json) -> Value:
        """The value with what became of the one in the task since the text was laid out; ABSENT if that is gone by now
        and the text does not change it."""
        origin = self.origin
        if origin is ABSENT or origin is self._document.value(self._path):
            return value
        if not self._path and not isinstance(value, dict):
            return value
        base, mine = self._task_with(origin), self._task_with(value)
        return value_at(merged_task(base, mine, self._document.current), self._path)

    def _task_with(self, value: Json) -> Body:
        """The task with another value in place of the one that is edited."""
        task = apply(self._document.current, SetValue(self._path, value))[0] if self._path else value
        assert isinstance(task, dict)
        return task

    def _judged(self, where: Places, changes: tuple[Change, ...]) -> Reading:
        tried = self._with(changes)
        found: dict[int, list[Finding]] = {}
        for finding in sorted(tried.inspector.under(self._path), key=lambda finding: not finding.blocks):
            found.setdefault(where.line(finding.path[len(self._path) :]), []).append(finding)
        errors = len(tried.inspector.blocking(tried.changes))
        counts = errors, tried.inspector.count() - errors, len(tried.changes)
        return Reading(None, where, changes, found, frozenset(self._changed_lines(tried, where)), counts)

    def _with(self, changes: tuple[Change, ...]) -> Document:
        """The document as these changes would make it."""
        if not changes:
            return self._document
        if self._scratch is None:
            self._scratch = Document(self._document.base, self._document.task_id)
            self._scratch.replay(self._document.history)
        elif self._tried:
            self._scratch.undo()
        before = len(self._scratch.history)
        self._scratch.apply("tried", *changes)
        self._tried = len(self._scratch.history) > before
        return self._scratch

    def _changed_lines(self, tried: Document, where: Places) -> Iterator[int]:
        for change in tried.changes:
            path = change.holder if change.sort == "removed" else change.path
            if (rest := self._below(path)) is not None:
                yield where.line(rest)
            elif self._path[: len(path)] == path:  # all of it is new
                yield 0

    def _below(self, path: Path) -> Path | None:
        """A path of the task as one of the text; None if it leads elsewhere."""
        depth = len(self._path)
        return path[depth:] if path[:depth] == self._path else None
