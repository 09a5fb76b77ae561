"""Cells of a terminal, what they are drawn with, and the sequences that draw them, in few bytes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple, TypeAlias

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29", "21": "24"}
"""The SGR codes that end attributes; one may end two."""
_ON_BLANKS = frozenset(("4", "7", "9", "21"))
"""The attributes that are seen where there is no character."""


class Pen(NamedTuple):
    """What a cell is drawn with, as codes of SGR. No colour is the terminal's own; a blank takes any foreground."""

    attributes: frozenset[str]
    foreground: str | None
    background: str

    def after(self, other: Pen) -> Pen:
        """The pen to take up after another one: a blank changes no more of it than what is seen."""
        if self.foreground is not None:
            return self
        kept = other.attributes - _ON_BLANKS
        if not self.background and (other.background or kept != other.attributes):
            return PLAIN  # one code, where what must go would take as many
        return Pen(kept, other.foreground, self.background)


PLAIN = Pen(frozenset(), "", "")


@lru_cache(maxsize=4096)
def change(old: Pen, new: Pen) -> str:
    """The shortest SGR sequence from one pen to another."""
    if old == new:
        return ""
    ways = ["0", *_taken_up(PLAIN, new)], _taken_up(old, new)
    return min((f"\x1b[{';'.join(codes)}m" for codes in ways), key=len)


def _taken_up(old: Pen, new: Pen) -> list[str]:
    """The codes that make one pen of another, if possible without going back to the plain one."""
    off = {_OFF.get(code, "0") for code in old.attributes - new.attributes}
    if "0" in off:
        return ["0", *_taken_up(PLAIN, new)]
    codes = sorted(off)
    codes += sorted(code for code in new.attributes if code not in old.attributes or _OFF.get(code) in off)
    if new.foreground != old.foreground:
        codes.append(new.foreground or "39")
    if new.background != old.background:
        codes.append(new.background or "49")
    return codes


Cells: TypeAlias = tuple[list[str | None], list[Pen]]
"""The characters of a run of cells and their pens. The second cell of a wide character is ""; None is not known."""


@lru_cache(maxsize=4096)
def _pens(style: Style | None, color_system: ColorSystem) -> tuple[Pen, Pen]:
    """The pen of a style, and as much of it as matters to a blank."""
    drawn = PLAIN if style is None else _pen(style, color_system)
    return drawn, drawn if drawn.attributes & _ON_BLANKS else Pen(frozenset(), None, drawn.background)


def _pen(style: Style, color_system: ColorSystem) -> Pen:
    """The pen of a style, as Textual would draw it in these colours."""
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
        drawn, blank = _pens(style, color_system)
        if text.isascii():
            characters.extend(text)
            if blank is drawn or " " not in text:
                pens.extend([drawn] * len(text))
            else:
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


_ERASED = 10
"""Blanks that are cheaper to erase than to send."""
_CROSSED = 8
"""The most cells that may be cheaper to send again than to jump over."""


class Strokes:
    """What a terminal is sent to draw cells, as short as it can be told simply."""

    def __init__(self, erases: bool) -> None:
        self._erases = erases
        self._parts: list[str] = []
        self._pen = PLAIN
        self._at: tuple[int, int] | None = None

    def put(self, y: int, x: int, characters: list[str | None], pens: list[Pen]) -> None:
        """Draw cells, their first at (x, y)."""
        at, count = 0, len(characters)
        while at < count:
            drawn, stop = pens[at], at + 1
            blank = self._erases and characters[at] == " "
            while stop < count and pens[stop] == drawn and (self._erases and characters[stop] == " ") is blank:
                stop += 1
            self._go(y, x + at)
            self._take(drawn if drawn.foreground is not None else _with_ink(drawn, pens, stop))
            if blank and stop - at > _ERASED and drawn.foreground is None:
                self._parts.append(f"\x1b[{stop - at}X")
            else:
                text = "".join(filter(None, characters[at:stop]))
                self._parts.append(text)
                # Terminals disagree about the width of composed characters: after one, the place is told anew.
                told = text.isascii() or all(len(character or "") <= 1 for character in characters[at:stop])
                self._at = (y, x + stop) if told else None
            at = stop

    def cross(self, y: int, x: int, characters: list[str | None], pens: list[Pen], then: Pen) -> None:
        """Draw the cells from (x, y) on again, which stand there already, if a jump is no shorter on the way from those
        just drawn to the next one, drawn with the pen `then`."""
        cells, text = len(characters), "".join(filter(None, characters))
        if self._at != (y, x):  # what was drawn last was erased, and a jump is needed anyway
            return
        if cells > _CROSSED or len(text) > cells:  # composed characters
            return
        drawing = len(text.encode()) + self._cost(*pens, then, PLAIN)
        if drawing <= len(_forward(cells)) + self._cost(then, PLAIN):
            self.put(y, x, characters, pens)

    def _go(self, y: int, x: int) -> None:
        at, self._at = self._at, (y, x)
        if at == (y - 1, x):
            self._parts.append("\x1b[B")
        elif at is None or at[0] != y or at[1] > x:
            self._parts.append(f"\x1b[{y + 1};{x + 1}H")
        elif at[1] < x:
            self._parts.append(_forward(x - at[1]))

    def _take(self, drawn: Pen) -> None:
        taken = drawn.after(self._pen)
        if taken != self._pen:
            self._parts.append(change(self._pen, taken))
            self._pen = taken

    def _cost(self, *pens: Pen) -> int:
        """The bytes of taking up one pen after the other."""
        cost, held = 0, self._pen
        for drawn in pens:
            cost += len(change(held, held := drawn.after(held)))
        return cost

    def text(self) -> str:
        """The whole of it; the pen is plain in the end."""
        return "".join([*self._parts, change(self._pen, PLAIN)])


def _with_ink(drawn: Pen, pens: list[Pen], stop: int) -> Pen:
    """A pen of blanks with the ink of the characters next to come, if these lie on the same: to take both up at once
    is shorter."""
    ink = next((after for after in islice(pens, stop, None) if after.foreground is not None), drawn)
    return ink if drawn.after(ink) == ink else drawn


def _forward(cells: int) -> str:
    """A jump to the right."""
    return f"\x1b[{cells}C" if cells > 1 else "\x1b[C"
