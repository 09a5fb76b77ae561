"""The review: the exact change before it is sent, and what became of it after."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import Worker, active_worker

from sms_tui.api.errors import ApiError, CredentialsRefused
from sms_tui.document.body import Body
from sms_tui.document.document import Document
from sms_tui.language import N_, _
from sms_tui.schema.paths import Path, Value
from sms_tui.session.catching_up import catch_up, planned, settle
from sms_tui.session.errors import FileError
from sms_tui.session.outcomes import Conflicted, CutShort, Moved, NotLanded, Outcome, Rejected
from sms_tui.session.session import Session
from sms_tui.ui.commands import key_of
from sms_tui.ui.keys import is_answer
from sms_tui.ui.link import link_of, wait_words
from sms_tui.ui.plain.hearing import announce
from sms_tui.ui.program import program_of
from sms_tui.ui.review_text import briefly, field_to_mend, heading, outcome_lines
from sms_tui.ui.screens.conflict import ConflictScreen
from sms_tui.ui.screens.review_view import ReviewView
from sms_tui.ui.text import printable
from sms_tui.ui.widgets.lines import Line

if TYPE_CHECKING:
    from sms_tui.document.following import Following
    from sms_tui.document.risks import Examined

_SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_TICK, _LONG = 0.2, 3
"""Seconds between two signs of life while a submit is on its way, and after which they are counted."""


class ReviewScreen(ReviewView):
    """Shows what would be sent; `y` sends it, once it has been on the screen. A risky change wants the task's name
    typed instead. The task is read again meanwhile, so that what others changed is in the review too.

    `known` is what is dangerous about the changes, looked for before. Leaves with the path of the field to mend, if the
    service named one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "submit", N_("Submit"), id="submit"),
        Binding("n", "back", N_("Back"), id="back"),
        Binding("escape", "back", N_("Back"), show=False),
        Binding("enter", "done", N_("Go on, once it is submitted; submit, once the name is typed"), show=False),
    ]

    class Finished(Message):
        """A save ended; `outcome` is None where a wait was cancelled and nothing was sent."""

        def __init__(self, outcome: Outcome | None) -> None:
            super().__init__()
            self.outcome = outcome

    class ReadAgain(Message):
        """The task was read again and how the document follows worked out, or it could not be read."""

        def __init__(self, held: Body | Exception, planned: Following | None = None) -> None:
            super().__init__()
            self.held, self.planned = held, planned

    def __init__(self, session: Session, document: Document, known: Examined) -> None:
        super().__init__(session, document, known)
        self._waiting = False
        self._reading: Worker[None] | None = None
        self._worker: Worker[None] | None = None
        self._spinner: Timer | None = None
        self._ticks = 0
        self._insist = ""
        self._mend: Path | None = None

    def on_mount(self) -> None:
        self._show_review()
        if self._state == "review":
            self._session.on_waiting(self._wait)
            self._reading = self.run_worker(self._read_again())

    def on_unmount(self) -> None:
        self._session.on_waiting(program_of(self).told_to_wait)

    @property
    def sending(self) -> bool:
        """Whether a submit is under way."""
        return self._state == "sending"

    @property
    def has_sent(self) -> bool:
        """Whether a submit came to its end."""
        return self._state == "done" and self._spinner is not None

    # Reading again, and what others did

    async def _read_again(self) -> None:
        try:
            held = await self._session.read(self._document.task_id)
        except (ApiError, FileError) as error:
            self.post_message(self.ReadAgain(error))
            return
        self.post_message(self.ReadAgain(held, await planned(self._document, held)))

    def on_review_screen_read_again(self, event: ReadAgain) -> None:
        if self._state != "review":
            return
        if isinstance(event.held, Exception):
            self._note = [("! ", "warning"), (_("Not read again: {held}").format(held=printable(str(event.held))), "")]
            self._show_review()
            return
        before = self._document.base
        news = catch_up(self._document, event.held, event.planned)
        self._take_news(news, moved=self._document.base is not before)

    def _take_news(self, news: Moved | Conflicted | None, *, moved: bool = True) -> None:
        match news:
            case Conflicted():
                self.app.push_screen(ConflictScreen(news), lambda picks: self._settled(news, picks))
            case Moved(meanwhile):
                self._meanwhile += meanwhile
                self._show_review(anew=True)
            case None if moved:
                self._show_review()

    def _settled(self, conflicted: Conflicted, picks: Mapping[int, Value] | None) -> None:
        if picks is None:
            self.dismiss(None)
            return
        self._note = [(_("What both sides changed is settled as you said."), "changed")]
        self._take_news(settle(self._document, conflicted, picks))

    # Keys

    def action_back(self) -> None:
        if self._waiting and self._worker is not None:
            self._waiting = False
            self._worker.cancel()
        elif self.sending:
            self._insist = _("It is on its way and cannot be taken back; wait for the answer.")
            self._keys.say(self._insist, alert=True)
        else:
            self.dismiss(None)

    def action_done(self) -> None:
        if self._state == "done":
            self.dismiss(self._mend)
        elif self._state == "review" and self._risks:
            if self._typed_name.value.strip() == self._word.strip():
                self._submit()
            else:
                self._keys.say(_("That is not {word}.").format(word=self._word), alert=True)

    def action_submit(self) -> None:
        if self._state == "review" and not self._risks:
            self._submit()

    def _submit(self) -> None:
        if not is_answer(self, self._lines.painted_at):
            self._keys.say(_("That was typed before this was shown. Look at it, then press the key again."), alert=True)
            return
        if any(finding.blocks for finding in self._document.findings):
            self._keys.say(self.why_not("submit"), alert=True)
            return
        if self._reading is not None:
            self._reading.cancel()  # the save reads the task itself, and what comes late would be older
        self._state, self._ticks = "sending", 0
        self._ask_name(False)
        self._spinner = self.set_interval(_TICK, self._spin)
        self._spin()
        self._worker = self.run_worker(self._save(), exit_on_error=True)

    # Sending

    async def _save(self) -> None:
        try:
            self.post_message(self.Finished(await self._session.save(self._document, full=self._full)))
        except asyncio.CancelledError as error:
            self.post_message(self.Finished(error.outcome if isinstance(error, CutShort) else None))
            raise

    def _wait(self, seconds: float) -> None:
        """The service asks to wait; nothing is on its way meanwhile. Only the wait of a submit can be cancelled."""
        submitting = self._worker is not None and active_worker.get(None) is self._worker
        if submitting:
            self._waiting = seconds > 0
        if seconds > 0 and submitting:
            words = _("The service asks to wait: again {when}. Esc cancels.").format(
                when=wait_words(seconds, link_of(self))
            )
            self._keys.say(words, alert=True)
        elif not self.sending:
            program_of(self).told_to_wait(seconds)

    def _spin(self) -> None:
        if not link_of(self).still:
            self._ticks += 1
        if not self._waiting:
            words = f"{_SPINNER[self._ticks % len(_SPINNER)]} {self._insist or _('Sending…')}"
            waited = int(self._ticks * _TICK)
            self._keys.say(f"{words} {waited} s" if waited >= _LONG else words, alert=bool(self._insist))

    def _finish(self, state: str, note: Line = ()) -> None:
        """The submit is over; `state` is "review" to go on from here, "done" to go back."""
        if self._spinner is not None:
            self._spinner.stop()
        self._state, self._note, self._waiting, self._worker = state, note, False, None
        self._insist = ""
        self._keys.unsay()
        if state == "review":
            self._show_review(anew=True)

    def on_review_screen_finished(self, event: Finished) -> None:
        outcome = event.outcome
        match outcome:
            case None:
                self._finish("review", [(_("The wait was cancelled; nothing was sent."), "changed")])
            case Moved() | Conflicted():
                self._finish("review", [(_("Not sent yet: the task was changed meanwhile. Look again."), "warning")])
                self._take_news(outcome)
            case NotLanded(error):
                said = _(
                    "It did not land, the task was read back to see. It was sent, but {cause}. It can be sent again."
                ).format(cause=printable(error.cause))
                self._finish("review", [(said, "error")])
            case Rejected(CredentialsRefused() as error):
                self._finish(
                    "review",
                    [(_("Not saved. Your edits are kept. {reason}").format(reason=printable(str(error))), "error")],
                )
                program_of(self).ask_credentials()
            case _:
                self._finish("done")
                self._show_outcome(outcome)

    @property
    def _below(self) -> Screen[Any]:
        """The screen that the review goes back to."""
        stack = self.app.screen_stack
        return stack[stack.index(self) - 1] if self in stack[1:] else self

    def _show_outcome(self, outcome: Outcome) -> None:
        program_of(self).settle_drafts()
        self._mend = field_to_mend(self._document, outcome)
        self._show_heading(heading(outcome))
        trouble: list[Line] = [[("! ", "warning"), (printable(self._session.trouble), "")]]
        key = partial(key_of, self._below)
        self._lines.show([*outcome_lines(outcome, key), *(trouble if self._session.trouble else [])])
        announce(self, briefly(outcome, key))
        if self._mend is not None:
            self._keys.show(("Enter", _("Go to the field")), ("Esc", _("Back to the task")))
        else:
            self._keys.show(("Enter", _("Back to the task")))
