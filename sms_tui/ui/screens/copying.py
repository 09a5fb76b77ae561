"""Values and paths handed to the terminal's clipboard, and values written to files."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from sms_tui.exactjson import Json, dumps
from sms_tui.language import N_, _
from sms_tui.schema.paths import ABSENT, Path, format_path
from sms_tui.schema.units import format_size
from sms_tui.ui.screens.outside import OutsideView

_MOST_SHOWN = 60
"""Characters of what was copied that are repeated to the operator."""


class CopyingView(OutsideView):
    """The value or the path under the cursor, copied; or the value written to a file, which no terminal can drop."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("alt+y", "copy_value", N_("Copy the value, or all below it as JSON"), id="copy_value"),
        Binding("alt+p", "copy_path", N_("Copy the path"), id="copy_path"),
        Binding("alt+w", "write_value", N_("Write this value to a file"), id="write_value"),
    ]

    def why_not(self, action: str) -> str:
        nothing = self._document.value(self.place) is ABSENT
        match action:
            case "copy_value" if nothing:
                return _("There is nothing here to copy.")
            case "copy_path" if not self.place:
                return _("This is the task as a whole; it has no path.")
            case "write_value" if nothing:
                return _("There is nothing here to write.")
        return super().why_not(action)

    def action_copy_value(self) -> None:
        from sms_tui.ui.taking_out import as_copied

        path, value = self.place, self._document.value(self.place)
        if self.refuses("copy_value") or value is ABSENT:
            return
        text = as_copied(value)
        if text is None:
            self._ask_for_file(path, value, _("This is too long for a terminal's clipboard. Write it to which file?"))
        else:
            self._send(text)

    def action_copy_path(self) -> None:
        if not self.refuses("copy_path"):
            self._send(format_path(self.place))

    def _send(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        lines = text.splitlines()
        short = len(lines) == 1 and len(text) <= _MOST_SHOWN
        what = (
            text if short else _("{count} lines, {size}").format(count=len(lines), size=format_size(len(text.encode())))
        )
        self.hint(
            _(
                "Sent to the terminal's clipboard: {what} · alt+w writes to a file, if your terminal took nothing."
            ).format(what=what)
        )

    # Files

    def action_write_value(self) -> None:
        value = self._document.value(self.place)
        if not self.refuses("write_value") and value is not ABSENT:
            self._ask_for_file(self.place, value, _("Write the value as JSON to which file?"))

    def _ask_for_file(self, path: Path, value: Json, question: str) -> None:
        from sms_tui.ui.dialogs.file import ask_for_file

        last = next((step for step in reversed(path) if isinstance(step, str)), "task")
        ask_for_file(self, question, f"{last}.json", lambda: dumps(value, indent=2), self.hint)
