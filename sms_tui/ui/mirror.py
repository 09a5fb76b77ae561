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
from functools import lru_cache
from itertools import product
from typing import Any, ClassVar, NamedTuple, TypeAlias

from rich.cells import get_character_cell_size
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

Update: TypeAlias = LayoutUpdate | ChopsUpdate


_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29", "21": "24"}
"""The SGR codes that end attributes; one may end two."""
_ON_BLANKS = frozenset(("4", "7", "9", "21"))
"""The attributes that are seen where there is no character."""


class Pen(NamedTuple):
    """What a cell is drawn with, as codes of SGR. No colour is the terminal's own; a blank takes any foreground."""

    attributes: frozenset[str]
    foreground: str | None
    background: str

    @property
    def on_blanks(self) -> Pen:
        """The pen as far as it matters to a blank."""
        return self if self.attributes & _ON_BLANKS else Pen(frozenset(), None, self.background)

    def after(self, other: Pen) -> Pen:
        """The pen to take up after another one: a blank changes no more of it than what is seen."""
        if self.foreground is not None:
            return self
        return Pen(other.attributes - _ON_BLANKS, other.foreground, self.background)


PLAIN = Pen(frozenset(), "", "")


@lru_cache(maxsize=4096)
def change(old: Pen, new: Pen) -> str:
    """The shortest SGR sequence from one pen to another."""
    if old == new:
        return ""
    if new == PLAIN:
        return "\x1b[0m"
    codes = sorted({_OFF.get(code, "0") for code in old.attributes - new.attributes})
    if "0" in codes:
        codes, old = ["0"], PLAIN
    codes += sorted(code for code in new.attributes if code not in old.attributes or _OFF.get(code) in codes)
    if new.foreground != old.foreground:
        codes.append(new.foreground or "39")
    if new.background != old.background:
        codes.append(new.background or "49")
    return f"\x1b[{';'.join(codes)}m"


Cells: TypeAlias = tuple[list[str | None], list[Pen]]
"""The characters of a run of cells and their pens. The second cell of a wide character is ""; None is not known."""


@lru_cache(maxsize=4096)
def pen(style: Style | None, color_system: ColorSystem) -> Pen:
    """The pen of a style, as Textual would draw it in these colours."""
    if style is None:
        return PLAIN
    codes = [code for code in Strip.render_ansi(style, color_system).split(";") if code]
    colours = [
        () if colour is None else colour.downgrade(color_system).get_ansi_codes(front)
        for colour, front in ((style.color, True), (style.bgcolor, False))
    ]
    attributes = codes[: len(codes) - sum(map(len, colours))]
    return Pen(frozenset(attributes), *(";".join(_indexed(colour)) for colour in colours))


_LEVELS = (0, 95, 135, 175, 215, 255)
INDEXES = {
    **{(red, green, blue): 16 + at for at, (red, green, blue) in enumerate(product(_LEVELS, repeat=3)) if at >= 6},
    **{(grey, grey, grey): 232 + at for at, grey in enumerate(range(8, 239, 10))},
}
"""The colours of the palette of 256 that are the same everywhere, by red, green and blue. The first 22 are not: people
set them to their taste."""


def _indexed(codes: tuple[str, ...]) -> tuple[str, ...]:
    """A colour by its number in the palette of 256, if it is there exactly: half the bytes."""
    if len(codes) == 5 and codes[1] == "2":
        red, green, blue = map(int, codes[2:])
        if (red, green, blue) in INDEXES:
            return codes[0], "5", str(INDEXES[red, green, blue])
    return codes


def cells(segments: Iterable[Segment], color_system: ColorSystem) -> Cells:
    """The cells that segments fill, from left to right."""
    characters: list[str | None] = []
    pens: list[Pen] = []
    for text, style, control in segments:
        if control:
            continue
        drawn = pen(style, color_system)
        blank = drawn.on_blanks
        if text.isascii():
            characters.extend(text)
            pens.extend([blank if character == " " else drawn for character in text])
            continue
        for character in text:
            width = get_character_cell_size(character)
            if width:
                characters.append(character)
                pens.append(blank if character == " " else drawn)
                if width == 2:
                    characters.append("")
                    pens.append(drawn)
            elif characters:
                at = -1 if characters[-1] else -2
                characters[at] = f"{characters[at]}{character}"
    return characters, pens


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
        sent = TerminalSequence(self._erases)
        for y, x, strip in strips_of(update):
            if 0 <= y < self.height and 0 <= x < self.width:
                self._put(sent, y, x, cells(strip, color_system))
        return sent.text()

    def _put(self, sent: TerminalSequence, y: int, x: int, new: Cells) -> None:
        room = self.width - x
        characters, pens = (new[0][:room], new[1][:room]) if len(new[0]) > room else new
        end = x + len(characters)
        row, row_pens = self._characters[y], self._pens[y]
        old, old_pens = row[x:end], row_pens[x:end]
        if characters == old and pens == old_pens:
            return
        self._unknow_halves(y, x, end)
        for start, stop in _runs(characters, pens, old, old_pens):
            sent.put(y, x + start, characters[start:stop], pens[start:stop])
        row[x:end], row_pens[x:end] = characters, pens

    def _unknow_halves(self, y: int, x: int, end: int) -> None:
        """Forget the other half of a wide character that is cut: the terminal blanks it."""
        row = self._characters[y]
        if row[x] == "" and x:
            row[x - 1] = None
        if end < self.width and row[end] == "":
            row[end] = None


def strips_of(update: Update) -> Iterator[tuple[int, int, Strip]]:
    """Where the strips of an update begin (row, column), cropped as Textual crops them."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in line:
                yield y, x, strip
                x += strip.cell_length
        return
    for y, left, right in update.spans:
        for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if chop is None or x > right or end <= left:
                continue
            whole = right > x >= left and end <= right
            yield y, x, chop if whole else chop.crop(0, min(end, right) - x)


_JUMP = 5
"""Unchanged cells that are cheaper to send again than to jump over."""
_ERASED = 10
"""Blanks that are cheaper to erase than to send."""


def _runs(
    characters: list[str | None], pens: list[Pen], old: list[str | None], old_pens: list[Pen]
) -> Iterator[tuple[int, int]]:
    """The runs of cells to send, from start to stop; wide characters whole, short gaps of one pen bridged."""
    count = len(characters)
    start = stop = -1
    for at in range(count):
        if characters[at] == old[at] and pens[at] == old_pens[at]:
            continue
        if start >= 0 and at > stop and not _bridged(characters, pens, stop, at):
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


def _bridged(characters: list[str | None], pens: list[Pen], stop: int, at: int) -> bool:
    """Whether a gap between changed cells is cheaper sent than jumped over: it needs no other pen and is short, or is
    blank like what stands on both sides of it."""
    before = pens[stop - 1]
    if at - stop <= _JUMP:
        return all(pens[gap].after(before) == before for gap in range(stop, at))
    around = slice(stop - 1, at + 1)
    return set(characters[around]) == {" "} and set(pens[around]) == {before}


class TerminalSequence:
    """A sequence for the terminal, as short as it can be told simply."""

    def __init__(self, erases: bool) -> None:
        self._erases = erases
        self._parts: list[str] = []
        self._pen = PLAIN
        self._at: tuple[int, int] | None = None

    def put(self, y: int, x: int, characters: list[str | None], pens: list[Pen]) -> None:
        """Draw cells, their first at (x, y)."""
        at, count = 0, len(characters)
        while at < count:
            stop = at + 1
            if self._erases and characters[at] == " ":
                while stop < count and characters[stop] == " " and pens[stop] == pens[at]:
                    stop += 1
            self._go(y, x + at)
            self._take(pens[at])
            if stop - at > _ERASED and pens[at].foreground is None:
                self._parts.append(f"\x1b[{stop - at}X")
            else:
                self._parts.extend(character or "" for character in characters[at:stop])
                # Terminals disagree about the width of composed characters: after one, the place is told anew.
                told = all(len(character or "") <= 1 for character in characters[at:stop])
                self._at = (y, x + stop) if told else None
            at = stop

    def _go(self, y: int, x: int) -> None:
        at, self._at = self._at, (y, x)
        if at == (y - 1, x):
            self._parts.append("\x1b[B")
        elif at is None or at[0] != y or at[1] > x:
            self._parts.append(f"\x1b[{y + 1};{x + 1}H")
        elif at[1] < x:
            self._parts.append(f"\x1b[{x - at[1]}C" if x - at[1] > 1 else "\x1b[C")

    def _take(self, drawn: Pen) -> None:
        taken = drawn.after(self._pen)
        if taken != self._pen:
            self._parts.append(change(self._pen, taken))
            self._pen = taken

    def text(self) -> str:
        """The whole of it; the pen is plain in the end."""
        return "".join([*self._parts, change(self._pen, PLAIN)])


class _Sent(CompositorUpdate):
    """An update as the text that is sent."""

    def __init__(self, text: str) -> None:
        self.text = text

    def render_segments(self, console: Console) -> str:
        return self.text


class Mirrored(App[None]):
    """An app that sends only the cells that changed, while `diff` is set."""

    KEYS_WORK: ClassVar[str] = N_("Everywhere")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+l", "paint_anew", N_("Paint the screen anew"), id="redraw")]

    diff = False
    _mirror: Mirror | None = None

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
                self.diff = False
                self.screen.refresh()
            else:
                if changed is None:
                    self.post_display_hook()
                    return
                renderable = _Sent(changed)
        super()._display(screen, renderable)

    @property
    def _sends(self) -> bool:
        """Whether what is displayed now reaches a terminal, and through the mirror."""
        held = not self.diff or self._batch_count or self.is_headless or self.is_inline
        return not held and self._running and not self._closed and self._driver is not None

    def new_mirror(self, width: int, height: int, *, erases: bool) -> Mirror:
        """A mirror of a terminal on which nothing is known to stand."""
        return Mirror(width, height, erases=erases)

    def _changed(self, update: Update) -> str | None:
        """What is to be sent; None for nothing at all."""
        width, height = self.size
        if self._mirror is None or (self._mirror.width, self._mirror.height) != (width, height):
            self._mirror = self.new_mirror(width, height, erases=_erases_in_colour())
        changed = self._mirror.take(update, colours_of(self.console))
        cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
        return changed if changed or cursor != self._previous_cursor_position else None


def _erases_in_colour() -> bool:
    """Whether the terminal erases in the colour of the background: all do but GNU screen, as it usually is set up."""
    return not os.environ.get("TERM", "").startswith("screen") or "TMUX" in os.environ


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
