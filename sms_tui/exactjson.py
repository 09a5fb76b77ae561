"""JSON read and written without losing anything.

Integers stay exact at any size, a number with decimals that binary cannot hold exactly as written becomes a `Decimal`
(in long text each of them does, and is still the `same`), key order is kept, lone surrogates survive as escapes. What
would be read ambiguously (`NaN`, a key twice in one object, bytes that are not UTF-8) is refused with the line and
column. Grammar: RFC 8259.
"""

from __future__ import annotations

import gc
import json
import os
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from enum import Enum
from itertools import compress
from operator import is_not
from typing import Any, Final, NoReturn, TypeAlias

from sms_tui.garbage import uncollected
from sms_tui.language import N_, _

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | Decimal | bool | None"

_DEEPEST = 700
"""Levels that are read: what is nested deeper might be read in one place and exhaust the stack in another."""

LONG = 4_000_000
"""Bytes from which on JSON is read in a faster way, and left alone by the garbage collector: it holds no cycles."""

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_REASONS = {
    "Expecting value": N_("a value should stand here"),
    "Extra data": N_("there is more behind the value"),
    "Expecting ',' delimiter": N_("a comma or the closing bracket should stand here"),
    "Expecting ':' delimiter": N_("a colon should stand here"),
    "Expecting property name enclosed in double quotes": N_("a key in double quotes should stand here"),
    "Illegal trailing comma before end of object": N_("a comma stands before the end of the object"),
    "Illegal trailing comma before end of array": N_("a comma stands before the end of the list"),
    "Unterminated string starting at": N_("the text that begins here has no end"),
    "Invalid control character at": N_("a text holds a line break or control character; write it as \\n or \\u…"),
    "Invalid \\escape": N_("there is no such escape; a backslash itself is written \\\\"),
    "Invalid \\uXXXX escape": N_("\\u needs four hexadecimal digits"),
}
"""In words for people what Python's own reader of JSON says."""
_PLACEHOLDER = re.compile('"([0-9a-f]{32})"')


class JsonError(ValueError):
    """Text that is not the JSON we accept; `line` and `column` count from 1."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(_("line {line}, column {column}: {reason}").format(line=line, column=column, reason=reason))
        self.reason, self.line, self.column = reason, line, column


class _RepeatedKeyError(ValueError):
    pass


class _LiteralError(ValueError):
    """A literal that is no JSON number, or that no number of ours can hold."""

    def __init__(self, literal: str, reason: str) -> None:
        super().__init__(reason)
        self.literal = literal


def _error(reason: str, text: str, offset: int) -> JsonError:
    line_start = text.rfind("\n", 0, offset) + 1
    return JsonError(reason, text.count("\n", 0, offset) + 1, offset - line_start + 1)


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RepeatedKeyError
    return found


def _constant(name: str) -> NoReturn:
    raise _LiteralError(name, _("{name} is not a JSON number").format(name=name))


def _number(literal: str) -> float | Decimal:
    nearest = float(literal)
    try:
        exact = Decimal(literal)
    except InvalidOperation:
        raise _LiteralError(literal, _("a number whose exponent is out of reach")) from None
    return nearest if Decimal(repr(nearest)) == exact else exact


def loads(data: bytes | str) -> Json:
    """Read JSON text; a UTF-8 byte order mark is allowed.

    Raises JsonError, with the place, for anything but well-formed JSON with unique keys and finite numbers, nested no
    deeper than 700 levels.
    """
    with uncollected():
        if len(data) < LONG:
            return _loads(data)
        value = loads_fast(data) if isinstance(data, bytes) else UNREAD
        if value is UNREAD:
            value = _loads(data)
        gc.freeze()
    return value


class Unread(Enum):
    """The value of text that `loads_fast` does not read."""

    UNREAD = "unread"


UNREAD: Final = Unread.UNREAD


def loads_fast(data: bytes) -> Json | Unread:
    """Read long text in half the time; UNREAD where anything is odd about it, for `loads` to read or refuse it.

    All numbers with decimals become Decimals: to look through everything for them would take as long as is saved.
    """
    import jiter

    try:
        value: Json = jiter.from_json(
            data, allow_inf_nan=False, cache_mode="keys", catch_duplicate_keys=True, float_mode="decimal"
        )
    except ValueError:
        return UNREAD
    return value


def _loads(data: bytes | str) -> Json:
    text = _decode(data) if isinstance(data, bytes) else data
    text = text.removeprefix("\ufeff")
    try:
        value: Json = json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_number)
    except json.JSONDecodeError as error:
        reason = _(_REASONS.get(error.msg, error.msg)) if text.strip() else _("there is nothing in it")
        raise _error(reason, text, error.pos) from None
    except _RepeatedKeyError:
        raise _error(*_repeated_key(text)) from None
    except _LiteralError as error:
        raise _error(str(error), text, _find_token(text, error.literal)) from None
    except RecursionError:
        raise _too_deep(text) from None
    except ValueError:  # more digits than Python converts
        raise _error(_("a number with too many digits"), text, _longest_number(text)) from None
    if text.count("[") + text.count("{") > _DEEPEST and _is_too_deep(value):
        raise _too_deep(text)
    return value


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        raise _error(
            _("byte {byte} is not UTF-8").format(byte=f"0x{data[error.start]:02x}"), before, len(before)
        ) from None


def _is_too_deep(value: Json) -> bool:
    level = [value] if isinstance(value, dict | list) else []
    for __ in range(_DEEPEST):
        level = [
            below
            for held in level
            for below in (held.values() if isinstance(held, dict) else held if isinstance(held, list) else ())
            if below.__class__ is dict or below.__class__ is list
        ]
        if not level:
            return False
    return True


def _too_deep(text: str) -> JsonError:
    depth = 0
    for lexeme, offset in _tokens(text):
        depth += (lexeme in "{[") - (lexeme in "}]")
        if depth > _DEEPEST:
            return _error(_("nested too deeply to be read"), text, offset)
    return _error(_("nested too deeply to be read"), text, 0)


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    return ((match.group(), match.start()) for match in _TOKEN.finditer(text))


def _find_token(text: str, wanted: str) -> int:
    return next((offset for token, offset in _tokens(text) if token == wanted), 0)


def _longest_number(text: str) -> int:
    return max(_tokens(text), key=lambda token: 0 if token[0].startswith('"') else len(token[0]))[1]


def _repeated_key(text: str) -> tuple[str, str, int]:
    """The first key that stands twice in its object, found by walking the tokens of well-formed text."""
    open_objects: list[set[str] | None] = []
    candidate: tuple[str, int] | None = None
    for lexeme, offset in _tokens(text):
        if lexeme in "{[":
            open_objects.append(set() if lexeme == "{" else None)
        elif lexeme in "}]":
            open_objects.pop()
        elif lexeme == ":" and candidate is not None and open_objects and (keys := open_objects[-1]) is not None:
            key = json.loads(candidate[0])
            if key in keys:
                return (
                    _("the key {key} stands twice in one object").format(key=candidate[0]),
                    text,
                    candidate[1],
                )
            keys.add(key)
        candidate = (lexeme, offset) if lexeme.startswith('"') else None
    return _("a key stands twice in one object"), text, 0


def dumps(value: Json, *, indent: int | None = None) -> str:
    """Write JSON text, UTF-8 safe; compact, or with `indent` spaces a level and one entry a line."""
    decimals: dict[str, str] = {}

    def placeholder(number: Any) -> str:
        if not isinstance(number, Decimal):
            raise TypeError(f"{type(number).__name__} is not a JSON value")
        mark = os.urandom(16).hex()
        literal = str(number)
        decimals[mark] = literal if "." in literal or "E" in literal else f"{literal}E+0"  # else read back as an int
        return mark

    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=placeholder)
    text = _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    if decimals:
        text = _PLACEHOLDER.sub(lambda found: decimals.get(found[1], found[0]), text)
    return text if indent is None else spread(text, indent)


def spread(text: str, indent: int) -> str:
    """Lay compact JSON text out, one entry a line; by tokens, so that depth costs no stack and no literal changes."""
    out: list[str] = []
    depth, previous = 0, ""
    for lexeme, __ in _tokens(text):
        if lexeme in "}]":
            depth -= 1
            if previous not in "{[":
                out.append("\n" + " " * (indent * depth))
        elif previous and previous in "{[,":
            out.append("\n" + " " * (indent * depth))
        out.append(": " if lexeme == ":" else lexeme)
        if lexeme in "{[":
            depth += 1
        previous = lexeme
    return "".join(out)


def same(left: object, right: object) -> bool:
    """Whether two JSON values are the same value: `1`, `1.0` and `true` differ, key order does not.

    What is no JSON value, such as the mark of an absent key, is the same as itself alone.
    """
    pairs: list[tuple[object, object]] = [(left, right)]
    while pairs:
        a, b = pairs.pop()
        if a is b:
            continue
        if isinstance(a, dict):
            if not isinstance(b, dict) or a.keys() != b.keys():
                return False
            pairs.extend((value, b[key]) for key, value in a.items())
        elif isinstance(a, list):
            if not isinstance(b, list) or len(a) != len(b):
                return False
            pairs.extend(compress(zip(a, b, strict=True), map(is_not, a, b)))
        elif (a != b or type(a) is not type(b)) and not _same_number(a, b):
            return False
    return True


def _same_number(a: object, b: object) -> bool:
    """Whether one is a Decimal of what the other, a float, stands for."""
    if isinstance(a, float) and isinstance(b, Decimal):
        return Decimal(repr(a)) == b
    return isinstance(a, Decimal) and isinstance(b, float) and a == Decimal(repr(b))
