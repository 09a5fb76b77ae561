"""Help: what something means, and every key of the screen it was asked on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from sms_tui.language import N_, _
from sms_tui.ui.commands import Command
from sms_tui.ui.dialogs.dialog import Dialog
from sms_tui.ui.widgets.lines import Line, Lines
from sms_tui.ui.widgets.painted import fitted

_KEYS_WIDE = 17
"""Cells for the keys of a command."""
_NAMES_WIDE = 21
"""Cells for its name in the config file."""
_NAMED = N_('In the middle stands the name by which [keys] in the config file gives a command other keys: undo = "f4".')


class HelpDialog(Dialog[None]):
    """Shows a text, and below it the keys, grouped by where they work; `?` goes to them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss", N_("Leave"), show=False),
        Binding("question_mark", "keys", N_("Go to the keys"), show=False),
    ]

    def __init__(self, title: str, text: Iterable[Line], keys: Sequence[Command]) -> None:
        super().__init__()
        self._heading = title
        self._text, self._commands = list(text), keys
        self._lines = Lines()

    def compose(self) -> ComposeResult:
        with Vertical(classes="tall") as box:
            box.border_title = self._heading
            box.border_subtitle = _("? keys · Esc leaves") if self._text else _("Esc leaves")
            yield self._lines

    def on_mount(self) -> None:
        self.set_focus(self._lines)
        if self._text:
            self._lines.show([*self._text, [("", "")], *key_sheet(self._commands)])
        else:
            self.action_keys()

    def action_keys(self) -> None:
        """Show the keys alone, with the names that the config file has for them."""
        note: list[Line] = [[("", "")], [(_(_NAMED), "dim")]]
        self._lines.show([*key_sheet(self._commands, named=True), *note])


def key_sheet(keys: Sequence[Command], *, named: bool = False) -> Iterator[Line]:
    """The keys as lines, under a heading for each place where they work; `named` with the names of the commands."""
    for number, place in enumerate(dict.fromkeys(command.place for command in keys)):
        if number:
            yield [("", "")]
        yield [(place, "heading")]
        for command in keys:
            if command.place == place:
                shown = "  ".join(command.keys) or _("no key")
                name = f"{command.name:<{_NAMES_WIDE - 1}} " if named else ""
                yield [(f"{fitted(shown, _KEYS_WIDE - 1)} ", "title"), (name, "dim"), (command.words, "")]
