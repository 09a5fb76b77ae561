"""Sizes that are reckoned with, and their exact words."""

from __future__ import annotations

from collections.abc import Iterable

from sms_tui.exactjson import Json
from sms_tui.language import _
from sms_tui.schema.checks.words import is_size
from sms_tui.schema.units import format_size

_MIB, GIB = 2**20, 2**30


def total(entries: Iterable[Json]) -> int:
    """The sum of the sizes of entries, as the checks reckon it: what is no size counts nothing."""
    sizes = (entry.get("size") for entry in entries if isinstance(entry, dict))
    return sum(size for size in sizes if is_size(size))


def whole_gib(size: int) -> int | None:
    """A size rounded up to a whole GiB, None if the task could not hold it."""
    rounded = -(-size // GIB) * GIB
    return rounded if is_size(rounded) else None


def exactly(size: int) -> str:
    """A size that can be read back: `2080 GiB`, `500 MiB`, else in bytes, `42423287808 bytes (39.5 GiB)`."""
    short = format_size(size)
    if "." not in short:
        return short
    for scale, unit in ((GIB, "GiB"), (_MIB, "MiB")):
        if size % scale == 0:
            return f"{size // scale} {unit}"
    return _("{size} bytes ({short})").format(size=size, short=short)
