"""What an operator typed, as a value of its field. What cannot be read stays text, for the check to judge."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sms_tui.exactjson import Json, JsonError, dumps, loads
from sms_tui.schema.paths import ABSENT, Value
from sms_tui.schema.registry import FieldSpec
from sms_tui.schema.units import parse_date, parse_size

_INTEGER = re.compile(r"[+-]?\d+\Z")
GIB = 2**30
_LONGEST = 64
"""Bits of a number that is stepped; one of very many digits could get one more than Python writes."""


def parse(text: str, spec: FieldSpec) -> Json:
    """The value that text means in a field: `40G` in a size, `0.5` in a double, `win` in an enumeration, `high` where
    its members are numbers."""
    if spec.type == "boolean":
        return _chosen(text, ("true", "false"), {"true": True, "false": False})
    if spec.enum is not None:
        return _member(text, spec)
    if spec.type == "string":
        return text
    if not text.strip():
        return text
    try:
        if spec.unit == "bytes":
            return parse_size(text)
        if spec.unit == "epoch ms":
            return parse_date(text, int(time.time() * 1000))
    except ValueError:
        return text
    return _number(text.strip(), spec)


def _number(text: str, spec: FieldSpec) -> Json:
    if _INTEGER.match(text):
        try:
            return int(text)
        except ValueError:
            return text
    try:
        value = loads(text)
    except JsonError:
        return text
    return value if spec.type == "double" and isinstance(value, float | Decimal) else text


def _member(text: str, spec: FieldSpec) -> Json:
    """The member that the text names; a number may be named by what it means, too."""
    members = spec.enum or ()
    named = _chosen(text, [str(member) for member in members], {str(member): member for member in members})
    if named != text:
        return named
    meant = {word: int(member) for member, word in spec.meanings.items() if member.isdecimal()}
    return _chosen(text, [*meant], meant)


def _chosen(text: str, words: Sequence[str], values: Mapping[str, str | int]) -> Json:
    """The one member that the text is, or begins; else the text itself."""
    wanted = text.strip().casefold()
    exact = [word for word in words if word.casefold() == wanted]
    begun = [word for word in words if wanted and word.casefold().startswith(wanted)]
    found = exact or begun
    return values[found[0]] if len(found) == 1 else text


def editable_text(value: Value) -> str:
    """The text to start from when a value is edited; null and absent start empty."""
    if value is ABSENT or value is None:
        return ""
    if isinstance(value, str):
        return value
    return dumps(value)


def stepped(value: Value, spec: FieldSpec, step: int) -> int | None:
    """The value one step up or down: a GiB for a size, else one; None where a field does not step."""
    if not isinstance(value, int) or isinstance(value, bool) or spec.enum is not None:
        return None
    if spec.type not in ("int32", "int64") or spec.unit == "epoch ms" or value.bit_length() > _LONGEST:
        return None
    target = value + step * (GIB if spec.unit == "bytes" else 1)
    return max(int(spec.minimum or 0), target)
