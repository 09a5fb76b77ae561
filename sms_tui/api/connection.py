"""The way to the service: whose certificates are believed, which proxy is taken, how long to wait.

httpx reads nothing from the environment by itself (`trust_env=False`); what is taken from there is decided here.
"""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from sms_tui import __version__
from sms_tui.api.endpoints import is_loopback
from sms_tui.api.errors import SettingsError
from sms_tui.language import _


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait for what, in seconds.

    `connect` 10: name, TCP and TLS take well under a second, over a bad line a few; more means nobody is there.
    `read` 30: silence between two pieces of a reply; the service gathers large tasks from several stores, and giving
    up on an update too early leaves its outcome unknown. `write` 30: the same silence while sending. `pool` 10: the
    wait for a free connection; a session makes few calls at once. `whole` 90: one attempt in all, so that a reply
    which trickles cannot hold the operator; a long one that keeps coming has as long again for every 64 kB.
    """

    connect: float = 10
    read: float = 30
    write: float = 30
    pool: float = 10
    whole: float = 90


def http_client(
    endpoint: str,
    auth: httpx.Auth,
    timeouts: Timeouts,
    *,
    ca_file: Path | None = None,
    proxy: str | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> httpx.AsyncClient:
    """The HTTP client of one checked endpoint. Raises SettingsError for a CA file that cannot be used."""
    return httpx.AsyncClient(
        base_url=endpoint,
        auth=auth,
        headers={"User-Agent": f"sms-tui/{__version__}", "Accept": "application/json"},
        timeout=httpx.Timeout(connect=timeouts.connect, read=timeouts.read, write=timeouts.write, pool=timeouts.pool),
        follow_redirects=False,
        trust_env=False,
        verify=_trust(urlsplit(endpoint).scheme, ca_file),
        proxy=proxy,
        transport=transport,
    )


def _trust(scheme: str, ca_file: Path | None) -> ssl.SSLContext:
    """Whose certificates are believed. There is no way to believe all.

    The usual public CAs, or those of SSL_CERT_FILE or SSL_CERT_DIR *instead*, as other programs of the same shell
    have it: who can set these can set the endpoint too. `ca_file` is added to them.
    """
    if scheme == "http":  # this machine only, and redirects are not followed: nobody need be believed
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context = httpx.create_ssl_context()
    except OSError:
        source = next((name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(name)), _("The CA bundle"))
        raise SettingsError(
            _("{source} does not lead to CA certificates in PEM form; correct or unset it.").format(source=source)
        ) from None
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except OSError:  # ssl.SSLError is one
            raise SettingsError(
                _("The CA file {ca_file} does not hold CA certificates in PEM form.").format(ca_file=ca_file)
            ) from None
    return context


def proxy_for(endpoint: str) -> str | None:
    """The URL of HTTPS_PROXY, else ALL_PROXY, unless NO_PROXY names the host; never for this machine.

    Raises SettingsError for a proxy of another kind than http or https.
    """
    host = urlsplit(endpoint).hostname or ""
    proxies = getproxies()
    proxy = proxies.get("https") or proxies.get("all")
    if proxy is None or is_loopback(host) or proxy_bypass(host):
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    if not _is_proxy(proxy):  # never quoted: it may hold a password
        raise SettingsError(_("HTTPS_PROXY (or ALL_PROXY) must be http://HOST:PORT or https://HOST:PORT."))
    return proxy


def _is_proxy(url: str) -> bool:
    try:
        httpx.URL(url)
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except (ValueError, httpx.InvalidURL):
        return False
