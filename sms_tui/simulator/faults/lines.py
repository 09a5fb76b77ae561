"""What happens on the line: a reply that comes late, slowly, in part or never. The request is handled all the same."""

from __future__ import annotations

from dataclasses import replace

from sms_tui.simulator.faults.exchange import Act, Call, Delivery, Ending
from sms_tui.simulator.faults.values import number

_LONGEST_DELAY = 86_400
_SLOWEST, _FASTEST = 0.1, 1e9


def delay(value: str) -> Act:
    """The reply comes later by so many seconds."""
    seconds = number(value, 0, _LONGEST_DELAY)

    async def act(call: Call) -> Delivery:
        delivery = await call.ahead(call.asked)
        return replace(delivery, after=delivery.after + seconds)

    return act


def drip(value: str) -> Act:
    """The body comes with so many bytes a second."""
    rate = number(value, _SLOWEST, _FASTEST)

    async def act(call: Call) -> Delivery:
        return replace(await call.ahead(call.asked), rate=rate)

    return act


async def reset_before(call: Call) -> Delivery:
    """The connection is reset, nothing is handled."""
    return Delivery(None, Ending.RESET)


async def reset_during(call: Call) -> Delivery:
    """Half of the reply comes, then a reset."""
    return replace(await call.ahead(call.asked), ending=Ending.RESET)


async def reset_after(call: Call) -> Delivery:
    """The request is handled, then the connection is reset."""
    await call.ahead(call.asked)
    return Delivery(None, Ending.RESET)


async def truncated(call: Call) -> Delivery:
    """Half of the reply comes, then the connection is closed."""
    return replace(await call.ahead(call.asked), ending=Ending.CLOSED)


async def hang(call: Call) -> Delivery:
    """Nothing is handled and nothing is said."""
    return Delivery(None, Ending.NEVER)
