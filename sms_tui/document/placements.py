"""Where each source disk goes, and where its target disk falls short of it."""

from __future__ import annotations

from typing import NamedTuple

from sms_tui.document.pairs import By, disk_takers, entries_of, takers, text_of
from sms_tui.exactjson import Json
from sms_tui.schema.checks.words import is_size
from sms_tui.schema.paths import Path, value_at

_SOURCES: Path = ("source_server", "disks")
_TARGETS: Path = ("target_server", "disks")


class Placement(NamedTuple):
    """A source disk and the target disk that takes it; `target` and `by` are None where none does.

    `lacks_for_used` and `lacks_for_size` are the bytes that the target disk is smaller than what is used of the source
    disk (its data does not fit) and than the whole of it; 0 if it is not, or if a size is not known. A volume that the
    target lacks is named by its path on the source, one whose file system differs by both its paths.
    """

    source: Path
    target: Path | None = None
    by: By | None = None
    lacks_for_used: int = 0
    lacks_for_size: int = 0
    missing_volumes: tuple[Path, ...] = ()
    other_file_systems: tuple[tuple[Path, Path], ...] = ()


def placements(task: Json) -> list[Placement]:
    """Where each source disk goes, in the order of the source."""
    sources, targets = _disks(task, _SOURCES), _disks(task, _TARGETS)
    found = disk_takers(sources, targets)
    return [
        _placement(at, sources[at], found[at][0], targets[found[at][0]], found[at][1])
        if at in found
        else Placement((*_SOURCES, at))
        for at in range(len(sources))
    ]


def unused_disks(task: Json) -> list[Path]:
    """The target disks that take no source disk, or one that an earlier target disk takes."""
    return unpaired_disks(task)[1]


def unpaired_disks(task: Json) -> tuple[list[Path], list[Path]]:
    """The source disks that no target disk takes, and the target disks that are not used."""
    sources, targets = _disks(task, _SOURCES), _disks(task, _TARGETS)
    takers = disk_takers(sources, targets)
    used = {place for place, _ in takers.values()}
    return (
        [(*_SOURCES, at) for at in range(len(sources)) if at not in takers],
        [(*_TARGETS, at) for at in range(len(targets)) if at not in used],
    )


def _disks(task: Json, path: Path) -> list[Json]:
    return list(entries_of(value_at(task, path[:1]), str(path[1])))


def _placement(at: int, source: Json, place: int, target: Json, by: By) -> Placement:
    here, there = (*_SOURCES, at), (*_TARGETS, place)
    field = "physical_volumes"
    mine, theirs = entries_of(source, field), entries_of(target, field)
    pairs = takers(field, mine, theirs)
    return Placement(
        here,
        there,
        by,
        _lack(source, "used_size", target),
        _lack(source, "size", target),
        tuple((*here, field, volume) for volume in range(len(mine)) if volume not in pairs),
        tuple(
            ((*here, field, volume), (*there, field, other))
            for volume, other in sorted(pairs.items())
            if _other_file_system(mine[volume], theirs[other])
        ),
    )


def _lack(source: Json, key: str, target: Json) -> int:
    needed = source.get(key) if isinstance(source, dict) else None
    size = target.get("size") if isinstance(target, dict) else None
    return max(needed - size, 0) if is_size(needed) and is_size(size) else 0


def _other_file_system(volume: Json, other: Json) -> bool:
    mine, theirs = text_of(volume, "file_system"), text_of(other, "file_system")
    return mine is not None and theirs is not None and mine.casefold() != theirs.casefold()
