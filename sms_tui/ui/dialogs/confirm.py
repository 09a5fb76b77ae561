"""A question with yes and no."""

from __future__ import annotations

from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.strip import Strip
from textual.widgets import Static

from sms_tui.language import N_, _
from sms_tui.ui.dialogs.dialog import Dialog
from sms_tui.ui.keys import is_answer


class Question(Static):
    """Words that know when they first went into a frame."""

    painted_at: float | None = None

    def render_line(self, y: int) -> Strip:
        if self.painted_at is None:
            self.painted_at = monotonic()
        return super().render_line(y)


class ConfirmDialog(Dialog[bool]):
    """Asks; `y` is yes, `n` and Esc are no. Enter does nothing, so that no key repeated by accident says yes, and
    neither does a `y` that was typed before the question was painted."""

    HELP: ClassVar[str] = N_(
        "A question that waits for y or n. Enter does nothing here, so that no key pressed by accident says yes."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "agree", N_("Yes"), show=False),
        Binding("n,escape", "dismiss(False)", N_("No"), show=False),
    ]

    def __init__(self, title: str, question: str) -> None:
        super().__init__()
        self._heading = title
        self._question = Question(question, markup=False)

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = self._heading
            yield self._question
            yield Static(_("y yes · n no"), classes="hint", markup=False)

    def action_agree(self) -> None:
        if is_answer(self, self._question.painted_at):
            self.dismiss(True)
