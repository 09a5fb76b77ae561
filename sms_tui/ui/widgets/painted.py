"""Rows that are painted when they are seen, and painted again only where they look different.

No widget and no object stands for a row, so that a list of 200,000 costs what a list of 20 does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import monotonic
from typing import Self, TypeAlias

from rich.cells import cell_len, get_character_cell_size, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.dom import DOMNode
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip

from sms_tui.inert import stand_ins
from sms_tui.ui.plain.hearing import is_plain, look_again
from sms_tui.ui.plain.rows import SpokenRows
from sms_tui.ui.plain.words import fitted_plainly

Part: TypeAlias = tuple[str, Style | None]
Painted: TypeAlias = tuple[Style, list[Part]]
"""A row as it looks: the style it lies on, and its parts from left to right."""


_LONG = 2000
"""Characters of a text that is not measured: it fits into no row."""


def fits(text: str, width: int) -> bool:
    """Whether text is at most so many cells wide; what is far too long is not even measured."""
    return len(text) <= 8 * width and cell_len(text) <= width


def fitted(text: str, width: int) -> str:
    """Text cut or padded to a width in cells; a cut is marked by …"""
    if fits(text, width):
        return text + " " * (width - cell_len(text))
    return set_cell_size(text[: 8 * width], width - 1) + "…" if width > 0 else ""


def within(parts: list[Part], width: int) -> list[Part]:
    """The parts of a row as they fit into a width in cells; where more than blanks is cut off, … tells of it."""
    if sum(map(_cells, parts)) <= width:
        return parts
    kept: list[Part] = []
    left = max(0, width - 1)
    for at, (text, style) in enumerate(parts):
        if (cells := _cells((text, style))) > left:
            rest = "".join((text, *(after for after, _ in parts[at + 1 :])))
            lost = rest[len(set_cell_size(rest[: 8 * width], left + 1)) :]
            return [*kept, (fitted(rest, left + 1), style)] if lost and not lost.isspace() else parts
        kept.append((text, style))
        left -= cells
    return parts


def _cells(part: Part) -> int:
    """The cells of a part; of a very long one so many as no row has."""
    text = part[0]
    return len(text) if text.isascii() or len(text) > _LONG else cell_len(text)


class PaintedRows(SpokenRows):
    """Painted rows. A subclass says how many there are and paints one."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)
    """Textual's own lays the whole screen out anew when it changes; here only the scroll bar depends on it."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._styles: dict[str, Style] = {}
        self._base: Style | None = None
        self._painted: dict[int, Painted | None] = {}
        self._due: dict[int, Painted | None] = {}
        """What is to be painted of rows that changed: just what was compared, for cells beside it are not sent, and a
        check under way may change them at any time."""
        self._due_width = 0
        self.painted_at: float | None = None
        """When it first went into a frame, by the clock of Textual's events."""

    # For subclasses

    def row_style(self, index: int) -> Style | None:
        """The style that a row lies on and whose ink its parts take, None for that of all rows."""
        return None

    # Painting

    @property
    def room(self) -> int:
        """The cells of a row that are seen: all but what is under the scroll bar, where there is one."""
        return self._room_of(self.size)

    def _room_of(self, size: Size) -> int:
        return size.width - (self.styles.scrollbar_size_vertical if self.row_count() > size.height else 0)

    def named_style(self, name: str) -> Style:
        """The style of a component class, `rows--` left out. It is not declared as one, but applied when it is first
        asked for: Textual applies all that are declared with every focus, and at the start that took longer than all
        widgets."""
        if name not in self._styles:
            component = DOMNode(classes=f"rows--{name}")
            component._attach(self)
            self.app.stylesheet.apply(component, animate=False)
            self._styles[name] = component.styles.partial_rich_style
        return self._styles[name]

    def notify_style_update(self) -> None:
        self._styles, self._base = {}, None
        self._due.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        if self.painted_at is None and self.row_count():
            self.painted_at = monotonic()
        size, index = self.size, y + self.scroll_offset.y
        width = size.width
        if self._due and width != self._due_width:
            self._due.clear()
        look = self._due.pop(index) if index in self._due else self._look(index, self._room_of(size))
        self._painted[index] = look
        if look is None:
            return Strip.blank(width, self._ground)
        style, parts = look
        if own := self.row_style(index):  # colours are made to be read on calm grounds only
            ink = Style(color=own.color)
            parts = [(text, part and part + ink) for text, part in parts]
        # whoever forgot to make a text printable shows it wrong, but lets it steer nothing
        segments = [Segment(stand_ins(text), style + part if part else style) for text, part in parts]
        return Strip(segments).adjust_cell_length(width, style)

    @property
    def _ground(self) -> Style:
        """The style of what lies under all rows."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def _look(self, index: int, room: int) -> Painted | None:
        """How a row looks now; None for what is after the last one."""
        if index >= self.row_count():
            return None
        if is_plain(self):
            return self._ground, [(fitted_plainly(self.sentence(index), room), None)]
        return self._ground + self.row_style(index), within(list(self.row_parts(index, room)), room)

    # Painting again

    def refresh_row(self, index: int) -> None:
        """Repaint what would look different now of one row, if it is on the screen."""
        self.refresh_rows((index,))

    def refresh_changed(self) -> None:
        """Repaint what would look different now of all rows on the screen, and no cell beside it."""
        top = self.scroll_offset.y
        self.refresh_rows(range(top, top + self.size.height))

    def refresh_rows(self, indexes: Iterable[int]) -> None:
        """The same of some rows."""
        top, size = self.scroll_offset.y, self.size
        width, height = size
        room = self._room_of(size)
        changed = []
        for index in indexes:
            if not 0 <= index - top < height:
                continue
            new, known = self._look(index, room), index in self._painted
            if known and self._painted[index] == new and index not in self._due:
                continue
            start, stop = differing(self._painted[index], new, width) if known else (0, width)
            changed.append(Region(start, index - top, stop - start, 1))
            self._due[index], self._due_width = new, width
        if changed:
            self.refresh(*changed)
        else:
            look_again(self)

    def rows_changed(self) -> None:
        """Take note that the number of rows, or all of them, changed."""
        count = self.row_count()
        if self.virtual_size.height != count or self.virtual_size.width != self.size.width:
            self.virtual_size = Size(self.size.width, count)
            self._scroll_update(self.virtual_size)
        self.refresh_changed()

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Repaint what is named, else all as it looks then."""
        if not regions:
            self._due.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        self._due.clear()
        self._painted.clear()  # Textual paints all of it again
        super().watch_scroll_y(old_value, new_value)

    def show_anew(self) -> None:
        """Paint all of it again; what was typed before that is no answer to it."""
        self.painted_at = None
        self._painted.clear()
        self.refresh()

    def cell_of(self, event: events.Click) -> tuple[int, int] | None:
        """The row that was clicked on, and the cell in it; None beside all rows."""
        at = event.get_content_offset(self)
        index = -1 if at is None else at.y + self.scroll_offset.y
        return (index, at.x) if at is not None and index < self.row_count() else None


def differing(old: Painted | None, new: Painted | None, width: int) -> tuple[int, int]:
    """The first and past the last cell in which two looks of a row may differ; None is that of no row at all."""
    if old is None or new is None or old[0] != new[0]:
        return 0, width
    (_, before), (_, after) = old, new
    if any(_is_composed(text) for text, _ in (*before, *after)):  # what ends in one cell may go on in the next text
        return 0, width
    start = min(width, _alike(before, after))
    length = sum(cell_len(text) for text, _ in before)
    if length != sum(cell_len(text) for text, _ in after):
        return start, width
    return start, max(start, min(width, length - _alike(_backwards(before), _backwards(after))))


def common_start(text: str, other: str) -> str:
    """The characters that two texts begin with alike."""
    pairs = enumerate(zip(text, other, strict=False))
    return text[: next((at for at, (one, two) in pairs if one != two), min(len(text), len(other)))]


def _alike(old: Iterable[Part], new: Iterable[Part]) -> int:
    """The cells from the beginning that two rows have in common."""
    cells = 0
    for (text, style), (other, other_style) in zip(old, new, strict=False):
        if style != other_style:
            break
        if text != other:
            return cells + cell_len(common_start(text, other))
        cells += cell_len(text)
    return cells


def _backwards(parts: Sequence[Part]) -> Iterable[Part]:
    return ((text[::-1], style) for text, style in reversed(parts))


def _is_composed(text: str) -> bool:
    """Whether some characters of a text share a cell."""
    return not text.isascii() and not all(map(get_character_cell_size, text))
