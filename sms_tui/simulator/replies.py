"""How the service and the gateway before it answer: JSON with a request id, and two shapes of refusal.

The service refuses with `{"error_code", "error_msg"}`; the gateway adds `request_id`, which is that of the header.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from sms_tui import exactjson
from sms_tui.exactjson import Json

UNKNOWN_TASK = "SMS.7703"
NO_CONTENT_TYPE = "SMS.2005"
NOT_JSON_TYPE = "SMS.2006"
BACK_END = "SMS.2007"
BAD_VALUE = "SMS.0001"
"""Invented: no source tells which code the service uses for a value out of range or of the wrong type."""

NO_SUCH_API = "APIGW.0101"
TOO_LARGE = "APIGW.0201"
NOT_AUTHENTICATED = "APIGW.0301"


class RefusalError(Exception):
    """An answer of the service that is not the one asked for."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


class GatewayRefusalError(RefusalError):
    """An answer of the gateway: the request did not reach the service."""


def answer(value: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A reply with this JSON and a request id of its own (or the one given in `headers`)."""
    return Response(
        exactjson.dumps(value).encode(),
        status,
        {"X-Request-Id": uuid.uuid4().hex, **(headers or {})},
        media_type="application/json",
    )


async def refused(request: Request, error: Exception) -> Response:
    """The reply for a refusal of the service or the gateway."""
    assert isinstance(error, RefusalError)
    if isinstance(error, GatewayRefusalError):
        return gateway_answer(error.status, error.code, error.message)
    return answer({"error_code": error.code, "error_msg": error.message}, error.status)


def gateway_answer(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """A refusal in the gateway's shape."""
    request_id = uuid.uuid4().hex
    body: Json = {"error_msg": message, "error_code": code, "request_id": request_id}
    return answer(body, status, {**(headers or {}), "X-Request-Id": request_id})
