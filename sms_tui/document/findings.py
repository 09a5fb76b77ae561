"""What is wrong with a task under edit, and which of it came with the task as it was loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from sms_tui.document.matching import Counterparts
from sms_tui.exactjson import same
from sms_tui.garbage import uncollected
from sms_tui.language import _
from sms_tui.schema.paths import Path, value_at

if TYPE_CHECKING:
    from sms_tui.document.body import Body
    from sms_tui.document.diff import Difference
    from sms_tui.schema.checks.checker import Checker
    from sms_tui.schema.problems import Problem


class Finding(NamedTuple):
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
        message = self.problem.message
        return _("{message} (as loaded)").format(message=message) if self.inherited else message


_AT_ONCE = 300
"""Small steps of the check that are done together with an edit; what takes more goes on in pieces."""


class Inspector:
    """Finds the problems of a task that is edited. Nothing is checked before it is first asked for.

    The full check can be done in pieces (`work`), and so is that of an edit which changes very much. Until its end what
    it came upon is told, and further edits are not looked at; whatever needs all problems brings it to its end.
    """

    def __init__(self, base: Body) -> None:
        self._base = self._current = self._looked_at = base
        self._counterparts = self._way_back = Counterparts(base, base)
        self._checker: Checker | None = None
        self._loaded: set[Problem] = set()
        self._noting: Iterator[Problem] | None = None
        self._is_noted = False

    @property
    def done(self) -> bool:
        """Whether all is checked."""
        return self._is_noted and self._checker is not None and self._checker.done

    def work(self, steps: int | None = None) -> None:
        """Go on checking for so many small steps, or to the end."""
        if self._checker is None:
            from sms_tui.schema.checks.checker import Checker  # with pydantic's core

            self._checker, self._looked_at = Checker(self._base, begun=True), self._base
        if not self._checker.done:
            self._checker.work(steps)
        if self._checker.done and not self._is_noted:
            self._note(self._checker, steps)
        if self.done and self._current is not self._looked_at:
            self._look_at(self._checker, self._current, (), steps)

    def rebase(self, base: Body) -> None:
        """The task counts as loaded like this from now on; `recheck` must follow."""
        self._base = self._looked_at = base
        was_done, self._loaded, self._noting, self._is_noted = self.done, set(), None, False
        if was_done and self._checker is not None:
            self._checker.recheck(base, (), _AT_ONCE)
            if self._checker.done:
                self._note(self._checker, _AT_ONCE)
        else:
            self._checker = None

    def recheck(self, current: Body, touched: Path, counterparts: Counterparts) -> None:
        """Take over the task after an edit at `touched`, as `Checker.recheck` does; `counterparts` leads from it to the
        loaded one."""
        self._current, self._counterparts = current, counterparts
        if self.done and self._checker is not None:
            self._look_at(self._checker, current, touched, _AT_ONCE)
        else:
            self._way_back = counterparts if self._looked_at is self._base else Counterparts(self._looked_at, current)

    def findings(self) -> list[Finding]:
        """All problems, in document order."""
        return [self._finding(problem) for problem in self._checked.problems]

    def nth(self, number: int, path: Path = ()) -> Finding:
        """One of all problems, or of those of an object or list and below, in document order, counted from 0; the
        others are not listed for that."""
        return self._finding(self._checked.nth(number, path))

    def before(self, path: Path, within: Path = ()) -> int:
        """How many of those problems come before those of the value at a path, which has some."""
        return self._checked.before(path, within)

    def unsound(self, path: Path) -> list[tuple[int, int]]:
        """The places of the entries of a list that have problems in them, and how many each."""
        return self._checked.unsound(path)

    def under(self, path: Path) -> list[Finding]:
        """The problems of the value at a path and of all in it, in document order."""
        return [self._finding(problem) for problem in self._checked.under(path)]

    def at(self, path: Path) -> list[Finding]:
        """The findings of exactly the value at a path; while the check goes on, those that it came upon so far."""
        if (there := self._where(path)) is None:
            return []
        found = () if self._checker is None else self._checker.at(there)
        return [self._finding(problem._replace(path=path)) for problem in found]

    def count(self, path: Path = ()) -> int:
        """How many problems there are at a path and below it; costs the depth of the path."""
        if self._checker is None or (there := self._where(path)) is None:
            return 0
        return self._checker.count(path=there)

    def blocking(self, changes: Iterable[Difference]) -> list[Finding]:
        """The errors that came with edits, in no order; costs what was edited, not the size of the task.

        An error is seen by the value it is at, or by the length of a list: only what changed, and what that is in, can
        have a new one.
        """
        if not self.done or self._checker is None or not self._checker.count("error"):
            return []
        found: dict[Problem, None] = {}
        for change in changes:
            if change.sort in ("changed", "added"):
                found.update(dict.fromkeys(self._checker.under(change.path)))
            for length in range(len(change.holder) + 1):
                found.update(dict.fromkeys(self._checker.at(change.holder[:length])))
        errors = [self._finding(problem) for problem in found if problem.severity == "error"]
        return [finding for finding in errors if finding.blocks]

    @property
    def _checked(self) -> Checker:
        """The checker, once it is done."""
        with uncollected():
            while not self.done:
                self.work()
        assert self._checker is not None
        return self._checker

    def _look_at(self, checker: Checker, current: Body, touched: Path, steps: int | None) -> None:
        """Have an edit looked at."""
        checker.recheck(current, touched, steps)
        self._looked_at = current

    def _note(self, checker: Checker, steps: int | None) -> None:
        """Note so many of the problems of the task as loaded, of which there may be very many, before the first edit is
        looked at."""
        self._noting = self._noting or checker.listed()
        noted = list(islice(self._noting, steps))
        self._loaded.update(noted)
        self._is_noted = steps is None or len(noted) < steps

    def _where(self, path: Path) -> Path | None:
        """Where the checker has the value at a path: it is behind while it goes on and there are further edits."""
        return path if self._current is self._looked_at else self._way_back.in_older(path)

    def _finding(self, problem: Problem) -> Finding:
        return Finding(problem, self._inherited(problem))

    def _inherited(self, problem: Problem) -> bool:
        """Whether the loaded task had this very problem, at a value that was not touched since."""
        if self._current is self._base or self._looked_at is self._base:
            return True
        there = self._counterparts.in_older(problem.path)
        if there is None or problem._replace(path=there) not in self._loaded:
            return False
        loaded, now = value_at(self._base, there), value_at(self._current, problem.path)
        if isinstance(loaded, dict | list):
            return type(loaded) is type(now)  # of a whole object or list the message tells what it is about
        return same(loaded, now)
