"""A service in a few lines: one task, kept whole, and the ways a real one can go wrong."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator, Callable, Mapping

from sms_tui.api.errors import ApiError
from sms_tui.api.replies import Progress, Reply, TaskPage
from sms_tui.api.retries import Patience
from sms_tui.document.body import Body

TASK_ID = "task-1"


class FakeService:
    """Takes the keys of a body over its task, as the service is believed to.

    `refuses` and `loses` are raised instead of an answer, before and after the body was taken; `takes` says what
    becomes of the task and body; `unreadable` is raised by every GET after a PUT; `hides` are keys no GET shows.
    """

    def __init__(self, task: Body) -> None:
        self.task = task
        self.bodies: list[Body] = []
        self.reads = 0
        self.closed = False
        self.refuses: ApiError | None = None
        self.loses: ApiError | None = None
        self.unreadable: ApiError | None = None
        self.takes: Callable[[Body, Body], Body] = lambda task, body: {**task, **body}
        self.hides: set[str] = set()
        self.filters: Mapping[str, str] = {}
        self.patience = Patience()

    async def get_task(self, task_id: str, told: Progress | None = None) -> Body:
        assert task_id == TASK_ID
        self.reads += 1
        if self.unreadable is not None and self.bodies:
            raise self.unreadable
        return copy.deepcopy({key: value for key, value in self.task.items() if key not in self.hides})

    async def update_task(self, task_id: str, body: Body) -> Reply:
        assert task_id == TASK_ID
        self.bodies.append(copy.deepcopy(body))
        if self.refuses is not None:
            raise self.refuses
        self.task = self.takes(self.task, copy.deepcopy(body))
        if self.loses is not None:
            raise self.loses
        return Reply(200, None, {"id": task_id})

    async def pages(self, filters: Mapping[str, str], *, offset: int = 0) -> AsyncIterator[TaskPage]:
        self.filters = filters
        for task in (self.task, {"id": "another"}):
            yield TaskPage(2, [task])

    async def aclose(self) -> None:
        self.closed = True
