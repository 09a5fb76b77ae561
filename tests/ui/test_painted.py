"""Painted rows: what is painted again is all that looks different, and not much more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ComposeResult
from textual.strip import Strip

from sms_tui.ui.mirror import Mirror
from sms_tui.ui.widgets.painted import PaintedRows, Part, differing, within

WIDTH = 20
PLAIN, BOLD, CURSOR = Style(), Style(bold=True), Style(bgcolor="blue")

texts = st.text(alphabet="ab 磁é\u0301│", max_size=6)
parts = st.lists(st.tuples(texts, st.sampled_from([None, BOLD])), max_size=5)
looks = st.tuples(st.sampled_from([PLAIN, CURSOR]), parts)


def strip(look: tuple[Style, list[tuple[str, Style | None]]] | None) -> Strip:
    """A row as it is painted."""
    if look is None:
        return Strip.blank(WIDTH, PLAIN)
    ground, found = look
    segments = [Segment(text, ground + part if part else ground) for text, part in found]
    return Strip(segments).adjust_cell_length(WIDTH, ground)


def cells(painted: Strip) -> list[tuple[str, Style | None]]:
    """What stands in each cell of a row, and how it is drawn; what is composed stands in one cell."""
    found: list[tuple[str, Style | None]] = []
    for text, style, _ in painted:
        for character in text:
            width = cell_len(character)
            if not width and found:
                at = -1 if found[-1][0] else -2
                found[at] = (found[at][0] + character, found[at][1])
            elif width:
                found += [(character, style), *[("", style)] * (width - 1)]
    return found


@given(looks | st.none(), looks | st.none())
def test_beside_what_differs_two_looks_of_a_row_are_alike(old, new):
    start, stop = differing(old, new, WIDTH)
    assert 0 <= start <= stop <= WIDTH
    before, after = cells(strip(old)), cells(strip(new))
    assert before[:start] == after[:start]
    assert before[stop:] == after[stop:]


def test_of_a_changed_number_only_the_digits_differ():
    row = [("●", BOLD), ("speed_limit    ", None), ("1", None), (" = 1 Mbit/s", BOLD)]
    then = [*row[:2], ("2", None), (" = 2 Mbit/s", BOLD)]
    assert differing((PLAIN, row), (PLAIN, then), 40) == (16, 21)


def test_a_text_that_grew_differs_from_there_to_the_end():
    assert differing((PLAIN, [("abc", None), ("!", BOLD)]), (PLAIN, [("abcd", None), ("!", BOLD)]), WIDTH) == (3, WIDTH)


def test_under_the_cursor_a_row_differs_in_every_cell():
    assert differing((PLAIN, [("abc", None)]), (CURSOR, [("abc", None)]), WIDTH) == (0, WIDTH)


def test_a_row_with_composed_characters_is_painted_whole():
    assert differing((PLAIN, [("ae\u0301b", None)]), (PLAIN, [("ae\u0301c", None)]), WIDTH) == (0, WIDTH)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (["abc", "def"], "abcdef"),
        (["abc", "defg"], "abcde…"),
        (["abcdef", "g"], "abcde…"),
        (["abcde", "fg", "h"], "abcde…"),
        (["abcdef", "   "], "abcdef"),
        (["abcd", "磁盘"], "abcd …"),
        (["磁盘磁", "盘"], "磁盘 …"),
        (["a" * 5000], "aaaaa…"),
        (["磁" * 5000], "磁磁 …"),
    ],
)
def test_what_is_cut_off_a_row_is_marked(parts, shown):
    row = within([(text, None) for text in parts], 6)
    assert Strip([Segment(text) for text, _ in row]).crop(0, 6).text == shown


class Told(PaintedRows):
    """Rows that tell two words, of which the second may change at any time."""

    first, second = "one", "red"

    def row_count(self) -> int:
        return 3

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        yield f"{self.first} ", None
        yield self.second, None


class Alone(App[None]):
    """An app of such rows, and what its terminal would show."""

    def __init__(self) -> None:
        super().__init__()
        self.terminal = Mirror(WIDTH, 3)

    def compose(self) -> ComposeResult:
        yield Told()

    def _display(self, screen: Any, renderable: Any) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            self.terminal.take(renderable, ColorSystem.TRUECOLOR)
        super()._display(screen, renderable)


async def test_what_changes_between_a_look_and_its_painting_is_painted_at_the_next_look():
    app = Alone()
    async with app.run_test(size=(WIDTH, 3)) as pilot:
        rows = app.query_one(Told)
        await pilot.pause()
        rows.first = "two"
        rows.refresh_changed()
        rows.second = "blue"  # nobody said so yet
        await pilot.pause()
        rows.refresh_changed()
        await pilot.pause()
        assert [app.terminal.row(y).rstrip() for y in range(3)] == ["two blue"] * 3
