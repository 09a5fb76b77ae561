"""What can be done on any screen: its commands, help on what has the keyboard, and every key."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import ModalScreen

from sms_tui.language import N_, _
from sms_tui.ui.keys import OrderedKeys

if TYPE_CHECKING:
    from sms_tui.ui.dialogs.palette import Entry


class Commanding(OrderedKeys):
    """An app with a command palette, help and a key sheet, all of them made from the bindings."""

    KEYS_WORK: ClassVar[str] = N_("Everywhere")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", N_("Help on what has the cursor"), priority=True, id="help"),
        Binding("ctrl+p", "commands", N_("Every command"), show=False, priority=True, id="commands"),
        Binding("question_mark", "keys", N_("Every key of this screen"), id="keys"),
    ]

    def further_commands(self) -> Iterable[Entry]:
        """What can be done without a key."""
        return ()

    def action_commands(self) -> None:
        """Open the command palette, or close it; not while a question is open."""
        from sms_tui.ui.commands import offered
        from sms_tui.ui.dialogs.palette import Entry, PaletteDialog

        if isinstance(self.screen, PaletteDialog):
            self.screen.dismiss(None)
            return
        if isinstance(self.screen, ModalScreen):
            return

        def chosen(entry: Entry | None) -> None:
            if entry is not None:
                self.call_later(entry.run)

        entries = [
            Entry(command.words, "  ".join(command.keys), partial(self.run_action, action, node), command.why_not)
            for command in offered(self.screen)
            for node, action in [command.target]
        ]
        self.push_screen(PaletteDialog([*entries, *self.further_commands()]), chosen)

    def action_help(self) -> None:
        """Explain what has the keyboard; a second time, leave that."""
        self._show_help(explained=True)

    def action_keys(self) -> None:
        """Show every key of the screen."""
        self._show_help(explained=False)

    def _show_help(self, *, explained: bool) -> None:
        from sms_tui.ui.commands import commands
        from sms_tui.ui.dialogs.help import HelpDialog
        from sms_tui.ui.helping import topic

        if isinstance(self.screen, HelpDialog):
            self.screen.dismiss()
            return
        title, text = topic(self.screen) if explained else (_("Keys"), ())
        later: Iterable[DOMNode] = getattr(self.screen, "made_later", tuple)()
        self.push_screen(HelpDialog(title, text, commands(self.screen, *later)))
