"""The one real input of the form, laid over the value that is being edited."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.widgets import Input

from sms_tui.inert import stand_ins
from sms_tui.language import N_
from sms_tui.ui.plain.hearing import look_again

_LINE_END = re.compile(r"\r\n?|\n")
"""A terminal pastes the end of a line as Enter sends it."""


def on_one_line(pasted: str) -> str:
    """All lines of what was pasted, as one; the end of the last says only where copying stopped."""
    return " ".join(_LINE_END.split(pasted.rstrip("\r\n")))


class _Inert(Highlighter):
    """Paints a sign in place of each character that a terminal would obey; the value keeps it."""

    def __init__(self, whole: Callable[[], str]) -> None:
        self._whole = whole

    def highlight(self, text: Text) -> None:
        text.plain = stand_ins(self._whole())  # not of the text: it lacks some of them, and the cursor counts them


class FieldInput(Input):
    """A one-line input that tells every keystroke directly (`typed`), so that one key is one paint."""

    KEYS_WORK: ClassVar[str] = N_("In a line of text")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+a", "select_all", N_("Select all"), show=False)]

    def __init__(self, *, typed: Callable[[str], None], id: str | None = None) -> None:
        super().__init__(compact=True, select_on_focus=False, highlighter=_Inert(lambda: self.value), id=id)
        self.cursor_blink = False
        self._typed = typed
        self._telling = True
        self.prompt = ""
        """What is typed here, for plain mode to say before it."""

    @property
    def content_width(self) -> int:
        """The visible width while the text fits it: a growing width would lay the whole screen out anew."""
        width, visible = super().content_width, self.size.width
        return visible if 0 < width <= visible else width

    def on_focus(self) -> None:
        look_again(self)

    @property
    def caret(self) -> Offset:
        """The cell of the screen on which the cursor is; behind the text, Textual's is one further."""
        at = cell_len(self.value[: self.cursor_position]) - self.scroll_offset.x
        return self.content_region.offset + Offset(min(max(0, at), max(0, self.size.width - 1)), 0)

    def lie(self, at: Offset, width: int) -> None:
        """Lie over other cells of the screen than those it was laid out to."""
        if at != self.absolute_offset or width != self.size.width:
            self.absolute_offset = at
            self.styles.width = width
            self.refresh(layout=True)

    def put(self, text: str) -> None:
        """Set the text without telling."""
        self._telling = False
        try:
            self.value = text
        finally:
            self._telling = True

    def _on_paste(self, event: events.Paste) -> None:
        """Take all lines of what is pasted, as one; Textual's input takes the first and drops the rest unsaid."""
        event.stop()
        event.prevent_default()
        self.replace(on_one_line(event.text), *sorted(self.selection))

    async def action_submit(self) -> None:
        """Leave Enter to whoever holds the input."""
        raise SkipAction

    def watch_value(self, value: str) -> None:
        if self._telling:
            self._typed(value)
