"""Long JSON read slice by slice: other threads get their turn in between, and what is as it was the last time is the
very same object, so that comparing two readings of one task costs what differs.

A long list of objects is cut between two of them. Slices that are each a sequence of values are, with commas between
them, a sequence of values; the list is taken out of the text and a mark that is in no text put in its place. Reading
what is left proves that it stood where a list may stand. Whatever is odd is left to `exactjson`, to be read or told.
"""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from zlib import crc32

from sms_tui.exactjson import LONG, UNREAD, Json, Unread, loads, loads_fast
from sms_tui.garbage import uncollected

_LIST = re.compile(rb'"\s*:\s*\[\s*(?=\{)')
_BETWEEN = re.compile(rb"\}\s*,\s*(?=\{)")
_BEHIND = re.compile(r"trailing characters at line (\d+) column (\d+)$")
"""How the parser tells where a list ended. Only a hint: what it leads to is read."""

_SHORTEST = 1 << 14
"""Bytes of a slice at least."""
_ONE_IN = 16
"""How many of the places at which a slice may end are taken: by what follows, so that slices after a change are the
same again."""
_LOOKED_AT = 32
"""Bytes of what follows."""
_TRIES = 500
"""Places at which a slice is tried to end before it is given up: within an entry there are some, too."""


_ODD = 4
"""What looks like a list and is none, up to which lists are looked for."""


class Rereader:
    """Reads one task again and again, and remembers what the last reading was made of."""

    def __init__(self) -> None:
        self._slices: Mapping[bytes, list[Json]] = {}
        self._digest = b""
        self._value: Json = None

    def loads(self, data: bytes) -> Json:
        """`exactjson.loads`; may be called in a thread, by one at a time."""
        if len(data) < LONG:
            self._slices, self._digest, self._value = {}, b"", None
            return loads(data)
        if self._slices and _digest(data) == self._digest:
            return self._value
        with uncollected(), ThreadPoolExecutor(1) as beside:
            digest = beside.submit(_digest, data)  # which does not hold the reading up, as it needs no interpreter
            reading = _Reading(data, self._slices)
            value = reading.value()
            if value is UNREAD:
                return loads(data)
            gc.freeze()
        self._slices, self._digest, self._value = reading.slices, digest.result(), value
        return self._value


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=20).digest()


class _Odd(ValueError):
    """Text that is not read here."""


class _Reading:
    """One reading of a text, with the slices that are known from the last one."""

    def __init__(self, data: bytes, known: Mapping[bytes, list[Json]]) -> None:
        self._data, self._known = data, known
        self.slices: dict[bytes, list[Json]] = {}

    def value(self) -> Json | Unread:
        """What the text says, UNREAD where that is left to `loads`."""
        lists: dict[str, list[Json]] = {}
        rest: list[bytes] = []
        at, done, odd = 0, 0, 0
        while odd < _ODD and (found := _LIST.search(self._data, at)) is not None:
            try:
                entries, at = self._entries(found.end())
            except _Odd:  # in a text, say
                at, odd = found.end(), odd + 1
                continue
            if entries:
                mark = os.urandom(16).hex()
                lists[mark] = entries
                rest += [self._data[done : found.end()], b'"', mark.encode(), b'"']
                done = at
        rest.append(self._data[done:])
        value = loads_fast(b"".join(rest))
        if value is not UNREAD:
            _fill(value, lists)
        return UNREAD if lists else value

    def _entries(self, start: int) -> tuple[list[Json], int]:
        """The entries of a long list from its first on, and where it ends; none of a short list."""
        entries: list[Json] = []
        at, found = self._slice(start)
        while found is not None:
            entries += found
            at, found = self._slice(at)
        end = self._end(at)
        if not entries and end - at < _SHORTEST:
            return [], end
        last = self._read(at, end)
        if last is None:
            raise _Odd
        entries += last
        return entries, end

    def _slice(self, start: int) -> tuple[int, list[Json] | None]:
        """Where the next slice begins and what is in the one that begins here; None where the list ends before."""
        for tried, found in enumerate(self._cuts(start)):
            end = found.start() + 1
            if (entries := self._read(start, end)) is not None:
                return found.end(), entries
            if tried > _TRIES:
                raise _Odd
            if self._end_before(start, end) is not None:
                break
        return start, None

    def _cuts(self, start: int) -> Iterator[re.Match[bytes]]:
        for found in _BETWEEN.finditer(self._data, start + _SHORTEST):
            if crc32(self._data[found.end() : found.end() + _LOOKED_AT]) % _ONE_IN == 0:
                yield found

    def _read(self, start: int, end: int) -> list[Json] | None:
        """The values between two places, None if that is not a sequence of values."""
        text = self._data[start:end]
        digest = _digest(text)
        entries = self.slices.get(digest) or self._known.get(digest)
        if entries is None:
            value = loads_fast(b"[%b]" % text)
            if not isinstance(value, list):
                return None
            entries = value
        self.slices[digest] = entries
        return entries

    def _end(self, start: int) -> int:
        """Where the list ends whose entry begins here, which is near."""
        for length in (4 * _SHORTEST, 64 * _SHORTEST, 1024 * _SHORTEST, len(self._data)):
            if (end := self._end_before(start, start + length)) is not None:
                return end
        raise _Odd

    def _end_before(self, start: int, end: int) -> int | None:
        """Where the list ends whose entry begins here, if it does before a place."""
        text = b"[" + self._data[start : end + 1]
        told = _BEHIND.search(_trouble(text))
        if told is None:
            return None
        line, column = int(told[1]), int(told[2])
        line_start = 0
        for __ in range(line - 1):
            line_start = text.index(b"\n", line_start) + 1
        close = text.rindex(b"]", 0, line_start + column)
        return start + close - 1


def _trouble(text: bytes) -> str:
    """What the parser has against a text."""
    import jiter

    try:
        jiter.from_json(text)
    except ValueError as error:
        return str(error)
    return ""


def _fill(value: Json, lists: dict[str, list[Json]]) -> None:
    """Put the long lists where their marks are."""
    waiting = [value]
    while waiting and lists:
        held = waiting.pop()
        if isinstance(held, list) and len(held) == 1 and isinstance(held[0], str) and held[0] in lists:
            held[:] = lists.pop(held[0])
        elif isinstance(held, dict | list):
            waiting.extend(held.values() if isinstance(held, dict) else held)
