"""The service for screens under test: the embedded simulator with its clock stopped, and what it was asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx

from sms_tui.api.client import Client
from sms_tui.api.credential_files import credentials_in
from sms_tui.api.credentials import Credentials, Token
from sms_tui.exactjson import Json, loads
from sms_tui.language import _
from sms_tui.session.service import ServiceSession
from sms_tui.simulator import demo_app

NOW = 1_790_000_000.0
REFERENCE = "ef3b9722-07a0-40ae-89b0-889ee96d0001"


class Service:
    """The simulator in-process; remembers every PUT body and can be told to answer something else once."""

    def __init__(self) -> None:
        self._simulator = httpx.ASGITransport(demo_app(clock=lambda: NOW))
        self.bodies: list[Json] = []
        self.requests: list[str] = []
        self.tokens: list[str] = []
        self.answer_put: Callable[[httpx.Request], httpx.Response] | None = None
        self.answer_after_put: Callable[[httpx.Request], httpx.Response] | None = None
        self.session = self.connected()

    def connected(self, *, renews: bool = False) -> ServiceSession:
        """One more session on this service; `renews` if it can read credentials from a file."""

        def renew(path: str) -> Client:
            return self._client(credentials_in(Path(path)))

        return ServiceSession(
            self._client(Token("any")), _("simulator"), pause=_at_once, renew=renew if renews else None
        )

    def _client(self, credentials: Credentials) -> Client:
        return Client("http://127.0.0.1", credentials, transport=_Recorder(self))

    async def elsewhere(self, task_id: str, changes: dict[str, Json]) -> None:
        """Somebody else changes these top-level keys of a task."""
        async with self._other() as client:
            await client.update_task(task_id, changes)

    async def held(self, task_id: str) -> dict[str, Json]:
        """The task as it is held now."""
        async with self._other() as client:
            return await client.get_task(task_id)

    def _other(self) -> Client:
        return Client("http://127.0.0.1", Token("other"), transport=self._simulator)

    async def handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request.method)
        self.tokens.append(request.headers["X-Auth-Token"])
        if request.method == "PUT":
            self.bodies.append(loads(await request.aread()))
            if self.answer_put is not None:
                answer, self.answer_put = self.answer_put, None
                return answer(request)
            if self.answer_after_put is not None:
                await self._simulator.handle_async_request(request)
                answer, self.answer_after_put = self.answer_after_put, None
                return answer(request)
        return await self._simulator.handle_async_request(request)


async def _at_once(seconds: float) -> None:
    """Wait for nothing."""


class _Recorder(httpx.AsyncBaseTransport):
    def __init__(self, service: Service) -> None:
        self._service = service

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._service.handle(request)
