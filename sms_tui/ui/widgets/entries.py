"""Rows that stand for entries of the task's lists: marked, and arranged by the same keys wherever they are shown."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar

from textual.binding import Binding, BindingType

from sms_tui.language import N_
from sms_tui.schema.paths import Path
from sms_tui.ui.widgets.rows import Rows


class EntryRows(Rows):
    """Rows of which some are entries. A subclass says where a row stands and what a mark on it sticks to; the screen
    does what the keys ask for, to the rows that are `meant`."""

    KEYS_WORK: ClassVar[str] = N_("On entries, in the tree and in tables")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "screen.add_entry", N_("Add an entry, or an object that is null"), id="add"),
        Binding("d", "screen.delete_entry", N_("Delete"), id="delete"),
        Binding("u", "screen.put_back", N_("Put back the loaded value"), id="put_back_short"),
        Binding("c", "screen.duplicate", N_("Duplicate"), id="duplicate"),
        Binding("x", "screen.cut", N_("Cut, to be pasted elsewhere"), id="cut"),
        Binding("C", "screen.copy", N_("Copy"), id="copy"),
        Binding("v", "screen.paste", N_("Paste, also between source and target"), id="paste"),
        Binding("K", "screen.move_entry(-1)", N_("Move up"), id="move_up"),
        Binding("J", "screen.move_entry(1)", N_("Move down"), id="move_down"),
        Binding("m", "mark", N_("Mark, for the keys here to work on all that is marked"), id="mark"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._marked: set[Hashable] = set()

    # For subclasses

    def row_path(self, index: int) -> Path:
        """Where what a row stands for is in the task."""
        raise NotImplementedError

    def mark_key(self, index: int) -> Hashable | None:
        """What a mark on a row sticks to, None for a row that cannot be marked."""
        raise NotImplementedError

    def row_of_mark(self, key: Hashable) -> int | None:
        """The row that a mark sticks to, None if it is not seen."""
        raise NotImplementedError

    @property
    def here(self) -> Path:
        """The path under the cursor."""
        return self.row_path(self.cursor)

    # Marks

    @property
    def marked(self) -> list[Path]:
        """The paths of the marked rows, from the top. Rows without a mark are not looked at: there may be very many."""
        rows = (self.row_of_mark(key) for key in self._marked)
        return [self.row_path(row) for row in sorted(row for row in rows if row is not None)]

    @property
    def meant(self) -> list[Path]:
        """What a key works on: the marked rows, else the one under the cursor."""
        return self.marked or [self.here]

    def is_marked(self, index: int) -> bool:
        """Whether a row carries a mark of the operator."""
        return self.mark_key(index) in self._marked

    def clear_marks(self) -> bool:
        """Unmark all; whether there were any."""
        had = bool(self._marked)
        if had:
            self._marked.clear()
            self.refresh_changed()
        return had

    def action_mark(self) -> None:
        """Mark the row under the cursor, or unmark it, and go on to the next."""
        if self.row_count() and (key := self.mark_key(self.cursor)) is not None:
            self._marked ^= {key}
            self.refresh_row(self.cursor)
            self.action_move(1)
