"""What the program takes of the terminal it runs in, and hands to it: the mouse, and the clipboard."""

from __future__ import annotations

import os
from typing import Any, ClassVar, cast

from textual import events
from textual.binding import Binding, BindingType

from sms_tui.language import N_, _
from sms_tui.schema.units import format_size
from sms_tui.ui.commands import named_keys
from sms_tui.ui.keys import OrderedKeys
from sms_tui.ui.room import is_too_small, too_small
from sms_tui.ui.widgets.bars import key_bars


class AtTerminal(OrderedKeys):
    """An app that lends the mouse to its terminal, and copies into the clipboard of that."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("alt+m", "mouse", N_("Leave the mouse to the terminal, or take it again"), priority=True, id="mouse"),
        Binding("ctrl+c", "tell_quit", show=False, system=True),
    ]

    _copied = ""
    _cramped = False

    def why_not(self, action: str) -> str:
        """Why an action of the app does nothing now, in a sentence; "" where it does something."""
        return _("There is no mouse to leave here.") if action == "mouse" and not self._has_mouse else ""

    @property
    def _has_mouse(self) -> bool:
        return hasattr(self._driver, "_enable_mouse_support")

    def action_mouse(self) -> None:
        """Have the terminal select text by the mouse, or have the program take clicks."""
        if reason := self.why_not("mouse"):
            self.say(reason)
            return
        driver = cast(Any, self._driver)
        if driver._mouse:
            driver._disable_mouse_support()
            driver._mouse = False
            key = next(iter(named_keys(self.screen).get("mouse", ())), _("The palette"))
            self.say(_("The mouse is the terminal's: select and copy with it. {key} takes it again.").format(key=key))
        else:
            driver._mouse = True
            driver._enable_mouse_support()
            self.say(_("The mouse is taken: click on a row to go there."))

    def on_resize(self, event: events.Resize) -> None:
        was_cramped, self._cramped = self._cramped, is_too_small(*event.size)
        if self._cramped:
            self.say(too_small(*event.size), alert=True)
        elif was_cramped:
            self.unsay()

    @property
    def clipboard(self) -> str:
        """What was copied in the program last."""
        return self._copied

    def copy_to_clipboard(self, text: str) -> None:
        """Hand a text to the terminal's clipboard; one that is too long for that is told of."""
        from sms_tui.ui.taking_out import fits_clipboard, to_clipboard

        sendable = text.encode("utf-8", "replace").decode()
        self._copied = sendable
        if not fits_clipboard(sendable):
            size = format_size(len(sendable.encode()))
            self.say(
                _("{size} is too long for a terminal's clipboard; alt+w writes a file instead.").format(size=size),
                alert=True,
            )
        elif self._driver is not None:
            self._driver.write(to_clipboard(sendable, os.environ))

    def action_tell_quit(self) -> None:
        """Say what ends the program, to whoever tried ctrl+c."""
        keys = named_keys(self.screen)
        self.say(_("{keys} quits.").format(keys=_(" or ").join(keys.get("quit", ()))))

    def say(self, words: str, *, alert: bool = False) -> None:
        """Show a message in place of the keys of the screen."""
        for bar in key_bars(self.screen):
            bar.say(words, alert=alert)

    def unsay(self) -> None:
        """Show the keys again."""
        for bar in key_bars(self.screen):
            bar.unsay()
