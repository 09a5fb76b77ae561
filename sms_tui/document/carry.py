"""Entries of one kind made entries of another: what both have carries over, the rest is named."""

from __future__ import annotations

from sms_tui.exactjson import Json
from sms_tui.schema.registry import kind

_FAMILIES = (
    frozenset({"ServerDisk", "TargetDisk"}),
    frozenset({"PhysicalVolume", "TargetPhysicalVolumes", "LogicalVolumes"}),
)


def accepts(of: str, from_kind: str) -> bool:
    """Whether an entry of one kind can become one of kind `of`."""
    return of == from_kind or any({of, from_kind} <= family for family in _FAMILIES)


def accepted_by(from_kind: str) -> list[str]:
    """The kinds that an entry of one kind can become, its own first."""
    others = {other for family in _FAMILIES if from_kind in family for other in family} - {from_kind}
    return [from_kind, *sorted(others)]


def carried(entry: Json, from_kind: str, to_kind: str) -> tuple[Json, tuple[str, ...]]:
    """The entry with the fields that both kinds have, their values as they are, and the names of those left behind.

    A field of the volumes on a disk is named `physical_volumes.index`, once. What the other kind's limits forbid comes
    along all the same: the checks report it at its new place, where it can be corrected.
    """
    dropped: dict[str, None] = {}
    return _carried(entry, from_kind, to_kind, "", dropped), tuple(dropped)


def _carried(entry: Json, from_kind: str, to_kind: str, prefix: str, dropped: dict[str, None]) -> Json:
    if from_kind == to_kind or not isinstance(entry, dict):
        return entry
    fields, theirs = kind(from_kind).fields, kind(to_kind).fields
    out: dict[str, Json] = {}
    for name, value in entry.items():
        if name not in fields or name not in theirs:
            dropped[prefix + name] = None
            continue
        before, after = fields[name].of, theirs[name].of
        if isinstance(value, list) and before is not None and after is not None:
            value = [_carried(below, before, after, f"{prefix}{name}.", dropped) for below in value]
        out[name] = value
    return out
