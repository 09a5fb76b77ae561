"""Editing tasks of the service: list, open, read again, save."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, Protocol

from sms_tui.api.errors import ApiError, CredentialsRefused, OutcomeUnknown, PermissionMissing
from sms_tui.document.body import Body
from sms_tui.document.document import Document
from sms_tui.document.ownership import owner_at
from sms_tui.document.sharing import shared
from sms_tui.language import _
from sms_tui.meanwhile import meanwhile
from sms_tui.pieces import is_long, written
from sms_tui.session.catching_up import catch_up, planned
from sms_tui.session.effects import effects
from sms_tui.session.listing import Listing
from sms_tui.session.outcomes import (
    Blocked,
    CutShort,
    Effect,
    NothingToSend,
    NotLanded,
    Outcome,
    Rejected,
    Saved,
    Unknown,
)
from sms_tui.session.receipts import Receipt, Receipts, receipt_of
from sms_tui.session.seen import SeenTasks

if TYPE_CHECKING:
    from sms_tui.api.replies import Progress, Reply, TaskPage
    from sms_tui.api.retries import Patience
    from sms_tui.session.ways import Update

_LANDING = (0.0, 2.0, 5.0)
"""Seconds to wait before each look whether an update landed whose answer was lost: the service may still be at it."""
_SETTLING = 1.0
"""Seconds to wait before the second look at an update that was accepted and does not show: a reading may lag behind."""

_waits: ContextVar[bool] = ContextVar("waits", default=False)
"""Whether the call that this task makes waits because the service asked for it, with nothing on its way."""


class TaskService(Protocol):
    """What a session needs of the API client."""

    patience: Patience

    def pages(self, filters: Mapping[str, str], *, offset: int = 0) -> AsyncIterator[TaskPage]: ...

    async def get_task(self, task_id: str, told: Progress | None = None) -> Body: ...

    async def update_task(self, task_id: str, body: Body) -> Reply: ...

    async def aclose(self) -> None: ...


class ServiceSession:
    """One operator at work on the tasks of one endpoint.

    `place` is what people call it. `receipts` is where submits are recorded and `seen` where the tasks that were read
    are noted, None for nowhere.
    `renew` makes a client with the credentials in a file, or with those found anew ("").
    """

    def __init__(
        self,
        service: TaskService,
        place: str,
        *,
        endpoint: str = "",
        receipts: Receipts | None = None,
        seen: SeenTasks | None = None,
        renew: Callable[[str], TaskService] | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], int] = lambda: int(time.time() * 1000),
    ) -> None:
        self._service = service
        self._place = place
        self._endpoint = endpoint or place
        self._receipts, self._seen, self._renew = receipts, seen, renew
        self._pause, self._now = pause, now
        self._last: Body = {}
        self.on_waiting(None)

    @property
    def place(self) -> str:
        return self._place

    @property
    def trouble(self) -> str:
        """Why the last submit left no receipt, "" if it did."""
        return "" if self._receipts is None else self._receipts.trouble

    def on_waiting(self, told: Callable[[float], None] | None) -> None:
        """Tell every second how many more the service asks to wait, and 0 when the wait is over; None tells nobody.

        Cancelling the call ends the wait; nothing is on its way then.
        """

        def heard(seconds: float) -> None:
            _waits.set(seconds > 0)
            if told is not None:
                told(seconds)

        self._service.patience.told = heard

    @property
    def renews(self) -> bool:
        """Whether credentials can be read anew."""
        return self._renew is not None

    async def renew(self, path: str) -> None:
        """Go on with the credentials in a file, or with those found where the program looks at its start ("").

        Raises SettingsError, and goes on with those it has.
        """
        if self._renew is not None:
            before, self._service = self._service, self._renew(path)
            self._service.patience = before.patience
            await before.aclose()

    def subject(self, task_id: str) -> tuple[str, str]:
        return self._endpoint, task_id

    def body(self, document: Document, *, full: bool = False) -> Body:
        return document.body(full=full)

    def payload(self, document: Document, *, full: bool = False) -> bytes:
        return written(document.body(full=full))

    async def tasks(self, **filters: str) -> AsyncIterator[list[Body]]:
        """All tasks that match the service's filters, page by page. Raises ApiError."""
        async for page in self._service.pages(filters):
            self._note(page.tasks, None if filters else page.count)
            yield page.tasks

    def listing(self) -> Listing:
        """All tasks, as far as they are wanted."""
        return Listing(self._pages_from)

    async def _pages_from(self, offset: int) -> AsyncIterator[TaskPage]:
        """The pages of the list, until other credentials are used."""
        service = self._service
        async for page in service.pages({}, offset=offset):
            self._note(page.tasks, page.count)
            yield page
            if self._service is not service:
                return

    async def open(self, task_id: str, told: Progress | None = None) -> Document:
        task = await self._service.get_task(task_id, told)
        self._note([{"id": task_id, "name": task.get("name")}])
        self._last = task
        return Document(task, task_id)

    async def read(self, task_id: str) -> Body:
        held = await self._service.get_task(task_id)
        if held is not self._last:  # what is as it was when it was read last is to be the very same object
            last, self._last = self._last, held
            self._last = held = await meanwhile(partial(shared, last, held), is_long(held))
        return held

    async def save(self, document: Document, *, full: bool = False) -> Outcome:
        """Read the task again, merge, send the change, and read it back.

        Where it is cancelled after the update went out, CutShort is raised, and there is a receipt all the same.
        """
        if (unfit := _unfit(document)) is not None:
            return unfit
        try:
            held = await self.read(document.task_id)
        except ApiError as error:
            return Rejected(error)
        news = catch_up(document, held, await planned(document, held))
        return news or _unfit(document) or await self._send(document, document.body(full=full))

    def update(self, document: Document, *, full: bool = False) -> Update:
        from sms_tui.session.ways import Update

        return Update.at(self._endpoint, self.place, document.task_id, document.body(full=full))

    async def close(self) -> None:
        await self._service.aclose()

    async def _send(self, document: Document, body: Body) -> Outcome:
        receipt = partial(receipt_of, self._endpoint, document.task_id, document.base, body, when=self._now())
        key = await self._keep_first(receipt(Unknown(OutcomeUnknown(_("the program ended before it was known")))))
        try:
            outcome, reply = await self._submitted(document, body)
        except CutShort as cut:
            self._keep(receipt(cut.outcome), key)
            raise
        except asyncio.CancelledError:
            if self._receipts is not None:
                self._receipts.drop(key)
            raise
        await meanwhile(partial(self._keep, receipt(outcome, reply), key), is_long(body))
        return outcome

    async def _keep_first(self, receipt: Receipt) -> str:
        """Keep a receipt before its update goes out; cancelled, it is as if it never had been."""
        keeping = asyncio.ensure_future(meanwhile(partial(self._keep, receipt), is_long(receipt.body)))
        try:
            return await asyncio.shield(keeping)
        except asyncio.CancelledError:
            if self._receipts is not None:
                self._receipts.drop(await keeping)
            raise

    def _note(self, tasks: Sequence[Body], count: int | None = None) -> None:
        if self._seen is not None:
            self._seen.note(self._endpoint, tasks, count)

    def _keep(self, receipt: Receipt, key: str = "") -> str:
        """Keep a receipt, before the update goes out and again once its outcome is known: a killed program leaves the
        first."""
        return "" if self._receipts is None else self._receipts.write(receipt, key)

    async def _submitted(self, document: Document, body: Body) -> tuple[Outcome, Reply | None]:
        """How sending ended, and the reply to the update where there was one. Raises CutShort."""
        try:
            reply = await self._service.update_task(document.task_id, body)
        except OutcomeUnknown as error:
            return await self._find_out(document, body, error), None
        except ApiError as error:
            return Rejected(error), None
        except asyncio.CancelledError:
            if _waits.get():
                raise
            raise CutShort(Unknown(OutcomeUnknown(_("it was interrupted")), _("The task was not read back."))) from None
        return await self._read_back(document, body), reply

    async def _read_back(self, document: Document, sent: Body) -> Saved:
        try:
            held = await self.read(document.task_id)
            if any(effect.fate == "ignored" for effect in effects(document.base, document.current, sent, held)):
                await self._pause(_SETTLING)
                held = await self.read(document.task_id)
        except ApiError as error:
            return _not_read_back(
                _("The service accepted it, but the task could not be read back; your edits are kept. {reason}").format(
                    reason=_why(error)
                )
            )
        except asyncio.CancelledError:
            raise CutShort(
                _not_read_back(_("The service accepted it, but the task was not read back; your edits are kept."))
            ) from None
        return _saved(document, sent, held)

    async def _find_out(self, document: Document, sent: Body, error: OutcomeUnknown) -> Outcome:
        """Look whether an update landed whose answer was lost."""
        held: Body = {}
        found: Sequence[Effect] = ()
        try:
            for seconds in _LANDING:
                await self._pause(seconds)
                held = await self.read(document.task_id)
                found = effects(document.base, document.current, sent, held)
                if any(map(_shows, found)):
                    return _saved(document, sent, held, after=error)
        except ApiError as reason:
            return Unknown(error, _("The task could not be read back. {why}").format(why=_why(reason)))
        except asyncio.CancelledError:
            raise CutShort(Unknown(error, _("The task was not read back."))) from None
        document.follow(held)
        if any(effect.fate == "ignored" for effect in found):
            return NotLanded(error)
        return Unknown(error, _("The task was read back, but it never shows what was sent."))


def _unfit(document: Document) -> Outcome | None:
    """Why a document is not sent as it is."""
    if not document.body():
        return NothingToSend(document.unsendable)
    if errors := [finding for finding in document.findings if finding.blocks]:
        return Blocked(errors)
    return None


def _shows(effect: Effect) -> bool:
    """Whether an effect proves that the update landed; what the service moves by itself proves it only where it is as
    it was sent."""
    if effect.fate == "changed by the service":
        return owner_at(effect.change.path) != "service"
    return effect.fate == "kept"


def _not_read_back(note: str) -> Saved:
    return Saved((), None, note)


def _why(error: ApiError) -> str:
    """Why a reading failed. Of the advice only what account and credentials lack: that nothing was changed, as it has
    it elsewhere, would be said of the update before the reading."""
    return str(error) if isinstance(error, CredentialsRefused | PermissionMissing) else error.happened


def _saved(document: Document, sent: Body, held: Body, after: Exception | None = None) -> Saved:
    """What became of each change; the document goes on from what is held, with what did not land still to be sent."""
    found: list[Effect] = effects(document.base, document.current, sent, held)
    saved = Saved(found, held, after=after)
    if saved.as_sent:
        document.rebase(held)
        return saved
    document.follow(held)
    for effect in found:
        if effect.fate == "not shown by the service":
            document.put_back(effect.change.path)
    return saved
