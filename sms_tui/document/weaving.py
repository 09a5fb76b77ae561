"""Two orders of keys or entries made one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def woven(mine: Sequence[T], theirs: Sequence[T], *, as_mine: bool) -> list[T]:
    """What both have stands in my order or in theirs; what only one has, behind what it follows there, theirs first."""
    common = set(mine).intersection(theirs)
    first: list[T] = []
    behind: dict[T, list[T]] = {item: [] for item in common}
    for order in (theirs, mine):
        run = first
        for item in order:
            if item in common:
                run = behind[item]
            else:
                run.append(item)
    return first + [
        item for anchor in (mine if as_mine else theirs) if anchor in common for item in (anchor, *behind[anchor])
    ]


def order_of(base: Sequence[T], mine: Sequence[T], theirs: Sequence[T]) -> tuple[list[T], bool]:
    """The order of what I and they have, and whether both changed it, each to another.

    Whoever changed the order has it; if both did, I.
    """
    in_all = set(base).intersection(mine).intersection(theirs)
    before, my, their = ([item for item in order if item in in_all] for order in (base, mine, theirs))
    as_mine = my not in (before, their)
    return woven(mine, theirs, as_mine=as_mine), as_mine and their != before
