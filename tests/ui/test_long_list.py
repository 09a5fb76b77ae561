"""The task list where it is long: pages as they are wanted, what fails in between, the filter."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable

import httpx
import pytest
from driver import Operator, operator
from textual.geometry import Region

from sms_tui.api.client import Client
from sms_tui.api.credentials import Token
from sms_tui.session.service import ServiceSession
from sms_tui.session.summary import TaskSummary, summarize
from sms_tui.ui.screens.task_list import TaskListScreen
from sms_tui.ui.widgets.tasks import TaskTable


class LongList(httpx.AsyncBaseTransport):
    """A service with many tasks; `offsets` are those asked for, `before` is awaited before the page at an offset."""

    def __init__(self, count: int) -> None:
        self.tasks = [{"id": f"id-{at}", "name": f"server-{at:05d}", "state": "READY"} for at in range(count)]
        self.offsets: list[int] = []
        self.broken: set[int] = set()
        self.before: dict[int, Callable[[], Awaitable[object]]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        limit, offset = (int(request.url.params[name]) for name in ("limit", "offset"))
        self.offsets.append(offset)
        if offset in self.before:
            await self.before[offset]()
        if offset in self.broken:
            return httpx.Response(400, json={"error_code": "SMS.0001", "error_msg": "no such page"})
        page = {"count": len(self.tasks), "tasks": self.tasks[offset : offset + limit]}
        return httpx.Response(200, content=json.dumps(page).encode())

    @property
    def session(self) -> ServiceSession:
        return ServiceSession(Client("http://127.0.0.1", Token("any"), transport=self), "far away")


def table_of(op: Operator) -> TaskTable:
    assert isinstance(op.app.screen, TaskListScreen)
    return op.app.screen.table


async def test_one_page_is_read_until_the_cursor_comes_near_its_end() -> None:
    service = LongList(1000)
    async with operator(service.session, listing=service.session) as op:
        op.see("server-00000", "200 of 1,000 tasks")
        await op.press("down", "pagedown")
        assert service.offsets == [0]
        await op.press("pagedown", "pagedown")
        assert service.offsets == [0, 200]
        op.see("400 of 1,000 tasks", "server-00120")


async def test_the_end_key_reads_all_and_the_cursor_stays_on_its_task() -> None:
    service = LongList(1000)
    async with operator(service.session, listing=service.session) as op:
        await op.press("end")
        assert service.offsets == [0, 200, 400, 600, 800]
        assert table_of(op).cursor == 199
        op.see("1,000 tasks", "server-00199")
        op.see_not("of 1,000")


async def test_a_filter_finds_what_no_page_had_brought_yet() -> None:
    service = LongList(1000)
    async with operator(service.session, listing=service.session) as op:
        await op.type("-00987")
        op.see("1 of 1,000 tasks", "server-00987")
        assert service.offsets == [0, 200, 400, 600, 800]


async def test_while_pages_come_a_bar_is_shown_the_keys_work_and_escape_stops_the_reading() -> None:
    service, held = LongList(1000), asyncio.Event()
    service.before[400] = held.wait
    async with operator(service.session, listing=service.session) as op:
        op.burst("-003")
        await op.await_text("match in 400 of 1,000 tasks")
        op.see("███░░░░░  40 %   100 match in", "server-00300")
        op.burst("9", "down")
        await op.await_text("10 match in")
        await op.press("escape")
        op.see("Reading stopped. End reads on.", "-0039", "10 match in 400 of 1,000 tasks")
        op.see_not("%")
        del service.before[400]
        await op.press("down")
        op.see("10 match in 400 of 1,000 tasks")
        await op.press("end")
        op.see("10 of 1,000 tasks")
        assert service.offsets == [0, 200, 400, 400, 600, 800]


async def test_a_page_that_fails_leaves_what_came_and_the_end_key_goes_on_from_there() -> None:
    service = LongList(1000)
    service.broken = {400}
    async with operator(service.session, listing=service.session) as op:
        await op.press("end")
        op.see("no such page", "End reads on.", "400 of 1,000 tasks", "server-00199")
        service.broken.clear()
        await op.press("end")
        op.see("1,000 tasks")
        assert service.offsets == [0, 200, 400, 400, 600, 800]


async def test_reading_the_list_again_reads_as_much_as_was_there() -> None:
    service = LongList(1000)
    async with operator(service.session, listing=service.session) as op:
        await op.press("end", "home", "down")
        service.tasks[1]["name"] = "renamed"
        service.offsets.clear()
        await op.press("ctrl+r")
        assert service.offsets == [0, 200, 400, 600, 800]
        op.see("renamed", "1,000 tasks")
        assert table_of(op).cursor == 1


async def test_a_step_in_the_list_repaints_two_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    service = LongList(1000)
    async with operator(service.session, listing=service.session) as op:
        table = table_of(op)
        painted: list[Region] = []
        monkeypatch.setattr(TaskTable, "refresh", lambda self, *regions, **kept: painted.extend(regions) or self)
        table.action_move(1)
        width = table.size.width
        assert painted == [Region(0, 0, width, 1), Region(0, 1, width, 1)]


def test_the_filter_of_10_000_tasks_costs_little_more_than_looking_into_their_texts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tasks = [summarize({"id": f"id-{at}", "name": f"Server-{at:05d}"}) for at in range(10_000)]
    table = TaskTable(open_task=str, typed=str, end_near=bool)
    monkeypatch.setattr(table, "rows_changed", lambda: None)
    monkeypatch.setattr(table, "refresh_changed", lambda: None)
    table.put(tasks)
    looking = min(_took(lambda: [task for task in tasks if "server-099" in task.text]) for _ in range(5))
    filtering = min(_took(lambda: (table.narrow(""), table.narrow("SERVER-099"))) for _ in range(5))
    assert table.counts == (100, 10_000)
    assert filtering < 10 * looking


def test_the_text_of_a_task_is_made_once() -> None:
    task: TaskSummary = summarize({"id": "ID", "name": "Straße"})
    assert task.text is task.text
    assert "strasse" in task.text


def _took(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
