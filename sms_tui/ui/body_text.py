"""A body as JSON text, line by line as it is asked for. Pure.

A body at the limit has four million lines: nobody reads them, and writing them all would stop everything for minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from sms_tui.exactjson import Json, dumps
from sms_tui.language import ngettext
from sms_tui.pieces import DEEPEST

LONG_LIST = 1000
"""Entries from which on a list is shown by those that are not as they were loaded."""
_INDENT = "  "


def body_lines(body: Json, loaded: Json = None) -> Iterator[str]:
    """The lines of `dumps(body, indent=2)`; of a long list of a task that was loaded only the entries that are not,
    as the very same object, in the list where it was, and how many there are in between."""
    return _value(body, loaded, "", "", 0)


def _value(value: Json, loaded: Json, head: str, tail: str, depth: int) -> Iterator[str]:
    """A value behind what its first line starts with and before what its last line ends with."""
    margin = _INDENT * depth
    if not value or not isinstance(value, dict | list):
        yield f"{margin}{head}{dumps(value)}{tail}"
    elif depth > DEEPEST:
        first, *others = f"{head}{dumps(value, indent=len(_INDENT))}{tail}".split("\n")
        yield from (margin + line for line in (first, *others))
    elif isinstance(value, dict):
        yield f"{margin}{head}{{"
        there = loaded if isinstance(loaded, dict) else {}
        for number, (key, below) in enumerate(value.items(), 1):
            comma = "," if number < len(value) else ""
            yield from _value(below, there.get(key), f"{dumps(key)}: ", comma, depth + 1)
        yield f"{margin}}}{tail}"
    else:
        yield f"{margin}{head}["
        if value is loaded and len(value) >= LONG_LIST:
            yield _INDENT * (depth + 1) + _left_out(len(value))
        elif len(value) < LONG_LIST or not isinstance(loaded, list):
            yield from _entries(enumerate(value), len(value), depth)
        else:
            yield from _changed_entries(value, loaded, depth)
        yield f"{margin}]{tail}"


def _entries(entries: Iterable[tuple[int, Json]], count: int, depth: int) -> Iterator[str]:
    for at, entry in entries:
        yield from _value(entry, None, "", "," if at + 1 < count else "", depth + 1)


def _changed_entries(entries: list[Json], loaded: list[Json], depth: int) -> Iterator[str]:
    known = set(map(id, loaded))
    changed = (at for at, entry in enumerate(entries) if id(entry) not in known)
    after = 0
    for at in chain(changed, (len(entries),)):
        if at > after:
            yield _INDENT * (depth + 1) + _left_out(at - after)
        if at < len(entries):
            yield from _entries([(at, entries[at])], len(entries), depth)
        after = at + 1


def _left_out(count: int) -> str:
    words = ngettext("… {count:,} entry as it was loaded …", "… {count:,} entries as they were loaded …", count)
    return words.format(count=count)
