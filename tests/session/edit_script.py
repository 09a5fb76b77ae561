"""An editing session as an ordered script: what the operator does, and each request this must lead to.

    await play(Opens(), Shows(TASK), Edits(SetValue(SPEED, 50)),
               Saves(Saved), Shows(TASK), Takes({"speed_limit": 50}), Shows(after))

A request that the script does not have next fails the test, as does one that was not made.
"""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sms_tui.api.errors import ApiError
from sms_tui.api.replies import Progress, Reply
from sms_tui.api.retries import Patience
from sms_tui.document.body import Body
from sms_tui.document.document import Document
from sms_tui.document.edits import Change
from sms_tui.exactjson import dumps
from sms_tui.session.outcomes import Outcome
from sms_tui.session.receipts import Receipts
from sms_tui.session.service import ServiceSession

TASK_ID = "task-1"


@dataclass(frozen=True)
class Shows:
    """The service is asked for the task and shows it, or fails."""

    answer: Body | ApiError


@dataclass(frozen=True)
class Takes:
    """The service is sent exactly this body and answers, or fails."""

    body: Body
    answer: ApiError | None = None


@dataclass(frozen=True)
class Opens:
    """The operator opens the task; what comes of it is raised."""


class Edits:
    """The operator makes one edit."""

    def __init__(self, *changes: Change) -> None:
        self.changes = changes


@dataclass(frozen=True)
class Saves:
    """The operator submits, which ends like this."""

    ends: type[Outcome]


Step: TypeAlias = Opens | Edits | Saves | Shows | Takes


@dataclass
class Played:
    """What is left of a session at its end."""

    document: Document
    outcomes: list[Outcome]

    @property
    def fates(self) -> dict[str, str]:
        """What became of each change of the last submit, by name."""
        effects = getattr(self.outcomes[-1], "effects", ())
        return {effect.where: effect.fate for effect in effects}


class _Scripted:
    """A service that answers the next request of the script, and no other."""

    def __init__(self, steps: list[Step]) -> None:
        self.steps = steps
        self.patience = Patience()

    def _next(self, asked: str, kind: type[Any]) -> Any:
        step = self.steps.pop(0) if self.steps else None
        assert isinstance(step, kind), f"{asked}, and the script has {step}"
        return step

    async def get_task(self, task_id: str, told: Progress | None = None) -> Body:
        assert task_id == TASK_ID
        return copy.deepcopy(_given(self._next("The task is read", Shows).answer))

    async def update_task(self, task_id: str, body: Body) -> Reply:
        assert task_id == TASK_ID
        step = self._next(f"{dumps(body)} is sent", Takes)
        assert dumps(body) == dumps(step.body)
        _given(step.answer)
        return Reply(200, "request-1", {"id": task_id})

    async def pages(self, filters: Mapping[str, str], *, offset: int = 0) -> AsyncIterator[Any]:
        raise AssertionError("the list is read")
        yield

    async def aclose(self) -> None:
        raise AssertionError("the session is closed")


def _given(answer: Any) -> Any:
    if isinstance(answer, ApiError):
        raise answer
    return answer


async def play(*steps: Step, receipts: Receipts | None = None) -> Played:
    """Play a script to its end, without pauses. Raises what opening the task raises."""
    service = _Scripted(list(steps))
    session = ServiceSession(service, "a place", receipts=receipts, pause=_at_once)
    assert service.steps.pop(0) == Opens()
    document, outcomes = await session.open(TASK_ID), []
    while service.steps:
        step = service.steps.pop(0)
        if isinstance(step, Edits):
            document.apply("edit", *step.changes)
            continue
        assert isinstance(step, Saves), f"{step} was not asked for"
        outcomes.append(await session.save(document))
        assert type(outcomes[-1]) is step.ends
    return Played(document, outcomes)


async def _at_once(seconds: float) -> None:
    """Wait for nothing."""
