"""The task being edited: as loaded, as it is now, and how it got there. The only mutable object of the program."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from sms_tui.document.body import Body, changed_body, full_body, unsendable_keys
from sms_tui.document.copies import Copies
from sms_tui.document.diff import Difference, diff
from sms_tui.document.edits import Change, Edit, RemoveValue, SetValue, apply_all, changes_something, joined, touched
from sms_tui.document.findings import Finding, Inspector
from sms_tui.document.identity import describe
from sms_tui.document.matching import Counterparts
from sms_tui.exactjson import Json, same
from sms_tui.language import _
from sms_tui.schema.paths import ABSENT, Path, Value, value_at

if TYPE_CHECKING:
    from sms_tui.document.following import Following
    from sms_tui.document.listener import Listener
    from sms_tui.document.merge import Merge


class Document:
    """One task under edit, opened by `task_id` ("" from a file).

    `base` is the task as loaded, `current` as edited; both are plain JSON, never changed while anybody has them,
    and share what no edit touched.
    """

    def __init__(self, task: Body, task_id: str = "") -> None:
        self.task_id = task_id
        self._listeners: list[Listener] = []
        self._inspector = Inspector(task)
        self._copies = Copies()
        self.rebase(task)

    def rebase(self, task: Body) -> None:
        """Start over from the task as it is now where it came from; history ends here."""
        self._base: Body = task
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self._run: Hashable | None = None
        self._inspector.rebase(task)
        self._become(task, ())
        for listener in self._listeners:
            listener.rebased(task, ())

    def follow(self, theirs: Body, planned: Following | None = None) -> Merge:
        """Take over the task as it is by now where it came from, and keep the edits: history is merged state by state.

        Undoing it all leads to `theirs`. Nothing happens if that is just as loaded; else a run of typing ends.
        `planned` is what `following` worked out before; it is of no use where the document changed since.
        """
        if planned is None or not planned.fits(self._base, self._current):
            planned = following(self, theirs)
        result, way = planned.result, planned.way
        if result.theirs is self._base:
            return result
        self._run = None
        self._base, self._done, self._undone = result.theirs, way.done, way.undone
        self._inspector.rebase(self._base)
        self._become(way.current, ())
        for listener in self._listeners:
            listener.rebased(self._base, self.history)
        return result

    @property
    def base(self) -> Body:
        return self._base

    @property
    def current(self) -> Body:
        return self._current

    def value(self, path: Path) -> Value:
        """The value at a path now, or ABSENT."""
        return value_at(self._current, path)

    def loaded_value(self, path: Path) -> Value:
        """The value that the thing at this path had when the task was loaded, or ABSENT; found by identity."""
        there = self._counterparts.in_older(path)
        return ABSENT if there is None else value_at(self._base, there)

    def describe(self, path: Path) -> str:
        """The path as people read it."""
        return describe(path, self._current)

    @property
    def history(self) -> tuple[Edit, ...]:
        """The edits that lead from `base` to `current`, oldest first."""
        return tuple(self._done)

    def listen(self, listener: Listener) -> None:
        """Tell a listener of every change from now on."""
        self._listeners.append(listener)

    # Editing

    def apply(self, label: str, *changes: Change, run: Hashable | None = None) -> None:
        """Make one undoable edit. Consecutive edits with the same `run` (a field being typed in) are one.

        What leaves everything as it was is no edit. Raises EditError, with nothing changed, if a change does not fit.
        """
        current, inverse = apply_all(self._current, changes, self._copies)
        edit = Edit(label, changes, inverse)
        goes_on = run is not None and run == self._run
        self._run = None
        if goes_on:
            edit = joined(self._done[-1], edit)
        if not changes_something(edit):
            if goes_on:
                self._drop_last()
            return
        if goes_on:
            self._done.pop()
        self._done.append(edit)
        self._undone.clear()
        self._run = run
        self._become(current, changes)
        for listener in self._listeners:
            listener.applied(edit, joined=goes_on)

    def replay(self, edits: Iterable[Edit]) -> None:
        """Make edits again that were kept elsewhere, each an undo of its own under its label.

        Raises EditError at the first that does not fit; those before it are made.
        """
        for edit in edits:
            self.apply(edit.label, *edit.changes)

    def end_run(self) -> None:
        """The next edit is a new one, whatever its run."""
        self._run = None

    def undo(self) -> Edit | None:
        """Take the last edit back and return it, None if there is none."""
        edit = self._walk(self._done, self._undone)
        if edit is not None:
            for listener in self._listeners:
                listener.undone()
        return edit

    def redo(self) -> Edit | None:
        """Make the last undone edit again and return it, None if there is none."""
        edit = self._walk(self._undone, self._done)
        if edit is not None:
            for listener in self._listeners:
                listener.redone(edit)
        return edit

    def put_back(self, path: Path) -> bool:
        """Give a value its loaded state again, as one edit; False if it has it already.

        An entry that was not there is taken out, a key gets its place in the order of keys back.
        """
        loaded = self.loaded_value(path)
        if not differs(self, path):
            return False
        change: Change = RemoveValue(path)
        if loaded is not ABSENT:
            place = _place(path[-1], self.loaded_value(path[:-1]), self.value(path[:-1]))
            change = SetValue(path, loaded, place)
        self.apply(_("put back {path}").format(path=self.describe(path)), change)
        return True

    def _drop_last(self) -> None:
        self._step(self._done)
        for listener in self._listeners:
            listener.dropped()

    def _walk(self, source: list[Edit], target: list[Edit]) -> Edit | None:
        self._run = None
        if not source:
            return None
        target.append(self._step(source))
        return target[-1]

    def _step(self, source: list[Edit]) -> Edit:
        """Take the last edit of `source` back; what that changed, as an edit."""
        edit = source.pop()
        current, inverse = apply_all(self._current, edit.inverse, self._copies)
        self._become(current, edit.inverse)
        return Edit(edit.label, edit.inverse, inverse)

    def _become(self, current: Json, changes: Sequence[Change]) -> None:
        assert isinstance(current, dict)
        self._current: Body = current
        where = touched(changes)
        if changes:
            self._counterparts.follow(current, where)
        else:
            self._counterparts: Counterparts = Counterparts(self._base, current)
        self._changes: list[Difference] | None = None
        self._findings: list[Finding] | None = None
        self._inspector.recheck(current, where, self._counterparts)

    # What the edits amount to

    @property
    def changes(self) -> list[Difference]:
        """What differs from the loaded task."""
        if self._changes is None:
            self._changes = diff(self._base, self._current)
        return self._changes

    @property
    def findings(self) -> list[Finding]:
        """All problems, in document order, with the inherited ones marked."""
        if self._findings is None:
            self._findings = self._inspector.findings()
        return self._findings

    @property
    def inspector(self) -> Inspector:
        """What is known of problems by now, and how to come to know all of them a piece at a time."""
        return self._inspector

    def body(self, *, full: bool = False) -> Body:
        """What a PUT would send: the changed top-level keys, or every key the reference lists."""
        return full_body(self._current) if full else changed_body(self._base, self._current)

    @property
    def unsendable(self) -> list[str]:
        """Changed top-level keys that no PUT can carry."""
        return unsendable_keys(self._base, self._current)


def following(document: Document, theirs: Body) -> Following:
    """What it takes to follow the task as it is by now, worked out without a change: a thread may do it for a long
    task."""
    from sms_tui.document.following import worked_out

    return worked_out(document.base, document.current, theirs, document._done.copy(), document._undone.copy())


def can_redo(document: Document) -> bool:
    """Whether an edit was undone that can be made again."""
    return bool(document._undone)


def differs(document: Document, path: Path) -> bool:
    """Whether a value is not as it was loaded."""
    return not same(document.loaded_value(path), document.value(path))


def _place(key: str | int, loaded: Value, now: Value) -> int | None:
    """Where a key that is absent now belongs: after the keys that it came after when loaded."""
    if not (isinstance(loaded, dict) and isinstance(now, dict)):
        return None
    earlier = set(takewhile(lambda name: name != key, loaded))
    return max((place for place, name in enumerate(now, 1) if name in earlier), default=0)
