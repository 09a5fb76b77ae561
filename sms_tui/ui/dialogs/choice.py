"""A question with a few answers, each a key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from sms_tui.ui.dialogs.confirm import Question
from sms_tui.ui.keys import is_answer


class ChoiceDialog(ModalScreen[str | None]):
    """Leaves with the key that was pressed, if it is one of `choices` (key: words); Esc leaves with None.

    A key that was typed before the question was painted is no answer to it.
    """

    HELP: ClassVar[str] = "A question with a few answers. Press the letter that stands before the one you want."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Leave", show=False)]

    def __init__(self, title: str, question: str, choices: Mapping[str, str]) -> None:
        super().__init__()
        self._heading, self._choices = title, choices
        self._question = Question(question, markup=False)

    def compose(self) -> ComposeResult:
        words = " · ".join(f"{key} {choice}" for key, choice in self._choices.items())
        with Vertical() as box:
            box.border_title = self._heading
            yield self._question
            yield Static(f"{words} · Esc leaves", classes="hint", markup=False)

    def on_key(self, event: events.Key) -> None:
        if event.character in self._choices and is_answer(self, self._question.painted_at):
            event.stop()
            self.dismiss(event.character)
