"""Repairs of a server's list of disks: the one system disk, and a target disk for each source disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sms_tui.document.amounts import exactly
from sms_tui.document.edits import SetValue
from sms_tui.document.identity import entry_name
from sms_tui.document.mirror import mirrored_disk
from sms_tui.document.offer import Offer, fields_at
from sms_tui.document.pairs import entries_of
from sms_tui.exactjson import Json
from sms_tui.language import _
from sms_tui.schema.checks.words import is_size, listed
from sms_tui.schema.paths import Path, value_at


def add_target_disk(task: Json, path: Path) -> Iterator[Offer]:
    """Mirror a source disk that has no target."""
    change = mirrored_disk(task, path)
    if change is not None:
        size = fields_at(task, path).get("size")
        much = f" ({exactly(size)})" if is_size(size) else ""
        words = _("add a target disk like {name} of the source").format(name=_name(task, path))
        yield Offer(words + much, change)


def one_system_disk(task: Json, path: Path) -> Iterator[Offer]:
    """Mark the disk that holds the system, or unmark those that do not hold it."""
    disks = entries_of(value_at(task, path[:-1]), str(path[-1]))
    marked = [at for at, disk in enumerate(disks) if isinstance(disk, dict) and disk.get("os_disk") is True]
    if len(marked) == 1:
        return
    for at in _likeliest(disks, marked or [at for at, disk in enumerate(disks) if isinstance(disk, dict)]):
        name = _name(task, (*path, at))
        if not marked:
            words = _("mark {name} as the system disk").format(name=name)
            yield Offer(words, (SetValue((*path, at, "os_disk"), True),))
            continue
        others = [other for other in marked if other != at]
        unmarked = listed([_name(task, (*path, other)) for other in others])
        words = _("keep {name} as the system disk and set os_disk of {others} to false")
        words = words.format(name=name, others=unmarked)
        yield Offer(words, tuple(SetValue((*path, other, "os_disk"), False) for other in others))


def _name(task: Json, path: Path) -> str:
    return entry_name(fields_at(task, path), int(path[-1]))


def _likeliest(disks: Sequence[Json], candidates: Sequence[int]) -> list[int]:
    """The disks that most speaks for; none if nothing speaks for any, or only the same weak sign for several."""
    signs = {at: _sign(disks[at]) for at in candidates}
    best = max(signs.values(), default=0)
    likeliest = [at for at, sign in signs.items() if sign == best and best]
    return likeliest if best > 1 or len(likeliest) == 1 else []


def _sign(disk: Json) -> int:
    """How much speaks for the system being on a disk: 2 what is said of the system itself, 1 a boot volume, 0 nothing.

    A source disk that says BOOT shows nothing, for the reference leaves data disks no other word.
    """
    if not isinstance(disk, dict):
        return 0
    volumes = [volume for volume in entries_of(disk, "physical_volumes") if isinstance(volume, dict)]
    if disk.get("device_use") == "OS" or any(_holds_system(volume) for volume in volumes):
        return 2
    return int(any(volume.get("device_use") == "BOOT" or volume.get("mount_point") == "/boot" for volume in volumes))


def _holds_system(volume: Mapping[str, Json]) -> bool:
    return volume.get("device_use") == "OS" or volume.get("mount_point") == "/" or volume.get("name") == "C:"
