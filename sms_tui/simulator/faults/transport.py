"""Faults inside one process: an httpx transport around another that fails as the wire would."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from functools import partial

import httpx

from sms_tui.simulator.faults.exchange import Asked, Delivery, Ending, Headers, Reply, without
from sms_tui.simulator.faults.striking import Faults


class FaultyTransport(httpx.AsyncBaseTransport):
    """A transport with faults; what it wraps answers, as `httpx.ASGITransport` on the simulator does.

    A reset raises ReadError, a reply that ends too soon RemoteProtocolError, and whatever is later than the read
    time-out of the request ReadTimeout.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport, faults: Faults) -> None:
        self._inner, self._faults = inner, faults

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        asked = Asked(request.method, request.url.path, _headers(request.headers), await request.aread())
        delivery = await self._faults.deliver(asked, partial(_answer, self._inner, request))
        line = _Line(self._faults, request.extensions.get("timeout", {}).get("read"))
        await line.wait(delivery.after)
        if delivery.reply is None:
            raise await line.failure(delivery)
        reply = delivery.reply
        headers = [*reply.headers, ("Content-Length", str(len(reply.body)))]
        return httpx.Response(reply.status, headers=headers, stream=_Body(delivery, line))

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Line:
    """A line on which a client waits for something to read: at most `patience` seconds, for ever if that is None."""

    def __init__(self, faults: Faults, patience: float | None) -> None:
        self._faults, self._patience = faults, patience

    async def wait(self, seconds: float) -> None:
        """Wait for what comes after so many seconds. Raises ReadTimeout if that is too long."""
        if self._patience is not None and seconds > self._patience:
            await self._faults.sleep(self._patience)
            raise httpx.ReadTimeout("nothing came in time")
        if seconds:
            await self._faults.sleep(seconds)

    async def failure(self, delivery: Delivery) -> httpx.TransportError:
        """What a client reads in the end of a reply that does not come whole."""
        if delivery.ending is Ending.NEVER:
            await self.wait(math.inf)
        if delivery.ending is Ending.CLOSED:
            return httpx.RemoteProtocolError("peer closed connection without sending complete message body")
        return httpx.ReadError("connection reset by peer")


class _Body(httpx.AsyncByteStream):
    """The body of a reply as it is brought."""

    def __init__(self, delivery: Delivery, line: _Line) -> None:
        self._delivery, self._line = delivery, line

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for pause, piece in self._delivery.pieces():
            await self._line.wait(pause)
            yield piece
        if self._delivery.ending is not Ending.WHOLE:
            raise await self._line.failure(self._delivery)


async def _answer(inner: httpx.AsyncBaseTransport, request: httpx.Request, asked: Asked) -> Reply:
    """What the wrapped transport itself answers."""
    response = await inner.handle_async_request(
        httpx.Request(
            asked.method, request.url, headers=asked.headers, content=asked.body, extensions=request.extensions
        )
    )
    assert isinstance(response.stream, httpx.AsyncByteStream)
    try:
        body = b"".join([piece async for piece in response.stream])
    finally:
        await response.aclose()
    return Reply(response.status_code, _headers(response.headers), body)


def _headers(headers: httpx.Headers) -> Headers:
    return without(tuple(headers.multi_items()), "content-length")
