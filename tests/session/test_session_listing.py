"""Reading a long list page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.api.errors import ServiceFailed
from sms_tui.api.replies import TaskPage
from sms_tui.session.listing import Listing


class Pages:
    """Pages of two tasks; `ends` says after how many pages of one iterator it breaks (True) or ends (False)."""

    def __init__(self, count: int, ends: list[tuple[int, bool]]) -> None:
        self.ids = [f"t{at}" for at in range(count)]
        self.ends = ends
        self.begun: list[int] = []

    async def __call__(self, offset: int) -> AsyncIterator[TaskPage]:
        self.begun.append(offset)
        left, breaks = self.ends.pop(0) if self.ends else (-1, False)
        while True:
            if left == 0 and breaks:
                raise ServiceFailed("it broke")
            yield TaskPage(len(self.ids), [{"id": each} for each in self.ids[offset : offset + 2]])
            offset, left = offset + 2, left - 1
            if offset >= len(self.ids) or (left == 0 and not breaks):
                return


async def _read(listing: Listing) -> tuple[list[str], int]:
    """All ids, and how often reading failed."""
    found, failures = [], 0
    while True:
        try:
            async for page in listing:
                found += [task.id for task in page]
        except ServiceFailed:
            failures += 1
            continue
        return found, failures


@given(st.integers(0, 15), st.lists(st.tuples(st.integers(1, 3), st.booleans()), max_size=5))
async def test_every_task_comes_once_and_in_order_however_often_reading_breaks(
    count: int, ends: list[tuple[int, bool]]
) -> None:
    pages = Pages(count, ends)
    listing = Listing(pages)
    assert (await _read(listing))[0] == pages.ids
    assert listing.complete
    assert listing.count == count


async def test_after_a_failure_it_goes_on_from_what_it_has() -> None:
    pages = Pages(9, [(2, True), (1, True)])
    assert await _read(Listing(pages)) == (pages.ids, 2)
    assert pages.begun == [0, 4, 6]


async def test_a_task_that_moved_to_a_later_page_comes_once() -> None:
    pages = Pages(6, [])
    listing = Listing(pages)
    first = await anext(listing)
    pages.ids.insert(0, "new")
    rest = [task.id async for page in listing for task in page]
    assert [task.id for task in first] + rest == ["t0", "t1", "t2", "t3", "t4", "t5"]


async def test_what_has_been_read_whole_asks_for_nothing_more() -> None:
    pages = Pages(2, [])
    listing = Listing(pages)
    await anext(listing)
    assert listing.complete
    with pytest.raises(StopAsyncIteration):
        await anext(listing)
    assert pages.begun == [0]
