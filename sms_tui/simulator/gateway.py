"""What is checked before a request reaches the service: that it is signed or carries a token, and how large it is."""

from __future__ import annotations

from starlette.requests import Request

from sms_tui.simulator.replies import (
    NO_CONTENT_TYPE,
    NOT_AUTHENTICATED,
    NOT_JSON_TYPE,
    TOO_LARGE,
    GatewayRefusalError,
    RefusalError,
)

LARGEST_BODY = 12 * 1024 * 1024
"""Bytes: the gateway's limit for signed requests.

The 10,240 bytes of the old v1 interface are not enforced: no source says that v3 kept them, and a server with a few
dozen disks could then never be updated.
"""


def require_credentials(request: Request) -> None:
    """Refuse a request without a token and without an AK/SK signature. Neither is verified."""
    if request.headers.get("X-Auth-Token"):
        return
    signature = request.headers.get("Authorization", "")
    if not signature:
        problem = "x-auth-token not found"
    elif not signature.startswith("SDK-HMAC-SHA256 "):
        problem = "verify aksk signature fail, the Authorization header does not start with SDK-HMAC-SHA256"
    elif not request.headers.get("X-Sdk-Date"):
        problem = "verify aksk signature fail, x-sdk-date not found"
    else:
        return
    message = f"Incorrect IAM authentication information: {problem}"
    raise GatewayRefusalError(401, NOT_AUTHENTICATED, message)


def require_json_type(request: Request) -> None:
    """Refuse a body that does not say it is JSON.

    The codes are those of the v1 interface. It used them with 401, but that sends a client after new credentials.
    """
    content_type = request.headers.get("Content-Type", "")
    if not content_type:
        raise RefusalError(400, NO_CONTENT_TYPE, "Content-Type is missing: send application/json")
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise RefusalError(400, NOT_JSON_TYPE, f"Content-Type must be application/json, not {content_type}")


async def body_of(request: Request) -> bytes:
    """The whole body, refused if too large; read to its end even then, so that the client gets to see the refusal."""
    body = bytearray()
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= LARGEST_BODY:
            body += chunk
    if size > LARGEST_BODY:
        raise GatewayRefusalError(413, TOO_LARGE, f"Request entity too large: {size} bytes, allowed {LARGEST_BODY}")
    return bytes(body)
