"""Which calls are made again, and after how long.

A GET is repeated after a failure of the line and after 429, 502, 503 and 504. A PUT is repeated only where the service
certainly did not take it: nothing was sent, 429, or 503 that names a time to come back. Everything else about a PUT is
for the operator to decide, and nothing repeats refused credentials, for five bad signatures lock an access key.
"""

from __future__ import annotations

from collections.abc import Callable

import stamina
from stamina.instrumentation import set_on_retry_hooks

from sms_tui.api.errors import ServiceFailed, ServiceUnreachable, Throttled, UntrustedCertificate
from sms_tui.api.replies import Operation

LONGEST_WAIT = 30.0
"""Seconds. A service that asks for a longer wait is not waited for; the error says how long it asked for."""

_PASSING = (None, 502, 503, 504)
"""Statuses of a failure that may be over in a moment; None is a reply that broke off."""

# The default hook logs every retry, and a log without a handler goes to stderr: into the screen of a terminal program.
set_on_retry_hooks(())

calling = stamina.AsyncRetryingCaller(attempts=3, timeout=60, wait_initial=0.2, wait_max=3, wait_jitter=0.3)
"""At most three attempts, and none is added once a minute has gone by."""


def again(operation: Operation) -> Callable[[Exception], bool | float]:
    """The rule of one operation: whether an error is worth another attempt, or the seconds to wait before it."""

    def rule(error: Exception) -> bool | float:
        if not _repeatable(operation, error):
            return False
        wait = error.retry_after if isinstance(error, Throttled | ServiceFailed) else None
        if wait is None:
            return True
        return wait if wait <= LONGEST_WAIT else False

    return rule


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
