"""The error a reply carries, in any of the shapes the service, its gateway and IAM use, made fit to be shown.

{"error_code": "SMS.6103", "error_param": [], "error_msg": "Missing diskId in disk node!"}     the service
{"error_msg": "…", "error_code": "APIGW.0301", "request_id": "…"}                              the gateway
{"errorCode": …, "errorMsg": …}    {"code": …, "message": …}    {"error": {one of these}}      others
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from sms_tui.api.redaction import NO_SECRETS, Secrets
from sms_tui.exactjson import Json, JsonError, loads

LONGEST = 300
_SHAPES = (("error_code", "error_msg"), ("errorCode", "errorMsg"), ("code", "message"))
_SPACES = re.compile(r"\s+")


class Fault(NamedTuple):
    """What went wrong in the service's own words; `code` is None where the reply carries no error."""

    code: str | None = None
    message: str = ""
    request_id: str | None = None


def fault_in(body: bytes, secrets: Secrets = NO_SECRETS) -> Fault:
    """The error in the body of a reply that failed; an empty Fault if it holds none."""
    try:
        reply = loads(body)
    except JsonError:
        return Fault()
    if not isinstance(reply, dict):
        return Fault()
    nested = [value for value in reply.values() if isinstance(value, dict)]
    found = (_fault(candidate, shape, secrets) for candidate in (reply, *nested) for shape in _SHAPES)
    return next((fault for fault in found if fault is not None), Fault())


def fault_in_success(reply: Json, secrets: Secrets = NO_SECRETS) -> Fault | None:
    """The error in a reply with status 200, which the service is known to send.

    Only its own spelling at the top counts: a task may hold a `code` or a `message` of its own.
    """
    found = (_fault(reply, shape, secrets) for shape in _SHAPES[:2] if isinstance(reply, dict))
    return next((fault for fault in found if fault is not None and fault.code), None)


def _fault(reply: dict[str, Json], shape: tuple[str, str], secrets: Secrets) -> Fault | None:
    code, message, request_id = (_text(reply.get(key)) for key in (*shape, "request_id"))
    if not code and not message:
        return None
    return Fault(clean(code, secrets) or None, clean(message, secrets), clean(request_id, secrets) or None)


def _text(value: Json) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def clean(text: str, secrets: Secrets = NO_SECRETS) -> str:
    """A text from outside as a terminal may show it: secrets and control characters out, one line, not long."""
    line = _SPACES.sub(" ", text).strip()
    shown = "".join(character for character in line if not unicodedata.category(character).startswith("C"))
    shown = secrets.hide(shown)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
