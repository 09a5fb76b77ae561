"""Faults on a port: an ASGI app around the simulator's, and the connection it breaks.

Only the connection itself can be reset or end in the middle of a reply, and ASGI knows no such thing; so
`FaultyProtocol` hands every request the line it came over, as an extension of the scope.
"""

from __future__ import annotations

import asyncio
import fcntl
import socket
import struct
import termios
from array import array
from asyncio.trsock import TransportSocket
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.h11_impl import H11Protocol

from sms_tui.simulator.faults.exchange import Asked, Delivery, Ending, Headers, Reply, without
from sms_tui.simulator.faults.striking import Faults

_LINE = "sms_tui.line"
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER: on, for no time
_GLANCE = 0.005  # seconds


class _Line:
    """A connection that can be broken."""

    def __init__(self, transport: asyncio.Transport, flow: FlowControl) -> None:
        self._transport, self._flow = transport, flow

    async def reset(self) -> None:
        """Bring what was written to the client, then an RST; one that came sooner would throw the rest away."""
        self._transport.set_write_buffer_limits(high=0)  # from now on, writable means that the kernel has it all
        await self._flow.drain()
        end = self._transport.get_extra_info("socket")
        while not self._transport.is_closing() and _unacknowledged(end):  # noqa: ASYNC110 - nothing tells when it is over
            await asyncio.sleep(_GLANCE)
        if not self._transport.is_closing():
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            self._transport.abort()

    def close(self) -> None:
        """Send what was written, then an orderly end."""
        self._transport.close()


def _unacknowledged(end: TransportSocket) -> int:
    """How many bytes the client's machine has yet to take; 0 where the system does not tell."""
    count = array("i", [0])
    with suppress(OSError):
        fcntl.ioctl(end.fileno(), termios.TIOCOUTQ, count)
    return count[0]


class FaultyProtocol(H11Protocol):
    """Uvicorn's connection, which lets its app break it, and which a fault cannot keep from shutting down."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        app, line = self.app, _Line(transport, self.flow)

        async def with_line(scope: Any, receive: Any, send: Any) -> None:
            await app({**scope, "extensions": {_LINE: line}}, receive, send)

        self.app = with_line

    def shutdown(self) -> None:
        super().shutdown()
        if not self.transport.is_closing():
            self.transport.abort()


class FaultyApp:
    """An ASGI app with faults, for `FaultyProtocol`."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app, self._faults = app, faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = await _asked(scope, receive)
        if asked is None:
            return
        delivery = await self._faults.deliver(asked, partial(_answer, self._app, scope))
        async with asyncio.TaskGroup() as both:
            bringing = both.create_task(self._bring(delivery, send, scope["extensions"][_LINE]))
            leaving = both.create_task(_departure(receive))
            bringing.add_done_callback(lambda _: leaving.cancel())
            leaving.add_done_callback(lambda _: bringing.cancel())

    async def _bring(self, delivery: Delivery, send: Send, line: _Line) -> None:
        """Bring a reply as told; after any ending but a whole one, wait for the departure of the client."""
        if delivery.after:
            await self._faults.sleep(delivery.after)
        if (reply := delivery.reply) is not None:
            headers = (*reply.headers, ("Content-Length", str(len(reply.body))))
            await send({"type": "http.response.start", "status": reply.status, "headers": _encoded(headers)})
            for pause, piece in delivery.pieces():
                if pause:
                    await self._faults.sleep(pause)
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        if delivery.ending is Ending.WHOLE:
            await send({"type": "http.response.body"})
            return
        if delivery.ending is Ending.RESET:
            await line.reset()
        elif delivery.ending is Ending.CLOSED:
            line.close()
        await asyncio.get_running_loop().create_future()


async def _asked(scope: Scope, receive: Receive) -> Asked | None:
    """The request, None if the client is gone before it is whole."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return Asked(scope["method"], scope["path"], _decoded(scope["headers"]), bytes(body))


async def _departure(receive: Receive) -> None:
    """Return once the client is gone, or answered."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer(app: ASGIApp, scope: Scope, asked: Asked) -> Reply:
    """What the app itself answers."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": asked.body}

    async def send(message: Message) -> None:
        sent.append(message)

    await app({**scope, "method": asked.method, "headers": _encoded(asked.headers)}, receive, send)
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Reply(sent[0]["status"], _decoded(sent[0]["headers"]), body)


def _encoded(headers: Headers) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


def _decoded(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    texts = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)
    return without(texts, "content-length")
