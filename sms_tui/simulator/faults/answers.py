"""What is answered in place of the right reply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sms_tui.simulator.faults.exchange import Act, Call, Delivery, Reply
from sms_tui.simulator.faults.refusals import STATUSES, failed_inside, page, refusal
from sms_tui.simulator.faults.values import one_of

LARGEST = 64 * 1024 * 1024
"""Bytes: how large `huge` makes the body of a reply."""


def status(value: str) -> Act:
    """A refusal, or a failure; nothing is handled."""
    number = int(one_of(value, map(str, STATUSES)))

    async def act(call: Call) -> Delivery:
        return Delivery(refusal(number, call.operation))

    return act


async def error_in_200(call: Call) -> Delivery:
    """A failure under status 200; nothing is handled."""
    return Delivery(failed_inside(200))


async def not_json(call: Call) -> Delivery:
    """The request is handled, a page of HTML comes in place of the body."""
    return await _remade(call, lambda reply: page(reply.status))


async def empty(call: Call) -> Delivery:
    """The request is handled, the reply has no body."""
    return await _remade(call, lambda reply: replace(reply, body=b""))


async def huge(call: Call) -> Delivery:
    """The request is handled, the JSON of the reply is made LARGEST by one more key."""
    return await _remade(call, _padded)


async def _remade(call: Call, change: Callable[[Reply], Reply]) -> Delivery:
    delivery = await call.ahead(call.asked)
    return delivery if delivery.reply is None else replace(delivery, reply=change(delivery.reply))


def _padded(reply: Reply) -> Reply:
    body = reply.body.rstrip()
    if not (body.startswith(b'{"') and body.endswith(b"}")):
        return reply
    start, end = body[:-1] + b',"padding":"', b'"}'
    return replace(reply, body=start + b"x" * (LARGEST - len(start) - len(end)) + end)
