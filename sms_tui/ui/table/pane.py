"""The table with its heading, the input over the cell being edited, and what that cell means."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual.app import ComposeResult

from sms_tui.document.document import Document
from sms_tui.exactjson import Json
from sms_tui.language import _, ngettext
from sms_tui.schema.paths import Path
from sms_tui.schema.registry import KindSpec
from sms_tui.ui.forms.fields import FieldPane
from sms_tui.ui.forms.rows import Row
from sms_tui.ui.marks import Marks
from sms_tui.ui.table.table import EntryTable, TableHeader
from sms_tui.ui.text import echo, shown


class TablePane(FieldPane):
    """The entries of one list; the cell under the cursor is edited like a field of a form."""

    def __init__(
        self,
        document: Document,
        marks: Marks,
        list_path: Path,
        kind: KindSpec,
        *,
        change: Callable[[Path, Json], None],
        ask: Callable[[Row, str], bool],
        id: str | None = None,
    ) -> None:
        super().__init__(document, marks, change=change, ask=ask, id=id)
        self.grid: EntryTable = EntryTable(
            document, marks, list_path, kind, follow=self._moved, edit=self.edit, chosen=self._told
        )
        self._header = TableHeader(self.grid)

    def compose(self) -> ComposeResult:
        yield self._header
        yield self.grid
        yield self.input
        yield self._about

    def on_mount(self) -> None:
        self.tell_extent()

    def read(self) -> None:
        """Show what the document holds now: other entries, other findings."""
        self.grid.read()
        self.tell_extent()
        self.refresh_value()
        self._header.refresh_changed()

    def narrow(self, wanted: str) -> None:
        """Show only the entries in which every word stands."""
        self.grid.arranger.narrow(wanted)
        self.tell_extent()

    def _told(self) -> None:
        self.tell_extent()
        self._header.refresh_changed()

    def tell_extent(self) -> None:
        """Say which list this is, and how much of it is seen."""
        listing = self.grid.listing
        seen, there = len(listing.seen), len(listing.entries)
        count = ngettext("{count} entry", "{count} entries", there).format(count=there)
        below = count if seen == there else _("{seen} of {entries}").format(seen=seen, entries=count)
        if self.grid.arranger.busy:
            below = _("looking through {entries}…").format(entries=count)
        self.entitle(self._document.describe(self.grid.list_path), below)

    def _moved(self) -> None:
        super()._moved()
        self._header.refresh_changed()

    def _words(self) -> Iterator[tuple[str, str]]:
        if self.grid.number is not None:
            yield from super()._words()
        elif self.grid.listing.entries:
            yield _("No entry has every word of the filter. Esc clears it."), "bold"
        else:
            yield _("No entries. a adds one."), "bold"

    def _meaning(self, row: Row) -> str:
        """The value in full: its cell may be too narrow for it."""
        value = self._document.value(row.path)
        return super()._meaning(row) or (
            "" if row.sort == "link" else f"{shown(value, row.spec)} {echo(value, row.spec)}".rstrip()
        )
