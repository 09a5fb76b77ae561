"""A list of the task as painted rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType

from sms_tui.document.document import Document
from sms_tui.document.matching import Counterparts
from sms_tui.exactjson import Json
from sms_tui.language import N_, _
from sms_tui.schema.paths import ABSENT, Path
from sms_tui.schema.registry import KindSpec
from sms_tui.ui.forms.fields import FieldRows
from sms_tui.ui.forms.rows import Row
from sms_tui.ui.marks import Marks
from sms_tui.ui.plain.words import findings_in_words, listed, sign_words, spoken
from sms_tui.ui.table.arranging import Arranger
from sms_tui.ui.table.columns import Column
from sms_tui.ui.table.layout import GUTTER, SIGNS, Place, places, room_for_typing, scrolled_to
from sms_tui.ui.table.listing import Listing
from sms_tui.ui.text import printable
from sms_tui.ui.widgets.entries import EntryRows
from sms_tui.ui.widgets.painted import Part, fitted
from sms_tui.ui.widgets.rows import Rows


class EntryTable(FieldRows, EntryRows):
    """The entries of the list at `list_path`, a row each, a column a field. Holds which rows are seen and where the
    cursor is, in a row and a column; the first column stays while the others scroll. `chosen` is called when other
    rows are wanted, and again when they are there."""

    DEFAULT_CSS = """
    EntryTable > .rows--at-rest { background: $panel; }
    EntryTable > .rows--cell { background: $cursor; color: $cursor-text; }
    EntryTable:nocolor > .rows--at-rest, EntryTable:ansi > .rows--at-rest { text-style: underline; }
    EntryTable:nocolor > .rows--cell { text-style: reverse; }
    """
    KEYS_WORK: ClassVar[str] = N_("In the table")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step_column(-1)", N_("To the column on the left"), show=False, id="column_left"),
        Binding("right", "step_column(1)", N_("To the column on the right"), show=False, id="column_right"),
        Binding("tab", "step_column(1)", N_("To the column on the right"), show=False),
        Binding("shift+tab", "step_column(-1)", N_("To the column on the left"), show=False),
        Binding("s", "sort", N_("Sort by this column; again: the other way round, then as in the task"), id="sort"),
        Binding("t", "screen.leave", N_("Back to the tree, to this entry"), id="table_short"),
    ]
    cursor_styles = ("cursor-away", "at-rest")

    def __init__(
        self,
        document: Document,
        marks: Marks,
        list_path: Path,
        kind: KindSpec,
        *,
        follow: Callable[[], None],
        edit: Callable[[str], None],
        chosen: Callable[[], None],
        id: str | None = None,
    ) -> None:
        super().__init__(document, marks, follow=follow, edit=edit, id=id)
        self.list_path = list_path
        self._taken_from: Json = document.current
        self.listing = Listing(kind, self._entries())
        self.arranger = Arranger(self, self)
        self._chosen = chosen
        self.column = 0
        self._scrolled = 1
        """The first column after the one that stays."""

    def _entries(self) -> list[Json]:
        value = self._document.value(self.list_path)
        return value if isinstance(value, list) else []

    @property
    def number(self) -> int | None:
        """The number of the entry under the cursor, None in an empty table."""
        seen = self.listing.seen
        return seen[self.cursor] if self.cursor < len(seen) else None

    def read(self) -> None:
        """Take the entries anew from the document; cursor and marks stay with their entries."""
        task, number, name = self._document.current, self.number, self.listing.columns[self.column].name
        self.list_path = Counterparts(self._taken_from, task).in_newer(self.list_path) or self.list_path
        self._taken_from = task
        moved = self.listing.take(self._entries())
        if moved is not None:
            self._marked = {moved[old] for old in moved if old in self._marked}
            number = None if number is None else moved.get(number)
        self.column = self.listing.column_of(name) or 0
        self._rest_on(number)

    def read_values(self) -> None:
        """Show the values as they are now; no entry came, went or moved."""
        self._taken_from = self._document.current
        self.listing.renew(self._entries())
        self.refresh_changed()

    def _rest_on(self, number: int | None) -> None:
        """Show the rows as they are now, with the cursor on an entry, or where it is if that is not seen."""
        self.rows_changed()
        row = self.listing.row_of(number)
        self.cursor = self.cursor if row is None else row

    def show_listing(self, listing: Listing) -> None:
        """Show other rows of the same entries."""
        number, self.listing = self.number, listing
        self._rest_on(number)
        self._chosen()

    async def action_sort(self) -> None:
        self.arranger.sort(self.listing.columns[self.column].name)
        self._chosen()
        await self.arranger.done()

    def go_to(self, path: Path) -> bool:
        """Put the cursor on the entry that a path leads to or into, and on its column; False if it is not seen."""
        depth = len(self.list_path)
        row = self.listing.row_of(path[depth]) if path[:depth] == self.list_path and len(path) > depth else None
        if row is None:
            return False
        column = self.listing.column_of(path[depth + 1]) if len(path) > depth + 1 else None
        if column is not None:
            self._go_to_column(column)
        self.cursor = row
        return True

    # As fields and entries

    @property
    def row(self) -> Row:
        number = self.number
        if number is None:
            return Row("note", "")
        column = self.listing.columns[self.column]
        path = (*self.list_path, number, column.name)
        if column.spec is None or not isinstance(self.listing.entries[number], dict):
            return Row("unknown", column.name, path)
        return Row("field" if column.spec.of is None else "link", column.name, path, column.spec)

    def row_path(self, index: int) -> Path:
        seen = self.listing.seen
        return (*self.list_path, seen[index]) if index < len(seen) else self.list_path

    def mark_key(self, index: int) -> int:
        return self.listing.seen[index]

    def row_of_mark(self, key: Hashable) -> int | None:
        return self.listing.row_of(key)

    # Columns

    @property
    def places(self) -> list[Place]:
        """Where the columns on the screen stand."""
        return places(self.listing.widths, self._scrolled, self.size.width)

    @property
    def value_column(self) -> tuple[int, int]:
        place = next(place for place in self.places if place.column == self.column)
        return room_for_typing(place, self.size.width)

    @property
    def _under_input(self) -> range:
        """The cells of the row that an input lies over."""
        start, width = self.value_column
        return range(start, start + width) if self.typed is not None else range(0)

    def step_field(self, step: int) -> None:
        self.action_step_column(step)

    def action_step_column(self, step: int) -> None:
        if 0 <= self.column + step < len(self.listing.columns):
            self._go_to_column(self.column + step)
            self._follow()

    def _go_to_column(self, column: int) -> None:
        self.column = column
        widths, before = self.listing.widths, self._scrolled
        self._scrolled = scrolled_to(widths, before, column, self.size.width)
        if before == self._scrolled:
            self.refresh_row(self.cursor)
        else:
            self.refresh()

    def on_resize(self) -> None:
        self._go_to_column(self.column)
        self._follow()

    # Rows

    def row_count(self) -> int:
        return len(self.listing.seen)

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        number = self.listing.seen[index]
        path, entry = (*self.list_path, number), self.listing.entries[number]
        yield "*" if self.is_marked(index) else " ", None
        yield from _signed(self, self._marks, path)
        under_input = self._under_input if index == self.cursor else range(0)
        for at, start, room in self.places:
            column = self.listing.columns[at]
            yield from _signed(self, self._marks, (*path, column.name))
            style = self.named_style("dim") if column.value(entry) in (None, ABSENT) else Style()
            if index == self.cursor and at == self.column:
                style += self.named_style("cell")
            text = "" if start in under_input else column.text(entry)
            yield _aligned(text, column, room), style

    def sentence(self, index: int) -> str:
        path, entry = self.row_path(index), self.listing.entries[self.listing.seen[index]]
        cells = [f"{column.name}: {spoken(column.text(entry))}" for column in self.listing.columns]
        marked = [_("marked")] if self.is_marked(index) else []
        return listed([*sign_words(self._marks.sign(path)), *marked, *cells])

    def said(self) -> str:
        if self.number is None:
            return _("No entries.")
        column, entry, count = (
            self.listing.columns[self.column],
            self.listing.entries[self.number],
            len(self.listing.columns),
        )
        first = self.listing.columns[0].text(entry) if self.column else ""
        value = f"{column.name}: {spoken(column.text(entry))}"
        row = _("row {row} of {rows}").format(row=self.cursor + 1, rows=self.row_count())
        place = _("column {column} of {columns}").format(column=self.column + 1, columns=count)
        return listed([spoken(first), value, *findings_in_words(self._marks, self.row.path), row, place])

    def on_click(self, event: events.Click) -> None:
        row, cell = self.cell_of(event) or (-1, 0)
        at = (place.column for place in self.places if place.start - SIGNS <= cell < place.start + place.width)
        column = next(at, self.column)
        if row >= 0 and column != self.column:
            event.prevent_default()
            self._go_to_column(column)
            self.cursor = row


class TableHeader(Rows, can_focus=False):
    """The names of a table's columns: ▲▼ at the one it is sorted by, ‹ › where there are more to either side."""

    def __init__(self, table: EntryTable) -> None:
        super().__init__()
        self._table = table

    def row_count(self) -> int:
        return 1

    def selectable(self, index: int) -> bool:
        return False

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        places, columns = self._table.places, self._table.listing.columns
        text = " " * GUTTER
        for after, (at, __, room) in enumerate(places):
            column = columns[at]
            text += ("‹" if after == 1 and at > 1 else " ").ljust(SIGNS)
            text += _aligned(printable(column.name) + self._sort_sign(column), column, room)
        more = places[-1].column < len(columns) - 1
        yield (set_cell_size(text, width - 1) + "›" if more else text), self.named_style("heading")

    def _sort_sign(self, column: Column) -> str:
        sorting = self._table.listing.sorting
        if sorting is None or sorting.name != column.name:
            return ""
        return " ▼" if sorting.descending else " ▲"


def _signed(rows: Rows, marks: Marks, path: Path) -> Iterator[Part]:
    sign = marks.sign(path)
    yield sign[0], rows.named_style("error" if sign[0] == "✗" else "warning")
    yield sign[1], rows.named_style("changed")


def _aligned(text: str, column: Column, room: int) -> str:
    pad = " " * max(0, room - cell_len(text)) if column.to_the_right else ""
    return fitted(pad + text, room)
