"""The lines in which plain mode speaks: what was announced, and what has the keyboard."""

from __future__ import annotations

from typing import Any, cast

from rich.cells import cell_len
from rich.segment import Segment
from textual.containers import Vertical
from textual.geometry import Offset, Region
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static, TextArea

from sms_tui.inert import stand_ins
from sms_tui.language import _
from sms_tui.session.picture.lines import wrapped
from sms_tui.ui.commands import with_keys_of
from sms_tui.ui.forms.input import FieldInput
from sms_tui.ui.plain.rows import SpokenRows
from sms_tui.ui.plain.words import briefly, fitted_plainly, listed, spoken
from sms_tui.ui.program import program_of
from sms_tui.ui.widgets.bars import TitleBar

_TALL = 20
"""Lines of a screen from which on it has room for five of them."""


class Voice(Widget, can_focus=False):
    """Announcements, and below them the sentence of what has the keyboard, with the terminal's cursor on it.

    An announcement stays until the next one after another key, so that it can be read again.
    """

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, str] = {}
        self._before = ""
        self._key_came = self._introduced = False
        self._beside = ""
        self._lines: list[str] | None = None

    # What is heard

    def announce(self, words: str, topic: str = "") -> None:
        words = spoken(with_keys_of(cast("Screen[Any]", self.screen), words))
        if words and self._key_came:
            self._before, self._told, self._key_came = self.text, {}, False
        if words and self._told.get(topic or words) != words:
            self._told[topic or words] = words
            program_of(self).heard.append(words)
            self._look()

    def look_again(self) -> None:
        self._look()

    def key_pressed(self) -> None:
        """Take note that what is announced from now on is about another key."""
        self._key_came = True

    @property
    def text(self) -> str:
        """What is announced. The same twice would be no change of the screen, and not be heard."""
        text = " ".join(
            words if words.endswith((".", "?", "。", "？")) else f"{words}." for words in self._told.values()
        )
        return _("{words} (again)").format(words=text) if text and text == self._before else text

    @property
    def here(self) -> str:
        """What has the keyboard, in words; of a line of text what it is about."""
        screen = cast("Screen[Any]", self.screen)
        focused = screen.focused
        if isinstance(focused, FieldInput):
            return f"{briefly(spoken(focused.prompt), self.size.width // 3)}: "
        if isinstance(focused, SpokenRows):
            return focused.said()
        tell = getattr(screen, "said", None)
        return tell() if tell is not None else _ways_on(screen)

    # Where it stands

    @property
    def _here_rows(self) -> int:
        return 2 if self.size.height > 3 else 1

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor belongs: in the text that has the keyboard, else on the line that tells of it."""
        focused = self.screen.focused
        if isinstance(focused, FieldInput):
            return focused.caret
        if isinstance(focused, TextArea):
            return focused.cursor_screen_offset
        return self._start

    @property
    def _start(self) -> Offset:
        region = self.region
        return Offset(region.x, region.bottom - self._here_rows)

    @property
    def typing(self) -> Region:
        """The cells in which text is typed, where each key says itself."""
        focused = self.screen.focused
        return focused.region if isinstance(focused, FieldInput | TextArea) else Region()

    def on_mount(self) -> None:
        self._share()

    def on_resize(self) -> None:
        self._share()
        self._look()

    def _share(self) -> None:
        self.styles.height = 5 if self.app.size.height >= _TALL else 3

    def _look(self) -> None:
        self._lines = None
        self.refresh()
        focused = self.screen.focused
        if isinstance(focused, FieldInput) and self.size.width:
            prompt = cell_len(self.here)
            focused.lie(Offset(prompt, self._start.y), self.size.width - prompt)

    # Painting

    def render_line(self, y: int) -> Strip:
        if self._lines is None:
            self._lines = self._said()
        style = self.rich_style
        return Strip([Segment(stand_ins(self._lines[y]), style)]).adjust_cell_length(self.size.width, style)

    def _said(self) -> list[str]:
        """All lines, as many as there are."""
        if not self._introduced and self.screen.is_mounted:
            self._introduced = True
            self._introduce(introduction(cast("Screen[Any]", self.screen)))
        elif not self._introduced:
            self.call_after_refresh(self._look)  # what the screen is made of is still on its way
        rows = self._beside_typing()
        before, self._beside = self._beside, "" if rows is None else rows.said_beside()
        if self._beside != before:
            self.announce(self._beside, "beside")
        here = self._here_rows
        told = self.size.height - here
        return [*_fit(self.text, self.size.width, told), *_fit(self.here, self.size.width, here)]

    def _introduce(self, words: str) -> None:
        """Say first where one is, and of what was announced already only what is not in that."""
        told = {topic: more for topic, more in self._told.items() if more not in words}
        self._told = {}
        self.announce(words, "introduction")
        self._told |= told

    def _beside_typing(self) -> SpokenRows | None:
        """The rows that a line of text is about: the nearest that are on the screen."""
        focused = self.screen.focused
        if not isinstance(focused, FieldInput):
            return None
        for node in focused.ancestors:
            rows = [rows for rows in node.query(SpokenRows) if rows.display and rows.region]
            if rows:
                return rows[0] if rows[0].follows_typing else None
            if isinstance(node, Screen):
                break
        return None


def introduction(screen: Screen[Any]) -> str:
    """What a screen is, for whoever comes to it: its heading, or all that a question says."""
    if isinstance(screen, ModalScreen):
        boxes = list(screen.query(Vertical))
        titles = [str(box.border_title or "") for box in boxes[:1]]
        texts = [str(text.content) for text in screen.query(Static)]
        keys = [str(box.border_subtitle or "") for box in boxes[:1]]
        return ". ".join(spoken(text).rstrip(".") for text in [*titles, *texts, *keys] if text.strip())
    return listed(bar.text for bar in screen.query(TitleBar))


def _ways_on(screen: Screen[Any]) -> str:
    """What can be pressed where nothing has the keyboard."""
    hints = [str(hint.content) for hint in screen.query(".hint").results(Static)]
    return spoken(hints[-1]) if hints else ""


def _fit(text: str, width: int, rows: int) -> list[str]:
    """A text in exactly so many lines; what does not fit is told of by an ellipsis."""
    lines = list(wrapped(text, width)) if text.strip() else []
    if len(lines) > rows:
        lines = [*lines[: rows - 1], fitted_plainly(f"{lines[rows - 1]} {lines[rows]}", width)]
    elif text.endswith(" ") and lines:
        lines[-1] += " "
    return [*lines, *[""] * (rows - len(lines))]
