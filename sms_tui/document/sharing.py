"""Two readings of one task that share what is the same, so that comparing them costs what differs."""

from __future__ import annotations

import marshal
from collections import deque
from collections.abc import Hashable
from decimal import Decimal
from operator import is_
from typing import TypeVar, overload

from sms_tui.document.diff import DEEPEST
from sms_tui.document.identity import identity
from sms_tui.exactjson import Json, same

_T = TypeVar("_T", bound=Json)

_WHOLE = 2
"""The last way of marshal to write every value anew, whether it is the very same object as one before or not."""


@overload
def shared(old: Json, new: dict[str, Json], depth: int = 0) -> dict[str, Json]: ...
@overload
def shared(old: Json, new: Json, depth: int = 0) -> Json: ...
def shared(old: Json, new: Json, depth: int = 0) -> Json:
    """`new`, with each part that is exactly as in `old` (key order included) being the very object of `old`."""
    if old is new:
        return old
    if isinstance(old, dict) and isinstance(new, dict) and depth < DEEPEST:
        fields = {key: shared(old[key], value, depth + 1) if key in old else value for key, value in new.items()}
        return either(fields, old, new)
    if isinstance(old, list) and isinstance(new, list) and depth < DEEPEST:
        if len(old) == len(new) and all(map(_is_plainly_the_same, old, new)):
            return old
        partners = _partners(old, new)
        entries = [
            there if _is_plainly_the_same(there, entry) else shared(there, entry, depth + 1)
            for there, entry in zip(partners, new, strict=True)
        ]
        return either(entries, old, new)
    return old if _is_the_same(old, new) else new


def _is_plainly_the_same(old: Json, new: Json) -> bool:
    """Whether two entries are written in the same bytes, types and key order included.

    It takes a tenth of the time that looking at each value does, and may be false of what is the same: of what holds a
    Decimal, for one.
    """
    if old is new:
        return True
    try:
        return marshal.dumps(old, _WHOLE) == marshal.dumps(new, _WHOLE)  # type: ignore[arg-type]
    except ValueError:
        return False


def either(made: _T, *originals: _T) -> _T:
    """The first original that holds the very same values in the same order as what was made, else what was made."""
    return next((original for original in originals if _holds_the_same(made, original)), made)


def _holds_the_same(made: Json, original: Json) -> bool:
    if isinstance(made, dict) and isinstance(original, dict):
        return list(made) == list(original) and all(value is original[key] for key, value in made.items())
    if isinstance(made, list) and isinstance(original, list):
        return len(made) == len(original) and all(map(is_, made, original))
    return False


def _partners(old: list[Json], new: list[Json]) -> list[Json]:
    """For each new entry the old one that it is compared with; a wrong guess only shares less."""
    if len(old) == len(new) and all(a is b or _mark(a) == _mark(b) for a, b in zip(old, new, strict=True)):
        return old
    known: dict[Hashable, deque[Json]] = {}
    for entry in old:
        known.setdefault(_mark(entry), deque()).append(entry)
    partners: list[Json] = []
    for at, entry in enumerate(new):
        alike = known.get(_mark(entry))
        partners.append(alike.popleft() if alike else old[at] if at < len(old) else None)
    return partners


def _mark(entry: Json) -> Hashable:
    """What an entry is known by; the plain values in it if it has no identity."""
    known_by = identity(entry)
    if known_by is None and isinstance(entry, dict):
        return tuple((key, repr(value)) for key, value in entry.items() if not isinstance(value, dict | list))
    return known_by


def _is_the_same(old: Json, new: Json) -> bool:
    """`same`, but `0.0` is not `-0.0`, nor the decimal `1.0` that of `1.00`."""
    return same(old, new) and (not isinstance(old, float | Decimal) or repr(old) == repr(new))
