"""The diff layer: only cells that changed are sent to the terminal.

Textual sends a dirty region whole: 3 kB for a typed character, 10 kB for a step in a tree. Over a slow link that is
what one waits for. `Mirror` keeps what stands on the terminal, cell by cell, and turns an update of Textual's
compositor into the shortest sequence that makes the cells right. `Mirrored` puts it between compositor and driver.

That path is private to Textual (`App._display`, `LayoutUpdate`, `ChopsUpdate`), so `works_here` proves at start that it
has the expected shape, and an error while painting switches back to plain painting for good.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, TypeAlias

from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from sms_tui.language import N_
from sms_tui.ui.cells import PLAIN, Cells, Pen, Strokes, cells
from sms_tui.ui.multiplexer import multiplexer

Update: TypeAlias = LayoutUpdate | ChopsUpdate


class Mirror:
    """What stands on a terminal of `width` by `height` cells. Nothing is known of it at first.

    `erases`: an erased cell gets the colour of the background, as it does on most terminals.
    """

    def __init__(self, width: int, height: int, *, erases: bool = True) -> None:
        self.width, self.height, self._erases = width, height, erases
        self._characters: list[list[str | None]] = [[None] * width for _ in range(height)]
        self._pens = [[PLAIN] * width for _ in range(height)]

    def row(self, y: int) -> str:
        """The text that stands in a row, as far as it is known."""
        return "".join(character or "" for character in self._characters[y])

    def take(self, update: Update, color_system: ColorSystem) -> str:
        """What must be sent so that the terminal shows an update; "" if it does already."""
        sent = Strokes(self._erases)
        for y, x, found in pieces_of(update, color_system, self.width, self.height):
            self._put(sent, y, x, found)
        return sent.text()

    def _put(self, sent: Strokes, y: int, x: int, new: Cells) -> None:
        characters, pens = new
        end = x + len(characters)
        row, row_pens = self._characters[y], self._pens[y]
        old, old_pens = row[x:end], row_pens[x:end]
        if characters == old and pens == old_pens:
            return
        self._unknow_halves(y, x, end)
        done = 0
        for start, stop in _runs(characters, pens, old, old_pens, erases=self._erases):
            if done:
                sent.cross(y, x + done, characters[done:start], pens[done:start], pens[start])
            sent.put(y, x + start, characters[start:stop], pens[start:stop])
            done = stop
        row[x:end], row_pens[x:end] = characters, pens

    def _unknow_halves(self, y: int, x: int, end: int) -> None:
        """Forget the other half of a wide character that is cut: the terminal blanks it."""
        row = self._characters[y]
        if row[x] == "" and x:
            row[x - 1] = None
        if end < self.width and row[end] == "":
            row[end] = None


def compact(update: Update, color_system: ColorSystem, width: int, height: int) -> str:
    """All of an update, whatever stands on the terminal, in less than half of the bytes that Textual takes for it."""
    sent = Strokes(erases=False)
    for y, x, (characters, pens) in pieces_of(update, color_system, width, height):
        sent.put(y, x, characters, pens)
    return sent.text()


def pieces_of(update: Update, color_system: ColorSystem, width: int, height: int) -> Iterator[tuple[int, int, Cells]]:
    """The cells of an update that are on the terminal, and where their first stands (row, column). They are cropped as
    Textual crops them, and on the left, too, where it goes back to the edge of a widget."""
    for y, x, left, strip in _strips(update):
        if not (0 <= y < height and 0 <= x < width):
            continue
        characters, pens = cells(strip, color_system)
        start, stop = max(0, min(left - x, len(characters) - 1)), width - x
        while start and characters[start] == "":  # the second half of a wide character
            start -= 1
        yield y, x + start, (characters[start:stop], pens[start:stop])


def _strips(update: Update) -> Iterator[tuple[int, int, int, Strip]]:
    """Where the strips of an update begin (row, column), from which column on they are wanted, and the strips."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in line:
                yield y, x, x, strip
                x += strip.cell_length
        return
    for y, left, right in update.spans:
        for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if chop is not None and x < right and end > left:
                yield y, x, left, chop if end <= right else chop.crop(0, right - x)


def _runs(
    characters: list[str | None], pens: list[Pen], old: list[str | None], old_pens: list[Pen], *, erases: bool
) -> Iterator[tuple[int, int]]:
    """The runs of cells to send, from start to stop; wide characters whole. Blanks that are erased are one run with
    those between them that stand there already."""
    count = len(characters)
    start = stop = -1
    for at in range(count):
        if characters[at] == old[at] and pens[at] == old_pens[at]:
            continue
        if start >= 0 and at > stop and not (erases and _are_one_blank(characters, pens, stop, at)):
            yield start, stop
            start = -1
        if start < 0:
            start = at
            while start and characters[start] == "":
                start -= 1
        stop = at + 1
        while stop < count and characters[stop] == "":
            stop += 1
    if start >= 0:
        yield start, stop


def _are_one_blank(characters: list[str | None], pens: list[Pen], stop: int, at: int) -> bool:
    """Whether a gap between changed cells is blank like what stands on both sides of it."""
    around = slice(stop - 1, at + 1)
    return set(characters[around]) == {" "} and len(set(pens[around])) == 1


class _Sent(CompositorUpdate):
    """An update as the text that is sent."""

    def __init__(self, text: str) -> None:
        self.text = text

    def render_segments(self, console: Console) -> str:
        return self.text


class Mirrored(App[None]):
    """An app that sends only the cells that changed while `diff` is set, and else what is painted in few bytes; as
    Textual does where that `_fails`."""

    KEYS_WORK: ClassVar[str] = N_("Everywhere")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+l", "paint_anew", N_("Paint the screen anew"), id="redraw")]

    diff = False
    _fails = False
    _mirror: Mirror | None = None

    def paint(self, *, diff: bool) -> None:
        """Choose how to paint, as far as this Textual allows it."""
        self._fails = not works_here()
        self.diff = diff and not self._fails

    def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, lambda _: self.action_paint_anew())

    def on_resize(self, event: events.Resize) -> None:
        self._mirror = None

    def action_paint_anew(self) -> None:
        """Send every cell again, over whatever another program wrote on the terminal."""
        self._mirror = None
        self.screen.refresh()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate) and self._sends:
            try:
                changed = self._changed(renderable)
            except Exception:
                self.log.error("The diff layer failed; painting goes on without it.")
                self.diff, self._fails = False, True
                self.screen.refresh()
            else:
                if changed is None:
                    self.post_display_hook()
                    return
                renderable = _Sent(changed)
        super()._display(screen, renderable)

    @property
    def _sends(self) -> bool:
        """Whether what is displayed now reaches a terminal, and by our own painting."""
        held = self._fails or self._batch_count or self.is_headless or self.is_inline
        return not held and self._running and not self._closed and self._driver is not None

    def new_mirror(self, width: int, height: int, *, erases: bool) -> Mirror:
        """A mirror of a terminal on which nothing is known to stand."""
        return Mirror(width, height, erases=erases)

    def _changed(self, update: Update) -> str | None:
        """What is to be sent; None for nothing at all."""
        width, height = self.size
        if not self.diff:
            return compact(update, colours_of(self.console), width, height)
        if self._mirror is None or (self._mirror.width, self._mirror.height) != (width, height):
            self._mirror = self.new_mirror(width, height, erases=_erases_in_colour())
        changed = self._mirror.take(update, colours_of(self.console))
        cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
        return changed if changed or cursor != self._previous_cursor_position else None


def _erases_in_colour() -> bool:
    """Whether the terminal erases in the colour of the background: all do but GNU screen, as it usually is set up."""
    return not os.environ.get("TERM", "").startswith("screen") or multiplexer(os.environ) == "tmux"


def colours_of(console: Console) -> ColorSystem:
    """How many colours a terminal has."""
    return console._color_system or ColorSystem.TRUECOLOR


def works_here() -> bool:
    """Whether this Textual's updates are what the mirror takes them for: one of each kind is painted on trial."""
    try:
        bold = Style(bold=True)
        strips: list[Iterable[Strip]] = [
            [Strip([Segment("ab", bold), Segment("c\u4e2d")], 5)],
            [Strip([Segment("defgh")], 5)],
        ]
        mirror = Mirror(5, 2)
        first = mirror.take(LayoutUpdate(strips, Region(0, 0, 5, 2)), ColorSystem.STANDARD)
        again = mirror.take(LayoutUpdate(strips, Region(0, 0, 5, 2)), ColorSystem.STANDARD)
        chops = ChopsUpdate([{0: None}, {0: Strip([Segment("dXfgh")], 5)}], [(1, 0, 3)], [[5], [5]])
        then = mirror.take(chops, ColorSystem.STANDARD)
        private = all(hasattr(App, name) for name in ("_display", "post_display_hook"))
    except Exception:
        return False
    seen = (first, again, then, mirror.row(0), mirror.row(1))
    painted = "\x1b[1;1H\x1b[1mab\x1b[0mc\u4e2d\x1b[2;1Hdefgh"
    return private and seen == (painted, "", "\x1b[2;2HX", "abc\u4e2d", "dXfgh")
