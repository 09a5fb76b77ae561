"""A few lines of words in a fixed room."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.widgets import Static


class Note(Static):
    """Words wrapped to the room there is; … stands where there were more."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)

    def render(self) -> RenderResult:
        words = self.visual
        width, height = self.size
        if not isinstance(words, Content) or not width or not height:
            return words if isinstance(words, Content) else Content("")
        lines = words.wrap(width)
        if len(lines) <= height:
            return words
        last = lines[height - 1].rstrip()
        if last.cell_length >= width:
            last = last.truncate(width - 1)
        return Content("\n").join([*lines[: height - 1], last + "…"])
