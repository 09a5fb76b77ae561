"""A question with a few answers, each a key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from sms_tui.language import N_, _
from sms_tui.ui.dialogs.confirm import Question
from sms_tui.ui.dialogs.dialog import Dialog
from sms_tui.ui.keys import is_answer
from sms_tui.ui.text import printable
from sms_tui.ui.widgets.lines import Lines

_BETWEEN = " · "
_ON_ONE_LINE = 50
"""Cells that the narrowest box has for the answers; more of them stand below each other, for none is to be torn."""


class ChoiceDialog(Dialog[str | None]):
    """Leaves with the key that was pressed, if it is one of `choices` (key: words); Esc leaves with None.

    A key that was typed before the question was painted is no answer to it.
    """

    HELP: ClassVar[str] = N_("A question with a few answers. Press the letter that stands before the one you want.")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", N_("Leave"), show=False)]

    def __init__(self, title: str, question: str, choices: Mapping[str, str]) -> None:
        super().__init__()
        self._heading, self._choices = title, choices
        self._question = Question(question, markup=False)

    @property
    def _answers(self) -> str:
        words = _BETWEEN.join(f"{key} {choice}" for key, choice in self._choices.items())
        return _("{words} · Esc leaves").format(words=words)

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = self._heading
            yield self._question
            answers = self._answers
            if cell_len(answers) > _ON_ONE_LINE:
                answers = answers.replace(_BETWEEN, "\n")
            yield Static(answers, classes="hint", markup=False)

    def on_key(self, event: events.Key) -> None:
        if event.character in self._choices and is_answer(self, self._question.painted_at):
            event.stop()
            self.dismiss(event.character)


class TextDialog(ChoiceDialog):
    """Shows a text of any length, and asks what is to become of it; `about` stands above it."""

    HELP: ClassVar[str] = N_("A text, and the letters for what can be done with it. The arrows and PgDn scroll it.")

    def __init__(self, title: str, about: str, text: str, choices: Mapping[str, str]) -> None:
        super().__init__(title, about, choices)
        self._text = text
        self._lines = Lines()

    def compose(self) -> ComposeResult:
        with Vertical(classes="tall") as box:
            box.border_title, box.border_subtitle = self._heading, self._answers
            yield self._question
            yield self._lines

    def on_mount(self) -> None:
        self.set_focus(self._lines)
        self._lines.show([(printable(line), "")] for line in self._text.split("\n"))
