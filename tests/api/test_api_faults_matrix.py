"""The client against every fault of the simulator: which error comes out, and whether an update has landed.

Each case runs over a real connection and again inside this process, so what `FaultyTransport` raises is held to what
the wire does.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from sms_tui.api.client import Client
from sms_tui.api.connection import Timeouts
from sms_tui.api.credentials import Token
from sms_tui.api.errors import (
    ApiError,
    CredentialsRefused,
    OutcomeUnknown,
    PermissionMissing,
    RequestRefused,
    ServiceFailed,
    ServiceUnreachable,
    TaskNotFound,
    Throttled,
)
from sms_tui.api.retries import Patience
from sms_tui.simulator.app import simulator
from sms_tui.simulator.faults import Faults
from sms_tui.simulator.faults.answers import LARGEST
from sms_tui.simulator.faults.refusals import STATUSES
from sms_tui.simulator.faults.table import KINDS
from sms_tui.simulator.faults.transport import FaultyTransport
from sms_tui.simulator.serve import configuration, listen
from sms_tui.simulator.store import Store

NOON = 1_760_000_000.0
TASK_ID = "t-1"
TOKEN = "gAAAAA-a-token-of-the-tests"
ATTEMPTS = 3

Opening = Callable[[Timeouts], Client]


@dataclass(frozen=True)
class Case:
    """What comes of a list, a show and an update that a fault strikes: None is success."""

    listed: type[ApiError] | None
    shown: type[ApiError] | None
    updated: type[ApiError] | None
    lands: bool


FINE = Case(None, None, None, lands=True)
CASES = {
    "delay=600": Case(ServiceUnreachable, ServiceUnreachable, OutcomeUnknown, lands=True),
    "hang": Case(ServiceUnreachable, ServiceUnreachable, OutcomeUnknown, lands=False),
    "drip=1": Case(ServiceUnreachable, ServiceUnreachable, OutcomeUnknown, lands=True),
    "drip=20": Case(ServiceUnreachable, ServiceUnreachable, OutcomeUnknown, lands=True),
    "reset-before": Case(ServiceUnreachable, ServiceUnreachable, OutcomeUnknown, lands=False),
    "reset-during": Case(ServiceUnreachable, ServiceUnreachable, OutcomeUnknown, lands=True),
    "reset-after": Case(ServiceUnreachable, ServiceUnreachable, OutcomeUnknown, lands=True),
    "truncated": Case(ServiceFailed, ServiceFailed, OutcomeUnknown, lands=True),
    "status=401": Case(CredentialsRefused, CredentialsRefused, CredentialsRefused, lands=False),
    "status=403": Case(PermissionMissing, PermissionMissing, PermissionMissing, lands=False),
    "status=404": Case(RequestRefused, TaskNotFound, TaskNotFound, lands=False),
    "status=409": Case(RequestRefused, RequestRefused, RequestRefused, lands=False),
    "status=413": Case(RequestRefused, RequestRefused, RequestRefused, lands=False),
    "status=429": Case(Throttled, Throttled, Throttled, lands=False),
    "status=500": Case(ServiceFailed, ServiceFailed, ServiceFailed, lands=False),
    "status=502": Case(ServiceFailed, ServiceFailed, OutcomeUnknown, lands=False),
    "status=503": Case(ServiceFailed, ServiceFailed, ServiceFailed, lands=False),
    "status=504": Case(ServiceFailed, ServiceFailed, OutcomeUnknown, lands=False),
    "error-in-200": Case(ServiceFailed, ServiceFailed, ServiceFailed, lands=False),
    "not-json": Case(ServiceFailed, ServiceFailed, OutcomeUnknown, lands=True),
    "empty": Case(ServiceFailed, ServiceFailed, None, lands=True),
    "huge": FINE,
    "ignore=speed_limit": Case(None, None, None, lands=False),
    "no-change": Case(None, None, None, lands=False),
    "stale": FINE,
    "other-writer=priority:2": FINE,
}
LATE = ("delay", "hang", "drip")
REPEATED = ("reset-before", "reset-during", "reset-after", "truncated", "status=502", "status=503", "status=504")


@dataclass(frozen=True)
class Service:
    """The simulator of one task."""

    app: Starlette
    store: Store
    faults: Faults

    @property
    def speed_limit(self) -> Any:
        found = self.store.get(TASK_ID)
        assert found is not None
        return found.task["speed_limit"]


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Service, str]]:
    """The simulator and its URL, served by a thread of its own."""
    store, faults = Store(None), Faults()
    app = simulator(store, clock=lambda: NOON)
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(configuration(app, faults))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
    thread.start()
    yield Service(app, store, faults), f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    store.close()


@pytest.fixture
def simulated(running: tuple[Service, str]) -> Iterator[Service]:
    service, _ = running
    service.store.put(TASK_ID, {"id": TASK_ID, "name": "n", "speed_limit": 0, "priority": 1, "state": "READY"}, NOON)
    yield service
    service.faults.clear()


@pytest.fixture(params=["over the wire", "in one process"])
def opening(request: pytest.FixtureRequest, simulated: Service, running: tuple[Service, str]) -> Opening:
    """Opens a client of the simulator, which waits for nothing it is asked to wait for."""

    async def at_once(seconds: float) -> None: ...

    def opened(timeouts: Timeouts) -> Client:
        inside = FaultyTransport(httpx.ASGITransport(simulated.app), simulated.faults)
        transport = inside if request.param == "in one process" else None
        return Client(running[1], Token(TOKEN), transport=transport, timeouts=timeouts, patience=Patience(at_once))

    return opened


@pytest.fixture
async def client(opening: Opening) -> AsyncIterator[Client]:
    async with opening(Timeouts()) as client:
        yield client


def reading(spec: str) -> Timeouts:
    """Time-outs that a late reply runs into, and no other; a reading is made three times."""
    return Timeouts(read=0.05, whole=0.15) if spec.startswith(LATE) else Timeouts()


def updating(spec: str) -> Timeouts:
    """The same for an update, with time for it to land."""
    return Timeouts(read=0.2, whole=0.4) if spec.startswith(LATE) else Timeouts()


async def outcome(calling: Any) -> type[ApiError] | None:
    """The error of a call, whose text carries no secret; None if it succeeds."""
    try:
        await calling
        return None
    except ApiError as error:
        failure = error
    assert str(failure).startswith(failure.headline)
    assert TOKEN not in str(failure)
    return type(failure)


def test_every_fault_of_the_table_has_a_case() -> None:
    names = {spec.partition("=")[0] for spec in CASES}
    assert names == set(KINDS)
    assert {spec for spec in CASES if spec.startswith("status")} == {f"status={status}" for status in STATUSES}


@pytest.mark.parametrize("spec", CASES)
async def test_every_call_ends_in_the_error_of_its_fault(opening: Opening, simulated: Service, spec: str) -> None:
    simulated.faults.add(spec)
    async with opening(reading(spec)) as reader, opening(updating(spec)) as writer:
        came = Case(
            await outcome(reader.list_tasks({})),
            await outcome(reader.get_task(TASK_ID)),
            await outcome(writer.update_task(TASK_ID, {"speed_limit": 50})),
            lands=simulated.speed_limit == 50,
        )
    assert came == CASES[spec]
    assert simulated.faults.struck(spec) > 0


@pytest.mark.parametrize("spec", REPEATED)
async def test_a_reading_is_repeated_and_an_update_is_not(client: Client, simulated: Service, spec: str) -> None:
    passing = f"{spec}*{ATTEMPTS - 1}"
    for call in (client.list_tasks({}), client.get_task(TASK_ID)):
        simulated.faults.add(passing)
        assert await outcome(call) is None
        assert simulated.faults.struck(passing) == ATTEMPTS - 1
        simulated.faults.clear()
    simulated.faults.add(spec)
    assert await outcome(client.update_task(TASK_ID, {"speed_limit": 50})) is CASES[spec].updated
    assert simulated.faults.struck(spec) == 1


async def test_a_throttled_update_is_sent_again(client: Client, simulated: Service) -> None:
    simulated.faults.add("update:status=429*2")
    assert await outcome(client.update_task(TASK_ID, {"speed_limit": 50})) is None
    assert simulated.speed_limit == 50


async def test_the_connection_serves_on_after_every_fault(client: Client, simulated: Service) -> None:
    for spec in CASES:
        if spec.startswith(LATE) or spec == "huge":
            continue
        simulated.faults.add(spec)
        await outcome(client.update_task(TASK_ID, {"speed_limit": 50}))
        simulated.faults.clear()
        assert (await client.get_task(TASK_ID))["id"] == TASK_ID


@pytest.mark.parametrize("rate", [20, 1])
async def test_an_update_whose_reply_drips_is_given_up_as_unknown(
    opening: Opening, simulated: Service, rate: int
) -> None:
    simulated.faults.add(f"drip={rate}")
    async with opening(Timeouts(read=0.3, whole=0.6)) as client:
        with pytest.raises(OutcomeUnknown, match="within 0.6 s" if rate == 20 else "within 0.3 s"):
            await client.update_task(TASK_ID, {"speed_limit": 50})
    assert simulated.speed_limit == 50


async def test_a_reply_that_drips_fast_enough_is_waited_for(client: Client, simulated: Service) -> None:
    simulated.faults.add("drip=200")
    assert (await client.get_task(TASK_ID))["name"] == "n"


async def test_a_task_of_64_megabytes_opens_whole(client: Client, simulated: Service) -> None:
    simulated.faults.add("huge")
    task = await client.get_task(TASK_ID)
    assert task["name"] == "n"
    assert LARGEST - 1000 < len(task["padding"]) < LARGEST


async def test_a_stale_task_is_seen_once_and_then_the_update(client: Client, simulated: Service) -> None:
    simulated.faults.add("stale*1")
    await client.update_task(TASK_ID, {"speed_limit": 50})
    assert [(await client.get_task(TASK_ID))["speed_limit"] for _ in range(2)] == [0, 50]


async def test_a_refusal_names_its_code_its_request_and_the_permission(client: Client, simulated: Service) -> None:
    simulated.faults.add("update:status=403")
    with pytest.raises(PermissionMissing) as raised:
        await client.update_task(TASK_ID, {"speed_limit": 50})
    assert (raised.value.code, raised.value.permission) == ("SMS.9004", "sms:server:updateTask")
    assert raised.value.request_id


async def test_a_throttled_call_tells_how_long_to_wait(opening: Opening, simulated: Service) -> None:
    simulated.faults.add("status=429")
    async with opening(Timeouts()) as client:
        with pytest.raises(Throttled, match=r"Try again in 2 s\."):
            await client.get_task(TASK_ID)
