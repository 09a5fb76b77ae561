"""A change shown before it is made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from sms_tui.language import N_, _
from sms_tui.ui.dialogs.dialog import Dialog
from sms_tui.ui.keys import is_answer
from sms_tui.ui.widgets.lines import Line, Lines


class ChangesDialog(Dialog[bool]):
    """Shows what would change; `y` makes it, once it has been on the screen, `n` and Esc do not.

    With `read_only` there is nothing to agree to.
    """

    DEFAULT_CSS = """
    ChangesDialog > .tall {
        height: auto;
        max-height: 100%;
    }
    """
    HELP: ClassVar[str] = N_("What would change, line by line. Nothing is changed before you say so.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "agree", N_("Make the change"), show=False),
        Binding("n,escape", "dismiss(False)", N_("No"), show=False),
    ]

    def __init__(self, title: str, changes: Iterable[Line], *, read_only: bool = False) -> None:
        super().__init__()
        self._heading, self._changes, self._read_only = title, changes, read_only
        self._lines = Lines()
        self._box = Vertical(classes="tall")

    def compose(self) -> ComposeResult:
        with self._box:
            yield self._lines

    def on_mount(self) -> None:
        self._box.border_title = self._heading
        self._box.border_subtitle = _("Esc leaves") if self._read_only else _("y makes it · n does not")
        self._lines.show(self._changes)
        self.set_focus(self._lines)

    def action_agree(self) -> None:
        if not self._read_only and is_answer(self, self._lines.painted_at):
            self.dismiss(True)
