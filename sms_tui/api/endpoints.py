"""Where the service is: the endpoint of a region, and which endpoints may be spoken to."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from sms_tui.api.errors import SettingsError
from sms_tui.language import _

_REGION = re.compile(r"[a-z]{2,}(-[a-z0-9]+)+")
_HOST = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?")
_PATH = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/*")
_OWN_NAMES = {
    "eu-west-101": "https://sms.eu-west-101.myhuaweicloud.eu",
    "ru-moscow-1": "https://sms-api.ru-moscow-1.myhuaweicloud.com",
}


class EndpointError(SettingsError):
    """A region or endpoint that cannot be used; the text says what one looks like."""


def endpoint_for(region: str) -> str:
    """The endpoint of a region's control plane (not of the region servers are migrated to). Raises EndpointError."""
    if not _REGION.fullmatch(region):
        raise EndpointError(_("The region is not written like one, such as cn-north-4 or ap-southeast-3."))
    return _OWN_NAMES.get(region, f"https://sms.{region}.myhuaweicloud.com")


def check_endpoint(url: str) -> str:
    """The endpoint in its plain form, without a slash at the end. Raises EndpointError.

    Only https, because the token travels with every request; http is for this machine alone. The texts never repeat
    the URL, which may hold a password.
    """
    url = url.strip()
    if "@" in url:
        raise EndpointError(
            _("The endpoint must not hold a user name or password; credentials come from the environment.")
        )
    if not url.isascii() or not url.isprintable() or any(character in url for character in " \\?#"):
        raise EndpointError(_("The endpoint must be only https://HOST, without spaces, a query or a fragment."))
    host, port, parts = _parts(url)
    if parts.scheme == "http" and not is_loopback(host):
        raise EndpointError(
            _("http://{host} would send the credentials in clear; write https://{host}.").format(host=host)
        )
    authority = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{authority}{f':{port}' if port else ''}{parts.path.rstrip('/')}"


def _parts(url: str) -> tuple[str, int | None, SplitResult]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise EndpointError(
            _("The host or port of the endpoint cannot be read; write https://HOST or https://HOST:PORT.")
        ) from None
    if parts.scheme not in ("http", "https"):
        raise EndpointError(_("The endpoint must start with https://."))
    if not _is_host(host):
        raise EndpointError(_("The endpoint must name a host, as https://sms.cn-north-4.myhuaweicloud.com does."))
    if not _PATH.fullmatch(parts.path):
        raise EndpointError(
            _("The path of the endpoint may hold only plain words; leave it out unless a gateway asks for one.")
        )
    return host, port, parts


def _is_host(host: str) -> bool:
    if ":" in host or re.fullmatch(r"[0-9.]+", host):
        return _address(host) is not None
    return _HOST.fullmatch(host) is not None


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    address = _address(host)
    return host == "localhost" if address is None else address.is_loopback
