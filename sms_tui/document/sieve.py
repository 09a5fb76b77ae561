"""What of a long list a search has to look at: the entries whose text holds the words that are looked for, until the
list gave enough.

Writing entries as bytes and looking into these is tens of times as fast as looking at each of their fields.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TypeAlias

from sms_tui.exactjson import Json, dumps
from sms_tui.schema.registry import KindSpec, kind

_BATCH = 64
"""Entries that are looked at together; a list of no more is looked at as it is."""
_WHOLE = 2
"""The last way of marshal to write every text where it stands, in UTF-8."""
_IN_NUMBER = re.compile(r"-?[0-9]*\.?[0-9]*(?:e[+-]?[0-9]*)?|[+-][0-9]*")
"""What may be part of a number, which only JSON writes in digits."""
_FOLDED = re.compile(
    rb"\xc3\x9f|\xc4\xb0|\xc5[\x89\xbf]|\xc7\xb0|\xe1\xba[\x96-\x9a\x9e]|\xe2\x84\xaa|\xef\xac[\x80-\x86]"
)
"""Letters of other alphabets with one of ours in what they are without case, such as the German sharp s."""
_FOLDED_BEGIN = b"\xc3", b"\xc4", b"\xc5", b"\xc7", b"\xe1", b"\xe2", b"\xef"
"""Their first bytes."""

_BETWEEN = re.compile(r"[\s.\[\]›\"'\\\x00-\x1f\ud800-\udfff]+")
"""What may stand between steps of a path, or is not written in JSON as it is."""

Batch: TypeAlias = tuple[int, list[Json], bool]
"""The index of its first entry, its entries, and whether anything in them may match."""

PATH, NAME, LABEL, VALUE, STARTS, HOLDS, IN_VALUE, IN_PATH, WORDS = range(9)
"""How well something matches, the best first: its path is just what is wanted, its name is, its label, its value; its
name or label starts with it, or holds it; its value holds it; its path does; all the words are in its path."""


class Tally:
    """How many matches of which rank there are, those of fields that are there, and all."""

    def __init__(self) -> None:
        self.there, self.all = [0] * (WORDS + 1), [0] * (WORDS + 1)

    def take(self, rank: int, *, missing: bool) -> None:
        self.all[rank] += 1
        self.there[rank] += not missing

    def since(self, before: Tally) -> Tally:
        """What came since."""
        later = Tally()
        later.there = [now - then for now, then in zip(self.there, before.there, strict=True)]
        later.all = [now - then for now, then in zip(self.all, before.all, strict=True)]
        return later


class Sieve:
    """Lets entries through in which a query may match, and not many in which it does not.

    Whatever matches, a value, a name, a label or a path, holds every token of the query in one of its parts: in the
    path of the list, in what the reference calls the fields, in an index, or in the text of the entry.

    Of a long list that gave `enough` matches nothing goes through any more that could not be a better one; `left_out`
    tells whether there was such. `tally` is kept by who looks at what goes through.
    """

    def __init__(self, wanted: str, enough: int) -> None:
        self._wanted, self._enough = wanted, enough
        self._tokens = [token for token in _BETWEEN.split(wanted) if token]
        self._is_plain = self._tokens == [wanted]
        self._needs_json = not wanted.isascii() or any(map(_is_no_text, self._tokens))
        self.tally = Tally()
        self.left_out = False

    def batches(self, entries: list[Json], path: str, known: KindSpec | None) -> Iterator[Batch]:
        """The entries of a list, whose path is given in lower case, and whose entries are of a kind, if of any."""
        words = f"{path} {_words(known.name) if known else ''}"
        open_tokens = [token for token in self._tokens if token not in words]
        if len(entries) <= _BATCH:
            yield 0, entries, True
            return
        before, name = self.tally.since(Tally()), self._best_name(known)
        for start in range(0, len(entries), _BATCH):
            batch = entries[start : start + _BATCH]
            given = self.tally.since(before)
            if self._has_enough(given.there, min(name, VALUE)):
                self.left_out = True
                yield start, batch, False
                continue
            full = self._has_enough(given.all, WORDS)
            written = self._written(batch) if open_tokens or full else b""
            if not self._holds(open_tokens, written, range(start, start + len(batch))):
                yield start, batch, False
            elif full and not self._may_be_better(given, name, written):
                self.left_out = True
                yield start, batch, False
            elif open_tokens:
                for at, entry in enumerate(batch, start):
                    yield at, [entry], self._holds(open_tokens, self._written([entry]), range(at, at + 1))
            else:
                yield start, batch, True

    def _written(self, entries: list[Json]) -> bytes:
        """Entries as bytes in lower case, in which every token stands that is in them."""
        if not self._needs_json:
            try:
                found = marshal.dumps(entries, _WHOLE)
            except ValueError:  # there is a Decimal
                found = b"\xc3\x9f"
            if not has_folded(found):
                return found.lower()
        return dumps(entries).casefold().encode()

    def _holds(self, tokens: Sequence[str], written: bytes, indexes: range) -> bool:
        """Whether there may be a match in entries."""
        return all(
            token.encode() in written
            or (token.isdecimal() and (token in " ".join(map(str, indexes)) or _counts(token, written)))
            for token in tokens
        )

    def _has_enough(self, given: list[int], rank: int) -> bool:
        return sum(given[: rank + 1]) >= self._enough

    def _may_be_better(self, given: Tally, name: int, written: bytes) -> bool:
        """Whether something in entries may match better than what their list gave already."""
        if not self._is_plain and len(self._tokens) == 1:
            return True  # it is not written as it is
        wanted = self._wanted.encode()
        if wanted not in written:
            return False
        if not self._has_enough(given.there, min(name, IN_VALUE)):
            return True
        if self._needs_json:
            return any(exact in written for exact in (b'"%b"' % wanted, b":%b," % wanted, b":%b}" % wanted))
        return len(wanted).to_bytes(4, "little").lower() + wanted in written

    def _best_name(self, known: KindSpec | None) -> int:
        """How well a name or label of a kind, or of one below it, matches at best."""
        if known is None:
            return WORDS
        names = [line for line in _words(known.name).split("\n") if self._wanted in line]
        ranks = [NAME if line == self._wanted else STARTS if line.startswith(self._wanted) else HOLDS for line in names]
        return min(ranks, default=WORDS)


def has_folded(text: bytes) -> bool:
    """Whether there is one of those letters in a text. Only bytes that may begin one are looked at, as long as they are
    few: to try each byte of a long task takes longer than to write it."""
    few = len(text) // 100
    for first in _FOLDED_BEGIN:
        at = text.find(first)
        while at >= 0:
            if _FOLDED.match(text, at):
                return True
            if not few:
                return _FOLDED.search(text) is not None
            few -= 1
            at = text.find(first, at + 1)
    return False


def _counts(token: str, written: bytes) -> bool:
    """Whether a token may be part of an index of a list below: whatever its digits are part of is no less than it."""
    return token.isascii() and written.count(b",") >= int(token[:9])


def _is_no_text(token: str) -> bool:
    """Whether a token may be in what is no text: a number or a word of JSON."""
    return _IN_NUMBER.fullmatch(token) is not None or any(token in word for word in ("true", "false", "null"))


@cache
def _words(name: str) -> str:
    """The names and labels of all fields of a kind, and of the kinds below it, in lower case."""
    words: list[str] = []
    for field, spec in kind(name).fields.items():
        words += [field.casefold(), spec.label.casefold()]
        if spec.of is not None and spec.of != name:
            words.append(_words(spec.of))
    return "\n".join(words)
