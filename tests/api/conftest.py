from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator

import pytest
import stamina
from raw_service import RawService, raw_service

from sms_tui.api.client import Client
from sms_tui.api.connection import Timeouts
from sms_tui.api.credentials import Token

FORGOTTEN = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No proxy and no CA of the machine the tests run on; attempts as in earnest, without the pauses between."""
    for name in FORGOTTEN:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with stamina.set_testing(True, attempts=100, cap=True):
        yield


@pytest.fixture
async def service() -> AsyncIterator[RawService]:
    async with raw_service() as running:
        yield running


@pytest.fixture
def token() -> Token:
    return Token("gAAAAA-a-token-of-the-tests")


@pytest.fixture
def hasty() -> Timeouts:
    return Timeouts(connect=2, read=0.2, write=2, pool=2, whole=5)


@pytest.fixture
async def client(service: RawService, token: Token, hasty: Timeouts) -> AsyncIterator[Client]:
    async with Client(service.url, token, timeouts=hasty) as open_client:
        yield open_client


@pytest.fixture
def deaf_url() -> Iterator[str]:
    """An endpoint that refuses connections: the port is taken, nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
