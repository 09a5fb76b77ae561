"""A list of painted rows with a cursor: what the tree, the form, the task list and the text panes are made of. A cursor
step repaints two rows."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import var

from sms_tui.language import N_
from sms_tui.ui.widgets.painted import PaintedRows


class Rows(PaintedRows, can_focus=True):
    """Painted rows with a cursor, which they keep in view."""

    KEYS_WORK: ClassVar[str] = N_("Moving about")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", N_("Up"), show=False, id="up"),
        Binding("down", "move(1)", N_("Down"), show=False, id="down"),
        Binding("pageup", "page(-1)", N_("A page up"), show=False, id="page_up"),
        Binding("pagedown", "page(1)", N_("A page down"), show=False, id="page_down"),
        Binding("home", "edge(0)", N_("To the beginning"), show=False, id="first"),
        Binding("end", "edge(1)", N_("To the end"), show=False, id="last"),
    ]
    cursor_styles = ("cursor", "cursor-away")
    """The styles of the row with the cursor, while the rows have the focus and while they do not."""

    cursor: var[int] = var(0, always_update=True, init=False)

    # For subclasses

    def selectable(self, index: int) -> bool:
        """Whether the cursor may rest on a row."""
        return True

    def cursor_moved(self, old: int, new: int) -> None:
        """Called in the same breath as the cursor moves, so that what follows it is painted in the same frame."""

    def activated(self, index: int) -> None:
        """Called when the row under the cursor is clicked again."""

    def row_style(self, index: int) -> Style | None:
        if index != self.cursor or not self.selectable(index):
            return None
        return self.named_style(self.cursor_styles[0 if self.has_focus_within else 1])

    def rows_changed(self) -> None:
        if self.cursor >= self.row_count():
            self.cursor = self.row_count() - 1
        super().rows_changed()

    def begin_at(self, index: int) -> None:
        """Take note that all rows are others, and put the cursor on one of them; each is painted once for both."""
        old = self.cursor
        self.set_reactive(Rows.cursor, index)
        self.rows_changed()
        self.show_row(index)
        self.cursor_moved(old, index)

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
