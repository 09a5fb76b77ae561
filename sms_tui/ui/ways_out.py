"""The change under review for other tools: shown, copied, or written to a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.screen import Screen

from sms_tui.document.diff import Difference
from sms_tui.exactjson import dumps
from sms_tui.language import _
from sms_tui.schema.paths import ABSENT, Value, format_path
from sms_tui.schema.units import format_size
from sms_tui.session.ways import Update, curl, koocli, python
from sms_tui.ui.dialogs.choice import ChoiceDialog, TextDialog
from sms_tui.ui.dialogs.file import Say, ask_for_file
from sms_tui.ui.taking_out import fits_clipboard

_MOST_SHOWN = 20_000
"""Characters of a text that a dialog shows."""


def offer_ways(screen: Screen[Any], update: Update | None, changes: Sequence[Difference], say: Say) -> None:
    """Ask for the form of the change, then whether to copy it or to write it to a file; without an update, which is
    for a service, there is but one form."""
    forms = {"d": ("diff", "change.diff", "\n".join(_diff(changes)))}
    if update is None:
        _give_out(screen, *forms["d"], say)
        return
    forms["c"] = ("curl", "update.sh", curl(update))
    forms["k"] = ("KooCLI", "update-koocli.sh", koocli(update))
    forms["p"] = ("Python", "update.py", python(update))

    def picked(key: str | None) -> None:
        if key is not None:
            _give_out(screen, *forms[key], say)

    names = {key: name for key, (name, _file, _text) in forms.items()}
    question = (
        _("In which form? Credentials stand in it as variables.")
        if update.endpoint
        else _(
            "In which form? Credentials stand in it as variables, and so does the address, which the demo has none of: "
            "sms-tui simulate serves the same tasks at one."
        )
    )
    screen.app.push_screen(ChoiceDialog(_("The change for other tools"), question, names), picked)


def _give_out(screen: Screen[Any], name: str, file: str, text: str, say: Say) -> None:
    text = text.rstrip("\n")
    answers = {"y": _("copy"), "w": _("write to a file")}
    about = format_size(len(text.encode()))
    if not fits_clipboard(text):
        del answers["y"]
        about = _("{size}, too long for a terminal's clipboard").format(size=about)

    def answered(key: str | None) -> None:
        if key == "y":
            screen.app.copy_to_clipboard(text)
            say(_("Sent to the terminal's clipboard; w in the same place writes it to a file."))
        elif key == "w":
            ask_for_file(screen, _("Write it to which file?"), file, lambda: text, say)

    shown = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
    screen.app.push_screen(TextDialog(name, about, shown, answers), answered)


def _diff(changes: Sequence[Difference]) -> list[str]:
    """The change as git shows one: a line taken away, a line put there."""
    lines: list[str] = []
    for change in changes:
        lines.append(f"@@ {format_path(change.path)} @@")
        if change.sort in ("changed", "removed"):
            lines.append(f"-{_json(change.old)}")
        if change.sort in ("changed", "added"):
            lines.append(f"+{_json(change.new)}")
    return lines


def _json(value: Value) -> str:
    return "" if value is ABSENT else dumps(value)
