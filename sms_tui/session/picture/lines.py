"""What a picture is made of: lines of runs, measured in the cells of a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias, get_args

from sms_tui.schema.paths import Path

Role = Literal[
    "plain",
    "dim",
    "heading",
    "used",
    "free",
    "unknown",
    "unallocated",
    "over",
    "tick",
    "group",
    "focus",
    "error",
    "warning",
    "volume-1",
    "volume-2",
    "volume-3",
    "volume-4",
    "volume-5",
    "volume-6",
    "name-1",
    "name-2",
    "name-3",
    "name-4",
    "name-5",
    "name-6",
]
"""What a run stands for, for whoever gives it a colour; the text says the same without.

The volumes of a disk take turns: `volume-1` is the used part of the first, seventh and so on, `name-1` text in it.
"""

ROLES: tuple[Role, ...] = get_args(Role)
VOLUMES = tuple(role for role in ROLES if role.startswith("volume-"))
NAMES = tuple(role for role in ROLES if role.startswith("name-"))
SOLID: frozenset[Role] = frozenset(("group", *VOLUMES))
"""What is used of a volume."""


_WIDE_SINCE_UNICODE_16 = re.compile("[\u2630-\u2637\u268a-\u268f\u4dc0-\u4dff\U0001d300-\U0001d376]")
"""Symbols of the Yijing and the like: wide for newer terminals than the tables of Python 3.11 are."""


_CLOSING = frozenset("，。；：、！？）】》”’…,.;:!?)]")
"""Marks that do not begin a line."""


class Run(NamedTuple):
    """Text of one role; `path` is the part of the task that it stands for."""

    text: str
    role: Role = "plain"
    path: Path | None = None


PictureLine: TypeAlias = tuple[Run, ...]


def safe(text: str) -> str:
    """The text with what a terminal would obey, or a reader not see, written as escapes."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_seen, text))


@lru_cache(maxsize=4096)
def _seen(character: str) -> str:
    selects_a_variant = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return character if character.isprintable() and not selects_a_variant else f"\\u{ord(character):04x}"


def cells(text: str) -> int:
    """How many cells a safe text takes; a Chinese character takes two."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


@lru_cache(maxsize=4096)
def _cells_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    wide = unicodedata.east_asian_width(character) in "WF" or _WIDE_SINCE_UNICODE_16.match(character)
    return 2 if wide else 1


def head(text: str, width: int) -> str:
    """As many characters from the start as fit."""
    if text.isascii():
        return text[: max(width, 0)]
    taken = 0
    for at, character in enumerate(text):
        taken += _cells_of(character)
        if taken > width:
            return text[:at]
    return text


def cut(text: str, width: int, mark: str) -> str:
    """The text, or its start and the mark of one cell where it is too long."""
    if cells(text) <= width:
        return text
    return head(text, width - 1) + mark if width > 0 else ""


def fitted(text: str, width: int, mark: str) -> str:
    """The text cut or padded to a width."""
    text = cut(text, width, mark)
    return text + " " * (width - cells(text))


def clipped(line: Iterable[Run], width: int) -> PictureLine:
    """The line without what does not fit."""
    out = []
    for run in line:
        text = head(run.text, width)
        width -= cells(text)
        if text:
            out.append(run if text == run.text else run._replace(text=text))
        if text != run.text:
            break
    return tuple(out)


def wrapped(text: str, width: int) -> Iterator[str]:
    """A text of any sort in safe lines of at most a width, broken at spaces where there are some."""
    width = max(width, 2)
    for line in text.splitlines():
        rest = safe(line.expandtabs(4).rstrip())
        while (start := head(rest, width)) != rest:  # never measures all that is left: a trace may be very long
            taken = start[: _break(start, rest[len(start)])]
            yield taken.rstrip()
            rest = rest[len(taken) :].lstrip()
        yield rest


def _break(start: str, after: str) -> int:
    """Where a line that goes on is broken: at its last space, or beside its last wide character, though not before a
    mark that ends something; at its end where there is neither."""
    if after == " ":
        return len(start)
    for at in range(len(start), 0, -1):
        following = start[at] if at < len(start) else after
        wide = _cells_of(start[at - 1]) == 2 or _cells_of(following) == 2
        if (start[at - 1] == " " or (wide and following not in _CLOSING)) and start[:at].strip():
            return at
    return len(start)


def flowed(parts: Iterable[Run], width: int, indent: int, between: str) -> Iterator[PictureLine]:
    """Parts one after the other, in as many indented lines as they need."""
    line = [Run(" " * indent)]
    room = width - indent
    for part in parts:
        if len(line) > 1 and room < cells(between) + cells(part.text):
            yield tuple(line)
            line, room = [Run(" " * indent)], width - indent
        if len(line) > 1:
            line.append(Run(between, "dim"))
            room -= cells(between)
        line.append(part)
        room -= cells(part.text)
    if len(line) > 1:
        yield tuple(line)
