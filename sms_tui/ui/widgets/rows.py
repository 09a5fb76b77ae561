"""A list of painted rows with a cursor: what the tree, the form, the task list and the text panes are made of.

Rows are painted by `render_line` when they are seen; no widget and no object per row, so that a list of 200,000 costs
what a list of 20 does. A cursor step repaints two rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import monotonic
from typing import ClassVar, TypeAlias

from rich.cells import cell_len, get_character_cell_size, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import Reactive, var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from sms_tui.inert import stand_ins
from sms_tui.language import N_

Part: TypeAlias = tuple[str, Style | None]
Painted: TypeAlias = tuple[Style, list[Part]]
"""A row as it looks: the style it lies on, and its parts from left to right."""

_REMEMBERED = 400
"""Rows whose looks are kept to compare with: more than any screen has, and fewer than a long list."""


def fitted(text: str, width: int) -> str:
    """Text cut or padded to a width in cells; a cut is marked by …"""
    head = text[: 8 * max(0, width)]  # the rest is not even measured: it may be very long
    if len(head) == len(text) and cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    return set_cell_size(head, width - 1) + "…" if width > 0 else ""


class Rows(ScrollView, can_focus=True):
    """Painted rows with a cursor. A subclass says how many rows there are and paints one."""

    KEYS_WORK: ClassVar[str] = N_("Moving about")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", N_("Up"), show=False, id="up"),
        Binding("down", "move(1)", N_("Down"), show=False, id="down"),
        Binding("pageup", "page(-1)", N_("A page up"), show=False, id="page_up"),
        Binding("pagedown", "page(1)", N_("A page down"), show=False, id="page_down"),
        Binding("home", "edge(0)", N_("To the beginning"), show=False, id="first"),
        Binding("end", "edge(1)", N_("To the end"), show=False, id="last"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--cursor",
        "rows--cursor-away",
        "rows--dim",
        "rows--error",
        "rows--warning",
        "rows--changed",
        "rows--heading",
        "rows--title",
    }

    cursor_styles = ("cursor", "cursor-away")
    """The styles of the row with the cursor, while the rows have the focus and while they do not."""

    cursor: var[int] = var(0, always_update=True, init=False)
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)
    """Textual's own lays the whole screen out anew when it changes; here only the scroll bar depends on it."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._styles: dict[str, Style] = {}
        self._base: Style | None = None
        self._painted: dict[int, Painted] = {}
        self.painted_at: float | None = None
        """When it first went into a frame, by the clock of Textual's events."""

    # For subclasses

    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        """One row as runs of text and style, None for the plain style."""
        raise NotImplementedError

    def selectable(self, index: int) -> bool:
        """Whether the cursor may rest on a row."""
        return True

    def cursor_moved(self, old: int, new: int) -> None:
        """Called in the same breath as the cursor moves, so that what follows it is painted in the same frame."""

    def activated(self, index: int) -> None:
        """Called when the row under the cursor is clicked again."""

    # Painting

    def named_style(self, name: str) -> Style:
        """The style of a component class, `rows--` left out."""
        if name not in self._styles:
            self._styles[name] = self.get_component_rich_style(f"rows--{name}", partial=True)
        return self._styles[name]

    def notify_style_update(self) -> None:
        self._styles, self._base = {}, None
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        if self.painted_at is None and self.row_count():
            self.painted_at = monotonic()
        width, index = self.size.width, y + self.scroll_offset.y
        if index >= self.row_count():
            self._painted.pop(index, None)
            return Strip.blank(width, self._ground)
        if len(self._painted) > _REMEMBERED:
            self._painted.clear()
        style, parts = self._painted[index] = self._look(index, width)
        here = self._cursor_style(index)
        ink = Style(color=here.color) if here else None  # colours are made to be read on calm grounds only
        # whoever forgot to make a text printable shows it wrong, but lets it steer nothing
        segments = [Segment(stand_ins(text), style + part + ink if part else style) for text, part in parts]
        return Strip(segments).adjust_cell_length(width, style)

    @property
    def _ground(self) -> Style:
        """The style of what lies under all rows."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def _cursor_style(self, index: int) -> Style | None:
        """The style of a row that has the cursor, None for any other."""
        if index != self.cursor or not self.selectable(index):
            return None
        return self.named_style(self.cursor_styles[0 if self.has_focus_within else 1])

    def _look(self, index: int, width: int) -> Painted:
        """How a row looks now."""
        return self._ground + self._cursor_style(index), list(self.row_parts(index, width))

    def refresh_row(self, index: int) -> None:
        """Repaint what would look different now of one row, if it is on the screen."""
        self._refresh_rows(range(index, index + 1))

    def refresh_changed(self) -> None:
        """Repaint what would look different now of all rows on the screen, and no cell beside it."""
        top = self.scroll_offset.y
        self._refresh_rows(range(top, top + self.size.height))

    def _refresh_rows(self, indexes: range) -> None:
        top, (width, height), rows = self.scroll_offset.y, self.size, self.row_count()
        changed = []
        for index in indexes:
            if not 0 <= index - top < height:
                continue
            old, new = self._painted.get(index), self._look(index, width) if index < rows else None
            if old != new:
                start, stop = differing(old, new, width)
                changed.append(Region(start, index - top, stop - start, 1))
        if changed:
            self.refresh(*changed)

    def rows_changed(self) -> None:
        """Take note that the number of rows, or all of them, changed."""
        count = self.row_count()
        if self.virtual_size.height != count or self.virtual_size.width != self.size.width:
            self.virtual_size = Size(self.size.width, count)
            self._scroll_update(self.virtual_size)
        if self.cursor >= count:
            self.cursor = count - 1
        self.refresh_changed()

    def on_resize(self) -> None:
        self.rows_changed()
        self.show_row(self.cursor)

    # Moving

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, self.row_count() - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        self.refresh_row(old)
        self.refresh_row(new)
        self.show_row(new)
        self.cursor_moved(old, new)

    def show_row(self, index: int) -> None:
        """Scroll a row into view, half a page further than needed: holding a key then repaints the pane less often."""
        height = self.scrollable_content_region.height
        top = self.scroll_offset.y
        if height <= 0 or top <= index < top + height:
            return
        target = index - height // 2
        if abs(index - (top if index < top else top + height - 1)) > height:
            target = index - height // 3
        self.scroll_to(y=max(0, target), animate=False, immediate=True)

    def action_move(self, step: int) -> None:
        target = self.cursor + step
        while 0 <= target < self.row_count() and not self.selectable(target):
            target += step
        if 0 <= target < self.row_count():
            self.cursor = target

    def action_page(self, pages: int) -> None:
        self._settle_on(self.cursor + pages * max(1, self.scrollable_content_region.height - 1), -pages)

    def action_edge(self, end: int) -> None:
        self._settle_on(self.row_count() - 1 if end else 0, -1 if end else 1)

    def _settle_on(self, target: int, towards: int) -> None:
        target = max(0, min(target, self.row_count() - 1))
        step = 1 if towards > 0 else -1
        while 0 <= target < self.row_count() and not self.selectable(target):
            target += step
        if 0 <= target < self.row_count():
            self.cursor = target

    def cell_of(self, event: events.Click) -> tuple[int, int] | None:
        """The row that was clicked on, and the cell in it; None beside all rows."""
        at = event.get_content_offset(self)
        index = -1 if at is None else at.y + self.scroll_offset.y
        return (index, at.x) if at is not None and index < self.row_count() else None

    def on_click(self, event: events.Click) -> None:
        index, _ = self.cell_of(event) or (-1, 0)
        if index < 0 or not self.selectable(index):
            return
        again = index == self.cursor
        self.cursor = index
        if again or event.chain > 1:
            self.activated(index)

    def on_focus(self) -> None:
        self.refresh_row(self.cursor)

    def on_blur(self) -> None:
        self.refresh_row(self.cursor)


def differing(old: Painted | None, new: Painted | None, width: int) -> tuple[int, int]:
    """The first and past the last cell in which two looks of a row may differ; None is a look that is not known, or of
    no row at all."""
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
