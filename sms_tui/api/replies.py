"""What a reply means: the value it carries, or the error it stands for. Pure; the line is not its business."""

from __future__ import annotations

import email.utils
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from sms_tui.api.errors import (
    ApiError,
    CredentialsRefused,
    OutcomeUnknown,
    PermissionMissing,
    RequestRefused,
    ServiceFailed,
    TaskNotFound,
    Throttled,
)
from sms_tui.api.faults import Fault, clean, fault_in, fault_in_success
from sms_tui.api.redaction import NO_SECRETS, Secrets
from sms_tui.exactjson import Json, JsonError, loads
from sms_tui.language import _

NO_SUCH_TASK = "SMS.7703"
NO_SUCH_API = ".0101"
_REFUSED_WITH_401 = {"SMS.2003", "SMS.2004", "SMS.2005", "SMS.2006", "SMS.2013"}
"""The service's 401 for a bad method, a body too large, a wrong content type and a source that is there already."""


Progress: TypeAlias = Callable[[int, int | None], None]
"""Is told how many bytes of a reply have come, and how many there will be, None where the service does not say."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One call of the API: its verb, and the permission an account needs for it."""

    method: str
    permission: str
    of_one_task: bool = True

    @property
    def changes(self) -> bool:
        """Whether the task may be different afterwards, so that sending twice is not the same as once."""
        return self.method != "GET"


LIST = Operation("GET", "sms:server:listTask", of_one_task=False)
SHOW = Operation("GET", "sms:server:getTask")
UPDATE = Operation("PUT", "sms:server:updateTask")


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP reply as it came; `body` is empty where it broke off behind a status that already says no."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the service said to an update it took; `body` is `{"id": …}` as a rule, None if it said nothing."""

    status: int
    request_id: str | None
    body: Json


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One page of the task list; `count` is how many tasks match in all."""

    count: int
    tasks: list[dict[str, Any]]


def read(
    operation: Operation, answer: Answer, secrets: Secrets = NO_SECRETS, loads: Callable[[bytes], Json] = loads
) -> Json:
    """The value of a reply that succeeded, None for an empty one. Raises ApiError for every other reply."""
    if not 200 <= answer.status < 300:
        raise refusal(operation, answer, secrets)
    if not answer.body.strip() and operation.changes:
        return None
    try:
        value = loads(answer.body)
    except JsonError as error:
        trouble = _("its reply is not JSON ({reason})").format(reason=clean(str(error), secrets))
    else:
        if (fault := fault_in_success(value, secrets)) is None:
            return value
        raise _error(operation, answer, fault, secrets)
    failure = OutcomeUnknown if operation.changes else ServiceFailed
    raise failure(trouble, status=answer.status, request_id=_request_id(answer, secrets))


def refusal(operation: Operation, answer: Answer, secrets: Secrets = NO_SECRETS) -> ApiError:
    """The error that a reply with any status but 2xx stands for."""
    fault = fault_in(answer.body, secrets)
    if 300 <= answer.status < 400:
        fault = Fault(fault.code, _redirected(answer, secrets), fault.request_id)
    return _error(operation, answer, fault, secrets)


def _error(operation: Operation, answer: Answer, fault: Fault, secrets: Secrets) -> ApiError:
    status, code = answer.status, fault.code
    message = fault.message or _phrase(status)
    request_id = fault.request_id or _request_id(answer, secrets)
    if status == 403:
        return PermissionMissing(
            message, permission=operation.permission, status=status, code=code, request_id=request_id
        )
    kind = _kind(operation, status, code or "")
    wait = retry_after(answer.headers) if kind in (Throttled, ServiceFailed) else None
    return kind(message, status=status, code=code, request_id=request_id, retry_after=wait)


def _kind(operation: Operation, status: int, code: str) -> type[ApiError]:
    if operation.of_one_task and (code == NO_SUCH_TASK or (status == 404 and not code.endswith(NO_SUCH_API))):
        return TaskNotFound
    if status == 401 and code not in _REFUSED_WITH_401:
        return CredentialsRefused
    if status == 429:
        return Throttled
    if operation.changes and status in (502, 504):  # a gateway that lost sight of the service, not the service
        return OutcomeUnknown
    return RequestRefused if 300 <= status < 500 else ServiceFailed


def _redirected(answer: Answer, secrets: Secrets) -> str:
    try:
        host = urlsplit(answer.headers.get("Location", "")).hostname
    except ValueError:
        host = None
    if not host:
        return _("the endpoint redirects elsewhere, which is never followed; check the endpoint")
    advice = _("the endpoint redirects to {host}, which is never followed; check the endpoint")
    return advice.format(host=clean(host, secrets))


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase.lower()
    except ValueError:
        return ""


def _request_id(answer: Answer, secrets: Secrets) -> str | None:
    return clean(answer.headers.get("X-Request-Id", ""), secrets) or None


def reply_to_update(answer: Answer, secrets: Secrets = NO_SECRETS) -> Reply:
    """What the service said to an update. Raises ApiError if it did not take it, or if that cannot be told."""
    return Reply(answer.status, _request_id(answer, secrets), secrets.hide_in(read(UPDATE, answer, secrets)))


def task_in(answer: Answer, secrets: Secrets = NO_SECRETS, loads: Callable[[bytes], Json] = loads) -> dict[str, Any]:
    """The task in a reply. Raises ApiError."""
    task = read(SHOW, answer, secrets, loads)
    if not isinstance(task, dict):
        raise _misshapen(_("no JSON object"), answer, secrets)
    return task


def page_in(answer: Answer, secrets: Secrets = NO_SECRETS) -> TaskPage:
    """The page of the task list in a reply. Raises ApiError."""
    page = read(LIST, answer, secrets)
    count, tasks = (page.get("count"), page.get("tasks")) if isinstance(page, dict) else (None, None)
    if not isinstance(count, int) or isinstance(count, bool) or not isinstance(tasks, list):
        raise _misshapen(_("no list of tasks with their count"), answer, secrets)
    objects = [task for task in tasks if isinstance(task, dict)]
    if len(objects) < len(tasks):
        raise _misshapen(_("something in the list of tasks that is no task"), answer, secrets)
    return TaskPage(count, objects)


def _misshapen(what: str, answer: Answer, secrets: Secrets) -> ServiceFailed:
    return ServiceFailed(
        _("its reply holds {what}").format(what=what), status=answer.status, request_id=_request_id(answer, secrets)
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The wait a reply asks for, in seconds; None if it asks for none that can be read.

    A date is taken relative to the reply's own `Date`, so that a wrong clock here does no harm.
    """
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        seconds = float(text)
        return seconds if math.isfinite(seconds) else None
    until = _date(text)
    if until is None:
        return None
    return max(0.0, (until - (_date(headers.get("Date", "")) or datetime.now(UTC))).total_seconds())


def _date(text: str) -> datetime | None:
    try:
        date = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
