"""Text from a task made safe and unambiguous to paint."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal

from sms_tui.exactjson import Json, dumps
from sms_tui.inert import inert
from sms_tui.language import _, ngettext
from sms_tui.schema.paths import ABSENT, Value
from sms_tui.schema.registry import FieldSpec
from sms_tui.schema.units import format_date, format_size

NO_UNIT = "unit not documented"

_LOOKS_LIKE_ANOTHER_TYPE = re.compile(r"(null|absent|true|false|-?\d+(\.\d+)?|\".*|\s.*|.*\s)\Z", re.DOTALL)


def printable(text: str) -> str:
    """The text with what a terminal would obey, or a reader not see, written as escapes."""
    return inert(text)


def shown(value: Value, spec: FieldSpec | None = None) -> str:
    """A value on one line: null, absent and "" differ, and text that looks like another type is quoted."""
    if value is ABSENT:
        return _("absent")
    if isinstance(value, str):
        ambiguous = value in ("", _("absent")) or (
            _LOOKS_LIKE_ANOTHER_TYPE.match(value) and not _expects_text(spec, value)
        )
        return printable(dumps(value)) if ambiguous else printable(value)
    return printable(dumps(value))


def _expects_text(spec: FieldSpec | None, value: str) -> bool:
    """Digits in a text field are what they seem; a word like null never is."""
    return spec is not None and spec.type == "string" and value.lstrip("-").replace(".", "", 1).isdigit()


def extent(value: Value) -> str:
    """How much there is of what stands below: `2 entries →`."""
    if isinstance(value, list):
        return ngettext("{count} entry →", "{count} entries →", len(value)).format(count=len(value))
    return "→" if isinstance(value, dict) else shown(value)


def echo(value: Value, spec: FieldSpec | None) -> str:
    """What a number means in its unit: `= 40 GiB`, `= 2020-08-26 09:56:18 UTC`, `= 50 Mbit/s`; "" if nothing to add."""
    if spec is None or isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return ""
    if spec.unit == "bytes" and isinstance(value, int):
        return f"= {format_size(value)}"
    if spec.unit == "epoch ms" and isinstance(value, int):
        return f"= {format_date(value)}"
    if meaning := spec.meanings.get(str(value)):
        return f"= {meaning}"
    return f"= {value} {_(spec.unit)}" if spec.unit and spec.unit != NO_UNIT else ""


def sentence(words: str) -> str:
    """Words as a sentence of their own."""
    return _("{what}.").format(what=words.rstrip("."))


def aside(value: Value, spec: FieldSpec | None) -> str:
    """What stands beside a value that is shown already: its meaning, or just its unit."""
    meaning = echo(value, spec)
    return meaning.removeprefix(f"= {shown(value, spec)} ")


def with_unit(value: Value, spec: FieldSpec | None) -> str:
    """A value for the review, with what it means: `42949672960 = 40 GiB`."""
    return f"{shown(value, spec)} {aside(value, spec)}".rstrip()


def limits(spec: FieldSpec) -> str:
    """What a field takes, briefly: `NORMAL · OS · BOOT`, `0–255 characters`, `0–10000 Mbit/s`."""
    if spec.enum is not None:
        return " · ".join(_member(spec, member) for member in spec.enum)
    if spec.type == "boolean":
        return "true · false"
    if spec.minimum is None or spec.maximum is None:
        return ""
    if spec.unit == "bytes":
        return _("bytes, or 40G, 512MB")
    if spec.unit == "epoch ms":
        return _("a date, or epoch ms")
    counted = {"string": _("characters"), "array": _("entries")}
    unit = counted.get(spec.type) or ("" if spec.unit in (None, NO_UNIT) else _(spec.unit))
    most = "2^63-1" if spec.maximum == 2**63 - 1 else f"{spec.maximum:g}" if spec.maximum < 10**6 else spec.maximum
    return f"{spec.minimum:g}–{most} {unit}".rstrip()


def telling(spec: FieldSpec) -> bool:
    """Whether what a field takes is worth saying of every row: choices and units are, the length of a text is not."""
    return spec.enum is not None or spec.unit is not None or spec.type == "boolean"


def _member(spec: FieldSpec, member: str | int) -> str:
    meaning = spec.meanings.get(str(member))
    word = '""' if member == "" else str(member)
    return f"{word} {meaning}" if meaning and isinstance(member, int) else word


def short_date(ms: int | None) -> str:
    """Epoch milliseconds as a date and time for a narrow column."""
    if ms is None:
        return ""
    try:
        return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return str(ms)


def one_line(value: Json) -> str:
    """A JSON value as compact text that is safe to paint."""
    return printable(dumps(value))
