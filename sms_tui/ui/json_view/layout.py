"""JSON as text to edit: how a value is laid out, what each token is, and which value stands on which line. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias, cast

from sms_tui.exactjson import Json, dumps
from sms_tui.language import _
from sms_tui.pieces import is_longer
from sms_tui.schema.paths import Path
from sms_tui.schema.units import format_size
from sms_tui.ui.text import printable

LONGEST = 2**20
"""Characters up to which a text is opened: beyond, a key takes longer than one notices."""

INDENT = 2

Sort: TypeAlias = Literal["key", "string", "number", "word", "mark", "wrong"]

_TOKEN = re.compile(
    r"""
      (?P<key>    "(?:[^"\\]|\\.)*"(?=[ \t]*:) )
    | (?P<string> "(?:[^"\\]|\\.)*" )
    | (?P<number> -?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![^ \t{}\[\]:,"]) )
    | (?P<word>   (?:true|false|null)(?![^ \t{}\[\]:,"]) )
    | (?P<mark>   [{}\[\]:,] )
    | (?P<wrong>  ".* | [^ \t{}\[\]:,"]+ )
    """,
    re.VERBOSE,
)


class TooLong(ValueError):
    """A value whose text would be too long to edit; the message says what to do."""


class Token(NamedTuple):
    """A run of characters of a line; `wrong` is what no JSON can hold."""

    sort: Sort
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Places:
    """Which value stands where in a text. Lines count from 0, paths from the value that is the whole text."""

    starts: Mapping[Path, int]
    on_line: Sequence[Path]
    """For each line the first value that starts on it, else the one that goes on there."""

    def line(self, path: Path) -> int:
        """The line of a value; of one that is not there, the line of what should hold it."""
        while path not in self.starts:
            path = path[:-1]
        return self.starts[path]


def lay_out(value: Json) -> str:
    """A value as text to edit, one entry a line; what cannot be seen in a terminal is written as an escape.

    Reading the text gives the same value. Raises TooLong.
    """
    text = "" if is_longer(value, LONGEST) else printable_lines(dumps(value, indent=INDENT))
    if not 0 < len(text) <= LONGEST:
        most = format_size(LONGEST)
        raise TooLong(_("The text would be longer than {most}: open a smaller node").format(most=most))
    return text


def printable_lines(text: str) -> str:
    """Text with what a terminal would obey, or a reader not see, as escapes; line breaks and tabs stay."""
    lines = re.split("\r\n|\r|\n", text)
    return "\n".join("\t".join(printable(part) for part in line.split("\t")) for line in lines)


def tokens(line: str) -> Iterator[Token]:
    """The tokens of one line. No JSON token goes on over a line's end, so every line can be read by itself."""
    for found in _TOKEN.finditer(line):
        yield Token(cast(Sort, found.lastgroup), found.start(), found.end())


def value_column(line: str) -> int:
    """The column at which the value of a line starts: behind its key, if it has one."""
    found = list(tokens(line))
    at = 2 if len(found) > 2 and found[0].sort == "key" else 0
    return found[at].start if found else len(line)


def places(text: str) -> Places:
    """Where the values stand in a text that can be read."""
    walk = _Walk()
    for number, line in enumerate(text.split("\n")):
        walk.read(number, line)
    return Places(walk.starts, walk.on_line)


class _Walk:
    """Reads well-formed text line by line and notes where each value starts.

    `steps` are the steps of the path to where the walk is. In an object whose next key was not read yet the last one
    is None.
    """

    def __init__(self) -> None:
        self.starts: dict[Path, int] = {}
        self.on_line: list[Path] = []
        self._steps: list[str | int | None] = []

    def read(self, number: int, line: str) -> None:
        before = tuple(self._steps[:-1])
        first: Path | None = None
        for token in tokens(line):
            path = self._take(line[token.start : token.end])
            if path is not None:
                self.starts[path] = number
                first = path if first is None else first
        self.on_line.append(cast(Path, before) if first is None else first)

    def _take(self, lexeme: str) -> Path | None:
        """Go over one token; the path of the value that starts with it or with its key."""
        steps = self._steps
        if lexeme in "}]":
            steps.pop()
        elif lexeme == ",":
            last = steps[-1]
            steps[-1] = last + 1 if isinstance(last, int) else None
        elif lexeme != ":":
            return self._start(lexeme)
        return None

    def _start(self, lexeme: str) -> Path | None:
        steps = self._steps
        if steps and steps[-1] is None:
            steps[-1] = json.loads(lexeme)
            return cast(Path, tuple(steps))
        path = cast(Path, tuple(steps))
        has_key = bool(steps) and isinstance(steps[-1], str)
        if lexeme in "{[":
            steps.append(None if lexeme == "{" else 0)
        return None if has_key else path
