"""Values and paths handed to the terminal's clipboard, and values written to files."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import ClassVar

from textual.binding import Binding, BindingType

from sms_tui.exactjson import Json
from sms_tui.language import N_, _, why
from sms_tui.schema.paths import ABSENT, Path, format_path
from sms_tui.schema.units import format_size
from sms_tui.ui.dialogs.confirm import ConfirmDialog
from sms_tui.ui.dialogs.line import LineDialog
from sms_tui.ui.screens.outside import OutsideView
from sms_tui.ui.taking_out import as_copied, write_value

_MOST_SHOWN = 60
"""Characters of what was copied that are repeated to the operator."""


class CopyingView(OutsideView):
    """The value or the path under the cursor, copied; or the value written to a file, which no terminal can drop."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("alt+y", "copy_value", N_("Copy the value, or all below it as JSON")),
        Binding("alt+p", "copy_path", N_("Copy the path")),
        Binding("alt+w", "write_value", N_("Write this value to a file")),
    ]

    def action_copy_value(self) -> None:
        path, value = self.place, self._document.value(self.place)
        if value is ABSENT:
            self.hint(_("There is nothing here to copy."))
            return
        text = as_copied(value)  # type: ignore[arg-type]
        if text is None:
            self._ask_for_file(path, value, _("This is too long for a terminal's clipboard. Write it to which file?"))  # type: ignore[arg-type]
        else:
            self._send(text)

    def action_copy_path(self) -> None:
        path = format_path(self.place)
        if path:
            self._send(path)
        else:
            self.hint(_("This is the task as a whole; it has no path."))

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
        if value is ABSENT:
            self.hint(_("There is nothing here to write."))
        else:
            self._ask_for_file(self.place, value, _("Write the value as JSON to which file?"))  # type: ignore[arg-type]

    def _ask_for_file(self, path: Path, value: Json, question: str) -> None:
        def named(name: str | None) -> None:
            if name is not None:
                self._write(FilePath(name).expanduser(), value)

        last = next((step for step in reversed(path) if isinstance(step, str)), "task")
        self.app.push_screen(LineDialog(_("Write to a file"), question, f"{last}.json"), named)

    def _write(self, file: FilePath, value: Json, *, replace: bool = False) -> None:
        try:
            write_value(file, value, replace=replace)
        except FileExistsError:
            self._ask_to_replace(file, value)
        except OSError as error:
            self.hint(_("Cannot write {file}: {reason}.").format(file=file, reason=why(error)), alert=True)
        else:
            self.hint(_("Written to {file}, for you alone to read.").format(file=file))

    def _ask_to_replace(self, file: FilePath, value: Json) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self._write(file, value, replace=True)

        self.app.push_screen(
            ConfirmDialog(_("The file is there"), _("{file} is there already. Replace it?").format(file=file)), answered
        )
