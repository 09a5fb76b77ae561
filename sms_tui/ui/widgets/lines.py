"""Lines of text to read, scrolled by the keys that move a cursor elsewhere."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice, takewhile
from typing import TypeAlias

from rich.cells import cell_len, get_character_cell_size
from textual.geometry import Size
from textual.strip import Strip

from sms_tui.language import _
from sms_tui.ui.plain.hearing import is_plain
from sms_tui.ui.plain.words import placed, spoken_line
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
        self._wrapped_to = self._wrapped_in = 0
        """The width of the widget when they were wrapped, and that of the rows, less a scroll bar."""
        self._starts: list[int] = []
        """The row at which each line begins."""
        self._kept: int | None = None
        """The line to be at the top once there is another width."""

    def show(self, lines: Iterable[Line], *, from_top: bool = True) -> None:
        """Show these lines, from the top or where the reader is."""
        top, cursor = (0, 0) if from_top else (self.scroll_offset.y, self.cursor)
        self._lines, self._coming, self._starts, self._kept = [], _at_most(lines), [], None
        self._take(top + self.size.height + _AHEAD)
        self._wrap()
        self.cursor = cursor
        self.scroll_to(y=top, animate=False, immediate=True)

    def _take(self, count: int) -> Sequence[Line]:
        """Have so many lines in all, as far as there are; those that came."""
        new = list(islice(self._coming, max(0, count - len(self._lines))))
        self._lines += new
        return new

    def _ask(self, count: int) -> bool:
        """Have so many lines in all, wrapped; whether any came."""
        new = self._take(count)
        self._lay(new)
        return bool(new)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if len(self._wrapped) < new_value + self.size.height + _AHEAD and self._ask(len(self._lines) + _AHEAD):
            self.rows_changed()

    def on_resize(self) -> None:
        """Wrap to the new width; the line at the top stays there."""
        self._wrap()
        if self._kept is not None:
            self.scroll_to(y=self._starts[self._kept], animate=False, immediate=True)
            self._kept = None

    def _wrap(self) -> None:
        if self.size.width:
            self._fill()
            self.rows_changed()

    def _fill(self) -> None:
        """Wrap the lines to the width there is: less, if they need a scroll bar then."""
        if self._starts and self._wrapped_to != self.size.width and self._kept is None:
            self._kept = max(0, bisect_right(self._starts, self.scroll_offset.y) - 1)
        self._wrapped_to, self._wrapped = self.size.width, self._lines
        wrapped_in = 0
        while wrapped_in != (wrapped_in := max(20, self.room)):
            self._wrapped, self._starts, self._wrapped_in = [], [], wrapped_in
            self._lay(self._lines)

    def _lay(self, lines: Iterable[Line]) -> None:
        """Add lines to the rows: in plain mode as they are said, which takes more room."""
        plain = is_plain(self)
        for line in lines:
            self._starts.append(len(self._wrapped))
            self._wrapped += wrapped([(spoken_line(line), "")] if plain else line, self._wrapped_in)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the lines make in a width, as far as a screen has room for them."""
        return sum(len(wrapped(line, width)) for line in self._lines[: viewport.height])

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
        return is_plain(self)

    # In plain mode the cursor goes from line to line, past empty ones

    def said(self) -> str:
        return placed(self._line(self._reading), self._reading, len(self._lines)) if self._lines else _("Nothing here.")

    def said_beside(self) -> str:
        return self.said()

    def sentence(self, index: int) -> str:
        return super().sentence(index) if index in self._starts else f"  {super().sentence(index)}"

    def _line(self, at: int) -> str:
        return spoken_line(self._lines[at])

    @property
    def _reading(self) -> int:
        """The line under the cursor."""
        return max(0, bisect_right(self._starts, self.cursor) - 1)

    def _read(self, step: int) -> None:
        at = self._reading + step
        if len(self._lines) < at + _AHEAD and self._ask(len(self._lines) + _AHEAD):
            self.rows_changed()
        while 0 <= at < len(self._lines) and not self._line(at):
            at += step
        if 0 <= at < len(self._lines):
            self.cursor = self._starts[at]

    def action_move(self, step: int) -> None:
        if is_plain(self):
            self._read(step)
            return
        self.scroll_to(y=self.scroll_offset.y + step, animate=False, immediate=True)

    def action_page(self, pages: int) -> None:
        if is_plain(self):
            super().action_page(pages)
            return
        self.action_move(pages * max(1, self.size.height - 1))

    def action_edge(self, end: int) -> None:
        if end:
            self.run_worker(self._go_to_end(), exclusive=True)
        elif is_plain(self):
            self.cursor = 0
        else:
            self.scroll_to(y=0, animate=False, immediate=True)

    async def _go_to_end(self) -> None:
        more = True
        while more:
            more = self._ask(len(self._lines) + _A_PIECE)
            await asyncio.sleep(0)
        self.rows_changed()
        if is_plain(self):
            self.cursor = self._starts[-1] if self._starts else 0
        else:
            self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True)


def _at_most(lines: Iterable[Line]) -> Iterator[Line]:
    coming = iter(lines)
    yield from islice(coming, _MOST)
    if next(coming, None) is not None:
        yield [(_("… and more than can be shown here"), "dim")]


def wrapped(line: Line, width: int) -> list[Line]:
    """A line as one or more lines of at most a width in cells; what follows the first is indented, under the last
    column where the line begins with some."""
    out: list[list[tuple[str, str]]] = [[]]
    room, indent = width, _indent(line, width)
    for text, name in line:
        while len(head := _head(text, room)) < len(text):  # the rest is not measured: it may be very long
            out[-1].append((head, name))
            text = text[len(head) :]
            out.append([(" " * indent, "")])
            room = width - indent
        out[-1].append((text, name))
        room -= cell_len(text)
    return list(out)


def _indent(line: Line, width: int) -> int:
    """The cells of the columns that a line begins with, texts that end in a blank, as far as enough room is left."""
    columns = takewhile(lambda text: text[-1:] == " " and len(text) < width, (text for text, _ in line[:-1]))
    return max([4, *(end for end in accumulate(map(cell_len, columns)) if 3 * end <= 2 * width)])


def _head(text: str, room: int) -> str:
    """As many characters as fit, up to the last space where there is one."""
    beginning = text[: room + 1]
    if beginning.isascii() and beginning.isprintable():
        at = room if len(text) > room else None
    else:
        widths = enumerate(accumulate(map(get_character_cell_size, text)))
        at = next((at for at, cells in widths if cells > room), None)
    if at is None:
        return text
    space = text.rfind(" ", 0, at)
    return text[: space + 1] if space > at // 2 else text[:at]
