"""The replies of `status=…`, as the service, the gateway before it or a proxy on the way would write them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus

from sms_tui import exactjson
from sms_tui.exactjson import Json
from sms_tui.simulator.faults.exchange import JSON_TYPE, Headers, Operation, Reply

RETRY_AFTER = 2
"""Seconds that a throttled request is told to wait: long enough to be counted down, short enough to be waited for."""

_PERMISSIONS: dict[Operation, str] = {
    "list": "sms:server:listTask",
    "show": "sms:server:getTask",
    "update": "sms:server:updateTask",
}
_PAGE = """\
<html>
<head><title>{title}</title></head>
<body>
<center><h1>{title}</h1></center>
<hr><center>nginx</center>
</body>
</html>
"""


def refusal(status: int, operation: Operation) -> Reply:
    """The reply with one of the STATUSES."""
    return _WRITERS[status](status, operation)


def failed_inside(status: int = 500) -> Reply:
    """The service's own word for a failure behind it; it is known to come with status 200 as well."""
    return _service(status, "SMS.2007", "The service failed; try again later.")


def page(status: int) -> Reply:
    """A page that something between the client and the service shows, instead of JSON."""
    title = f"{status} {HTTPStatus(status).phrase}"
    return Reply(status, (("Content-Type", "text/html"),), _PAGE.format(title=title).replace("\n", "\r\n").encode())


def _service(status: int, code: str, message: str, **more: Json) -> Reply:
    return _json(status, {"error_code": code, "error_msg": message, **more}, uuid.uuid4().hex)


def _gateway(status: int, code: str, message: str, *headers: tuple[str, str]) -> Reply:
    request_id = uuid.uuid4().hex
    body: Json = {"error_msg": message, "error_code": code, "request_id": request_id}
    return _json(status, body, request_id, *headers)


def _json(status: int, body: Json, request_id: str, *headers: tuple[str, str]) -> Reply:
    every: Headers = (JSON_TYPE, ("X-Request-Id", request_id), *headers)
    return Reply(status, every, exactjson.dumps(body).encode())


def _expired(status: int, operation: Operation) -> Reply:
    problem = "token expires, expires_at:2019-02-13T06:52:13.855000Z"
    return _gateway(status, "APIGW.0301", f"Incorrect IAM authentication information: {problem}")


def _forbidden(status: int, operation: Operation) -> Reply:
    message = f"Policy doesn't allow {_PERMISSIONS[operation]} to be performed."
    details: Json = [{"error_code": "SMS.9004", "error_msg": message}]
    return _service(status, "SMS.9004", message, encoded_authorization_message="", error_param=[], details=details)


def _gone(status: int, operation: Operation) -> Reply:
    if operation == "list":
        message = "The API does not exist or has not been published in the environment"
        return _gateway(status, "APIGW.0101", message)
    return _service(status, "SMS.7703", "The task does not exist.")


def _conflict(status: int, operation: Operation) -> Reply:
    # Invented: no source tells of a 409 or of the code it would carry.
    return _service(status, "SMS.0001", "The task is being changed by another request.")


def _too_large(status: int, operation: Operation) -> Reply:
    return _gateway(status, "APIGW.0201", "Request entity too large")


def _throttled(status: int, operation: Operation) -> Reply:
    message = "The throttling threshold has been reached: policy user over ratelimit,limit:20,time:1 second"
    return _gateway(status, "APIGW.0308", message, ("Retry-After", str(RETRY_AFTER)))


def _failed(status: int, operation: Operation) -> Reply:
    return failed_inside(status)


def _proxy(status: int, operation: Operation) -> Reply:
    return page(status)


_WRITERS: dict[int, Callable[[int, Operation], Reply]] = {
    401: _expired,
    403: _forbidden,
    404: _gone,
    409: _conflict,
    413: _too_large,
    429: _throttled,
    500: _failed,
    502: _proxy,
    503: _failed,
    504: _proxy,
}
STATUSES = tuple(_WRITERS)
