"""How much of two lists is the very same at either end: all but what an edit of one entry changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress, count
from operator import is_not


def same_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """How many entries at the start, and of the others at the end, of two lists are the same objects."""
    shorter = min(len(old), len(new))
    start = same_start(old, new, shorter)
    return start, same_start(reversed(old), reversed(new), shorter - start)


def same_start(old: Iterable[object], new: Iterable[object], most: int) -> int:
    """How many entries at the start are the same objects; at most so many."""
    return min(next(compress(count(), map(is_not, old, new)), most), most)
