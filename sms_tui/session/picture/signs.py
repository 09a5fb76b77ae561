"""The characters of a picture, and their twins for a terminal without Unicode."""

from __future__ import annotations

from typing import NamedTuple


class Signs(NamedTuple):
    """One cell each."""

    used: str
    free: str
    unallocated: str
    left: str
    right: str
    focus_left: str
    focus_right: str
    disk_end: str
    tick: str
    not_to_scale: str
    cut: str
    goes_on: str
    becomes: str
    part_of: str
    failed: str
    unknown: str = "?"
    over: str = "!"
    warning: str = "!"


UNICODE = Signs(
    used="█",
    free="░",
    unallocated="·",
    left="▐",
    right="▌",
    focus_left="►",
    focus_right="◄",
    disk_end="┃",
    tick="╵",
    not_to_scale="≈",
    cut="…",
    goes_on="►",
    becomes="→",
    part_of="›",
    failed="✗",
)
ASCII = Signs(
    used="#",
    free=".",
    unallocated="_",
    left="[",
    right="]",
    focus_left=">",
    focus_right="<",
    disk_end="|",
    tick="^",
    not_to_scale="*",
    cut="~",
    goes_on=">",
    becomes=">",
    part_of=">",
    failed="x",
)


def signs(ascii: bool) -> Signs:
    """The characters to draw with."""
    return ASCII if ascii else UNICODE
