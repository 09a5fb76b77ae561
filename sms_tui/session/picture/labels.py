"""What is written into a block: as much of a volume's name, file system and size as there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

from sms_tui.session.picture.lines import NAMES, VOLUMES, Role, cells, head
from sms_tui.session.picture.signs import Signs
from sms_tui.session.picture.stores import Volume, size_text

Painted: TypeAlias = tuple[str, Role]
"""The text of one cell, "" for the second half of a wide character, and its role."""

_DEVICE = "/dev/"
_ON: dict[Role, Role] = {**dict(zip(VOLUMES, NAMES, strict=True)), "free": "plain", "unknown": "plain"}
"""The role of text that stands in a part of such a role, where it is not the same."""


def label(volume: Volume, signs: Signs) -> str:
    """`/dev/sda1 xfs 1 GiB`, or `/dev/sda4 › vg_data 20 GiB` for a part of a volume group."""
    return _joined(volume.name, _what(volume, signs), size_text(volume.size))


def write_label(block: list[Painted], volume: Volume, signs: Signs, *, focused: bool) -> bool:
    """Write a volume's label into its block, between the first and the last cell; whether it is complete.

    A label stands in one part of the block, the used or the free one, and leaves a cell of it: so it never hides how
    much is used, unless there is no other way to show the name.
    """
    short = volume.name.removeprefix(_DEVICE)
    size = size_text(volume.size)
    texts = (label(volume, signs), _joined(short, _what(volume, signs), size), _joined(short, size), short)
    parts = list(_parts(block))
    for number, text in enumerate(texts):
        for start, width in parts:
            if cells(text) < width:
                _write(block, start, text, focused)
                return number < 2
    on_disk = next((at for at, (_, role) in enumerate(block[1:-1]) if role == "over"), max(0, len(block) - 2))
    start, room = (1, on_disk) if on_disk or not parts else parts[-1]
    _write(block, start, _shortened(short, room, keep_end=short != volume.name), focused)
    return False


def _what(volume: Volume, signs: Signs) -> str:
    return f"{signs.part_of} {volume.group}" if volume.group else volume.file_system


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)


def _parts(block: Sequence[Painted]) -> Iterator[tuple[int, int]]:
    """Where the parts of a block begin, between its ends, and how wide they are."""
    start = 1
    for _, found in groupby(block[1:-1]):
        width = len(list(found))
        yield start, width
        start += width


def _shortened(name: str, width: int, *, keep_end: bool) -> str:
    """As much of a name as fits: of a device the end, which tells it from the others."""
    return head(name[::-1], width)[::-1] if keep_end else head(name, width)


def _write(block: list[Painted], start: int, text: str, focused: bool) -> None:
    at = start
    for character in text:
        width = cells(character)
        if width == 0:
            if at > start:
                before = at - 1 if block[at - 1][0] else at - 2
                block[before] = (block[before][0] + character, block[before][1])
            continue
        for offset in range(width):
            role = block[at + offset][1]
            block[at + offset] = ("" if offset else character, "focus" if focused else _ON.get(role, role))
        at += width
