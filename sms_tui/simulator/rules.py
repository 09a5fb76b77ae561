"""What the service refuses in the body of a PUT, judged by the field tables alone.

Null is never refused, not even in a required field: the reference's own example sends `"ip": null`. A value that is
stored already and comes back unchanged is never refused either, whatever the tables say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sms_tui.exactjson import Json, same
from sms_tui.schema.paths import ABSENT, Path, Value, format_path
from sms_tui.schema.registry import ROOT, FieldSpec, KindSpec, kind
from sms_tui.simulator.replies import BAD_VALUE
from sms_tui.simulator.shapes import TARGET_BTRFS, btrfs_names
from sms_tui.simulator.store import Task

_IDENTITY = ("id", "uuid", "name", "subvol_id", "mac")


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule; `reason` completes a sentence that starts with the path."""

    path: Path
    reason: str

    @property
    def message(self) -> str:
        """The sentence the service answers with."""
        return f"{format_path(self.path)} {self.reason}"

    @property
    def code(self) -> str:
        """The service's error code where one is known for the field."""
        if self.path == ("name",):
            return "SMS.7711"
        if self.path == ("type",):
            return "SMS.7712"
        return "SMS.6601" if self.path[-1] == "os_type" else BAD_VALUE


def violations(body: Task, stored: Task) -> Iterator[Violation]:
    """Every rule the body breaks, in its order; top-level keys the reference does not list are not looked at."""
    return _object(kind(ROOT), body, stored, ())


def _object(kind_: KindSpec, value: Task, stored: Value, path: Path) -> Iterator[Violation]:
    before = stored if isinstance(stored, dict) else {}
    for name, field in kind_.fields.items():
        if name in value:
            yield from _field(field, value[name], before.get(name, ABSENT), (*path, name))
        elif field.required and not (isinstance(stored, dict) and name not in stored):
            yield Violation((*path, name), "is missing")


def _field(field: FieldSpec, value: Json, stored: Value, path: Path) -> Iterator[Violation]:
    if value is None or _unchanged(value, stored):
        return
    if field.of is None:
        if reason := _broken(field, value):
            yield Violation(path, reason)
    elif field.type == "object":
        yield from _entry(kind(field.of), value, stored, path)
    elif not isinstance(value, list):
        yield Violation(path, "must be an array")
    elif reason := _outside(field, len(value), "hold", " entries"):
        yield Violation(path, reason)
    else:
        yield from _array(kind(field.of), value, stored, path)


def _array(kind_: KindSpec, value: list[Json], stored: Value, path: Path) -> Iterator[Violation]:
    before = stored if isinstance(stored, list) else []
    known = _by_identity(before)
    systems = set(btrfs_names(before)) if path == TARGET_BTRFS else set()
    for index, entry in enumerate(value):
        here = (*path, index)
        if path == TARGET_BTRFS and isinstance(entry, str):
            if entry not in systems:
                yield Violation(here, "names no file system of this task")
            continue
        in_place = before[index] if index < len(before) else ABSENT
        was = next((known[identity] for identity in _identities(entry) if identity in known), in_place)
        yield from _entry(kind_, entry, was, here)


def _entry(kind_: KindSpec, value: Json, stored: Value, path: Path) -> Iterator[Violation]:
    if isinstance(value, dict):
        yield from _object(kind_, value, stored, path)
    elif not _unchanged(value, stored):
        yield Violation(path, "must be an object")


def _by_identity(entries: list[Json]) -> dict[tuple[str, str | int], Json]:
    """Entries by everything that identifies them; where two claim the same, the first has it."""
    return {identity: entry for entry in reversed(entries) for identity in _identities(entry)}


def _identities(entry: Json) -> list[tuple[str, str | int]]:
    if not isinstance(entry, dict):
        return []
    return [(key, value) for key in _IDENTITY if isinstance(value := entry.get(key), str | int)]


def _unchanged(value: Json, stored: Value) -> bool:
    return stored is not ABSENT and same(value, stored)


def _broken(field: FieldSpec, value: Json) -> str | None:
    """Why a value that is neither object nor array cannot stand in a field."""
    if field.type == "string":
        if not isinstance(value, str):
            return "must be a string"
        reason = _outside(field, len(value), "be", " characters long")
    elif field.type == "boolean":
        return None if isinstance(value, bool) else "must be true or false"
    elif field.type == "double":
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return "must be a number"
        reason = _outside(field, value, "be", "")
    elif isinstance(value, bool) or not isinstance(value, int):
        return "must be a whole number"
    else:
        reason = _outside(field, value, "be", "")
    if reason is None and field.enum is not None and value not in field.enum:
        return f"must be one of {', '.join(repr(member) for member in field.enum)}"
    return reason


def _outside(field: FieldSpec, measure: int | float | Decimal, verb: str, unit: str) -> str | None:
    least, most = field.minimum, field.maximum
    if (least is None or measure >= least) and (most is None or measure <= most):
        return None
    return f"must {verb} from {least} to {most}{unit}"
