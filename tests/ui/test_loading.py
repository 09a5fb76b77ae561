"""What an operator sees and can do while a task is slow to come."""

from __future__ import annotations

import asyncio

from driver import Operator, operator
from service import REFERENCE, Service

from sms_tui.api.replies import Progress
from sms_tui.document.document import Document
from sms_tui.session.file import FileSession
from sms_tui.ui.app import SmsTui
from sms_tui.ui.dialogs.loading import LoadingDialog, how_far


class SlowService(Service):
    """A service whose tasks come when they are let."""

    def __init__(self) -> None:
        super().__init__()
        self.tells: Progress | None = None
        self.let = asyncio.Event()
        self.cancelled = False
        opened = self.session.open

        async def slowly(task_id: str, told: Progress | None = None) -> Document:
            self.tells = told
            try:
                await self.let.wait()
            except asyncio.CancelledError:
                self.cancelled = True
                raise
            return await opened(task_id, told)

        self.session.open = slowly


async def test_how_far_it_is_is_seen_and_then_the_task():
    service = SlowService()
    async with operator(service.session, listing=service.session) as op:
        op.burst("", "down", "enter")
        await op.await_text("Waiting for the first byte…")
        assert service.tells is not None
        service.tells(12 * 2**20, 62 * 2**20)
        await op.await_text("19 %   12 MiB of 62 MiB read")
        service.tells(62 * 2**20, 62 * 2**20)
        await op.await_text("100 %   62 MiB read, understanding it…")
        service.let.set()
        await op.await_text("0 changes")
        op.see_not("Opening")


async def test_esc_cancels_and_goes_back_to_the_list():
    service = SlowService()
    async with operator(service.session, listing=service.session) as op:
        op.burst("", "enter")
        await op.await_text("Waiting for the first byte…")
        op.burst("", "escape")
        await op.await_text("Opening was cancelled.")
        await op.idle()
        op.see("14 tasks")
        op.see_not("Waiting")
        assert service.cancelled


async def test_esc_ends_a_program_that_has_no_list():
    service = SlowService()
    app = SmsTui(service.session, REFERENCE)
    async with app.run_test(size=(80, 24)) as pilot:
        op = Operator(app, pilot)
        await op.await_text("Waiting for the first byte…")
        await op.press("escape")
    assert (app.return_code, service.cancelled) == (130, True)


async def test_a_task_that_comes_at_once_is_shown_without_a_dialog(service):
    async with operator(service.session, REFERENCE) as op:
        op.see("0 changes")
        assert not any(isinstance(screen, LoadingDialog) for screen in op.app.screen_stack)


async def test_a_large_file_is_read_beside_the_screen(tmp_path):
    file = tmp_path / "task.json"
    file.write_text('{"name": "large", "padding": "' + "x" * 5_000_000 + '"}')
    told: list[tuple[int, int | None]] = []
    session = FileSession(file)
    assert session.is_large
    document = await session.open("", lambda come, total: told.append((come, total)))
    assert document.base["name"] == "large"
    assert told == [(file.stat().st_size, file.stat().st_size)]


def test_the_words_say_what_is_known():
    assert how_far(0, None, False) == "Waiting for the first byte…"
    assert how_far(2048, None, False) == "Reading: 2 KiB so far"
    assert how_far(2048, 2048, True) == "The task is read; now its draft…"
