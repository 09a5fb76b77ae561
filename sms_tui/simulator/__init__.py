"""A stand-in for the Server Migration Service: an ASGI app over SQLite, with sample tasks that look like life.

It judges by its own code what the real service is known or believed to judge, so a mistake of the client is not
mirrored here. It checks that credentials are there, never that they are right: no secret is needed or looked at.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.applications import Starlette


def demo_app(*, clock: Callable[[], float] = time.time) -> Starlette:
    """The simulator with its sample tasks in memory, for use inside one process (`httpx.ASGITransport`)."""
    from sms_tui.simulator.app import simulator
    from sms_tui.simulator.seeds import seed_tasks
    from sms_tui.simulator.store import Store

    store = Store(None)
    store.seed(seed_tasks(clock()), clock())
    return simulator(store, clock=clock)
