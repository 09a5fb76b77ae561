"""What of a long list a search has to look at: the entries whose text holds the words that are looked for.

Writing entries as JSON and looking into the text is ten times as fast as looking at each of their fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

from sms_tui.exactjson import Json, dumps
from sms_tui.schema.registry import KindSpec, kind

_BATCH = 64
"""Entries that are looked at together; a list of no more is looked at as it is."""
_BETWEEN = re.compile(r"[\s.\[\]›\"'\\\x00-\x1f\ud800-\udfff]+")
"""What may stand between steps of a path, or is not written in JSON as it is."""

Batch: TypeAlias = tuple[int, list[Json], bool]
"""The index of its first entry, its entries, and whether anything in them may match."""


class Sieve:
    """Lets entries through in which a query may match, and not many in which it does not.

    Whatever matches, a value, a name, a label or a path, holds every token of the query in one of its parts: in the
    path of the list, in what the reference calls the fields, in an index, or in the text of the entry.
    """

    def __init__(self, wanted: str) -> None:
        self._tokens = [token for token in _BETWEEN.split(wanted) if token]

    def batches(self, entries: list[Json], path: str, known: KindSpec | None) -> Iterator[Batch]:
        """The entries of a list, whose path is given in lower case, and whose entries are of a kind, if of any."""
        words = f"{path} {_words(known.name) if known else ''}"
        open_tokens = [token for token in self._tokens if token not in words]
        if not open_tokens or len(entries) <= _BATCH:
            yield 0, entries, True
            return
        for start in range(0, len(entries), _BATCH):
            batch = entries[start : start + _BATCH]
            text = dumps(batch).casefold()
            indexes = " ".join(map(str, range(start, start + len(batch))))
            yield start, batch, all(token in text or token in indexes or _counts(token, text) for token in open_tokens)


def _counts(token: str, text: str) -> bool:
    """Whether a token may be part of an index of a list below: whatever its digits are part of is no less than it."""
    return token.isdecimal() and token.isascii() and text.count(",") >= int(token[:9])


@cache
def _words(name: str) -> str:
    """The names and labels of all fields of a kind, and of the kinds below it, in lower case."""
    words: list[str] = []
    for field, spec in kind(name).fields.items():
        words += [field.casefold(), spec.label.casefold()]
        if spec.of is not None and spec.of != name:
            words.append(_words(spec.of))
    return "\n".join(words)
