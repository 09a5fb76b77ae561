"""A text written to a file that the operator names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from textual.screen import Screen

from sms_tui.language import _, why
from sms_tui.ui.dialogs.confirm import ConfirmDialog
from sms_tui.ui.dialogs.line import LineDialog
from sms_tui.ui.taking_out import write_text


class Say(Protocol):
    """Tells the operator something."""

    def __call__(self, words: str, /, *, alert: bool = False) -> None: ...


def ask_for_file(screen: Screen[Any], question: str, name: str, text: Callable[[], str], say: Say) -> None:
    """Ask for a file, `name` to begin with, and write a text into it; before a file is replaced, that is asked too."""

    def write(file: Path, *, replace: bool = False) -> None:
        try:
            write_text(file, text(), replace=replace)
        except FileExistsError:
            screen.app.push_screen(
                ConfirmDialog(_("The file is there"), _("{file} is there already. Replace it?").format(file=file)),
                lambda yes: write(file, replace=True) if yes else None,
            )
        except OSError as error:
            say(_("Cannot write {file}: {reason}.").format(file=file, reason=why(error)), alert=True)
        else:
            say(_("Written to {file}, for you alone to read.").format(file=file))

    def named(typed: str | None) -> None:
        if typed is not None:
            write(Path(typed).expanduser())

    screen.app.push_screen(LineDialog(_("Write to a file"), question, name), named)
