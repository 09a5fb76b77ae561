"""The diff layer: only cells that changed are sent to the terminal.

Textual sends a dirty region whole: 3 kB for a typed character, 10 kB for a step in a tree. Over a slow link that is
what one waits for. `Mirror` keeps what stands on the terminal, cell by cell, and turns an update of Textual's
compositor into the shortest sequence that makes the cells right. `Mirrored` puts it between compositor and driver.

That path is private to Textual (`App._display`, `LayoutUpdate`, `ChopsUpdate`), so `works_here` proves at start that it
has the expected shape, and an error while painting switches back to plain painting for good.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
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

Update: TypeAlias = LayoutUpdate | ChopsUpdate


class Pen(NamedTuple):
    """What a cell is drawn with, as parameters of SGR: attributes, foreground, background; "" is the default."""

    attributes: str
    foreground: str
    background: str

    def after(self, other: Pen) -> str:
        """The shortest SGR sequence from another pen to this one."""
        if self == other:
            return ""
        if self.attributes == other.attributes:
            codes = []
            if self.foreground != other.foreground:
                codes.append(self.foreground or "39")
            if self.background != other.background:
                codes.append(self.background or "49")
        else:
            codes = [code for code in ("0" if other != PLAIN else "", *self) if code]
        return f"\x1b[{';'.join(codes)}m"


PLAIN = Pen("", "", "")

Cells: TypeAlias = tuple[list[str | None], list[Pen]]
"""The characters of a run of cells and their pens. The second cell of a wide character is ""; None is not known."""


@lru_cache(maxsize=4096)
def pen(style: Style | None, color_system: ColorSystem) -> Pen:
    """The pen of a style, as Textual would draw it in these colours."""
    if style is None:
        return PLAIN
    codes = Strip.render_ansi(style, color_system).split(";")
    foreground = ";".join(style.color.downgrade(color_system).get_ansi_codes()) if style.color else ""
    background = ";".join(style.bgcolor.downgrade(color_system).get_ansi_codes(False)) if style.bgcolor else ""
    colours = sum(part.count(";") + 1 for part in (foreground, background) if part)
    return Pen(";".join(codes[: len(codes) - colours]), foreground, background)


def cells(segments: Iterable[Segment], color_system: ColorSystem) -> Cells:
    """The cells that segments fill, from left to right."""
    characters: list[str | None] = []
    pens: list[Pen] = []
    for text, style, control in segments:
        if control:
            continue
        drawn = pen(style, color_system)
        if text.isascii():
            characters.extend(text)
            pens.extend([drawn] * len(text))
            continue
        for character in text:
            width = get_character_cell_size(character)
            if width:
                characters.append(character)
                pens.append(drawn)
                if width == 2:
                    characters.append("")
                    pens.append(drawn)
            elif characters:
                at = -1 if characters[-1] else -2
                characters[at] = f"{characters[at]}{character}"
    return characters, pens


class Mirror:
    """What stands on a terminal of `width` by `height` cells. Nothing is known of it at first."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._characters: list[list[str | None]] = [[None] * width for _ in range(height)]
        self._pens = [[PLAIN] * width for _ in range(height)]

    def row(self, y: int) -> str:
        """The text that stands in a row, as far as it is known."""
        return "".join(character or "" for character in self._characters[y])

    def take(self, update: Update, color_system: ColorSystem) -> str:
        """What must be sent so that the terminal shows an update; "" if it does already."""
        sent = _Sequence()
        for y, x, strip in _strips(update):
            if 0 <= y < self.height and 0 <= x < self.width:
                self._put(sent, y, x, cells(strip, color_system))
        return sent.text()

    def _put(self, sent: _Sequence, y: int, x: int, new: Cells) -> None:
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


def _strips(update: Update) -> Iterator[tuple[int, int, Strip]]:
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


_JUMP = 6
"""Unchanged cells that are cheaper to send again than to jump over."""


def _runs(
    characters: list[str | None], pens: list[Pen], old: list[str | None], old_pens: list[Pen]
) -> Iterator[tuple[int, int]]:
    """The runs of cells to send, from start to stop; wide characters whole, short gaps of one pen bridged."""
    count = len(characters)
    changed = [at for at in range(count) if characters[at] != old[at] or pens[at] != old_pens[at]]
    start = stop = -1
    for at in changed:
        bridged = start >= 0 and at - stop <= _JUMP and all(pens[gap] == pens[stop - 1] for gap in range(stop, at))
        if start >= 0 and not bridged and at != stop:
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


class _Sequence:
    """A sequence for the terminal, as short as it can be told simply."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pen = PLAIN
        self._at: tuple[int, int] | None = None

    def put(self, y: int, x: int, characters: list[str | None], pens: list[Pen]) -> None:
        """Draw cells, their first at (x, y)."""
        parts = self._parts
        at = self._at
        if at is None or at[0] != y or at[1] > x:
            parts.append(f"\x1b[{y + 1};{x + 1}H")
        elif at[1] < x:
            parts.append(f"\x1b[{x - at[1]}C" if x - at[1] > 1 else "\x1b[C")
        for character, drawn in zip(characters, pens, strict=True):
            if drawn is not self._pen:
                parts.append(drawn.after(self._pen))
                self._pen = drawn
            parts.append(character or "")
        # Terminals disagree about the width of composed characters: after one, the place is told anew.
        known = all(character is not None and len(character) <= 1 for character in characters)
        self._at = (y, x + len(characters)) if known else None

    def text(self) -> str:
        """The whole of it; the pen is plain in the end."""
        return "".join([*self._parts, "\x1b[0m"] if self._pen != PLAIN else self._parts)


class _Sent(CompositorUpdate):
    """An update as the text that is sent."""

    def __init__(self, text: str) -> None:
        self.text = text

    def render_segments(self, console: Console) -> str:
        return self.text


class Mirrored(App[None]):
    """An app that sends only the cells that changed, while `diff` is set."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+l", "paint_anew", "Paint the screen anew", show=False)]

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

    def _changed(self, update: Update) -> str | None:
        """What is to be sent; None for nothing at all."""
        width, height = self.size
        if self._mirror is None or (self._mirror.width, self._mirror.height) != (width, height):
            self._mirror = Mirror(width, height)
        changed = self._mirror.take(update, _colours(self.console))
        cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
        return changed if changed or cursor != self._previous_cursor_position else None


def _colours(console: Console) -> ColorSystem:
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
