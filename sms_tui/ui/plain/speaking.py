"""An app that can speak plainly, and keeps what it said."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.geometry import Region
from textual.screen import Screen

from sms_tui.language import _
from sms_tui.ui.mirror import Mirror, Mirrored
from sms_tui.ui.plain.hearing import Hearing

if TYPE_CHECKING:
    from sms_tui.ui.dialogs.palette import Entry
    from sms_tui.ui.plain.voice import Voice

_SHOW_CURSOR = "\x1b[?25h"
_KEPT = 200
"""Announcements that can be read again."""


class Speaking(Mirrored):
    """Puts a voice on every screen, and the terminal's cursor where a screen reader looks for it, while `plain`."""

    plain = False

    @cached_property
    def heard(self) -> deque[str]:
        """What was said so far, the last at the end: a line may have had no room for all of it."""
        return deque(maxlen=_KEPT)

    def speak(self) -> None:
        """Turn plain mode on, before anything is drawn."""
        self.plain = True
        self.add_class("-plain")
        self.css_path.append(Path(__file__).with_name("plain.tcss"))

    def voice_of(self, screen: Screen[Any]) -> Hearing | None:
        return self._voice(screen)

    def _voice(self, screen: Screen[Any]) -> Voice | None:
        if not self.plain:
            return None
        from sms_tui.ui.plain.voice import Voice

        return next((child for child in screen.children if isinstance(child, Voice)), None)

    def on_mount(self) -> None:
        self._show_cursor()
        self.app_resume_signal.subscribe(self, lambda _: self._show_cursor())

    def _show_cursor(self) -> None:
        if self.plain and self._driver is not None:
            self._driver.write(_SHOW_CURSOR)

    def push_screen(self, screen: Any, *others: Any, **options: Any) -> Any:
        mounted = super().push_screen(screen, *others, **options)
        if self.plain and self.screen.is_attached and self._voice(self.screen) is None:
            from sms_tui.ui.plain.voice import Voice

            self.screen.mount(Voice())
        return mounted

    def speaking_commands(self) -> Iterator[Entry]:
        """What can be done about what was said."""
        from sms_tui.ui.dialogs.palette import Entry

        nothing = _("Nothing was announced yet.") if not self.heard else ""
        yield Entry(_("What was announced so far"), "", self._recall, nothing)

    def _recall(self) -> None:
        """Show the announcements, the last one first."""
        from sms_tui.ui.dialogs.changes import ChangesDialog

        lines = [[(words, "")] for words in reversed(self.heard)]
        self.push_screen(ChangesDialog(_("What was announced"), lines, read_only=True))

    # What goes to the terminal

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if (voice := self._voice(self.screen)) is not None:
            self.cursor_position = voice.caret
        super()._display(screen, renderable)

    def new_mirror(self, width: int, height: int, *, erases: bool) -> Mirror:
        if not self.plain:
            return super().new_mirror(width, height, erases=erases)
        from sms_tui.ui.plain.sending import LineMirror

        return LineMirror(width, height, erases=erases, typing=self._typing, first=self._first)

    def _typing(self) -> Region:
        voice = self._voice(self.screen)
        return Region() if voice is None else voice.typing

    def _first(self) -> int:
        voice = self._voice(self.screen)
        return 0 if voice is None else voice.region.y
