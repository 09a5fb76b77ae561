"""What goes to the terminal in plain mode: whole lines, for a screen reader says whatever is sent.

The diff layer sends the cells that changed: after `Z: 500 MiB` it makes `Y: 39.5 GiB` of five cells, and what is heard
is `Y 39.5 G`. Here a line in which anything changed is sent whole, what has the keyboard before the rest. Only where
text is typed a key is answered by what it changed.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.color import ColorSystem
from textual.geometry import Region

from sms_tui.ui.cells import Strokes
from sms_tui.ui.mirror import Mirror, Update, pieces_of


class LineMirror(Mirror):
    """A mirror that sends lines. `typing` is the region in which text is typed, `first` the line that goes before the
    others above it."""

    def __init__(
        self, width: int, height: int, *, erases: bool, typing: Callable[[], Region], first: Callable[[], int]
    ) -> None:
        super().__init__(width, height, erases=erases)
        self._typing, self._first = typing, first

    def take(self, update: Update, color_system: ColorSystem) -> str:
        typing = self._typing()
        sent = Strokes(self._erases)
        changed: dict[int, None] = {}
        for y, x, new in pieces_of(update, color_system, self.width, self.height):
            if typing.y <= y < typing.bottom:
                self._put(sent, y, x, new)
                continue
            differing = Strokes(self._erases)
            self._put(differing, y, x, new)
            if differing.text():
                changed[y] = None
        whole = Strokes(self._erases)
        first = self._first()
        for y in sorted(changed, key=lambda y: (y < first, y)):
            whole.put(y, 0, self._characters[y], self._pens[y])
        return whole.text() + sent.text()
