"""What comes after a name or a number: `Disk 2` after `Disk 1`, `/dev/vdc` after `/dev/vdb`, `E:` after `D:`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import TypeAlias

Known: TypeAlias = str | int
"""A value that can tell entries apart."""

_DRIVE = re.compile(r"([A-Za-z]):")
_DISK = re.compile(r"(/dev/(?:s|h|v|xv)d)([a-z]{1,3})")
_NVME = re.compile(r"(/dev/nvme)([0-9]{1,9})(n[0-9]+)")
_NUMBER = re.compile(r"[0-9]{1,9}\Z")
_COUNTER = re.compile(r"_?[0-9]{1,9}\Z")
_PLAIN_COUNTER = re.compile(r"(?<![0-9])[0-9]{1,8}\Z")
_DIGITS = re.compile(r"[0-9]{1,18}")


def next_name(name: Known, most: int | float | None) -> str | None:
    """The name after this one, at most `most` characters long; a name that does not count gets `_2`."""
    if not isinstance(name, str):
        return None
    after = next_counted(name) or f"{name}_2"
    counter = _COUNTER.search(after)
    if most is None or counter is None or len(after) <= most:
        return after
    return after[: max(0, int(most) - len(counter[0]))] + counter[0]


def names_after(name: Known, most: int | float | None) -> Iterator[Known]:
    """The names after this one, each as `next_name` has it after the one before; thousands in a row come quickly."""
    after: Known | None = name
    while after is not None:
        fits = isinstance(after, str) and not _is_device(after) and (most is None or len(after) <= most)
        counter = _PLAIN_COUNTER.search(str(after)) if fits else None
        if counter is not None and isinstance(after, str):
            head, width = after[: counter.start()], len(counter[0])
            longest = 8 if most is None else min(8, int(most) - len(head))
            for number in range(int(counter[0]) + 1, 10**longest):
                after = head + str(number).zfill(width)
                yield after
        after = next_name(after, most)
        if after is not None:
            yield after


def numbers_after(number: Known, most: int | float | None) -> Iterator[Known]:
    """The numbers after this one up to `most`, as numbers or as text as it came; none after other text."""
    if isinstance(number, int):
        yield from count(number + 1) if most is None else range(number + 1, int(most) + 1)
    elif _DIGITS.fullmatch(number):
        yield from map(str, range(int(number) + 1, 10**18 + 1))


def _is_device(name: str) -> bool:
    return any(pattern.fullmatch(name) for pattern in (_DRIVE, _DISK, _NVME))


def next_counted(name: str) -> str | None:
    """The name after one that ends in a number or names a drive or a device; None for any other."""
    if found := _DRIVE.fullmatch(name):
        letter = found[1].upper()
        return f"{chr(ord(letter) + 1)}:" if "D" <= letter < "Z" else "D:"  # A: to C: are seldom free for data
    if found := _DISK.fullmatch(name):
        return found[1] + _next_letters(found[2])
    if found := _NVME.fullmatch(name):
        return f"{found[1]}{int(found[2]) + 1}{found[3]}"
    if found := _NUMBER.search(name):
        return name[: found.start()] + str(int(found[0]) + 1).zfill(len(found[0]))
    return None


def _next_letters(letters: str) -> str:
    """`b` after `a`, `aa` after `z`, as Linux counts its disks."""
    head = letters.rstrip("z")
    if not head:
        return "a" * (len(letters) + 1)
    return head[:-1] + chr(ord(head[-1]) + 1) + "a" * (len(letters) - len(head))


class Free:
    """Hands out values that nobody has yet: the wanted one if it is free, else the first free one after it.

    Finding one of many costs no walk over all that were handed out before.
    """

    def __init__(self, taken: Iterable[Known], following: Callable[[Known], Iterator[Known]]) -> None:
        self._following = following
        self._jump: dict[Known, Known | None] = dict.fromkeys(taken)  # a later value from which to look on, if known

    def take(self, wanted: Known) -> Known | None:
        """A free value, taken from now on; None if there is none."""
        passed: set[Known] = set()
        found: Known | None = wanted
        coming: Iterator[Known] | None = None
        while found is not None and found in self._jump:
            if found in passed:
                return None
            passed.add(found)
            jump = self._jump[found]
            if jump is not None:
                found, coming = jump, None
            else:
                coming = coming or self._following(found)
                found = next(coming, None)
        if found is not None:
            self._jump.update(dict.fromkeys(passed, found))
            self._jump[found] = None
        return found
