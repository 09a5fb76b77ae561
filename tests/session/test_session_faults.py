"""Every fault that can strike a reading, at each reading of a submit: what is sent, what is told, what is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import stamina

from sms_tui.api.client import Client
from sms_tui.api.connection import Timeouts
from sms_tui.api.credentials import Token
from sms_tui.api.errors import (
    ApiError,
    CredentialsRefused,
    PermissionMissing,
    RequestRefused,
    ServiceFailed,
    ServiceUnreachable,
    TaskNotFound,
    Throttled,
)
from sms_tui.api.retries import Patience
from sms_tui.document.document import Document
from sms_tui.document.edits import SetValue
from sms_tui.session.outcomes import Moved, NothingToSend, Rejected, Saved, Unknown
from sms_tui.session.service import ServiceSession
from sms_tui.simulator.app import simulator
from sms_tui.simulator.faults import Faults
from sms_tui.simulator.faults.refusals import STATUSES
from sms_tui.simulator.faults.table import KINDS
from sms_tui.simulator.faults.transport import FaultyTransport
from sms_tui.simulator.store import Store, Task

NOON = 1_760_000_000.0
TASK_ID = "t-1"
BROKEN: dict[str, type[ApiError]] = {
    "delay=600": ServiceUnreachable,
    "hang": ServiceUnreachable,
    "drip=1": ServiceUnreachable,
    "reset-before": ServiceUnreachable,
    "reset-during": ServiceUnreachable,
    "reset-after": ServiceUnreachable,
    "truncated": ServiceFailed,
    "status=401": CredentialsRefused,
    "status=403": PermissionMissing,
    "status=404": TaskNotFound,
    "status=409": RequestRefused,
    "status=413": RequestRefused,
    "status=429": Throttled,
    "status=500": ServiceFailed,
    "status=502": ServiceFailed,
    "status=503": ServiceFailed,
    "status=504": ServiceFailed,
    "error-in-200": ServiceFailed,
    "not-json": ServiceFailed,
    "empty": ServiceFailed,
}
HARMLESS = ("huge", "other-writer=priority:2")
AT_READING_BACK = "@2"


class Service:
    """The simulator of one task, with faults, in this process; nothing waits."""

    def __init__(self) -> None:
        self.faults, self.store = Faults(sleep=_at_once), Store(None)
        self.store.put(TASK_ID, {"id": TASK_ID, "name": "n", "speed_limit": 0, "priority": 1, "state": "READY"}, NOON)
        app = httpx.ASGITransport(simulator(self.store, clock=lambda: NOON))
        client = Client(
            "http://127.0.0.1",
            Token("any"),
            transport=FaultyTransport(app, self.faults),
            timeouts=Timeouts(read=0.5),
            patience=Patience(_at_once),
        )
        self.session = ServiceSession(client, "simulator", pause=_at_once)

    @property
    def task(self) -> Task:
        found = self.store.get(TASK_ID)
        assert found is not None
        return found.task


async def _at_once(seconds: float) -> None:
    """Wait for nothing."""


@pytest.fixture(autouse=True)
def _no_pauses() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    service = Service()
    yield service
    await service.session.close()
    service.store.close()


@pytest.fixture
async def edited(service: Service) -> Document:
    """The task, with its speed limit raised from 0 to 50 and not submitted."""
    document = await service.session.open(TASK_ID)
    document.apply("speed", SetValue(("speed_limit",), 50))
    return document


def test_every_fault_that_strikes_a_reading_has_a_case() -> None:
    specs = (*BROKEN, *HARMLESS)
    assert {spec.partition("=")[0] for spec in specs} == {
        kind.name for kind in KINDS.values() if "show" in kind.strikes
    }
    assert {f"status={status}" for status in STATUSES} <= set(specs)


@pytest.mark.parametrize("spec", BROKEN)
async def test_where_the_task_cannot_be_read_before_the_update_nothing_is_sent(service, edited, spec):
    service.faults.add(f"show:{spec}")
    service.faults.add("update:delay=0")
    outcome = await service.session.save(edited)
    assert isinstance(outcome, Rejected)
    assert type(outcome.error) is BROKEN[spec]
    assert (service.faults.struck("update:delay=0"), service.task["speed_limit"]) == (0, 0)
    assert edited.body() == {"speed_limit": 50}
    service.faults.clear()
    assert isinstance(await service.session.save(edited), Saved)
    assert edited.changes == []


@pytest.mark.parametrize("spec", BROKEN)
async def test_where_an_accepted_update_cannot_be_read_back_it_is_told_and_nothing_is_given_up(service, edited, spec):
    service.faults.add(f"show:{spec}{AT_READING_BACK}")
    outcome = await service.session.save(edited)
    assert isinstance(outcome, Saved)
    assert (outcome.held, outcome.effects, service.task["speed_limit"]) == (None, (), 50)
    assert outcome.note.startswith("The service accepted it, but the task could not be read back; your edits are kept.")
    assert BROKEN[spec].headline in outcome.note
    assert "Nothing was changed" not in outcome.note
    assert edited.body() == {"speed_limit": 50}
    service.faults.clear()
    assert await service.session.save(edited) == NothingToSend([])
    assert edited.changes == []


@pytest.mark.parametrize("spec", BROKEN)
@pytest.mark.parametrize("lands", [True, False])
async def test_where_the_answer_is_lost_and_the_task_cannot_be_read_the_outcome_is_unknown(
    service, edited, spec, lands
):
    service.faults.add("update:reset-after" if lands else "update:reset-before")
    service.faults.add(f"show:{spec}{AT_READING_BACK}")
    outcome = await service.session.save(edited)
    assert isinstance(outcome, Unknown)
    assert outcome.reason.startswith(f"The task could not be read back. {BROKEN[spec].headline}")
    assert "Nothing was changed" not in outcome.reason
    assert edited.body() == {"speed_limit": 50}
    service.faults.clear()
    assert isinstance(await service.session.save(edited), NothingToSend if lands else Saved)
    assert (edited.changes, service.task["speed_limit"]) == ([], 50)


async def test_a_permission_that_is_missing_for_the_reading_is_named_there(service, edited):
    service.faults.add(f"show:status=403{AT_READING_BACK}")
    assert "Ask for the permission sms:server:getTask." in (await service.session.save(edited)).note


@pytest.mark.parametrize("reading", ["", AT_READING_BACK])
async def test_a_huge_task_is_read_and_its_change_sent(service, edited, reading):
    service.faults.add(f"show:huge{reading}")
    assert [effect.fate for effect in (await service.session.save(edited)).effects] == ["kept"]
    assert service.task["speed_limit"] == 50


async def test_another_writer_before_the_update_is_reviewed_first(service, edited):
    service.faults.add("show:other-writer=priority:2")
    outcome = await service.session.save(edited)
    assert isinstance(outcome, Moved)
    assert [change.path for change in outcome.meanwhile] == [("priority",)]
    assert service.task["speed_limit"] == 0
    assert isinstance(await service.session.save(edited), Saved)
    assert (service.task["speed_limit"], service.task["priority"]) == (50, 2)


async def test_another_writer_of_something_else_before_the_reading_back_takes_nothing_away(service, edited):
    service.faults.add(f"show:other-writer=priority:2{AT_READING_BACK}")
    outcome = await service.session.save(edited)
    assert [effect.fate for effect in outcome.effects] == ["kept"]
    assert (edited.changes, edited.base["priority"]) == ([], 2)


async def test_another_writer_of_the_same_before_the_reading_back_is_seen(service, edited):
    service.faults.add(f"show:other-writer=speed_limit:70{AT_READING_BACK}")
    outcome = await service.session.save(edited)
    assert [(effect.fate, effect.held) for effect in outcome.effects] == [("changed by the service", 70)]
    assert (edited.base["speed_limit"], edited.body()) == (70, {"speed_limit": 50})


@pytest.mark.parametrize("passing", ["delay=600*2", "reset-during*2", "status=503*2", "status=429*3"])
async def test_a_reading_that_fails_for_a_moment_only_is_not_noticed(service, edited, passing):
    service.faults.add(f"show:{passing}")
    assert isinstance(await service.session.save(edited), Saved)
    assert edited.changes == []
