"""Where the columns of a table stand on the screen. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

GUTTER = 3
"""Cells before the first column: the operator's mark, then what is found in the row."""

SIGNS = 2
"""Cells before each value, for what is found at it."""

_LEAST = 6
"""Cells in which it still helps to see the beginning of a column."""

_FOR_TYPING = 20
"""Cells in which a size or a date can be typed, whatever the width of its column."""


class Place(NamedTuple):
    """Where a column stands in a row: its number, the first cell of its texts and their width."""

    column: int
    start: int
    width: int


def places(widths: Sequence[int], scrolled: int, total: int) -> list[Place]:
    """The columns that stand in so many cells: the first one, then those from `scrolled` on; the last may be cut."""
    out: list[Place] = []
    start = GUTTER + SIGNS
    for column in (0, *range(max(1, scrolled), len(widths))):
        width, room = widths[column], total - start
        if column == 0:
            width = min(width, max(_LEAST, total * 2 // 5))
        elif room < min(width, _LEAST):
            break
        out.append(Place(column, start, max(1, min(width, room))))
        start += width + SIGNS
    return out


def scrolled_to(widths: Sequence[int], scrolled: int, column: int, total: int) -> int:
    """How far to scroll so that a column is seen whole, no further than needed."""
    if 0 < column < scrolled:
        return column
    while scrolled < column and not _is_whole(widths, scrolled, column, total):
        scrolled += 1
    return scrolled


def _is_whole(widths: Sequence[int], scrolled: int, column: int, total: int) -> bool:
    return any(place.column == column and place.width == widths[column] for place in places(widths, scrolled, total))


def room_for_typing(place: Place, total: int) -> tuple[int, int]:
    """The first cell and the width of an input over a column; it reaches over its neighbours where one is narrow."""
    start = min(place.start, max(GUTTER, total - _FOR_TYPING))
    return start, max(1, min(max(place.width, _FOR_TYPING), total - start))
