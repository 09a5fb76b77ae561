"""A text written to a file that the operator names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from textual.screen import Screen

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
                ConfirmDialog("The file is there", f"{file} is there already. Replace it?"),
                lambda yes: write(file, replace=True) if yes else None,
            )
        except OSError as error:
            say(f"Cannot write {file}: {error.strerror or error}.", alert=True)
        else:
            say(f"Written to {file}, for you alone to read.")

    def named(typed: str | None) -> None:
        if typed is not None:
            write(Path(typed).expanduser())

    screen.app.push_screen(LineDialog("Write to a file", question, name), named)
