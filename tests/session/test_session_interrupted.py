"""A submit that is cancelled: whether anything went out, what is known of it, and the receipt it leaves."""

from __future__ import annotations

import asyncio

import pytest
from session_fakes import TASK_ID, FakeService

from sms_tui.api.errors import OutcomeUnknown, Throttled
from sms_tui.api.replies import SHOW, UPDATE, Operation, Progress, Reply
from sms_tui.api.retries import Patience
from sms_tui.document.body import Body
from sms_tui.document.edits import SetValue
from sms_tui.session.outcomes import CutShort, Saved, Unknown
from sms_tui.session.receipts import Receipts
from sms_tui.session.service import ServiceSession

SPEED = ("speed_limit",)


class _Stopping(FakeService):
    """Stops for ever at one request, counted from 1 after the task was opened; `waits` as the service asks to."""

    def __init__(self, task: Body, *, at: int, waits: bool) -> None:
        super().__init__(task)
        self.at, self.waits, self.asked = at, waits, -1
        self.stopped = asyncio.Event()
        self.patience = Patience(self._for_ever)

    async def _for_ever(self, seconds: float) -> None:
        self.stopped.set()
        await asyncio.Event().wait()

    async def _reach(self, operation: Operation) -> None:
        self.asked += 1
        if self.asked == self.at and self.waits:
            await self.patience.call(operation, self._throttled)
        elif self.asked == self.at:
            await self._for_ever(0)

    async def _throttled(self) -> None:
        raise Throttled("too many", status=429, retry_after=2)

    async def get_task(self, task_id: str, told: Progress | None = None) -> Body:
        await self._reach(SHOW)
        return await super().get_task(task_id)

    async def update_task(self, task_id: str, body: Body) -> Reply:
        await self._reach(UPDATE)
        return await super().update_task(task_id, body)


async def _cancelled(service: _Stopping, receipts: Receipts) -> asyncio.CancelledError:
    """How a submit ends that is cancelled where the service stops."""
    session = ServiceSession(service, "a place", receipts=receipts, pause=_at_once)
    document = await session.open(TASK_ID)
    document.apply("speed", SetValue(SPEED, 50))

    async def save() -> asyncio.CancelledError | None:
        try:
            await session.save(document)
        except asyncio.CancelledError as error:
            return error
        return None

    saving = asyncio.create_task(save())
    await service.stopped.wait()
    saving.cancel()
    error = await saving
    assert error is not None
    assert document.body() == {"speed_limit": 50}
    return error


async def _at_once(seconds: float) -> None:
    """Wait for nothing."""


READING, SENDING, READING_BACK = 1, 2, 3


@pytest.mark.parametrize(("at", "waits"), [(READING, False), (READING, True), (SENDING, True)])
async def test_before_anything_went_out_it_is_simply_cancelled_and_leaves_no_receipt(example, tmp_path, at, waits):
    service, receipts = _Stopping(example, at=at, waits=waits), Receipts(tmp_path)
    assert not isinstance(await _cancelled(service, receipts), CutShort)
    assert (service.bodies, receipts.keys()) == ([], [])


async def test_while_the_update_is_on_its_way_its_end_is_unknown_and_the_receipt_says_so(example, tmp_path):
    service, receipts = _Stopping(example, at=SENDING, waits=False), Receipts(tmp_path)
    cut = await _cancelled(service, receipts)
    assert isinstance(cut, CutShort)
    assert isinstance(cut.outcome, Unknown)
    [(_, receipt)] = receipts.all()
    assert (receipt.outcome, receipt.body) == ("unknown", {"speed_limit": 50})
    assert "it was interrupted" in receipt.words


@pytest.mark.parametrize("waits", [False, True])
async def test_while_it_is_read_back_it_is_known_to_be_accepted(example, tmp_path, waits):
    service, receipts = _Stopping(example, at=READING_BACK, waits=waits), Receipts(tmp_path)
    cut = await _cancelled(service, receipts)
    assert isinstance(cut, CutShort)
    assert isinstance(cut.outcome, Saved)
    note = "The service accepted it, but the task was not read back; your edits are kept."
    assert (cut.outcome.held, cut.outcome.as_sent, cut.outcome.note) == (None, False, note)
    [(_, receipt)] = receipts.all()
    assert (receipt.outcome, receipt.after, receipt.words) == ("saved", None, note)


@pytest.mark.parametrize("waits", [False, True])
async def test_while_a_lost_answer_is_looked_for_its_end_is_unknown(example, tmp_path, waits):
    service, receipts = _Stopping(example, at=READING_BACK, waits=waits), Receipts(tmp_path)
    service.loses = OutcomeUnknown("the line broke")
    cut = await _cancelled(service, receipts)
    assert isinstance(cut, CutShort)
    assert cut.outcome == Unknown(service.loses, "The task was not read back.")
    assert [receipt.outcome for _, receipt in receipts.all()] == ["unknown"]
