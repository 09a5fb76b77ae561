"""A text written to a file that the operator names."""

from __future__ import annotations

import os
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
    """Ask for a file, `name` to begin with, and write a text into it; before a file is replaced, that is asked too.

    In a directory that is named instead the file has that name.
    """

    def write(file: Path, *, replace: bool = False) -> None:
        try:
            write_text(file, text(), replace=replace)
        except FileExistsError:
            screen.app.push_screen(
                ConfirmDialog(_("The file is there"), _("{file} is there already. Replace it?").format(file=file)),
                lambda yes: write(file, replace=True) if yes else None,
            )
        except (OSError, ValueError) as error:  # a path with U+0000 is no path
            reason = why(error) if isinstance(error, OSError) else error
            say(_("Cannot write {file}: {reason}.").format(file=file, reason=reason), alert=True)
        else:
            say(_("Written to {file}, for you alone to read.").format(file=file))

    def named(typed: str | None) -> None:
        if typed is not None:
            file = Path(os.path.expanduser(typed))  # noqa: PTH111  # Path.expanduser raises for a user without a home
            write(file / name if file.is_dir() else file)

    screen.app.push_screen(LineDialog(_("Write to a file"), question, name), named)
