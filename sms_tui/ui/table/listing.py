"""Which entries of a list a table shows, in which order and columns. Knows no screen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from typing import NamedTuple

from sms_tui.document.matching import pair_entries
from sms_tui.exactjson import Json
from sms_tui.schema.registry import KindSpec
from sms_tui.ui.table.columns import Column, columns, in_order, matching

_MEASURED = 200
"""Entries that the width of a column is measured on; a longer text further down is cut."""


class Sorting(NamedTuple):
    """The column, by its name, that the rows are sorted by, and which way."""

    name: str
    descending: bool


class Listing:
    """The rows of a table: `seen` has the numbers of the entries that are shown, in the order they are shown."""

    def __init__(self, kind: KindSpec, entries: list[Json]) -> None:
        self._kind = kind
        self.sorting: Sorting | None = None
        self.wanted = ""
        self._sorted: tuple[Sorting, Column, list[Json], Sequence[int]] | None = None
        self._take(entries)
        self._choose()

    @property
    def in_task_order(self) -> bool:
        """Whether the rows stand as in the task, with none left out."""
        return self.sorting is None and not self.wanted.strip()

    def row_of(self, number: object) -> int | None:
        """The row of an entry, None if it is not seen."""
        return self._rows.get(number)

    def column_of(self, name: object) -> int | None:
        """The number of a column."""
        return next((at for at, column in enumerate(self.columns) if column.name == name), None)

    def take(self, entries: list[Json]) -> Mapping[int, int] | None:
        """Go on with the list as it is now: where each entry that is still there was, and is. None if all are where
        they were, and so are the rows, even if an edit put them out of order.

        An entry that came since is seen, whether the filter would have it or not.
        """
        before = self.entries
        if entries is before:
            return None
        self._take(entries)
        pairs = pair_entries(before, entries)
        if all(old == new for old, new in pairs):
            return None
        self._choose({new for old, new in pairs if old is None and new is not None})
        return {old: new for old, new in pairs if old is not None and new is not None}

    def renew(self, entries: list[Json]) -> None:
        """Go on with the list after values in it changed, and nothing else: rows and columns stay as they are."""
        self.entries = entries

    def narrow(self, wanted: str) -> None:
        """Show only the entries in which every word stands."""
        self.wanted = wanted
        self._choose()

    def sort(self, name: str) -> None:
        """Sort by a column; if that is done already, the other way round, and then as in the task again."""
        if self.sorting == (name, True):
            self.sorting = None
        else:
            self.sorting = Sorting(name, descending=self.sorting == (name, False))
        self._choose()

    def rearranged(self, changes: Sequence[Callable[[Listing], None]]) -> Listing:
        """Another listing of the same entries with these changes, which this one does not notice; for a thread."""
        other = copy(self)
        for change in changes:
            change(other)
        return other

    def _take(self, entries: list[Json]) -> None:
        self.entries = entries
        self.columns: Sequence[Column] = columns(self._kind, entries)
        self.widths = [column.width(entries[:_MEASURED]) for column in self.columns]

    def _choose(self, always: Collection[int] = ()) -> None:
        order = self._order()
        if self.wanted.strip():
            found = {*matching(self.entries, self.columns, self.wanted), *always}
            order = list(filter(found.__contains__, order))
        self.seen = order
        self._rows: dict[object, int] = dict(zip(order, range(len(order)), strict=True))

    def _order(self) -> Sequence[int]:
        """All entries in the order they are shown; to sort a long list anew for each letter of a filter takes long."""
        at = None if self.sorting is None else self.column_of(self.sorting.name)
        if at is None or self.sorting is None:
            return range(len(self.entries))
        if (
            self._sorted is None
            or self._sorted[:2] != (self.sorting, self.columns[at])
            or (self._sorted[2] is not self.entries)
        ):
            order = in_order(self.entries, self.columns[at], descending=self.sorting.descending)
            self._sorted = self.sorting, self.columns[at], self.entries, order
        return self._sorted[3]
