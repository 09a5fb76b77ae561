"""Proves to the service who asks: a token in a header, or a signature over the request (SDK-HMAC-SHA256).

The signature covers what goes over the wire: method, path, query, body and the headers that nothing on the way
changes (Host, Content-Type, X-*). It is made anew for every attempt and is valid for 15 minutes.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Generator
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, unquote

import httpx

from sms_tui.api.credentials import AkSk, Credentials, Token

_ALGORITHM = "SDK-HMAC-SHA256"
_Flow = Generator[httpx.Request, httpx.Response, None]


def _now() -> datetime:
    return datetime.now(UTC)


def auth_for(credentials: Credentials | None) -> httpx.Auth:
    """The way to prove these credentials; without any, requests go out as they are."""
    match credentials:
        case Token():
            return TokenAuth(credentials)
        case AkSk():
            return AkSkAuth(credentials)
        case None:
            return httpx.Auth()


class TokenAuth(httpx.Auth):
    """Sends an IAM token."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> _Flow:
        request.headers["X-Auth-Token"] = self._token.value
        yield request


class AkSkAuth(httpx.Auth):
    """Signs with an access key; `clock` gives the time of signing, in UTC."""

    requires_request_body = True

    def __init__(self, credentials: AkSk, clock: Callable[[], datetime] = _now) -> None:
        self._credentials = credentials
        self._clock = clock

    def auth_flow(self, request: httpx.Request) -> _Flow:
        date = self._clock().strftime("%Y%m%dT%H%M%SZ")
        identity = {
            "X-Sdk-Date": date,
            "X-Security-Token": self._credentials.security_token,
            "X-Project-Id": self._credentials.project_id,
            "X-Domain-Id": self._credentials.domain_id,
        }
        request.headers.update({name: value for name, value in identity.items() if value is not None})
        signed = sorted(name for name in request.headers if name in ("host", "content-type") or name.startswith("x-"))
        content = f"{_ALGORITHM}\n{date}\n{_hash(canonical(request, signed).encode())}"
        signature = hmac.new(self._credentials.secret_key.encode(), content.encode(), hashlib.sha256).hexdigest()
        access = f"{_ALGORITHM} Access={self._credentials.access_key}"
        request.headers["Authorization"] = f"{access}, SignedHeaders={';'.join(signed)}, Signature={signature}"
        yield request


def canonical(request: httpx.Request, signed: list[str]) -> str:
    """The text that is signed: one spelling for all spellings of a request that mean the same."""
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    headers = "".join(f"{name}:{request.headers[name].strip()}\n" for name in signed)
    return "\n".join((request.method, _path(path), _query(query), headers, ";".join(signed), _hash(request.content)))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _path(path: str) -> str:
    """Every segment decoded and encoded again; the canonical form ends in a slash, the request need not."""
    encoded = quote(unquote(path))
    return encoded if encoded.endswith("/") else encoded + "/"


def _query(query: str) -> str:
    """The parameters sorted, spaces as %20, an empty value with its equals sign."""
    parameters = sorted(parse_qsl(query, keep_blank_values=True))
    return "&".join(f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in parameters)
