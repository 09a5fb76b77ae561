"""What is wrong with a task under edit, and which of it came with the task as it was loaded."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sms_tui.document.body import Body
from sms_tui.document.matching import Counterparts
from sms_tui.exactjson import same
from sms_tui.schema.checks import Checker
from sms_tui.schema.paths import ABSENT, Path, value_at
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


class Inspector:
    """Finds the problems of a task that is edited. Nothing is checked before it is first asked for."""

    def __init__(self, base: Body) -> None:
        self._base = base
        self._checker: Checker | None = None
        self._loaded: frozenset[Problem] = frozenset()

    def rebase(self, base: Body) -> None:
        """The task counts as loaded like this from now on; `recheck` must follow."""
        self._base = base
        if self._checker is not None:
            self._checker.recheck(base, ())
            self._loaded = frozenset(self._checker.problems)

    def recheck(self, current: Body, touched: Path) -> None:
        """Take over the task after an edit at `touched`, as `Checker.recheck` does."""
        if self._checker is not None:
            self._checker.recheck(current, touched)

    def findings(self, current: Body, counterparts: Counterparts) -> list[Finding]:
        """All problems, in document order; `counterparts` leads from the current task to the loaded one."""
        if self._checker is None:
            self._checker = Checker(self._base)
            self._loaded = frozenset(self._checker.problems)
            self._checker.recheck(current, ())
        return [Finding(problem, self._inherited(problem, current, counterparts)) for problem in self._checker.problems]

    def _inherited(self, problem: Problem, current: Body, counterparts: Counterparts) -> bool:
        """Whether the loaded task had this very problem, at a value that was not touched since."""
        there = counterparts.in_older(problem.path)
        if there is None or replace(problem, path=there) not in self._loaded:
            return False
        loaded, now = value_at(self._base, there), value_at(current, problem.path)
        if isinstance(loaded, dict | list) or loaded is ABSENT or now is ABSENT:
            return type(loaded) is type(
                now
            )  # a problem of a whole object or list tells by its message what it is about
        return same(loaded, now)  # type: ignore[arg-type]
