"""The client of the task API: list, get, update."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator, Callable, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote, urlencode, urlsplit

import httpx

from sms_tui.api.auth import auth_for
from sms_tui.api.connection import Timeouts, http_client, proxy_for
from sms_tui.api.credentials import Credentials
from sms_tui.api.endpoints import check_endpoint
from sms_tui.api.errors import RequestRefused, ServiceFailed
from sms_tui.api.line import Line
from sms_tui.api.redaction import Secrets, secrets_of
from sms_tui.api.replies import (
    LIST,
    SHOW,
    UPDATE,
    Answer,
    Operation,
    Progress,
    Reply,
    TaskPage,
    page_in,
    reply_to_update,
    task_in,
)
from sms_tui.api.retries import Patience
from sms_tui.exactjson import Json
from sms_tui.language import _
from sms_tui.meanwhile import meanwhile
from sms_tui.pieces import is_long, written
from sms_tui.rereading import Rereader

_T = TypeVar("_T")
_TASKS = "/v3/tasks"
_LONGEST_TEXT = 255
_LAST_OFFSET = 65535
LONGEST_PAGE = 200
_LARGE = 1_000_000
"""Bytes of a reply from which on it is read in a thread, for the event loop to go on meanwhile."""


class Client:
    """Speaks to one endpoint with one set of credentials; every call raises ApiError.

    Safe for concurrent calls of one event loop. `transport` replaces the network (the embedded simulator, tests);
    `patience` tells of the waits that the service asks for.
    Raises SettingsError for an endpoint, CA file or proxy that cannot be used.
    """

    def __init__(
        self,
        endpoint: str,
        credentials: Credentials | None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        ca_file: Path | None = None,
        timeouts: Timeouts | None = None,
        patience: Patience | None = None,
    ) -> None:
        endpoint, auth, timeouts = check_endpoint(endpoint), auth_for(credentials), timeouts or Timeouts()
        proxy = None if transport else proxy_for(endpoint)
        http = http_client(endpoint, auth, timeouts, ca_file=ca_file, proxy=proxy, transport=transport)
        self._line = Line(http, timeouts, peer=urlsplit(proxy or endpoint).hostname or "")
        self._secrets = secrets_of(credentials)
        self._read_last, self._reader = "", Rereader()
        self.patience = patience or Patience()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._line.http.aclose()

    async def list_tasks(self, filters: Mapping[str, str], *, limit: int = 100, offset: int = 0) -> TaskPage:
        """One page of the tasks that match; filters are named as in the API (`state`, `name`, `id`, …)."""
        for name, value in filters.items():
            _check_text(value, _("the filter {name}").format(name=name))
        parameters = {**filters, "limit": str(limit), "offset": str(offset)}
        # %20 for a space: who verifies the signature may read a plus as a plus
        return await self._call(LIST, f"{_TASKS}?{urlencode(parameters, quote_via=quote)}", page_in)

    async def pages(
        self, filters: Mapping[str, str], *, page_size: int = LONGEST_PAGE, offset: int = 0
    ) -> AsyncIterator[TaskPage]:
        """All tasks that match from an offset on, page by page, each task once however the list moves meanwhile.

        Raises ServiceFailed if the service repeats itself, RequestRefused where the API can count no further.
        """
        seen: set[str] = set()
        while True:
            if offset > _LAST_OFFSET:
                raise RequestRefused(
                    _("the service lists no more than {most} tasks; filter by name or state").format(most=_LAST_OFFSET)
                )
            page = await self.list_tasks(filters, limit=page_size, offset=offset)
            new = _unseen(page.tasks, seen)
            if page.tasks and not new:
                raise ServiceFailed(_("it repeats the same page of the task list"))
            yield TaskPage(page.count, new)
            offset += len(page.tasks)
            if not page.tasks or offset >= page.count:
                return

    async def get_task(self, task_id: str, told: Progress | None = None) -> dict[str, Any]:
        """The task as the service holds it, with every key it sends and integers exact.

        Of a long one, what is as it was when it was read last is the very same object.
        """
        if task_id != self._read_last:  # who reads another task is done with the one before
            self._read_last, self._reader = task_id, Rereader()
        understand = partial(task_in, loads=self._reader.loads)
        return await self._call(SHOW, _address(task_id), understand, told=told)

    async def update_task(self, task_id: str, body: dict[str, Any]) -> Reply:
        """Send an update. Raises OutcomeUnknown where it may have landed: read the task back before the next."""
        return await self._call(UPDATE, _address(task_id), reply_to_update, body)

    async def _call(
        self,
        operation: Operation,
        url: str,
        understand: Callable[[Answer, Secrets], _T],
        body: Json = None,
        told: Progress | None = None,
    ) -> _T:
        content = None if body is None else await meanwhile(partial(written, body), is_long(body))
        headers = None if body is None else {"Content-Type": "application/json"}

        async def attempt() -> _T:
            request = self._line.http.build_request(operation.method, url, content=content, headers=headers)
            answer = await self._line.exchange(request, operation, told)
            secrets = self._secrets.with_signature(request.headers.get("Authorization", ""))
            return await meanwhile(partial(understand, answer, secrets), len(answer.body) >= _LARGE)

        return await self.patience.call(operation, attempt)


def _unseen(tasks: list[dict[str, Any]], seen: set[str]) -> list[dict[str, Any]]:
    """The tasks whose ids are not in `seen`, which grows by them."""
    new = []
    for task in tasks:
        task_id = task.get("id")
        if not isinstance(task_id, str):
            new.append(task)
        elif task_id not in seen:
            seen.add(task_id)
            new.append(task)
    return new


def _address(task_id: str) -> str:
    _check_text(task_id, _("the task id"))
    if not task_id.strip() or task_id in (".", "..") or "/" in task_id:
        raise RequestRefused(_("a task id is not empty, no dots alone, and has no slash; nothing was sent"))
    return f"{_TASKS}/{quote(task_id, safe='')}"


def _check_text(text: str, name: str) -> None:
    if len(text) > _LONGEST_TEXT:
        raise RequestRefused(
            _("{name} is longer than {most} characters; nothing was sent").format(name=name, most=_LONGEST_TEXT)
        )
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        raise RequestRefused(_("{name} holds control characters or broken text; nothing was sent").format(name=name))
