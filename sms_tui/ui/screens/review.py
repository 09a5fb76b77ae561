"""The review: the exact change before it is sent, and what became of it after."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from sms_tui.document import Document
from sms_tui.session import Outcome, Session
from sms_tui.ui.keys import is_answer
from sms_tui.ui.review_text import heading, outcome_lines, review_lines
from sms_tui.ui.widgets.bars import KeyBar, TitleBar
from sms_tui.ui.widgets.lines import Lines

_SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


class ReviewScreen(Screen[None]):
    """Shows what would be sent; `y` sends it, once it has been on the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "submit", "Submit"),
        Binding("f", "switch_body", "Changed keys or full body"),
        Binding("n,escape", "back", "Back"),
        Binding("enter", "done", show=False),
    ]

    class Finished(Message):
        """A save ended."""

        def __init__(self, outcome: Outcome) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(self, session: Session, document: Document) -> None:
        super().__init__()
        self._session, self._document = session, document
        self._full = False
        self._state = "review" if document.changes else "done"
        self._spinner: Timer | None = None
        self._ticks = 0
        self._heading, self._lines, self._keys = TitleBar(), Lines(id="review"), KeyBar()

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self._lines
        yield self._keys

    def on_mount(self) -> None:
        self.set_focus(self._lines)
        self._show_review()
        self._show_keys()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_heading, "Review")

    @property
    def sending(self) -> bool:
        """Whether a submit is under way."""
        return self._state == "sending"

    def _show_keys(self) -> None:
        if self._state != "review":
            self._keys.show(("Esc", "Back"))
            return
        other = [("f", "Changed keys" if self._full else "Full body")] if self._document.task_id else []
        self._keys.show(("y", "Submit"), *other, ("n", "Back"))

    def _show_heading(self, word: str) -> None:
        marks = len(self._document.changes)
        self._heading.show(["sms-tui", word, self._document.task_id, self._session.place], changes=marks)

    def _show_review(self) -> None:
        self._show_heading("Review")
        document, task_id = self._document, self._document.task_id
        if not document.changes:
            self._lines.show([[("Nothing to send: the task is as it was loaded.", "heading")]])
            return
        body = self._session.body(document, full=self._full)
        keys = "every key" if self._full else "changed keys"
        what = f"PUT /v3/tasks/{task_id} · {keys}" if task_id else "The file will hold"
        size = len(self._session.payload(document, full=self._full))
        self._lines.show(review_lines(document, body, f"{what} · {size} bytes"))

    def action_switch_body(self) -> None:
        if self._state == "review" and self._document.task_id:
            self._full = not self._full
            self._show_review()
            self._show_keys()

    def action_back(self) -> None:
        if self.sending:
            self._keys.say("It is on its way and cannot be taken back; wait for the answer.", alert=True)
        else:
            self.dismiss()

    def action_done(self) -> None:
        if self._state == "done":
            self.dismiss()

    def action_submit(self) -> None:
        if self._state != "review" or not is_answer(self, self._lines.painted_at):
            return
        blocking = sum(finding.blocks for finding in self._document.findings)
        if blocking:
            self._keys.say(
                f"{blocking} error{'' if blocking == 1 else 's'} to mend first: n goes back, F8 there.", alert=True
            )
            return
        self._state = "sending"
        self._spinner = self.set_interval(0.2, self._spin)
        self._spin()
        self.run_worker(self._save(), exit_on_error=True)

    async def _save(self) -> None:
        self.post_message(self.Finished(await self._session.save(self._document, full=self._full)))

    def _spin(self) -> None:
        self._ticks += 1
        self._keys.say(f"{_SPINNER[self._ticks % len(_SPINNER)]} Sending…")

    def on_review_screen_finished(self, event: Finished) -> None:
        if self._spinner is not None:
            self._spinner.stop()
        self._state = "done"
        self._show_heading(heading(event.outcome))
        self._lines.show(outcome_lines(event.outcome))
        self._keys.unsay()
        self._keys.show(("Enter", "Back to the task"))
