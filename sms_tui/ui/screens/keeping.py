"""The editor beside others: its draft on the disk, and what the service and other people do meanwhile."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from sms_tui.api.errors import ApiError, CredentialsRefused
from sms_tui.document.body import Body
from sms_tui.document.identity import describe
from sms_tui.exactjson import same
from sms_tui.language import N_, _
from sms_tui.meanwhile import meanwhile
from sms_tui.pieces import is_long
from sms_tui.schema.paths import Path, Value
from sms_tui.session.errors import FileError
from sms_tui.session.session import Session
from sms_tui.ui.drafting import Desk
from sms_tui.ui.link import link_of
from sms_tui.ui.program import program_of
from sms_tui.ui.screens.mending import MendingView
from sms_tui.ui.text import printable

if TYPE_CHECKING:
    from sms_tui.document.following import Following
    from sms_tui.document.news import News

_AT_MOST = 0.05
"""The share of the time that reading the task again may take of a slow link."""
_NAMED = 3


class KeepingView(MendingView):
    """Keeps the draft of a document, and follows the task: what the service itself moves comes to the screen, what
    somebody else changed is told and waits for the review."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+r", "reload", N_("Read the task again"), id="reload")]

    class Polled(Message):
        """The task was read again, unasked, and what that brings was looked at."""

        def __init__(self, news: News) -> None:
            super().__init__()
            self.news = news

    class Lost(Message):
        """The task can be read no more, unasked, and why; None once it can again."""

        def __init__(self, error: Exception | None) -> None:
            super().__init__()
            self.error = error

    class Reloaded(Message):
        """The task was read again because the operator wanted it; how the document follows was looked at."""

        def __init__(self, held: Body, planned: Following) -> None:
            super().__init__()
            self.held, self.planned = held, planned

    def __init__(self, session: Session, desk: Desk, *, poll: float | None = None) -> None:
        super().__init__(session, desk.document)
        self._desk, self._poll = desk, poll
        self._held: Body = desk.document.base
        self._churn: News | None = None
        self._warning = desk.read_only or desk.warning
        self._lost = self._news = ""
        """Since when and why the task is not followed any more, and what others changed in it."""
        self._hand.read_only = desk.read_only

    def on_mount(self) -> None:
        if self._desk.journal is not None:
            self.run_worker(self._desk.journal.run(self._draft_trouble), group="draft")
        self.follow_again()
        self.call_later(self._restore_texts)
        if self._desk.note:
            self.hint(self._desk.note, alert=self._desk.alert)

    def on_unmount(self) -> None:
        if self._desk.journal is not None:
            self.keep_typed()
            self._desk.journal.close()

    # The draft

    @property
    def keeps_draft(self) -> bool:
        """Whether what is changed outlives the program."""
        return self._desk.journal is not None and not self._desk.journal.trouble

    def flush(self) -> None:
        """Have the draft on the disk now."""
        if self._desk.journal is not None:
            self.keep_typed()
            self._desk.journal.flush()

    def keep_text(self, path: Path, origin: Value, text: str | None) -> None:
        if self._desk.journal is not None:
            self._desk.journal.typed(path, text, origin)

    def _restore_texts(self) -> None:
        for typed in self._desk.texts:
            self.restore_text(typed.path, typed.origin, typed.text or "")

    def settle(self) -> None:
        """All that was drafted is in the task now."""
        if self._desk.journal is not None and not self._document.changes:
            self._desk.journal.settle()

    def forget_idle_edits(self) -> None:
        """Edits that came to nothing are no draft to come back to."""
        if self._document.history and not self._document.changes:
            self._document.rebase(self._document.base)
            self.settle()

    def _draft_trouble(self, trouble: str) -> None:
        self._warning = trouble
        self._tell()

    def _tell(self) -> None:
        """Have the banner say what matters most."""
        self.banner.tell(self._warning or self._lost or self._news)

    # What happens meanwhile

    def follow_again(self) -> None:
        """Begin to read the task again now and then: at the start, and where that had ended."""
        self._lost = ""
        self._tell()
        if self._poll is not None:
            self.run_worker(self._keep_reading(self._poll), group="poll", exclusive=True)

    async def _keep_reading(self, every: float) -> None:
        pause, lost = every, False
        while True:
            await asyncio.sleep(pause * link_of(self).patience)
            if self.app.screen is not self:
                continue
            began = time.monotonic()
            try:
                held = await self._session.read(self._document.task_id)
            except (ApiError, FileError) as error:
                if not lost:
                    self.post_message(self.Lost(error))
                if isinstance(error, CredentialsRefused):
                    return  # a few refusals lock an access key; what the operator asks for begins it again
                pause, lost = every * 4, True
                continue
            if lost:
                self.post_message(self.Lost(None))
                lost = False
            pause = max(every, (time.monotonic() - began) / _AT_MOST)
            if not same(held, self._held):
                await self._look_into(held)

    def on_keeping_view_lost(self, event: Lost) -> None:
        self._lost = ""
        if event.error is not None:
            self._lost = _("Not followed since {time}: {reason}").format(
                time=time.strftime("%H:%M"), reason=printable(str(event.error))
            )
        self._tell()

    async def _look_into(self, held: Body) -> None:
        from sms_tui.document.news import News

        self.post_message(self.Polled(await meanwhile(partial(News.of, self._document, held), is_long(held))))

    def on_keeping_view_polled(self, event: Polled) -> None:
        news = event.news
        if self.app.screen is not self:
            return
        if not news.fits(self._document):  # edited since
            self.run_worker(self._look_into(news.held), group="news", exclusive=True)
            return
        self._held, self._churn = news.held, news
        if not link_of(self).still:
            self.show_churn()
        places = news.places
        names = [printable(describe(path, news.held)) for path in places[:_NAMED]]
        told = _("Somebody else changed {names}. ctrl+s shows and merges it.")
        if len(places) > _NAMED:
            told = _("Somebody else changed {names} and {more} more. ctrl+s shows and merges it.")
        self._news = told.format(names=", ".join(names), more=len(places) - _NAMED) if names else ""
        self._tell()

    def show_churn(self) -> None:
        """Show what the service itself moved since, if that was not shown yet. On a slow link, and in plain mode, it
        waits for a key."""
        news, self._churn = self._churn, None
        if news is None:
            return
        planned = news.moved_in(self._document)
        if planned is not None:
            self._document.follow(planned.result.theirs, planned)
            self.show_document(structure=True)

    # Reading again

    def action_reload(self) -> None:
        from sms_tui.ui.dialogs.confirm import ConfirmDialog

        def answered(yes: bool | None) -> None:
            if yes:
                self.hint(_("Reading the task…"))
                self.run_worker(self._reload(), exclusive=True, group="reload")

        if not self._document.changes:
            answered(True)
            return
        question = _("What you changed and did not send is taken back; ctrl+y makes it again. Read the task again?")
        self.app.push_screen(ConfirmDialog(_("Read the task again"), question), answered)

    async def _reload(self) -> None:
        from sms_tui.session.catching_up import planned

        try:
            held = await self._session.read(self._document.task_id)
            self.post_message(self.Reloaded(held, await planned(self._document, held)))
        except (ApiError, FileError) as error:
            self.hint(str(error), alert=True)
            if isinstance(error, CredentialsRefused):
                program_of(self).ask_credentials(self.action_reload)

    def on_keeping_view_reloaded(self, event: Reloaded) -> None:
        document = self._document
        self._held, self._churn = event.held, None
        document.follow(event.held, event.planned)
        while document.undo() is not None:
            pass
        self.forget_texts()
        self._news = ""
        self.follow_again()
        self.show_document(structure=True)
        self.hint(_("This is the task as it is held now."))
