"""The diff layer: whatever is painted, the terminal shows what Textual's own painting would have shown."""

from __future__ import annotations

from itertools import pairwise

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from sms_tui.ui.mirror import Mirror, compact, works_here

WIDTH, HEIGHT = 24, 4
CONSOLE = Console(color_system="truecolor", force_terminal=True, legacy_windows=False)

styles = st.builds(
    Style,
    color=st.sampled_from([None, "#d7d7d7", "#121212", "#010203", "#5fafd7", "red", "default"]),
    bgcolor=st.sampled_from([None, "#262626", "#121212", "#2f5f87", "blue"]),
    bold=st.booleans(),
    italic=st.booleans(),
    underline=st.booleans(),
    reverse=st.booleans(),
)
texts = st.text(alphabet="ab  │─é磁盘", min_size=1, max_size=8) | st.just(" " * 12)
segments = st.tuples(texts, st.none() | styles).map(lambda drawn: Segment(*drawn))
rows = st.lists(segments, max_size=6)


def strip(segments: list[Segment], width: int = WIDTH) -> Strip:
    return Strip(segments).adjust_cell_length(width, Style())


def whole(lines: list[list[Segment]]) -> LayoutUpdate:
    return LayoutUpdate([[strip(line)] for line in lines], Region(0, 0, WIDTH, HEIGHT))


def part(y: int, x: int, line: list[Segment], width: int) -> ChopsUpdate:
    chops = [{} for _ in range(HEIGHT)]
    chops[y] = {x: strip(line, width)}
    return ChopsUpdate(chops, [(y, x, x + width)], [[x + width] if row == y else [] for row in range(HEIGHT)])


wholes = st.lists(rows, min_size=HEIGHT, max_size=HEIGHT).map(whole)
parts = st.integers(0, WIDTH - 4).flatmap(
    lambda x: st.builds(part, st.integers(0, HEIGHT - 1), st.just(x), rows, st.integers(1, WIDTH - x))
)


class Shown:
    """A terminal of the size of the mirror, and what it shows: of a blank cell what can be seen of it."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self.screen.set_mode(pyte.modes.LNM)
        self.screen.reset_mode(pyte.modes.DECAWM)
        self._stream = pyte.Stream(self.screen)

    def feed(self, text: str) -> None:
        self._stream.feed(text)

    @property
    def cells(self) -> list[tuple[object, ...]]:
        found = []
        for y in range(HEIGHT):
            for x in range(WIDTH):
                cell = self.screen.buffer[y][x]
                seen = cell.data != " " or cell.reverse or cell.underscore
                found.append((cell.data, cell.bg, *((cell.fg, *cell[3:]) if seen else ())))
        return found


@given(wholes, st.lists(wholes | parts, max_size=4), st.booleans())
def test_the_terminal_shows_what_plain_painting_shows(first, then, erases):
    plain, diffed, mirror = Shown(), Shown(), Mirror(WIDTH, HEIGHT, erases=erases)
    for update in (first, *then):
        plain.feed(update.render_segments(CONSOLE))
        diffed.feed(mirror.take(update, ColorSystem.TRUECOLOR))
        if not halved(plain):
            assert diffed.cells == plain.cells


@given(wholes, st.lists(wholes | parts, max_size=4))
def test_without_the_mirror_the_terminal_shows_it_too_in_no_more_bytes(first, then):
    plain, whole = Shown(), Shown()
    for update in (first, *then):
        painted, sent = update.render_segments(CONSOLE), compact(update, ColorSystem.TRUECOLOR, WIDTH, HEIGHT)
        plain.feed(painted)
        whole.feed(sent)
        assert len(sent.encode()) <= len(painted.encode())
        if not halved(plain):
            assert whole.cells == plain.cells


def halved(shown: Shown) -> bool:
    """Whether a wide character was cut in two, of which terminals make different things until it is painted again."""
    lines = [[shown.screen.buffer[y][x].data for x in range(WIDTH)] for y in range(HEIGHT)]
    return any(
        (character in "磁盘") != (after == "")
        for line in lines
        for character, after in pairwise(line)
        if character in "磁盘" or after == ""
    )


@given(wholes)
def test_what_is_there_already_costs_nothing(update):
    mirror = Mirror(WIDTH, HEIGHT)
    assert mirror.take(update, ColorSystem.TRUECOLOR)
    assert mirror.take(update, ColorSystem.TRUECOLOR) == ""


@given(wholes, wholes | parts)
def test_it_never_sends_more_than_plain_painting(first, then):
    mirror = Mirror(WIDTH, HEIGHT)
    mirror.take(first, ColorSystem.TRUECOLOR)
    assert len(mirror.take(then, ColorSystem.TRUECOLOR).encode()) <= len(then.render_segments(CONSOLE).encode())


def test_one_changed_character_is_sent_alone():
    mirror = Mirror(WIDTH, HEIGHT)
    line = [Segment("name          win16", Style(color="#d7d7d7"))]
    mirror.take(whole([line] * HEIGHT), ColorSystem.TRUECOLOR)
    changed = [Segment("name          win17", Style(color="#d7d7d7"))]
    sent = mirror.take(whole([line, changed, line, line]), ColorSystem.TRUECOLOR)
    assert sent == "\x1b[2;19H\x1b[38;5;188m7\x1b[0m"


def test_blanks_are_erased_only_where_that_keeps_their_colour():
    blank = whole([[Segment(" " * WIDTH, Style(bgcolor="#262626"))]] * HEIGHT)
    assert f"\x1b[{WIDTH}X" in Mirror(WIDTH, HEIGHT).take(blank, ColorSystem.TRUECOLOR)
    assert " " * WIDTH in Mirror(WIDTH, HEIGHT, erases=False).take(blank, ColorSystem.TRUECOLOR)


def test_what_stands_behind_erased_blanks_is_not_drawn_where_they_begin():
    shown, mirror = Shown(), Mirror(WIDTH, HEIGHT)
    for text in ("aaaaaaaaaaaaaaaeb", "a              ec"):
        line = [Segment(text, Style(color="#d7d7d7"))]
        shown.feed(mirror.take(whole([line] * HEIGHT), ColorSystem.TRUECOLOR))
    assert shown.screen.display[0].rstrip() == "a              ec"


def test_it_works_with_this_textual():
    assert works_here()


@pytest.mark.parametrize("name", ["LayoutUpdate", "ChopsUpdate"])
def test_a_textual_of_another_shape_is_noticed(monkeypatch, name):
    monkeypatch.setattr(f"sms_tui.ui.mirror.{name}", type(name, (), {"__init__": lambda self, *_: None}))
    assert not works_here()
