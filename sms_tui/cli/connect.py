"""A session on the configured service, or on the embedded simulator."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from sms_tui.api.credentials import find_credentials
from sms_tui.api.errors import SettingsError
from sms_tui.cli.settings import config_file, expanded, service
from sms_tui.session import ServiceSession

if TYPE_CHECKING:
    from sms_tui.api.client import Client

_UNCONFIGURED = (
    "No service is configured: give --region or --endpoint, or set SMS_TUI_ENDPOINT or region in {config}. "
    "To look around without an account, run: sms-tui demo"
)
_NO_CREDENTIALS = (
    "No credentials found: set SMS_TUI_TOKEN, or CLOUD_SDK_AK and CLOUD_SDK_SK, or write ~/.huaweicloud/credentials. "
    "To look around without an account, run: sms-tui demo"
)


def connect(arguments: argparse.Namespace) -> ServiceSession:
    """A session on the configured service. Raises SettingsError where something is missing or cannot be used."""
    chosen = service(arguments)
    if chosen is None:
        raise SettingsError(_UNCONFIGURED.format(config=config_file()))
    credentials = find_credentials(os.environ, expanded("~"))
    if credentials is None:
        raise SettingsError(_NO_CREDENTIALS)
    return ServiceSession(_client()(chosen.endpoint, credentials, ca_file=chosen.ca_file), chosen.place)


@asynccontextmanager
async def connected(arguments: argparse.Namespace) -> AsyncIterator[ServiceSession]:
    """A session on the configured service for one call. Raises SettingsError."""
    session = connect(arguments)
    try:
        yield session
    finally:
        await session.close()


def demo() -> ServiceSession:
    """A session on the embedded simulator, seeded anew."""
    client = _client()
    from httpx import ASGITransport

    from sms_tui.api.credentials import Token
    from sms_tui.simulator import demo_app

    transport = ASGITransport(demo_app())
    return ServiceSession(
        client("http://127.0.0.1", Token("the-simulator-takes-any"), transport=transport), "simulator"
    )


def _client() -> type[Client]:
    """The API client, loaded without httpx's own command line, which brings rich, click and pygments: 35 ms."""
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # httpx does without where it is missing
    from sms_tui.api.client import Client

    return Client
