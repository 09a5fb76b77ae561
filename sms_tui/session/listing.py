"""Reading a long list of tasks page by page, as much of it as somebody wants."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Self

from sms_tui.session.summary import TaskSummary, summarize

if TYPE_CHECKING:
    from sms_tui.api.replies import TaskPage


class Listing:
    """The tasks of a place, in summaries, a page at a time, each task once.

    Where a page fails or is cancelled, the next one asked for goes on from there. `count` is how many tasks the
    service says there are, None until the first page; `pages` how many were read, `complete` whether they were all.
    `begin` gives the pages of the service from an offset on.
    """

    def __init__(self, begin: Callable[[int], AsyncIterator[TaskPage]]) -> None:
        self._begin = begin
        self._coming: AsyncIterator[TaskPage] | None = None
        self._ids: set[str] = set()
        self._read = 0
        self.count: int | None = None
        self.pages = 0
        self.complete = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> list[TaskSummary]:
        """The tasks of the next page that were in none before it. Raises ApiError."""
        if self.complete:
            raise StopAsyncIteration
        coming, self._coming = self._coming or self._begin(self._read), None  # none is left of one that fails
        page = await anext(coming, None)
        if page is None:  # it ended early: the list grew shorter, or the credentials are others now
            coming = self._begin(self._read)
            page = await anext(coming)
        self._coming = coming
        new = [task for task in map(summarize, page.tasks) if not task.id or task.id not in self._ids]
        self._ids.update(task.id for task in new)
        self._read += len(new)
        self.count = page.count
        self.pages += 1
        self.complete = not new or self._read >= page.count
        return new
