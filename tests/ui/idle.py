"""When an app has nothing left to do, read off the event loop it runs in.

Textual's own tests take a process for idle that used little processor time in the last 20 ms. That is long for one key,
and wrong on a busy machine, where a process that waits for its turn looks idle, too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from textual.app import App

SOON = 0.05
"""Seconds. What is put off for less is waited for, as a paint is, which comes with the next 60th of a second."""


async def idle(app: App[Any]) -> None:
    """Wait until nothing in the app's loop can go on, and nothing will before long."""
    loop: Any = asyncio.get_running_loop()  # which tells nobody in public what it is going to do
    while True:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        now = loop.time()
        due = min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=now + SOON)
        if due >= now + SOON or app._exit:  # the timers of an app that ends go on for nothing
            return
        await asyncio.sleep(max(0.0, due - now))


@contextmanager
def exact_waits(app: App[Any]) -> Iterator[None]:
    """Let Textual's pilot of an app wait like this, too."""

    async def wait(*_: float) -> None:
        await idle(app)

    with patch("textual.pilot.wait_for_idle", wait), patch("textual.app.wait_for_idle", wait):
        yield
