"""What the simulator's tests share: a clock that stands still until told, and short ways to ask and to send."""

from __future__ import annotations

import subprocess
import sys

import httpx

from sms_tui import exactjson
from sms_tui.simulator.app import simulator
from sms_tui.simulator.store import Filters, Store, Task

REFERENCE_ID = "ef3b9722-07a0-40ae-89b0-889ee96d0001"
TOKEN = {"X-Auth-Token": "any"}


class Clock:
    """Epoch seconds that move only when told to."""

    def __init__(self) -> None:
        self.now = 1_760_000_000.25

    def __call__(self) -> float:
        return self.now


def client_of(store: Store, clock: Clock) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(simulator(store, clock=clock), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://sms", headers=TOKEN)


async def shown(service: httpx.AsyncClient, task_id: str) -> Task:
    """The task as GET shows it, every number exact."""
    reply = await service.get(f"/v3/tasks/{task_id}")
    assert reply.status_code == 200, reply.text
    task = exactjson.loads(reply.content)
    assert isinstance(task, dict)
    return task


async def sent(service: httpx.AsyncClient, task_id: str, body: Task) -> httpx.Response:
    """The reply to a PUT of this body."""
    content = exactjson.dumps(body).encode()
    return await service.put(f"/v3/tasks/{task_id}", content=content, headers={"Content-Type": "application/json"})


def id_of(store: Store, name: str) -> str:
    """The id of the sample task with that name in its name."""
    (found,) = store.page(Filters(name=name), 100, 0).tasks
    return str(found.task["id"])


def start_simulator(*arguments: str) -> subprocess.Popen[str]:
    """`serve(...)` in a process of its own, given its arguments as Python text."""
    program = f"""
import pathlib
from sms_tui.simulator.serve import serve
raise SystemExit(serve({", ".join(arguments)}))
"""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
