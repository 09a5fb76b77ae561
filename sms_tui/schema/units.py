"""Sizes and dates as people write them, to and from what a task holds: bytes and epoch milliseconds, both whole."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from sms_tui.language import N_, _

_BINARY = ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")
_PREFIXES = " kmgtpe"
_SIZE = re.compile(r"([0-9]{1,30}(?:\.[0-9]{1,30})?)\s*(?:([kmgtpe]?)(i?)(b?))", re.IGNORECASE | re.ASCII)
_SIZE_ADVICE = N_("write a size such as 40G, 39.5 GiB, 512MB or plain bytes")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DATE = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:(?:T|\s+)(\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)\s*(Z|UTC|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE | re.ASCII,
)
_SHIFT = re.compile(r"([+-])\s*(\d{1,9})\s*([smhd])", re.IGNORECASE | re.ASCII)
_SHIFT_MS = {"s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
_DATE_ADVICE = N_("write a date such as 2026-11-23 10:00, now, +2h, -30m, +1d or epoch milliseconds")


def format_size(size: int) -> str:
    """A number of bytes in the largest binary unit it fills.

    Without decimals where that is exact (`40 GiB`), rounded to one otherwise (`39.5 GiB`, `1.0 KiB` for 1025).
    """
    if size < 0:
        return "-" + format_size(-size)
    power = min(max(size.bit_length() - 1, 0) // 10, len(_BINARY) - 1)
    scale = 1024**power
    if size % scale == 0:
        return f"{size // scale} {_BINARY[power]}"
    tenths = (size * 10 + scale // 2) // scale
    if tenths == 10240 and power + 1 < len(_BINARY):
        tenths, power = 10, power + 1
    return f"{tenths // 10}.{tenths % 10} {_BINARY[power]}"


def parse_size(text: str) -> int:
    """The number of bytes that `text` means.

    A single letter and `KiB`, `MiB`... count by 1024, `kB`, `MB`... by 1000, whatever the case. Raises ValueError, with
    advice, for anything that is not a whole number of bytes.
    """
    text = text.strip()
    if "," in text:
        raise ValueError(_("write a decimal point instead of the comma, and no thousands separators"))
    found = _SIZE.fullmatch(text)
    if found is None or (found[3] and not (found[2] and found[4])):
        raise ValueError(_(_SIZE_ADVICE))
    number, letter, binary_mark, byte_mark = found.groups()
    power = _PREFIXES.index(letter.lower()) if letter else 0
    base = 1000 if byte_mark and not binary_mark else 1024
    size = Fraction(number) * base**power
    if size.denominator != 1:
        below = size.numerator // size.denominator
        raise ValueError(_("not a whole number of bytes; the nearest below is {below}").format(below=below))
    return int(size)


def format_date(moment: int) -> str:
    """Epoch milliseconds as `2026-11-23 10:00:00 UTC`; just the number where no calendar year exists for it."""
    try:
        date = _EPOCH + timedelta(milliseconds=moment)
    except OverflowError:
        return str(moment)
    precision = "milliseconds" if moment % 1000 else "seconds"
    return f"{date.replace(tzinfo=None).isoformat(' ', precision)} UTC"


def parse_date(text: str, now: int) -> int:
    """The epoch milliseconds that `text` means, given the present as epoch milliseconds.

    Accepts a date with or without a time (UTC unless an offset follows), `now`, a distance from now such as `+2h`, and
    epoch milliseconds. Raises ValueError, with advice, for anything else.
    """
    text = text.strip()
    if re.fullmatch("[0-9]{1,30}", text):
        return int(text)
    moment = _relative(text, now) if text[:1] in {"+", "-"} or text.lower() == "now" else _calendar(text)
    if moment < 0:
        raise ValueError(_("before 1970, which epoch milliseconds here cannot say"))
    return moment


def _relative(text: str, now: int) -> int:
    if text.lower() == "now":
        return now
    found = _SHIFT.fullmatch(text)
    if found is None:
        raise ValueError(_(_DATE_ADVICE))
    distance = int(found[2]) * _SHIFT_MS[found[3].lower()]
    return now + distance if found[1] == "+" else now - distance


def _calendar(text: str) -> int:
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(_(_DATE_ADVICE))
    day, time, offset = found.groups()
    zone = "+00:00" if offset is None or offset.upper() in {"Z", "UTC"} else offset
    try:
        date = datetime.fromisoformat(f"{day}T{time or '00:00'}{zone}")
    except ValueError as error:
        raise ValueError(_("no such date: {reason}").format(reason=error)) from None
    return (date - _EPOCH) // timedelta(milliseconds=1)
