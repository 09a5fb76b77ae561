"""Which calls are made again, and after how long.

A GET is repeated after a failure of the line and after 429, 502, 503 and 504. A PUT is repeated only where the service
certainly did not take it: nothing was sent, 429, or 503 that names a time to come back. Everything else about a PUT is
for the operator to decide, and nothing repeats refused credentials, for five bad signatures lock an access key.

Where the service says how long to wait, the wait is counted down for the operator, who can cancel it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import stamina
from stamina.instrumentation import set_on_retry_hooks

from sms_tui.api.errors import ServiceFailed, ServiceUnreachable, Throttled, UntrustedCertificate
from sms_tui.api.replies import Operation

_T = TypeVar("_T")

LONGEST_WAIT = 120.0
"""Seconds. A service that asks for a longer wait is not waited for; the error says how long it asked for."""
_WAITS = 3
"""How often in a row the service may ask to wait."""

_PASSING = (None, 502, 503, 504)
"""Statuses of a failure that may be over in a moment; None is a reply that broke off."""

# The default hook logs every retry, and a log without a handler goes to stderr: into the screen of a terminal program.
set_on_retry_hooks(())

calling = stamina.AsyncRetryingCaller(attempts=3, timeout=60, wait_initial=0.2, wait_max=3, wait_jitter=0.3)
"""At most three attempts, and none is added once a minute has gone by."""


def again(operation: Operation) -> Callable[[Exception], bool | float]:
    """The rule of one operation: whether an error is worth another attempt, or the seconds to wait before it.

    A wait that the service asks for is `Patience`'s business."""

    def rule(error: Exception) -> bool | float:
        if not _repeatable(operation, error):
            return False
        wait = error.retry_after if isinstance(error, Throttled | ServiceFailed) else None
        if wait is None:
            return True
        return 0.0 if wait == 0 else False

    return rule


class Patience:
    """Waits as the service asks. `told` hears every second how many are left, and 0 when the wait is over; cancelling
    the call ends it, with nothing under way."""

    def __init__(self, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._pause = pause
        self.told: Callable[[float], None] = lambda seconds: None

    async def call(self, operation: Operation, attempt: Callable[[], Awaitable[_T]]) -> _T:
        """Make a call, and again after each wait that is asked for. Raises ApiError."""
        for _ in range(_WAITS):
            try:
                return await calling(again(operation), attempt)
            except (Throttled, ServiceFailed) as error:
                if not _repeatable(operation, error) or not 0 < (error.retry_after or 0) <= LONGEST_WAIT:
                    raise
                seconds = error.retry_after or 0
            await self._wait(seconds)
        return await calling(again(operation), attempt)

    async def _wait(self, seconds: float) -> None:
        while seconds > 0:
            self.told(seconds)
            await self._pause(min(1.0, seconds))
            seconds -= 1
        self.told(0)


def _repeatable(operation: Operation, error: Exception) -> bool:
    match error:
        case UntrustedCertificate():
            return False
        case ServiceUnreachable() | Throttled():
            return True
        case ServiceFailed() if operation.changes:
            return error.status == 503 and error.retry_after is not None
        case ServiceFailed():
            return error.status in _PASSING
    return False
