"""The service for screens under test: the embedded simulator with its clock stopped, and what it was asked."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from sms_tui.api.client import Client
from sms_tui.api.credentials import Token
from sms_tui.exactjson import Json, loads
from sms_tui.session import ServiceSession
from sms_tui.simulator import demo_app

NOW = 1_790_000_000.0
REFERENCE = "ef3b9722-07a0-40ae-89b0-889ee96d0001"


class Service:
    """The simulator in-process; remembers every PUT body and can be told to answer something else once."""

    def __init__(self) -> None:
        self._simulator = httpx.ASGITransport(demo_app(clock=lambda: NOW))
        self.bodies: list[Json] = []
        self.requests: list[str] = []
        self.answer_put: Callable[[httpx.Request], httpx.Response] | None = None
        transport = _Recorder(self)
        self.session = ServiceSession(Client("http://127.0.0.1", Token("any"), transport=transport), "simulator")

    async def handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request.method)
        if request.method == "PUT":
            self.bodies.append(loads(await request.aread()))
            if self.answer_put is not None:
                answer, self.answer_put = self.answer_put, None
                return answer(request)
        return await self._simulator.handle_async_request(request)


class _Recorder(httpx.AsyncBaseTransport):
    def __init__(self, service: Service) -> None:
        self._service = service

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._service.handle(request)
