"""What a table of entries shows: its columns, the text of a cell, and the order and choice of rows. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import TypeAlias

from rich.cells import cell_len

from sms_tui.exactjson import Json
from sms_tui.language import _
from sms_tui.schema.paths import ABSENT, Value
from sms_tui.schema.registry import FieldSpec, KindSpec
from sms_tui.schema.units import format_size
from sms_tui.ui.text import NO_UNIT, extent, short_date, shown

_NAMES = ("name", "subvol_name")
_PLACES = ("mount_point", "subvol_mount_path", "default_subvol_mountpath", "ip", "netmask", "gateway", "mac")
_COURSE = ("progress", "start_date", "end_date", "migrate_speed")
_SIZES = ("size", "used_size", "free_size", "g_vol_used_size")
_USES = ("device_use", "os_disk", "file_system", "partition_style", "components")
_LISTS = ("physical_volumes", "logical_volumes", "subvolumn")
_NUMBERS = ("index", "disk_index", "subvol_id", "parent_id")
_TELLING = (*_NAMES, *_PLACES, *_COURSE, *_SIZES, *_USES, *_LISTS, *_NUMBERS)
"""The most telling fields of all kinds in lists, first things first. The others follow as the reference has them, and
last what the service keeps."""

_WIDEST = 32
_SORT_SIGN = 2
"""Cells of a heading that are left for the sign of the sorted column."""

_DIGITS = re.compile("([0-9]{1,18})")

Key: TypeAlias = tuple[int, "int | float | Decimal | list[int | str]"]


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the entries; `spec` is None for a key that the reference does not know. The column that `leads` stays
    in sight, and shows what an entry is that is no object."""

    name: str
    spec: FieldSpec | None
    leads: bool = False

    @property
    def to_the_right(self) -> bool:
        """Whether its texts are numbers, whose ends are what one compares."""
        return self.spec is not None and self.spec.type in ("int32", "int64", "double")

    def value(self, entry: Json) -> Value:
        """What an entry has in this column."""
        if isinstance(entry, dict):
            return entry.get(self.name, ABSENT)
        return entry if self.leads else ABSENT

    def text(self, entry: Json) -> str:
        """What is painted of it; nothing for an entry that has no fields at all."""
        if not isinstance(entry, dict) and not self.leads:
            return ""
        return cell_text(self.value(entry), self.spec)

    def width(self, entries: Iterable[Json]) -> int:
        """The cells it needs for its heading and these entries, within reason."""
        texts = (cell_len(self.text(entry)) for entry in entries)
        return min(_WIDEST, max(cell_len(self.name) + _SORT_SIGN, *texts, 0))


def columns(kind: KindSpec, entries: Iterable[Json]) -> list[Column]:
    """The columns for entries of a kind: its fields, the most telling first, then keys the reference does not know."""
    fields = sorted(kind.fields.values(), key=_rank)
    known = [Column(spec.name, spec, leads=at == 0) for at, spec in enumerate(fields)]
    keys = dict.fromkeys(chain.from_iterable(entry for entry in entries if isinstance(entry, dict)))
    return [*known, *(Column(key, None) for key in keys if key not in kind.fields)]


def _rank(spec: FieldSpec) -> int:
    if spec.name in _TELLING:
        return _TELLING.index(spec.name)
    return len(_TELLING) + (spec.owner == "service")


def cell_text(value: Value, spec: FieldSpec | None) -> str:
    """A value as briefly as it can be told: `40 GiB`, `2026-11-23 10:00`, `47 %`, `2 entries →`; null, absent and ""
    are three."""
    if isinstance(value, list | dict):
        return extent(value)
    unit = spec.unit if spec is not None else None
    if unit is None or isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return shown(value, spec)
    if unit == "bytes" and isinstance(value, int):
        return format_size(value)
    if unit == "epoch ms" and isinstance(value, int):
        return short_date(value)
    return shown(value) if unit == NO_UNIT else f"{shown(value)} {_(unit)}"


def in_order(entries: Sequence[Json], column: Column, *, descending: bool) -> list[int]:
    """The entries by number, sorted by a column: numbers as numbers, the digits in names too. What is equal keeps its
    order; what has no value comes last either way."""
    values = [column.value(entry) for entry in entries]
    there = [at for at, value in enumerate(values) if value is not None and value is not ABSENT]
    if {type(values[at]) for at in there} <= {int}:
        there.sort(key=values.__getitem__, reverse=descending)  # type: ignore[arg-type]
    else:
        there.sort(key=lambda at: sort_key(values[at]), reverse=descending)
    nulls = [at for at, value in enumerate(values) if value is None]
    absent = [at for at, value in enumerate(values) if value is ABSENT]
    return [*there, *nulls, *absent]


def sort_key(value: Value) -> Key:
    """Where a value stands among others: numbers, then booleans, texts, and lists by their length."""
    if isinstance(value, bool):
        return 1, value
    if isinstance(value, int | float | Decimal):
        return 0, value
    if isinstance(value, str):
        parts = _DIGITS.split(value.casefold())
        return 2, [int(part) if at % 2 else part for at, part in enumerate(parts)]
    return 3, len(value) if isinstance(value, list | dict) else 0


def matching(entries: Sequence[Json], shown_columns: Sequence[Column], wanted: str) -> list[int]:
    """The entries, by number, in which every word stands: in any cell as it is painted, or for `column:word` in that
    one. Capital letters do not count; what is null or absent is found by that word, not by a part of it."""
    found = list(range(len(entries)))
    for word in wanted.casefold().split():
        name, _, part = word.partition(":")
        named = [column for column in shown_columns if column.name.casefold() == name]
        left = set(found)
        for column in named or shown_columns:
            left.difference_update(list(_standing_in(column, part if named else word, entries, left)))
        found = [at for at in found if at not in left]
    return found


def _standing_in(column: Column, part: str, entries: Sequence[Json], among: Iterable[int]) -> Iterator[int]:
    """Those of some entries in whose cell of a column a part stands. A table may have a million cells: texts and plain
    numbers are looked at as they are, and what comes again and again once."""
    known: dict[tuple[type, str], bool] = {}
    name, plain = column.name, column.spec is None or column.spec.unit is None
    as_is = '"' not in part and "\\" not in part
    for at in among:
        entry = entries[at]
        if not isinstance(entry, dict):
            text = column.text(entry).casefold()
            there = part in ("", text) if entry is None else part in text
        elif (value := entry.get(name, ABSENT)) is None or value is ABSENT:
            there = part in (("", "null") if value is None else ("", "absent", _("absent")))
        elif isinstance(value, str) and as_is and value and value.isprintable():
            there = part in value.casefold()
        elif plain and isinstance(value, int) and not isinstance(value, bool):
            there = part in str(value)
        elif isinstance(value, list | dict):
            there = part in extent(value)
        elif (key := (value.__class__, repr(value))) in known:
            there = known[key]
        else:
            there = known[key] = part in cell_text(value, column.spec).casefold()
        if there:
            yield at
