"""Dividing cells by sizes, in whole numbers: sizes go beyond what a float can tell apart."""

from __future__ import annotations

from collections.abc import Sequence


def in_cells(size: int, whole: int, cells: int) -> int:
    """How many of the cells that stand for the whole a size takes, rounded."""
    return (size * cells + whole // 2) // whole if whole else 0


def shares(sizes: Sequence[int], least: Sequence[int], cells: int) -> list[int]:
    """The cells divided in proportion to the sizes, none getting less than its least.

    Where the cells do not go round, the first get theirs. Without any size to go by, cells are left over.
    """
    out = [0] * len(sizes)
    waiting = list(range(len(sizes)))
    room, weight = cells, sum(sizes)
    while small := {at for at in waiting if not sizes[at] or sizes[at] * room < least[at] * weight}:
        for at in sorted(small):
            out[at] = min(least[at], room)
            room -= out[at]
            weight -= sizes[at]
        waiting = [at for at in waiting if at not in small]
    before = 0
    for at in waiting:
        start, before = in_cells(before, weight, room), before + sizes[at]
        out[at] = in_cells(before, weight, room) - start
    return out
