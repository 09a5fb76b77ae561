"""The rows of a table chosen and ordered anew, of very many in a thread."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, Protocol

from textual.widget import Widget
from textual.worker import Worker

from sms_tui.ui.table.listing import Listing

_MANY = 2000
"""Entries from which on to choose and order them takes long enough to be seen."""


class _Wish(NamedTuple):
    """How the rows are wanted other than they are."""

    what: Literal["narrow", "sort"]
    change: Callable[[Listing], None]


class Arranged(Protocol):
    """What shows a listing."""

    listing: Listing

    def show_listing(self, listing: Listing) -> None:
        """Show another listing of the same entries."""


class Arranger:
    """Changes what a table shows as it is wished. The rows there are stay, and can be gone through, until then."""

    def __init__(self, table: Arranged, widget: Widget) -> None:
        self._table, self._widget = table, widget
        self._wishes: list[_Wish] = []
        self._worker: Worker[None] | None = None

    def narrow(self, wanted: str) -> None:
        """Show only the entries in which every word stands."""
        self._wishes = [wish for wish in self._wishes if wish.what != "narrow"]
        self._take(_Wish("narrow", lambda listing: listing.narrow(wanted)))

    def sort(self, name: str) -> None:
        """Sort by a column, as `Listing.sort` does."""
        self._take(_Wish("sort", lambda listing: listing.sort(name)))

    @property
    def busy(self) -> bool:
        """Whether other rows are wanted than are shown yet."""
        return bool(self._wishes)

    async def done(self) -> None:
        """Wait for the rows that are wanted: what is typed next is meant for them."""
        while self.busy and self._worker is not None:
            await self._worker.wait()

    def _take(self, wish: _Wish) -> None:
        self._wishes.append(wish)
        if self._worker is not None and not self._worker.is_finished:
            return
        if len(self._table.listing.entries) > _MANY:
            self._worker = self._widget.run_worker(self._arrange())
        else:
            self._show(self._table.listing.rearranged([wish.change]), [wish])

    async def _arrange(self) -> None:
        while wishes := list(self._wishes):
            before = self._table.listing
            after = await to_thread(before.rearranged, [wish.change for wish in wishes])
            if self._table.listing.entries is before.entries:  # else all over again
                self._show(after, wishes)

    def _show(self, listing: Listing, wishes: Sequence[_Wish]) -> None:
        self._wishes = [wish for wish in self._wishes if wish not in wishes]
        self._table.show_listing(listing)
