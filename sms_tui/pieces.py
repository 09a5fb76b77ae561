"""A large JSON value written in small pieces, so that the thread that writes it lets the others work in between:
whole, it would be one call that nothing interrupts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sms_tui.exactjson import Json, dumps

_LIGHT = 2000
"""What is written at once: a value counts 1, and text 1 more for each 32 characters."""
DEEPEST = 50
"""What lies deeper is written at once; tasks are wide, not deep."""
_PIECE = 1 << 16
LONG = 50_000
"""What weighs more takes long enough to be written in a thread."""


def pieces(value: Json) -> Iterator[str]:
    """The compact JSON text of a value, in pieces of some 64 thousand characters."""
    held: list[str] = []
    length = 0
    for text in _texts(value, 0):
        held.append(text)
        length += len(text)
        if length >= _PIECE:
            yield "".join(held)
            held, length = [], 0
    if held:
        yield "".join(held)


def written(value: Json) -> bytes:
    """The compact JSON text of a value, for a thread to make."""
    return b"".join(piece.encode() for piece in pieces(value))


def is_long(value: Json) -> bool:
    """Whether writing a value takes long enough to be seen; quickly told."""
    return _is_heavy((value,), LONG)


def is_longer(value: Json, most: int) -> bool:
    """Whether the text of a value has more characters than that; no more is written than it takes to know."""
    length = 0
    return any((length := length + len(piece)) > most for piece in pieces(value))


def _texts(value: Json, depth: int) -> Iterator[str]:
    if depth < DEEPEST and isinstance(value, dict) and _is_heavy((value,)):
        for number, (key, below) in enumerate(value.items()):
            yield f"{',' if number else '{'}{dumps(key)}:"
            yield from _texts(below, depth + 1)
        yield "}"
    elif depth < DEEPEST and isinstance(value, list) and _is_heavy((value,)):
        yield "["
        yield from _entries(value, depth)
        yield "]"
    else:
        yield dumps(value)


def _entries(entries: list[Json], depth: int) -> Iterator[str]:
    """The entries of a long list, as many light ones at once as go."""
    step = 64
    for at in range(0, len(entries), step):
        group = entries[at : at + step]
        if at:
            yield ","
        if not _is_heavy(group):
            yield dumps(group)[1:-1]
            continue
        for number, entry in enumerate(group):
            if number:
                yield ","
            yield from _texts(entry, depth + 1)


def _is_heavy(values: Iterable[Json], most: int = 0) -> bool:
    """Whether there is too much in these to write it at once; stops counting as soon as it knows."""
    most = most or _LIGHT
    waiting = list(values)
    weight = 0
    while waiting:
        value = waiting.pop()
        weight += 1
        if isinstance(value, str):
            weight += len(value) // 32
        elif isinstance(value, dict | list):
            if len(value) > most:
                return True
            waiting.extend(value.values() if isinstance(value, dict) else value)
        if weight + len(waiting) > most:
            return True
    return False
