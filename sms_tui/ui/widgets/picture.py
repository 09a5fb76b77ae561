"""A drawing of a task to look at and to go from: its blocks lead to what they stand for."""

from __future__ import annotations

import gc
import re
from asyncio import to_thread
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.geometry import Size
from textual.strip import Strip

from sms_tui.garbage import uncollected
from sms_tui.language import N_
from sms_tui.schema.paths import Path
from sms_tui.session.picture.lines import PictureLine, Run
from sms_tui.ui.widgets.frames import Framed
from sms_tui.ui.widgets.painted import Part
from sms_tui.ui.widgets.rows import Rows

_VOLUME = re.compile(r"(volume|name)-(\d+)")
"""The roles of a volume's blocks, and of its name in them, by the number of its colour."""


class _Stop(NamedTuple):
    """Where the cursor can rest: cells of a row that stand for one part of the task."""

    row: int
    start: int
    end: int
    path: Path


class Picture(Rows, Framed):
    """Painted lines in which the arrows go from block to block; `select` is called with the path of a chosen one."""

    HELP: ClassVar[str] = N_(
        "A drawing of the task to scale. The arrows go from block to block, Enter goes to what a block stands for."
    )
    KEYS_WORK: ClassVar[str] = N_("In the drawing")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "beside(-1)", N_("To the block on the left"), show=False),
        Binding("right", "beside(1)", N_("To the block on the right"), show=False),
        Binding("enter", "choose", N_("Go to what the block stands for"), show=False),
    ]
    DEFAULT_CSS = """
    Picture > .rows--used { color: $used; }
    Picture > .rows--free { color: $free; }
    Picture > .rows--unknown { color: $dim; }
    Picture > .rows--unallocated { color: $dim; }
    Picture > .rows--over { color: $error; text-style: bold; }
    Picture > .rows--tick { color: $warning; }
    Picture > .rows--group { color: $group; }
    Picture > .rows--focus { color: $heading; text-style: bold; }
    """

    def __init__(self, select: Callable[[Path], None], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._choose = select
        self._draw: Callable[[int], Sequence[PictureLine]] = _nothing
        self._meanwhile = ""
        self._drawn_for = 0
        self._lines: Sequence[PictureLine] = ()
        self._stops: list[_Stop] = []
        self._stop = 0

    def show(self, draw: Callable[[int], Sequence[PictureLine]], *, meanwhile: str = "") -> None:
        """Show what `draw` makes of the width there is, now and later; the cursor stays with what it was on.

        What takes long is drawn in a thread, and what is said `meanwhile` stands there until it is done.
        """
        self._draw, self._meanwhile = draw, meanwhile
        if meanwhile:
            self._lines = [(Run(meanwhile, "dim"),)]
        if self.size.width:
            self._show_lines()

    def _show_lines(self) -> None:
        if self._meanwhile:
            self.run_worker(self._show_beside(), exclusive=True)
            return
        old, stops = self._lines, self._stops[self._stop : self._stop + 1]
        if self._take():
            self._show_drawn(old, stops)

    async def _show_beside(self) -> None:
        """Draw in a thread, for the width beside the scroll bar, and show it then."""
        width = self.size.width - self.styles.scrollbar_size_vertical
        if width != self._drawn_for:
            self._drawn_for = width
            drawn = await to_thread(_drawn, self._draw, width)
            old, stops = self._lines, self._stops[self._stop : self._stop + 1]
            self._take_up(*drawn)
            self._show_drawn(old, stops)

    def _show_drawn(self, old: Sequence[PictureLine], stops: list[_Stop]) -> None:
        """Show the lines there are, in place of the `old` ones with the cursor on one of `stops`."""
        if len(old) == len(self._lines):
            differ = {row for row, (one, other) in enumerate(zip(old, self._lines, strict=True)) if one != other}
            stops += self._stops[self._stop : self._stop + 1]
            self.refresh_rows(sorted(differ.union(stop.row for stop in stops)))
        else:
            self.rows_changed()
            if self.styles.auto_dimensions:
                self.refresh(layout=True)
        if self._stops and self.cursor != self._stops[self._stop].row:
            self.cursor = self._stops[self._stop].row

    def _take(self) -> bool:
        """Draw for the width there is; whether that looks different."""
        old = self._lines
        self._drawn_for = 0
        while self._drawn_for != (width := self.room):  # which is less once there are more lines than fit
            self._drawn_for, self._lines = width, self._draw(width)
        if self._lines == old:
            return False
        self._take_up(self._lines, _all_stops(self._lines))
        return True

    def _take_up(self, lines: Sequence[PictureLine], stops: list[_Stop]) -> None:
        """Have these lines, the cursor on what it was on."""
        before = self.path
        self._lines, self._stops = lines, stops
        last = max(0, len(self._stops) - 1)
        same = [at for at, stop in enumerate(self._stops) if stop.path == before]
        self._stop = min(same or [min(self._stop, last)], key=lambda at: abs(at - self._stop))

    def on_resize(self) -> None:
        self._show_lines()

    @property
    def path(self) -> Path | None:
        """What the cursor is on."""
        return self._stops[self._stop].path if self._stops else None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it has in a width."""
        return len(self._lines if self._meanwhile else self._draw(width))

    # Rows

    def render_line(self, y: int) -> Strip:
        if self._drawn_for != self.room and not self._meanwhile:
            self._take()  # a first frame is painted before the widget hears of its size
        return super().render_line(y)

    def row_count(self) -> int:
        return len(self._lines)

    def selectable(self, index: int) -> bool:
        return False  # a block is, never a whole row

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        here = self._stops[self._stop] if self._stops else None
        at = 0
        for text, role, _ in self._lines[index]:
            style = Style() if role == "plain" else self.named_style(role)
            if here is not None and here.row == index and here.start <= at < here.end:
                style += self._under_cursor(style)
            yield text, style
            at += cell_len(text)

    def named_style(self, name: str) -> Style:
        """Those of the volumes are made of the theme's colours, without a rule for each."""
        if name not in self._styles and (found := _VOLUME.fullmatch(name)):
            colour = Color.parse(self.app.theme_variables[f"volume-{found[2]}"]).rich_color
            self._styles[name] = Style(color=colour, reverse=found[1] == "name")
        return super().named_style(name)

    def _under_cursor(self, style: Style) -> Style:
        cursor = self.named_style("cursor" if self.has_focus else "cursor-away")
        return cursor + Style(reverse=False) if cursor.reverse and style.reverse else cursor  # still seen to differ

    # Moving

    def action_beside(self, step: int) -> None:
        self._go(self._stop + step)

    def action_move(self, step: int) -> None:
        """Go to the nearest block of the next row that has any."""
        if self._stops:
            here = self._stops[self._stop]
            same = self._on_row(here.row)
            at = same.stop if step > 0 else same.start - 1
            if 0 <= at < len(self._stops):
                self._go(self._nearest(self._stops[at].row, here))

    def action_page(self, pages: int) -> None:
        if self._stops:
            here = self._stops[self._stop]
            target = here.row + pages * max(1, self.scrollable_content_region.height - 1)
            beside = self._on_row(target)
            near = self._stops[max(0, beside.start - 1) : beside.stop + 1]
            self._go(self._nearest(min((stop.row for stop in near), key=lambda row: abs(row - target)), here))

    def action_edge(self, end: int) -> None:
        self._go(len(self._stops) - 1 if end else 0)

    def action_choose(self) -> None:
        if (path := self.path) is not None:
            self._choose(path)

    def on_click(self, event: events.Click) -> None:
        row, cell = self.cell_of(event) or (-1, 0)
        found = (at for at in self._on_row(row) if self._stops[at].start <= cell < self._stops[at].end)
        if (at := next(found, None)) is not None:
            self._go(at)
            self.action_choose()

    def _nearest(self, row: int, here: _Stop) -> int:
        """The block of a row that is nearest to another, by its middle."""
        middle = here.start + here.end
        return min(self._on_row(row), key=lambda at: abs(self._stops[at].start + self._stops[at].end - middle))

    def _on_row(self, row: int) -> range:
        """The numbers of the blocks on a row; where they would be if there are none."""
        return range(bisect_left(self._stops, (row,)), bisect_left(self._stops, (row + 1,)))

    def _go(self, at: int) -> None:
        if 0 <= at < len(self._stops) and at != self._stop:
            self._stop = at
            self.cursor = self._stops[at].row


def _nothing(width: int) -> Sequence[PictureLine]:
    """Nothing was given to be drawn yet."""
    return ()


def _drawn(draw: Callable[[int], Sequence[PictureLine]], width: int) -> tuple[Sequence[PictureLine], list[_Stop]]:
    """What is drawn and where its stops are, for a thread to make."""
    with uncollected():
        lines = draw(width)
        stops = _all_stops(lines)
        gc.freeze()
    return lines, stops


def _all_stops(lines: Sequence[PictureLine]) -> list[_Stop]:
    return [stop for row, line in enumerate(lines) for stop in _stops(row, line)]


def _stops(row: int, line: PictureLine) -> list[_Stop]:
    """The stops of a line: what stands side by side for the same part of the task is one."""
    out: list[_Stop] = []
    at = 0
    for text, _, path in line:
        start, at = at, at + cell_len(text)
        if path is None or not text:
            continue
        if out and out[-1].path == path and out[-1].end == start:
            out[-1] = out[-1]._replace(end=at)
        else:
            out.append(_Stop(row, start, at, path))
    return out
