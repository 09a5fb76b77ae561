"""Boxes whose titles change with every step of a cursor."""

from __future__ import annotations

from typing import Self

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from sms_tui.ui.text import printable


class Framed(Widget):
    """A widget with a border on whose titles alone are painted when they change; Textual paints all that is within."""

    _titles = ("", "")
    _edge: int | None = None
    """The line of the border that is being changed, as the content counts its lines."""

    def entitle(self, title: str, below: str = "") -> None:
        """Show these titles in the border above and below."""
        (old, old_below), self._titles = self._titles, (title, below)
        if title != old:
            self._edge = -1
            self.border_title = Content(printable(title))  # as a str it would be read as markup
        if below != old_below:
            self._edge = self.content_size.height
            self.border_subtitle = Content(printable(below))
        self._edge = None

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Repaint what is named, the line of the border that is being changed, or else all."""
        if self._edge is not None:
            regions = (Region(-1, self._edge, self.outer_size.width, 1),)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
