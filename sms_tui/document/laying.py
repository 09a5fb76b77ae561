"""Laying entries of the source's lists over those of the target's.

What tells an entry of the target from others stays its own, a larger size stays as long as all fits, and what the
source does not say, or what the target's kind does not take, is left alone. Values in, values out: nothing is changed
in place, and what needs no change is the same object afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from sms_tui.document.amounts import total, whole_gib
from sms_tui.document.fresh import new_object
from sms_tui.document.pairs import entries_of, is_known_again, mark, takers
from sms_tui.exactjson import Json
from sms_tui.schema.checks.words import is_size
from sms_tui.schema.judge import judge
from sms_tui.schema.registry import kind

Fields = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Overlay:
    """How entries of the source's list `field` are laid over those of the target's.

    `source` and `target` are their kinds, `own` the fields that an entry of the target keeps if they say something,
    `parts` the list in them. A `size` that is a capacity may be larger on the target.
    """

    field: str
    source: str
    target: str
    own: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    parts: Overlay | None = None
    is_capacity: bool = True


_VOLUMES = Overlay(
    "physical_volumes", "PhysicalVolume", "TargetPhysicalVolumes", own=frozenset({"name", "index", "uuid"})
)
_LOGICAL = Overlay("logical_volumes", "LogicalVolumes", "LogicalVolumes", own=frozenset({"name"}))
_SUBVOLUMES = Overlay("subvolumn", "BtrfsSubvolumn", "BtrfsSubvolumn", frozenset({"uuid"}), is_capacity=False)
DISKS = Overlay(
    "disks",
    "ServerDisk",
    "TargetDisk",
    never=frozenset({"name", "relation_name", "device_use"}),  # a source disk's use knows BOOT and OS only
    parts=_VOLUMES,
)
GROUPS = Overlay("volume_groups", "VolumeGroups", "VolumeGroups", own=frozenset({"name", "components"}), parts=_LOGICAL)
BTRFS = Overlay(
    "btrfs_list",
    "BtrfsFileSystem",
    "BtrfsFileSystem",
    own=frozenset({"name", "uuid", "device"}),
    parts=_SUBVOLUMES,
    is_capacity=False,
)


def laid_list(overlay: Overlay, sources: Sequence[Json], targets: Sequence[Json], *, exact: bool = False) -> list[Json]:
    """The target's list with the source's laid over it: what belongs to none stays, what is lacking comes last.

    `exact` takes the source's sizes where the target's are larger.
    """
    pairs = takers(overlay.field, sources, targets)
    out = list(targets)
    indexes = {mark(target, "index") for target in targets}
    free = (number for number in count(1) if number not in indexes)
    for at, source in enumerate(sources):
        place = pairs.get(at)
        there = out[place] if place is not None else None
        if not isinstance(source, dict):
            continue
        if isinstance(there, dict):
            entry = laid(overlay, source, there, exact=exact)
        else:
            entry = laid(overlay, source, None)
            if not is_known_again(overlay.field, source, entry):
                continue
        if "index" in kind(overlay.target).fields:
            entry = _numbered(entry, there, indexes, free)
        if not isinstance(there, dict):
            entry = in_order(overlay, entry)
        if place is None:
            out.append(entry)
        else:
            out[place] = entry
    return out


def laid(overlay: Overlay, source: Fields, target: Fields | None, *, exact: bool = False) -> Fields:
    """An entry of the target with its source laid over it; a new one if there is none yet.

    null and "" of the source are nothing to lay over what is there, and part of what a new entry has.
    """
    there = new_object(overlay.target) if target is None else target
    values = {
        name: value
        for name, value in _values(overlay, source).items()
        if (value is not None and value != "") or (target is None and name not in there)
    }
    if overlay.is_capacity and not exact:
        values = _not_smaller(values, there)
    kept = {name for name in overlay.own if target is not None and mark(target, name) is not None}
    out = {**there, **{name: value for name, value in values.items() if name not in kept}}
    if overlay.parts is not None:
        _lay_parts(overlay.parts, source, out)
    _set_free(overlay, source, out, is_new=target is None)
    return out


def in_order(overlay: Overlay, entry: Fields) -> Fields:
    """A new entry with its fields in the reference's order."""
    return {name: entry[name] for name in kind(overlay.target).fields if name in entry}


def _values(overlay: Overlay, source: Fields) -> Fields:
    """What the source says, null and "" included, that an entry of the target may say too; apart from lists."""
    mine, known = kind(overlay.source).fields, kind(overlay.target).fields
    said: Fields = {
        name: value
        for name, value in source.items()
        if name in mine and name in known and name not in overlay.never and known[name].of is None
    }
    wrong = {name for name, _, _ in judge(overlay.target, said)}
    return {name: value for name, value in said.items() if name not in wrong}


def _not_smaller(values: Fields, there: Fields) -> Fields:
    size, old = values.get("size"), there.get("size")
    return {**values, "size": old} if is_size(size) and is_size(old) and old > size else values


def _lay_parts(parts: Overlay, source: Fields, out: Fields) -> None:
    """Lay the list in an entry. Larger parts stay larger if they fit; what does not fit even so enlarges the entry."""
    sources, targets = source.get(parts.field), out.get(parts.field)
    if not isinstance(sources, list) or not isinstance(targets, list | None):
        return
    entries = laid_list(parts, sources, targets or [])
    size = out.get("size")
    if parts.is_capacity and is_size(size) and total(entries) > size:
        entries = laid_list(parts, sources, targets or [], exact=True)
        if total(entries) > size:
            out["size"] = whole_gib(total(entries)) or size
    out[parts.field] = entries


def _set_free(overlay: Overlay, source: Fields, out: Fields, *, is_new: bool) -> None:
    """Keep `free_size` in step; but a group just as large and full as the source's has what the source says, because
    LVM takes its share."""
    if "free_size" not in kind(overlay.target).fields or not (is_new or "free_size" in out):
        return
    size, used = out.get("size"), _used(overlay, out)
    is_as_source = overlay.parts is not None and is_size(source.get("free_size"))
    if is_as_source and (size, used) == (source.get("size"), _used(overlay, source)):
        return
    if is_size(size) and is_size(used) and used <= size:
        out["free_size"] = size - used


def _used(overlay: Overlay, entry: Fields) -> Json:
    return total(entries_of(entry, overlay.parts.field)) if overlay.parts is not None else entry.get("used_size")


def _numbered(entry: Fields, there: Json, taken: set[str | int | None], free: Iterator[int]) -> Fields:
    """The entry with an index that is no other's: its own, else the source's if that is not taken, else a free one."""
    index = mark(entry, "index")
    if isinstance(there, dict) and (index is None or mark(there, "index") is not None):
        return entry
    if index is None or index in taken:
        index = next(free)
    taken.add(index)
    return {**entry, "index": index}
