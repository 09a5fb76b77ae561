"""Editing tasks of the service: list, open, save."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, Protocol

from sms_tui.api.errors import ApiError, OutcomeUnknown
from sms_tui.document import Body, Document
from sms_tui.exactjson import dumps
from sms_tui.session.effects import effects
from sms_tui.session.outcomes import Blocked, NothingToSend, Outcome, Rejected, Saved, Unknown


class TaskService(Protocol):
    """What a session needs of the API client."""

    def pages(self, filters: Mapping[str, str]) -> AsyncIterator[Any]: ...

    async def get_task(self, task_id: str) -> Body: ...

    async def update_task(self, task_id: str, body: Body) -> Any: ...

    async def aclose(self) -> None: ...


class ServiceSession:
    """One operator at work on the tasks of one endpoint."""

    def __init__(self, service: TaskService, place: str) -> None:
        self._service = service
        self._place = place

    @property
    def place(self) -> str:
        return self._place

    def body(self, document: Document, *, full: bool = False) -> Body:
        return document.body(full=full)

    def payload(self, document: Document, *, full: bool = False) -> bytes:
        return dumps(document.body(full=full)).encode()

    async def tasks(self, **filters: str) -> AsyncIterator[list[Body]]:
        """All tasks that match the service's filters, page by page. Raises ApiError."""
        async for page in self._service.pages(filters):
            yield page.tasks

    async def open(self, task_id: str) -> Document:
        return Document(await self._service.get_task(task_id), task_id)

    async def save(self, document: Document, *, full: bool = False) -> Outcome:
        """Send the change and read the task back; what is held then is the document's new beginning."""
        body = document.body(full=full)
        if not document.body():
            return NothingToSend(document.unsendable)
        if errors := [finding for finding in document.findings if finding.blocks]:
            return Blocked(errors)
        try:
            await self._service.update_task(document.task_id, body)
        except OutcomeUnknown as error:
            return Unknown(error)
        except ApiError as error:
            return Rejected(error)
        return await self._read_back(document, body)

    async def close(self) -> None:
        await self._service.aclose()

    async def _read_back(self, document: Document, sent: Body) -> Saved:
        base, current = document.base, document.current
        try:
            held = await self._service.get_task(document.task_id)
        except ApiError as error:
            document.rebase({**base, **sent})
            return Saved((), None, f"The service accepted it, but the task could not be read back. {error}")
        document.rebase(held)
        return Saved(effects(base, current, sent, held), held)
