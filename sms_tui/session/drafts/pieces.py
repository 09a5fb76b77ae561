"""A large JSON value written in small pieces, so that the thread that writes it lets the others work in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sms_tui.exactjson import Json, dumps

_LIGHT = 2000
"""What is written at once: a value counts 1, and text 1 more for each 32 characters."""
_DEEPEST = 50
"""What lies deeper is written at once; tasks are wide, not deep."""
_PIECE = 1 << 16


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


def _texts(value: Json, depth: int) -> Iterator[str]:
    if depth < _DEEPEST and isinstance(value, dict) and _is_heavy((value,)):
        for number, (key, below) in enumerate(value.items()):
            yield f"{',' if number else '{'}{dumps(key)}:"
            yield from _texts(below, depth + 1)
        yield "}"
    elif depth < _DEEPEST and isinstance(value, list) and _is_heavy((value,)):
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


def _is_heavy(values: Iterable[Json]) -> bool:
    """Whether there is too much in these to write it at once; stops counting as soon as it knows."""
    waiting = list(values)
    weight = 0
    while waiting:
        value = waiting.pop()
        weight += 1
        if isinstance(value, str):
            weight += len(value) // 32
        elif isinstance(value, dict | list):
            if len(value) > _LIGHT:
                return True
            waiting.extend(value.values() if isinstance(value, dict) else value)
        if weight + len(waiting) > _LIGHT:
            return True
    return False
