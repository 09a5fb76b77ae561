"""Rows as sentences: what lists of painted rows say in plain mode."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from rich.style import Style
from textual.geometry import Region
from textual.scroll_view import ScrollView

from sms_tui.language import _
from sms_tui.ui.plain.hearing import look_again
from sms_tui.ui.plain.words import placed, spoken_line

_WIDE = 400
"""Cells in which a row has room for all it has to say."""


class SpokenRows(ScrollView):
    """Rows that can be said. A subclass has better words for a row than those that are painted in its columns."""

    cursor: int

    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def row_parts(self, index: int, width: int) -> Iterable[tuple[str, Style | None]]:
        """One row as runs of text and style, None for the plain style."""
        raise NotImplementedError

    def sentence(self, index: int) -> str:
        """A row in words."""
        return spoken_line(self.row_parts(index, _WIDE))

    def said(self) -> str:
        """The row under the cursor in words, and which one it is."""
        count = self.row_count()
        return placed(self.sentence(self.cursor).strip(), self.cursor, count) if count else _("Nothing here.")

    def said_beside(self) -> str:
        """The row under the cursor, after which one it is: what changes most is heard first where one goes through
        matches."""
        count = self.row_count()
        if not count:
            return _("Nothing found.")
        words = self.sentence(self.cursor).strip()
        return _("{number} of {count}: {words}").format(number=self.cursor + 1, count=f"{count:,}", words=words)

    @property
    def follows_typing(self) -> bool:
        """Whether its row is announced while a line of text beside it has the keyboard."""
        return True

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        look_again(self)
        return self
