"""The task being edited: as loaded, as it is now, and how it got there. The only mutable object of the program."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from sms_tui.document.body import Body, changed_body, full_body, unsendable_keys
from sms_tui.document.diff import Difference, diff
from sms_tui.document.edits import Change, Edit, RemoveValue, SetValue, apply_all, changes_something, joined, touched
from sms_tui.document.identity import describe
from sms_tui.document.matching import Counterparts
from sms_tui.exactjson import Json, same
from sms_tui.schema.checks import Checker
from sms_tui.schema.paths import ABSENT, Path, Value, value_at
from sms_tui.schema.problems import Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem as the operator meets it: an `inherited` error came with the task and never blocks a submit."""

    problem: Problem
    inherited: bool

    @property
    def blocks(self) -> bool:
        return self.problem.severity == "error" and not self.inherited

    @property
    def path(self) -> Path:
        return self.problem.path

    @property
    def message(self) -> str:
        return f"{self.problem.message} (as loaded)" if self.inherited else self.problem.message


class Document:
    """One task under edit, opened by `task_id` ("" from a file).

    `base` is the task as loaded, `current` as edited; both are plain JSON, never changed in place, and share what no
    edit touched.
    """

    def __init__(self, task: Body, task_id: str = "") -> None:
        self.task_id = task_id
        self.rebase(task)

    def rebase(self, task: Body) -> None:
        """Start over from the task as it is now where it came from; history ends here."""
        self._base: Body = task
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self._run: Hashable | None = None
        self._checker: Checker | None = None
        self._loaded_problems: frozenset[Problem] = frozenset()
        self._become(task, ())

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

    # Editing

    def apply(self, label: str, *changes: Change, run: Hashable | None = None) -> None:
        """Make one undoable edit. Consecutive edits with the same `run` (a field being typed in) are one.

        What leaves everything as it was is no edit. Raises EditError, with nothing changed, if a change does not fit.
        """
        current, inverse = apply_all(self._current, changes)
        edit = Edit(label, changes, inverse)
        goes_on = run is not None and run == self._run
        self._run = None
        if goes_on:
            edit = joined(self._done[-1], edit)
        if not changes_something(edit):
            if goes_on:
                self._step(self._done)
            return
        if goes_on:
            self._done.pop()
        self._done.append(edit)
        self._undone.clear()
        self._run = run
        self._become(current, changes)

    def end_run(self) -> None:
        """The next edit is a new one, whatever its run."""
        self._run = None

    def undo(self) -> Edit | None:
        """Take the last edit back and return it, None if there is none."""
        return self._walk(self._done, self._undone)

    def redo(self) -> Edit | None:
        """Make the last undone edit again and return it, None if there is none."""
        return self._walk(self._undone, self._done)

    def put_back(self, path: Path) -> bool:
        """Give a value its loaded state again, as one edit; False if it has it already.

        An entry that was not there is taken out, a key gets its place in the order of keys back.
        """
        loaded, now = self.loaded_value(path), self.value(path)
        if loaded is now or (loaded is not ABSENT and now is not ABSENT and same(loaded, now)):  # type: ignore[arg-type]
            return False
        change: Change = RemoveValue(path)
        if loaded is not ABSENT:
            place = _place(path[-1], self.loaded_value(path[:-1]), self.value(path[:-1]))
            change = SetValue(path, loaded, place)  # type: ignore[arg-type]
        self.apply(f"put back {self.describe(path)}", change)
        return True

    def _walk(self, source: list[Edit], target: list[Edit]) -> Edit | None:
        self._run = None
        if not source:
            return None
        target.append(self._step(source))
        return target[-1]

    def _step(self, source: list[Edit]) -> Edit:
        """Take the last edit of `source` back; what that changed, as an edit."""
        edit = source.pop()
        current, inverse = apply_all(self._current, edit.inverse)
        self._become(current, edit.inverse)
        return Edit(edit.label, edit.inverse, inverse)

    def _become(self, current: Json, changes: Sequence[Change]) -> None:
        assert isinstance(current, dict)
        self._current: Body = current
        self._counterparts = Counterparts(self._base, current)
        self._changes: list[Difference] | None = None
        self._findings: list[Finding] | None = None
        if self._checker is not None:
            self._checker.recheck(current, touched(changes))

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
            self._findings = [Finding(problem, self._inherited(problem)) for problem in self._check().problems]
        return self._findings

    def body(self, *, full: bool = False) -> Body:
        """What a PUT would send: the changed top-level keys, or every key the reference lists."""
        return full_body(self._current) if full else changed_body(self._base, self._current)

    @property
    def unsendable(self) -> list[str]:
        """Changed top-level keys that no PUT can carry."""
        return unsendable_keys(self._base, self._current)

    def _check(self) -> Checker:
        """The checker of the current task; it looks at the loaded one first, for the problems that came with it."""
        if self._checker is None:
            self._checker = Checker(self._base)
            self._loaded_problems = frozenset(self._checker.problems)
            self._checker.recheck(self._current, ())
        return self._checker

    def _inherited(self, problem: Problem) -> bool:
        """Whether the loaded task had this very problem, at a value that was not touched since."""
        there = self._counterparts.in_older(problem.path)
        if there is None or replace(problem, path=there) not in self._loaded_problems:
            return False
        loaded, now = value_at(self._base, there), self.value(problem.path)
        if isinstance(loaded, dict | list) or loaded is ABSENT or now is ABSENT:
            return type(loaded) is type(
                now
            )  # a problem of a whole object or list tells by its message what it is about
        return same(loaded, now)  # type: ignore[arg-type]


def _place(key: str | int, loaded: Value, now: Value) -> int | None:
    """Where a key that is absent now belongs: after the keys that it came after when loaded."""
    if not (isinstance(loaded, dict) and isinstance(now, dict)):
        return None
    earlier = set(takewhile(lambda name: name != key, loaded))
    return max((place for place, name in enumerate(now, 1) if name in earlier), default=0)
