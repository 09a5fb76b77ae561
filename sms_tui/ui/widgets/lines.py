"""Lines of text to read, scrolled by the keys that move a cursor elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from rich.cells import cell_len
from textual.strip import Strip

from sms_tui.language import _
from sms_tui.ui.widgets.painted import Part
from sms_tui.ui.widgets.rows import Rows

Line: TypeAlias = Sequence[tuple[str, str]]
"""Runs of text, each with the name of its style ("" for plain)."""

_AHEAD, _A_PIECE = 300, 1000
"""Lines that are asked for beyond those on the screen, and between two looks at the keys on the way to the end."""
_MOST = 50_000
"""Lines that are shown at most."""


class Lines(Rows):
    """A read-only text of painted lines; long ones are wrapped to the width.

    Of a long text lines are only asked for when they are near: of some there are millions.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[Line] = []
        self._coming: Iterator[Line] = iter(())
        self._wrapped: list[Line] = []
        self._wrapped_to = 0

    def show(self, lines: Iterable[Line], *, from_top: bool = True) -> None:
        """Show these lines, from the top or where the reader is."""
        top = 0 if from_top else self.scroll_offset.y
        self._lines, self._coming = [], _at_most(lines)
        self._ask(top + self.size.height + _AHEAD)
        self._wrap()
        self.scroll_to(y=top, animate=False, immediate=True)

    def _ask(self, count: int) -> bool:
        """Have so many lines in all, as far as there are; whether any came."""
        new = list(islice(self._coming, max(0, count - len(self._lines))))
        self._lines += new
        if self._wrapped_to:
            self._wrapped += self._fitted(new)
        return bool(new)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if len(self._wrapped) < new_value + self.size.height + _AHEAD and self._ask(len(self._lines) + _AHEAD):
            self.rows_changed()

    def on_resize(self) -> None:
        self._wrap()

    def _wrap(self) -> None:
        if self.size.width:
            self._fill()
            self.rows_changed()

    def _fill(self) -> None:
        """Wrap the lines to the width there is."""
        self._wrapped_to = self.size.width
        self._wrapped = self._fitted(self._lines)

    def _fitted(self, lines: Iterable[Line]) -> list[Line]:
        width = max(20, self._wrapped_to)
        return [part for line in lines for part in _wrapped(line, width)]

    def render_line(self, y: int) -> Strip:
        if self._wrapped_to != self.size.width:  # a first frame is painted before the widget hears of its size
            self._fill()
        return super().render_line(y)

    def row_count(self) -> int:
        return len(self._wrapped)

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        for text, name in self._wrapped[index]:
            yield text, self.named_style(name) if name else None

    def selectable(self, index: int) -> bool:
        return False

    def action_move(self, step: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + step, animate=False, immediate=True)

    def action_page(self, pages: int) -> None:
        self.action_move(pages * max(1, self.size.height - 1))

    def action_edge(self, end: int) -> None:
        if end:
            self.run_worker(self._go_to_end(), exclusive=True)
        else:
            self.scroll_to(y=0, animate=False, immediate=True)

    async def _go_to_end(self) -> None:
        more = True
        while more:
            more = self._ask(len(self._lines) + _A_PIECE)
            await asyncio.sleep(0)
        self.rows_changed()
        self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True)


def _at_most(lines: Iterable[Line]) -> Iterator[Line]:
    coming = iter(lines)
    yield from islice(coming, _MOST)
    if next(coming, None) is not None:
        yield [(_("… and more than can be shown here"), "dim")]


def _wrapped(line: Line, width: int) -> list[Line]:
    """A line as one or more lines of at most a width in cells; what follows the first is indented."""
    out: list[list[tuple[str, str]]] = [[]]
    room = width
    for text, name in line:
        while len(head := _head(text, room)) < len(text):  # the rest is not measured: it may be very long
            out[-1].append((head, name))
            text = text[len(head) :]
            out.append([("    ", "")])
            room = width - 4
        out[-1].append((text, name))
        room -= cell_len(text)
    return list(out)


def _head(text: str, room: int) -> str:
    """As many characters as fit, up to the last space where there is one."""
    if len(text) <= room and text.isascii() and text.isprintable():
        return text
    cells = 0
    for at, character in enumerate(text):
        cells += cell_len(character)
        if cells > room:
            space = text.rfind(" ", 0, at)
            return text[: space + 1] if space > at // 2 else text[:at]
    return text
