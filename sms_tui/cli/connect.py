"""A session on the configured service, or on the embedded simulator."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from sms_tui.api.credentials import Credentials, find_credentials
from sms_tui.api.errors import SettingsError
from sms_tui.cli.output import tell
from sms_tui.cli.settings import Service, config_file, expanded, service, state_directory
from sms_tui.language import N_, _
from sms_tui.session.receipts import Receipts
from sms_tui.session.seen import SeenTasks
from sms_tui.session.service import ServiceSession

if TYPE_CHECKING:
    from sms_tui.api.client import Client

DEMO = "demo"
"""What drafts and receipts know the embedded simulator by."""

_UNCONFIGURED = N_(
    "No service is configured: give --region or --endpoint, or set SMS_TUI_ENDPOINT or region in "
    "{config}. To look around without an account, run: sms-tui demo"
)
_NO_CREDENTIALS = N_(
    "No credentials found: set SMS_TUI_TOKEN, or CLOUD_SDK_AK and CLOUD_SDK_SK, or write "
    "~/.huaweicloud/credentials. To look around without an account, run: sms-tui demo"
)


def connect(arguments: argparse.Namespace) -> ServiceSession:
    """A session on the configured service. Raises SettingsError where something is missing or cannot be used."""
    chosen = service(arguments)
    if chosen is None:
        raise SettingsError(_(_UNCONFIGURED).format(config=config_file()))
    renew = partial(_client_for, chosen)
    return ServiceSession(
        renew(), chosen.place, endpoint=chosen.endpoint, receipts=receipts(), seen=seen_tasks(), renew=renew
    )


def _client_for(chosen: Service, path: str = "") -> Client:
    """A client of a service with the credentials in a file, else with the first that are found.

    Raises SettingsError where there are none.
    """
    if path:
        from sms_tui.api.credential_files import credentials_in

        credentials: Credentials | None = credentials_in(expanded(path))
    else:
        credentials = find_credentials(os.environ, expanded("~"))
    if credentials is None:
        raise SettingsError(_(_NO_CREDENTIALS))
    return _client()(chosen.endpoint, credentials, ca_file=chosen.ca_file)


def receipts() -> Receipts:
    """The receipts of this user."""
    return Receipts(state_directory() / "receipts")


def seen_tasks() -> SeenTasks:
    """The tasks that this user saw last."""
    return SeenTasks(state_directory() / "seen-tasks.json")


@asynccontextmanager
async def connected(arguments: argparse.Namespace) -> AsyncIterator[ServiceSession]:
    """A session on the configured service for one call. Raises SettingsError."""
    session = connect(arguments)
    session.on_waiting(_told_once())
    try:
        yield session
    finally:
        await session.close()


def _told_once() -> Callable[[float], None]:
    """Tells of a wait when it begins."""
    waiting = False

    def tell_of(seconds: float) -> None:
        nonlocal waiting
        if seconds > 0 and not waiting:
            tell(_("The service asks to wait: again in {seconds} s. Ctrl-C gives up.").format(seconds=f"{seconds:.0f}"))
        waiting = seconds > 0

    return tell_of


def demo() -> ServiceSession:
    """A session on the embedded simulator, seeded anew."""
    client = _client()
    from httpx import ASGITransport

    from sms_tui.api.credentials import Token
    from sms_tui.simulator import demo_app

    transport = ASGITransport(demo_app())
    simulated = client("http://127.0.0.1", Token("the-simulator-takes-any"), transport=transport)
    return ServiceSession(simulated, _("simulator"), endpoint=DEMO, receipts=receipts(), seen=seen_tasks())


def _client() -> type[Client]:
    """The API client, loaded without httpx's own command line, which brings rich, click and pygments: 35 ms."""
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # httpx does without where it is missing
    from sms_tui.api.client import Client

    return Client
