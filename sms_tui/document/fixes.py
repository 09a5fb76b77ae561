"""Repairs on offer: for each sort of finding the obvious ways to remove it, the likeliest first.

Nothing is repaired by itself. Each offer removes its finding and brings no error; where no repair is obvious (a date, a
name, an address), there is no offer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from itertools import count
from typing import TypeAlias

from sms_tui.document.amounts import exactly
from sms_tui.document.disk_fixes import add_target_disk, one_system_disk
from sms_tui.document.document import Document
from sms_tui.document.edits import SetValue
from sms_tui.document.findings import Finding
from sms_tui.document.offer import Offer, fields_at
from sms_tui.document.size_fixes import (
    overfull,
    rest_is_free,
    smaller_than_source,
    used_and_free_differ,
    used_exceeds_size,
)
from sms_tui.exactjson import Json
from sms_tui.language import _
from sms_tui.schema.checks.words import is_size, listed
from sms_tui.schema.judge import judge, shown
from sms_tui.schema.paths import ABSENT, Path, Value, value_at
from sms_tui.schema.problems import Problem
from sms_tui.schema.registry import FieldSpec, field_at, kind_at

_Rule: TypeAlias = Callable[[Json, Path], Iterator[Offer]]

_SOURCE, _TARGET, _OS_TYPE = ("source_server",), ("target_server",), ("os_type",)


def offers(document: Document, about: Finding | Problem) -> list[Offer]:
    """What would remove a finding from the task as it is now, the likeliest first; often nothing."""
    problem = about.problem if isinstance(about, Finding) else about
    rule = _RULES.get(problem.code)
    return list(rule(document.current, problem.path)) if rule is not None else []


def _unset(task: Json, path: Path) -> Iterator[Offer]:
    """A required value that is absent or null: the default, an empty list, or what follows from the rest."""
    spec = field_at(path)
    if spec is None:
        return
    if spec.default is not None:
        yield _set(path, spec.default)
    elif spec.type == "array":
        yield Offer(_("set {fields} to []").format(fields=spec.name), (SetValue(path, []),))
    elif spec.name == "free_size":
        yield from rest_is_free(task, path)
    elif spec.name == "os_type":
        yield from _os_type(task, path)


def _os_type(task: Json, path: Path) -> Iterator[Offer]:
    """Make the task's operating system that of both servers, or a server's that of the task or of the source."""
    mine, of_task = value_at(task, path), value_at(task, _OS_TYPE)
    other = _SOURCE if path[:1] == _TARGET else _TARGET
    of_other, members = value_at(task, (*other, "os_type")), _members(path)
    if mine in members and mine == of_other:
        yield Offer(
            _("set os_type of the task to {value}, as both servers say").format(value=mine),
            (SetValue(_OS_TYPE, str(mine)),),
        )
    if of_task in members:
        words = _("copy os_type from the task ({value})").format(value=of_task)
        yield Offer(words, (SetValue(path, str(of_task)),))
    elif of_task in (None, "", ABSENT) and other == _SOURCE and of_other in members:
        words = _("copy os_type from the source server ({value})").format(value=of_other)
        yield Offer(words, (SetValue(path, str(of_other)),))


def _to_register(task: Json, path: Path) -> Iterator[Offer]:
    if path[-1] == "os_type":
        yield from _os_type(task, path)


def _needed_by_os(task: Json, path: Path) -> Iterator[Offer]:
    """Give a server all that its system needs: [] for lists of nothing, and to the target what the source says."""
    fields, known = fields_at(task, path), kind_at(path)
    systems = (fields.get("os_type"), value_at(task, _OS_TYPE))
    system = next((name for name in systems if name in ("LINUX", "WINDOWS")), None)
    if known is None or system is None:
        return
    missing = [spec for spec in known.fields.values() if spec.required_for == system and fields.get(spec.name) is None]
    source = fields_at(task, _SOURCE) if path == _TARGET else {}
    given = {spec.name: _given(spec, source) for spec in missing}
    empty = [name for name, value in given.items() if value == []]
    copied = [name for name in given if name not in empty]
    if missing and not any(value is None for value in given.values()):
        set_empty = _("set {fields} to []").format(fields=listed(empty))
        copy = _("copy {fields} from the source server").format(fields=listed(copied))
        both = _("{first} and {second}").format(first=set_empty, second=copy)
        words = both if empty and copied else set_empty if empty else copy
        yield Offer(words, tuple(SetValue((*path, name), value) for name, value in given.items()))


def _given(spec: FieldSpec, source: Mapping[str, Json]) -> Json:
    """What to give a field that a server lacks; None if nothing is obvious."""
    value = source.get(spec.name)
    if spec.of is not None:
        return None if value else []
    return None if any(name == spec.name for name, _, _ in judge(spec.kind, {spec.name: value})) else value


def _member(task: Json, path: Path) -> Iterator[Offer]:
    """The member of the enumeration that was meant, whatever its case."""
    value = value_at(task, path)
    folded = {member.casefold(): member for member in _members(path) if isinstance(member, str) and member}
    close = get_close_matches(value.strip().casefold(), folded, n=1, cutoff=0.8) if isinstance(value, str) else []
    for name in close:
        yield _set(path, folded[name])


def _limit(task: Json, path: Path) -> Iterator[Offer]:
    """The limit that a number is beyond."""
    spec, value = field_at(path), value_at(task, path)
    if spec is None or isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return
    limit = spec.maximum if spec.maximum is not None and value > spec.maximum else spec.minimum
    if limit is not None and limit in (spec.enum or (limit,)):
        yield _set(path, limit)


def _null(task: Json, path: Path) -> Iterator[Offer]:
    """null, where a text may be missing but not be empty."""
    spec = field_at(path)
    if spec is not None and not spec.required and value_at(task, path) == "":
        yield Offer(_("set {field} to null").format(field=spec.name), (SetValue(path, None),))


def _ended(task: Json, path: Path) -> Iterator[Offer]:
    yield Offer(_("set progress to 100"), (SetValue(path, 100),))


def _next_index(task: Json, path: Path) -> Iterator[Offer]:
    """The next number that no other entry of the list has; other duplicates tell nothing of what was meant."""
    key, spec = path[-1], field_at(path)
    number, entries = _number(value_at(task, path)), value_at(task, path[:-2])
    if key not in ("index", "disk_index") or spec is None or number is None or not isinstance(entries, list):
        return
    used = {_number(value_at(entry, (key,))) for entry in entries}
    free = next(index for index in count(number + 1) if index not in used)
    if spec.type == "string":
        yield _set(path, str(free))
    elif spec.maximum is not None and free <= spec.maximum:
        yield _set(path, free)


def _number(value: Value) -> int | None:
    """An index, as a number or as text."""
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None
    return value if isinstance(value, int) and is_size(value) else None


def _members(path: Path) -> tuple[str | int, ...]:
    spec = field_at(path)
    return (spec.enum or ()) if spec is not None else ()


def _set(path: Path, value: str | int | float) -> Offer:
    spec = field_at(path)
    words = exactly(value) if spec is not None and spec.unit == "bytes" and isinstance(value, int) else shown(value)
    return Offer(_("set {field} to {value}").format(field=path[-1], value=words), (SetValue(path, value),))


_RULES: Mapping[str, _Rule] = {
    "volumes-exceed-disk": overfull,
    "volumes-exceed-group": overfull,
    "used-exceeds-size": used_exceeds_size,
    "used-and-free-differ": used_and_free_differ,
    "target-disk-too-small": smaller_than_source,
    "no-target-disk": add_target_disk,
    "os-disk-count": one_system_disk,
    "os-types-differ": _os_type,
    "required-for-os": _needed_by_os,
    "required-to-register": _to_register,
    "missing": _unset,
    "null-required": _unset,
    "not-a-member": _member,
    "too-large": _limit,
    "too-small": _limit,
    "too-short": _null,
    "duplicate": _next_index,
    "ended-early": _ended,
}
