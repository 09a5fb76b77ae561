"""A simulator with faults on a port, and a client of bare sockets that tells how each reply ended."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, RemoteDisconnected
from typing import Any, Literal

import uvicorn

from sms_tui.simulator.app import simulator
from sms_tui.simulator.faults import Faults
from sms_tui.simulator.seeds import seed_tasks
from sms_tui.simulator.serve import configuration, listen
from sms_tui.simulator.store import Store, Task

NOON = 1_760_000_000.0
PATIENCE = 10.0


@dataclass(frozen=True)
class Served:
    """A simulator on a port of this machine, its faults, and what it holds."""

    port: int
    faults: Faults
    store: Store

    def held(self, task_id: str) -> Task:
        found = self.store.get(task_id)
        assert found is not None
        return found.task


@contextmanager
def served(sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> Iterator[Served]:
    """A simulator of sample tasks that do not move, served by a thread of its own."""
    store, faults = Store(None), Faults(sleep=sleep)
    store.seed(seed_tasks(NOON), NOON)
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(configuration(simulator(store, clock=lambda: NOON), faults))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
    thread.start()
    try:
        yield Served(listener.getsockname()[1], faults, store)
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        store.close()


@dataclass(frozen=True)
class Got:
    """What came over the line, and how it ended; `status` is 0 where not a byte came."""

    ending: Literal["whole", "closed", "reset"]
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def line_to(port: int) -> HTTPConnection:
    """A connection; closed by the test."""
    return HTTPConnection("127.0.0.1", port, timeout=PATIENCE)


def ask(line: HTTPConnection, method: str, path: str, body: object = None) -> Got:
    """Send a request and read what comes."""
    content = None if body is None else json.dumps(body)
    line.request(method, path, content, {"X-Auth-Token": "t", "Content-Type": "application/json"})
    try:
        reply = line.getresponse()
    except RemoteDisconnected:
        return Got("closed")
    except ConnectionResetError:
        return Got("reset")
    came = bytearray()
    ending: Literal["whole", "closed", "reset"] = "whole"
    try:
        while piece := reply.read1(1 << 20):
            came += piece
    except ConnectionResetError:
        ending = "reset"
    else:
        if len(came) < int(reply.headers["Content-Length"]):
            ending = "closed"
    reply.close()
    return Got(ending, reply.status, reply.headers, bytes(came))
