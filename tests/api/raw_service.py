"""A service made of sockets: it takes requests byte by byte, keeps them as they came, and can misbehave at will."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from sms_tui.exactjson import dumps


@dataclass(frozen=True)
class Taken:
    """One request as it came over the wire; header names in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


Act = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[bool]]
"""Answers one request; true if the connection goes on."""


def says(status: int, body: Any = b"", **headers: str) -> Act:
    """A whole reply; `body` is bytes as they are, anything else becomes JSON. Header names with _ for -."""
    content = body if isinstance(body, bytes) else dumps(body).encode()
    return _writes(_head(status, len(content), headers) + content, stays=True)


def breaks_off(status: int, content: bytes = b'{"id":', *, declared: int = 5000, reset: bool = False) -> Act:
    """A reply that ends long before the length it declares, by a close or by a reset."""
    return _writes(_head(status, declared, {}) + content, stays=False, reset=reset)


def hangs_up(*, reset: bool = False) -> Act:
    """No reply at all."""
    return _writes(b"", stays=False, reset=reset)


def sends(raw: bytes) -> Act:
    """Bytes that need not be HTTP."""
    return _writes(raw, stays=False)


async def stalls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """Says nothing until the other side gives up."""
    await reader.read()
    return False


def stalls_in_body(status: int) -> Act:
    """Declares a body, sends the beginning, and waits until the other side gives up."""

    async def act(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        writer.write(_head(status, 5000, {}) + b'{"id":')
        return await stalls(reader, writer)

    return act


def comes_in_pieces(content: bytes, count: int, *, pause: float) -> Act:
    """A whole reply that comes piece by piece, with a pause behind each."""

    async def act(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        writer.write(_head(200, len(content), {}))
        step = len(content) // count + 1
        for at in range(0, len(content), step):
            writer.write(content[at : at + step])
            await writer.drain()
            await asyncio.sleep(pause)
        return True

    return act


async def trickles(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """A reply that never stops and never ends, a byte at a time."""
    writer.write(_head(200, 10**9, {}))
    while not writer.is_closing():
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)
    return False


def _head(status: int, length: int, headers: dict[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} So", f"Content-Length: {length}", "Content-Type: application/json"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def _writes(data: bytes, *, stays: bool, reset: bool = False) -> Act:
    async def act(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        writer.write(data)
        await writer.drain()
        if reset:
            own = writer.get_extra_info("socket")
            own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return stays

    return act


@dataclass
class RawService:
    """Does the acts of `script` one request after the other, then `otherwise`."""

    script: list[Act] = field(default_factory=list)
    otherwise: Act = field(default_factory=lambda: says(599))
    taken: list[Taken] = field(default_factory=list)
    connects: list[str] = field(default_factory=list)
    port: int = 0
    tls_behind_connect: ssl.SSLContext | None = None
    greeting: bytes = b""
    _serving: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        try:
            if self.greeting:
                writer.write(self.greeting)
                await reader.read()
            while (request := await _read_request(reader)) is not None:
                if request.method == "CONNECT":
                    self.connects.append(request.target + " " + str(request.headers))
                    await self._tunnel(writer)
                    continue
                self.taken.append(request)
                act = self.script.pop(0) if self.script else self.otherwise
                if not await act(reader, writer):
                    break
        except (ConnectionError, ssl.SSLError):
            pass  # the other side gave up
        finally:
            writer.close()
            with suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()

    async def end(self) -> None:
        """Wait until every connection is over; the clients have closed theirs."""
        await asyncio.wait_for(asyncio.gather(*self._serving), timeout=5)

    async def _tunnel(self, writer: asyncio.StreamWriter) -> None:
        if self.tls_behind_connect is None:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        await writer.drain()
        await writer.start_tls(self.tls_behind_connect)


async def _read_request(reader: asyncio.StreamReader) -> Taken | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.removesuffix("\r\n\r\n").split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    assert len(headers) == len(lines), "no header is sent twice"
    return Taken(method, target, headers, await reader.readexactly(int(headers.get("content-length", "0"))))


@asynccontextmanager
async def raw_service(*, tls: ssl.SSLContext | None = None, **settings: Any) -> AsyncIterator[RawService]:
    """A RawService on a free port of this machine."""
    service = RawService(**settings)
    async with await asyncio.start_server(service.serve, "127.0.0.1", 0, ssl=tls) as server:
        service.port = server.sockets[0].getsockname()[1]
        yield service
        await service.end()
