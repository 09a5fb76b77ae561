"""A simulator in this process, and one on a port."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from simulator_helpers import Clock, client_of, start_simulator

from sms_tui.simulator.seeds import seed_tasks
from sms_tui.simulator.store import Store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> Iterator[Store]:
    store = Store(None)
    store.seed(seed_tasks(clock.now), clock.now)
    yield store
    store.close()


@pytest.fixture
async def service(store: Store, clock: Clock) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(store, clock) as client:
        yield client


@pytest.fixture
def simulator_on_port() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A served simulator and its URL."""
    process = start_simulator("'127.0.0.1'", "0", "None")
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    assert line.startswith("listening on http://127.0.0.1:"), line
    yield process, line.removeprefix("listening on ")
    process.terminate()
    process.communicate(timeout=10)
