"""A service of one task for screens under test, with every fault of the simulator and nothing that waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import stamina

from sms_tui.api.client import Client
from sms_tui.api.connection import Timeouts
from sms_tui.api.credentials import Token
from sms_tui.api.retries import Patience
from sms_tui.document.body import Body
from sms_tui.session.drafts.store import DraftStore
from sms_tui.session.receipts import Receipts
from sms_tui.session.service import ServiceSession
from sms_tui.simulator.app import simulator
from sms_tui.simulator.faults import Faults
from sms_tui.simulator.faults.transport import FaultyTransport
from sms_tui.simulator.store import Store, Task

NOON = 1_760_000_000.0
TASK_ID = "t-1"
_TASK: Task = {"id": TASK_ID, "name": "n", "speed_limit": 0, "priority": 1, "state": "READY"}


class FaultyService:
    """One task of the simulator behind faults, and an operator's session with drafts and receipts in a directory."""

    def __init__(self, store: Store, state: Path) -> None:
        self._store, self.faults = store, Faults(sleep=_at_once)
        self._store.put(TASK_ID, _TASK, NOON)
        self._transport = FaultyTransport(httpx.ASGITransport(simulator(store, clock=lambda: NOON)), self.faults)
        self._drafts, self.receipts = state, Receipts(state / "receipts")
        self.session = ServiceSession(
            self._client(), "simulator", receipts=self.receipts, renew=lambda path: self._client(), pause=_at_once
        )

    def _client(self) -> Client:
        transport, timeouts = self._transport, Timeouts(read=0.5)
        return Client(
            "http://127.0.0.1", Token("any"), transport=transport, timeouts=timeouts, patience=Patience(_at_once)
        )

    def drafts(self) -> DraftStore:
        """The drafts on the disk, as another process reads them."""
        return DraftStore(self._drafts)

    def drafted(self) -> Body | None:
        """What the draft on the disk would send, None if there is no draft."""
        found = self.drafts().summaries()
        return self.drafts().load(found[0].key).document().body() if found else None

    @property
    def task(self) -> Task:
        """The task as it is held now."""
        found = self._store.get(TASK_ID)
        assert found is not None
        return found.task


async def _at_once(seconds: float) -> None:
    """Wait for nothing."""


@contextmanager
def faulty_service(state: Path) -> Iterator[FaultyService]:
    """A FaultyService; attempts are made again without a pause while it is used."""
    store = Store(None)
    with stamina.set_testing(True, attempts=3, cap=True):
        yield FaultyService(store, state)
    store.close()
