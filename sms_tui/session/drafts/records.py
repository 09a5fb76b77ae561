"""The lines of a journal: each with its number and a checksum that continues that of the line before it.

A line is `number checksum kind payload`. A line that was cut, changed, lost or put elsewhere breaks the chain there,
and nothing after it is believed. The line before them all names the format, for any edition to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from zlib import crc32

FORMAT = 1

_TITLE = re.compile(rb"sms-tui draft, format (\d{1,9})\n")
_LINE = re.compile(rb"(\d+) ([0-9a-f]{8}) ([a-z]+) ")


class Record(NamedTuple):
    """One line: what sort it is, and its JSON text, which holds no line break."""

    kind: str
    payload: bytes


class Mark(NamedTuple):
    """How far a journal goes: the number and checksum of its last line."""

    number: int
    checksum: int


class Scanned(NamedTuple):
    """What is sound in a journal. `broken` is the line (from 1) at which that ends, 0 if nothing is broken;
    `cut` that it is the last one, which lacks its end."""

    records: list[Record]
    broken: int = 0
    cut: bool = False


def title(number: int = FORMAT) -> bytes:
    """The first line."""
    return b"sms-tui draft, format %d\n" % number


START = Mark(0, crc32(title()))


def format_of(data: bytes) -> int | None:
    """The format that a journal's first line names, None if it does not."""
    found = _TITLE.match(data)
    return int(found[1]) if found else None


def lines(mark: Mark, records: Iterable[Record]) -> tuple[bytes, Mark]:
    """The lines of records that follow a mark, and the mark after them."""
    out = []
    for record in records:
        mark = _following(mark, record)
        out.append(b"%d %08x %s %s\n" % (mark.number, mark.checksum, record.kind.encode(), record.payload))
    return b"".join(out), mark


def scan(data: bytes) -> Scanned:
    """The records of a journal of our format, up to the first that is not sound."""
    records: list[Record] = []
    mark, at = START, data.find(b"\n") + 1
    while at < len(data):
        end = data.find(b"\n", at)
        if end < 0:
            return Scanned(records, len(records) + 2, cut=True)
        found = _LINE.match(data, at, end)
        if found is None:
            return Scanned(records, len(records) + 2)
        record = Record(found[3].decode(), data[found.end() : end])
        mark = _following(mark, record)
        if found[1] != b"%d" % mark.number or found[2] != b"%08x" % mark.checksum:
            return Scanned(records, len(records) + 2)
        records.append(record)
        at = end + 1
    return Scanned(records)


def _following(mark: Mark, record: Record) -> Mark:
    number = mark.number + 1
    head = crc32(b"%d %s " % (number, record.kind.encode()), mark.checksum)
    return Mark(number, crc32(record.payload, head))
