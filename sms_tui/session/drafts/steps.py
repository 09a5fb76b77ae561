"""What happens to a document's history, one step after the other, and what it adds up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from sms_tui.document.edits import Change
from sms_tui.language import _
from sms_tui.schema.paths import ABSENT, Path, Value

Way: TypeAlias = Literal["undo", "redo", "drop"]


class StepError(ValueError):
    """A step that does not fit the history before it."""


class Entry(NamedTuple):
    """One edit of a history. `where` is the place of its last change as people read it, `at` epoch milliseconds."""

    label: str
    changes: tuple[Change, ...]
    where: str
    at: int


class Made(NamedTuple):
    """An edit was made; a `joined` one takes the place of the last one, for typing went on."""

    entry: Entry
    joined: bool = False


class Walked(NamedTuple):
    """The last edit was taken back, the last one taken back was made again, or the last one was typed back to
    where it began and is no edit any more."""

    way: Way
    at: int


class Typed(NamedTuple):
    """JSON text typed for the value at a path and not taken into the task; a text of None was taken or given up.

    `origin` is the value that the text was laid out from, ABSENT where it is the one that is known already.
    `where` is the path as people read it, `at` epoch milliseconds.
    """

    path: Path
    text: str | None
    origin: Value
    where: str
    at: int


Step: TypeAlias = Made | Walked | Typed


class Again(NamedTuple):
    """An edit that was taken back was made again, whether a history knows that it was taken back or not."""

    entry: Entry


class History:
    """The edits that stand, oldest first, those taken back, in the order in which they were, and texts not taken in."""

    def __init__(
        self,
        done: Iterable[Entry] = (),
        undone: Iterable[Entry] = (),
        changed: int = 0,
        texts: Mapping[Path, Typed] | None = None,
    ) -> None:
        self.done, self.undone = list(done), list(undone)
        self.changed = changed
        self.texts = dict(texts or {})

    def __bool__(self) -> bool:
        return bool(self.done or self.undone or self.texts)

    @property
    def holds(self) -> bool:
        """Whether anything would be lost without it."""
        return bool(self.done or self.texts)

    def step(self, again: Again) -> Step:
        """What making an edit again is to this history: one taken back before another task was loaded is a new one."""
        return Walked("redo", again.entry.at) if self.undone else Made(again.entry)

    def take(self, step: Step) -> None:
        """Raises StepError, with nothing changed."""
        match step:
            case Made(entry):
                self._make(step)
                self.changed = entry.at
            case Walked(way, at):
                self._walk(way)
                self.changed = at
            case Typed(at=at):
                self._type(step)
                self.changed = at

    def slimmed(self, step: Typed) -> Typed:
        """A step without the value that its text was laid out from, where that is known."""
        known = self.texts.get(step.path)
        return step if known is None or known.origin is not step.origin else step._replace(origin=ABSENT)

    def on_another_task(self, entries: Sequence[Entry]) -> History:
        """The edits as they are on another loaded task; those that were there already keep their times and places."""
        known = [_as_before(entry, before) for entry, before in zip(entries, self.done, strict=False)]
        edits = [*known, *entries[len(known) :]]
        moments = [*(entry.at for entry in edits), *(typed.at for typed in self.texts.values())]
        return History(edits, changed=max(moments, default=0), texts=self.texts)

    def steps(self) -> Iterator[Step]:
        """The fewest steps that add up to this."""
        for entry in (*self.done, *reversed(self.undone)):
            yield Made(entry)
        for __ in self.undone:
            yield Walked("undo", self.changed)
        yield from self.texts.values()

    def _type(self, step: Typed) -> None:
        known = self.texts.pop(step.path, None)
        if step.text is None:
            return
        origin = step.origin if known is None or step.origin is not ABSENT else known.origin
        if origin is ABSENT:
            raise StepError(_("nobody knows what a text was laid out from"))
        self.texts[step.path] = step._replace(origin=origin)

    def _make(self, step: Made) -> None:
        if step.joined:
            if not self.done:
                raise StepError(_("there is no edit that typing could go on with"))
            self.done.pop()
        self.done.append(step.entry)
        self.undone.clear()

    def _walk(self, way: Way) -> None:
        source = self.undone if way == "redo" else self.done
        if not source:
            raise StepError(_("there is no edit to {way}").format(way=way))
        entry = source.pop()
        if way == "undo":
            self.undone.append(entry)
        elif way == "redo":
            self.done.append(entry)


def _as_before(entry: Entry, before: Entry) -> Entry:
    return entry._replace(where=before.where, at=before.at) if entry.label == before.label else entry
