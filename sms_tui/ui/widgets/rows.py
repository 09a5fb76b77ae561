"""A list of painted rows with a cursor: what the tree, the form, the task list and the text panes are made of.

Rows are painted by `render_line` when they are seen; no widget and no object per row, so that a list of 200,000 costs
what a list of 20 does. A cursor step repaints two rows.
"""

from __future__ import annotations

from time import monotonic
from typing import ClassVar, TypeAlias

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import Reactive, var
from textual.strip import Strip

from sms_tui.inert import stand_ins
from sms_tui.language import N_
from sms_tui.ui.plain.hearing import is_plain
from sms_tui.ui.plain.rows import SpokenRows
from sms_tui.ui.plain.words import fitted_plainly

Part: TypeAlias = tuple[str, Style | None]


def fitted(text: str, width: int) -> str:
    """Text cut or padded to a width in cells; a cut is marked by …"""
    head = text[: 8 * max(0, width)]  # the rest is not even measured: it may be very long
    if len(head) == len(text) and cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    return set_cell_size(head, width - 1) + "…" if width > 0 else ""


class Rows(SpokenRows, can_focus=True):
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
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """Textual's own lays the whole screen out anew when it changes; here only the scroll bar depends on it."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._styles: dict[str, Style] = {}
        self._base: Style | None = None
        self._painted: dict[int, list[Part]] = {}
        self.painted_at: float | None = None
        """When it first went into a frame, by the clock of Textual's events."""

    # For subclasses

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
        if self._base is None:
            self._base = self.rich_style
        width, base = self.size.width, self._base
        index = y + self.scroll_offset.y
        if index >= self.row_count():
            return Strip.blank(width, base)
        if is_plain(self):
            text = fitted_plainly(stand_ins(self.sentence(index)), width)
            return Strip([Segment(text, base + Style(meta={"row": index}))]).adjust_cell_length(width)
        style, ink = base, None
        if index == self.cursor and self.selectable(index):
            here = self.named_style(self.cursor_styles[0 if self.has_focus_within else 1])
            style, ink = base + here, Style(color=here.color)  # colours are made to be read on calm grounds only
        meta = Style(meta={"row": index})
        parts = self._painted[index] = list(self.row_parts(index, width))
        # whoever forgot to make a text printable shows it wrong, but lets it steer nothing
        segments = [Segment(stand_ins(text), (style + part + ink if part else style) + meta) for text, part in parts]
        return Strip(segments).adjust_cell_length(width, style + meta)

    def refresh_row(self, index: int) -> None:
        """Repaint one row if it is on the screen."""
        y = index - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def refresh_changed(self) -> None:
        """Repaint those rows on the screen that would look different now."""
        top = self.scroll_offset.y
        for index in range(top, min(top + self.size.height, self.row_count())):
            if list(self.row_parts(index, self.size.width)) != self._painted.get(index):
                self.refresh_row(index)

    def rows_changed(self) -> None:
        """Take note that the number of rows, or all of them, changed."""
        count = self.row_count()
        self._painted.clear()
        if self.virtual_size.height != count or self.virtual_size.width != self.size.width:
            self.virtual_size = Size(self.size.width, count)
            self._scroll_update(self.virtual_size)
        if self.cursor >= count:
            self.cursor = count - 1
        self.refresh()

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

    def on_click(self, event: events.Click) -> None:
        index = event.style.meta.get("row")
        if not isinstance(index, int) or not self.selectable(index):
            return
        again = index == self.cursor
        self.cursor = index
        if again or event.chain > 1:
            self.activated(index)

    def on_focus(self) -> None:
        self.refresh_row(self.cursor)

    def on_blur(self) -> None:
        self.refresh_row(self.cursor)
