"""One line asked for."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from sms_tui.language import N_, _
from sms_tui.ui.dialogs.dialog import Dialog
from sms_tui.ui.forms.input import FieldInput


class LineDialog(Dialog[str | None]):
    """Asks for a line of text; Enter takes it, Esc leaves."""

    HELP: ClassVar[str] = N_("A line to type. A path may begin with ~ for your home.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", N_("Take the line"), show=False),
        Binding("escape", "dismiss(None)", N_("Leave"), show=False),
    ]

    def __init__(self, title: str, question: str, text: str = "") -> None:
        super().__init__()
        self._heading, self._asked, self._start = title, question, text
        self._input = FieldInput(typed=lambda text: None)
        self._input.prompt = title

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = self._heading
            box.border_subtitle = _("Enter takes it · Esc leaves")
            yield Static(self._asked, markup=False)
            yield self._input

    def on_mount(self) -> None:
        self._input.put(self._start)
        self._input.select_all()
        self.set_focus(self._input)

    def action_take(self) -> None:
        self.dismiss(self._input.value.strip() or None)
