"""One exchange over the wire, with every way it can fail named.

What matters about an update is whether it left this machine: before that it certainly did not land, after that
nothing but a whole reply tells.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from socket import gaierror

import httpx

from sms_tui.api.connection import Timeouts
from sms_tui.api.errors import ApiError, OutcomeUnknown, ServiceFailed, ServiceUnreachable, UntrustedCertificate
from sms_tui.api.faults import clean
from sms_tui.api.replies import Answer, Operation, Progress
from sms_tui.language import _

_PACE = 1 << 16
"""Bytes of a reply that are as much as can be asked of a slow line in the time for one attempt."""

_NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


@dataclass(frozen=True, slots=True)
class Line:
    """A way to the service; `peer` is who the connection is made to, the service's host or a proxy."""

    http: httpx.AsyncClient
    timeouts: Timeouts
    peer: str

    async def exchange(self, request: httpx.Request, operation: Operation, told: Progress | None = None) -> Answer:
        """Send one request and take its reply. Raises ApiError where the line fails."""
        try:
            async with asyncio.timeout(self.timeouts.whole) as limit:
                return await self._exchange(request, partial(self._go_on, limit), told)
        except TimeoutError:
            failure = _interrupted(
                operation, _("no whole reply came within {seconds} s").format(seconds=f"{self.timeouts.whole:g}")
            )
        except httpx.RequestError as error:
            failure = self._failure(error, operation)
        raise failure  # outside the handlers: httpx keeps the request, hence the credentials, in its errors

    def _go_on(self, limit: asyncio.Timeout) -> None:
        """More of a reply came: it may take as long again."""
        limit.reschedule(asyncio.get_running_loop().time() + self.timeouts.whole)

    async def _exchange(self, request: httpx.Request, go_on: Callable[[], None], told: Progress | None) -> Answer:
        response = await self.http.send(request, stream=True)
        try:
            body = await _read(response, go_on, told if response.is_success else None)
        except httpx.RequestError:
            if response.is_success:
                raise
            body = b""  # the status says no, and no more is needed
        finally:
            await response.aclose()
        return Answer(response.status_code, response.headers, body)

    def _failure(self, error: httpx.RequestError, operation: Operation) -> ApiError:
        for cause in _causes(error):
            if isinstance(cause, ssl.SSLCertVerificationError):
                return UntrustedCertificate(clean(cause.verify_message))
        if isinstance(error, _NOTHING_SENT):
            return ServiceUnreachable(self._no_connection(error))
        if isinstance(error, httpx.TimeoutException):
            return _interrupted(
                operation, _("no answer came within {seconds} s").format(seconds=f"{self.timeouts.read:g}")
            )
        if isinstance(error, httpx.NetworkError):
            return _interrupted(operation, _("the connection broke before the reply was whole"))
        broken = OutcomeUnknown if operation.changes else ServiceFailed
        return broken(_("its reply broke off or is damaged"))

    def _no_connection(self, error: httpx.RequestError) -> str:
        for cause in _causes(error):
            if isinstance(cause, gaierror):
                return _("the name {peer} is not known here").format(peer=self.peer)
            if isinstance(cause, ConnectionRefusedError):
                return _("{peer} refuses connections").format(peer=self.peer)
        if isinstance(error, httpx.ConnectTimeout):
            return _("{peer} made no connection within {seconds} s").format(
                peer=self.peer, seconds=f"{self.timeouts.connect:g}"
            )
        if isinstance(error, httpx.ProxyError):
            return _("the proxy {peer} says {reason}").format(peer=self.peer, reason=clean(str(error)))
        return _("no connection to {peer}, {reason}").format(
            peer=self.peer, reason=clean(str(error)) or type(error).__name__
        )


async def _read(response: httpx.Response, go_on: Callable[[], None], told: Progress | None) -> bytes:
    """The body of a reply; `told` hears of every piece of it, `go_on` is called as long as it comes at some pace."""
    length = response.headers.get("Content-Length", "")
    total = int(length) if length.isascii() and length.isdecimal() else None
    pieces, due = [], _PACE
    async for piece in response.aiter_bytes():
        pieces.append(piece)
        come = response.num_bytes_downloaded  # as they come over the line, like the length: not unpacked
        if come >= due:
            due = come + _PACE
            go_on()
            await asyncio.sleep(0)  # what has come already is handed over without a turn for anybody else
        if told is not None:
            told(come, total)
    return b"".join(pieces)


def _interrupted(operation: Operation, message: str) -> ApiError:
    return OutcomeUnknown(message) if operation.changes else ServiceUnreachable(message)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what lies behind it; the pool of httpcore cuts `__cause__`, `__context__` stays."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
