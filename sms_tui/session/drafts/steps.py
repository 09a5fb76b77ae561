"""What happens to a document's history, one step after the other, and what it adds up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from sms_tui.document import Change

Way: TypeAlias = Literal["undo", "redo", "drop"]


class StepError(ValueError):
    """A step that does not fit the history before it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One edit of a history. `where` is the place of its last change as people read it, `at` epoch milliseconds."""

    label: str
    changes: tuple[Change, ...]
    where: str
    at: int


@dataclass(frozen=True, slots=True)
class Made:
    """An edit was made; a `joined` one takes the place of the last one, for typing went on."""

    entry: Entry
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Walked:
    """The last edit was taken back, the last one taken back was made again, or the last one was typed back to
    where it began and is no edit any more."""

    way: Way
    at: int


Step: TypeAlias = Made | Walked


@dataclass(frozen=True, slots=True)
class Again:
    """An edit that was taken back was made again, whether a history knows that it was taken back or not."""

    entry: Entry


class History:
    """The edits that stand, oldest first, and those taken back, in the order in which they were."""

    def __init__(self, done: Iterable[Entry] = (), undone: Iterable[Entry] = (), changed: int = 0) -> None:
        self.done, self.undone = list(done), list(undone)
        self.changed = changed

    def __bool__(self) -> bool:
        return bool(self.done or self.undone)

    def step(self, again: Again) -> Step:
        """What making an edit again is to this history: one taken back before another task was loaded is a new one."""
        return Walked("redo", again.entry.at) if self.undone else Made(again.entry)

    def take(self, step: Step) -> None:
        """Raises StepError, with nothing changed."""
        if isinstance(step, Made):
            self._make(step)
            self.changed = step.entry.at
        else:
            self._walk(step.way)
            self.changed = step.at

    def on_another_task(self, entries: Sequence[Entry]) -> History:
        """The edits as they are on another loaded task; those that were there already keep their times and places."""
        known = [_as_before(entry, before) for entry, before in zip(entries, self.done, strict=False)]
        edits = [*known, *entries[len(known) :]]
        return History(edits, changed=max((entry.at for entry in edits), default=0))

    def steps(self) -> Iterator[Step]:
        """The fewest steps that add up to this."""
        for entry in (*self.done, *reversed(self.undone)):
            yield Made(entry)
        for _ in self.undone:
            yield Walked("undo", self.changed)

    def _make(self, step: Made) -> None:
        if step.joined:
            if not self.done:
                raise StepError("there is no edit that typing could go on with")
            self.done.pop()
        self.done.append(step.entry)
        self.undone.clear()

    def _walk(self, way: Way) -> None:
        source = self.undone if way == "redo" else self.done
        if not source:
            raise StepError(f"there is no edit to {way}")
        entry = source.pop()
        if way == "undo":
            self.undone.append(entry)
        elif way == "redo":
            self.done.append(entry)


def _as_before(entry: Entry, before: Entry) -> Entry:
    return replace(entry, where=before.where, at=before.at) if entry.label == before.label else entry
