"""The disks and volume groups of a task of any shape, in the order in which they are drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from sms_tui.document.identity import entry_name
from sms_tui.document.pairs import disk_sources
from sms_tui.exactjson import Json
from sms_tui.schema.checks.words import is_size, is_text
from sms_tui.schema.paths import Path
from sms_tui.schema.units import format_size
from sms_tui.session.picture.lines import safe

Side = Literal["source", "target"]
_Fields: TypeAlias = Mapping[str, Json]
_BETWEEN_COMPONENTS = re.compile(r"[;,\s]+")


class Volume(NamedTuple):
    """A volume or logical volume; sizes in bytes, None where the task does not say. `group` holds it."""

    path: Path
    name: str
    file_system: str
    size: int | None
    used: int | None
    group: str = ""


class Store(NamedTuple):
    """A disk, or a volume group. `least` is the smallest size that the service allows for a target disk.

    A group that is `loose` names no volume of its server's disks.
    """

    side: Side
    path: Path
    name: str
    size: int | None
    volumes: Sequence[Volume]
    is_group: bool = False
    least: int | None = None
    loose: bool = False

    @property
    def allocated(self) -> int:
        """Bytes given to volumes."""
        return sum(volume.size or 0 for volume in self.volumes)

    @property
    def extent(self) -> int:
        """The size, or as much as its volumes take where that is not known."""
        return self.allocated if self.size is None else self.size

    @property
    def surplus(self) -> int:
        """Bytes by which the volumes are more than it has."""
        return max(0, self.allocated - self.extent)


def is_focused(what: Store | Volume, focus: Path | None) -> bool:
    """Whether a disk, group or volume is in focus, or anything in it."""
    return focus is not None and focus[: len(what.path)] == what.path


def size_text(size: int | None) -> str:
    """A size for people, `?` where it is not known."""
    return "?" if size is None else format_size(size)


class Server:
    """One side's disks and volume groups, each read when it is drawn: there may be very many."""

    def __init__(self, task: Json, side: Side) -> None:
        self.side: Side = side
        self.path: Path = (f"{side}_server",)
        server = _fields(_fields(task).get(f"{side}_server"))
        self.disks = _list(server.get("disks"))
        groups = _list(server.get("volume_groups"))
        self._groups = [self._group(place, entry) for place, entry in enumerate(groups)]
        self._parts = self._named_parts(groups)
        self._drawn: set[str] = set()

    def disk(self, place: int, least: int | None) -> Iterator[Store]:
        """A disk, after the volume groups that it is the first to hold."""
        store = self._read(("disks", place), self.disks[place], "physical_volumes")
        entry = _fields(self.disks[place])
        of_disk = self._group_with(entry)
        volumes = [
            volume._replace(group=of_disk or self._group_with(_fields(found)))
            for volume, found in zip(store.volumes, _list(entry.get("physical_volumes")), strict=True)
        ]
        held = {of_disk, *(volume.group for volume in volumes)} - {""} - self._drawn
        self._drawn |= held
        yield from (group for group in self._groups if group.name in held)
        yield store._replace(volumes=volumes, least=least)

    def loose_groups(self) -> Iterator[Store]:
        """The volume groups that none of the disks read so far holds."""
        return (group._replace(loose=True) for group in self._groups if group.name not in self._drawn)

    def _group(self, place: int, entry: Json) -> Store:
        return self._read(("volume_groups", place), entry, "logical_volumes")._replace(is_group=True)

    def _named_parts(self, groups: Sequence[Json]) -> Mapping[str, str]:
        """Which group has what it calls a component."""
        found: dict[str, str] = {}
        for group, entry in zip(self._groups, groups, strict=True):
            components = _fields(entry).get("components")
            for part in _BETWEEN_COMPONENTS.split(components) if is_text(components) else ():
                found.setdefault(part, group.name)
        return found

    def _group_with(self, entry: _Fields) -> str:
        """The group that has a disk or volume, by its name on this server or on the source."""
        names = [name for key in ("name", "relation_name") if is_text(name := entry.get(key))]
        return next((self._parts[name] for name in names if name in self._parts), "")

    def _read(self, where: Path, entry: Json, volumes_key: str) -> Store:
        path = (*self.path, *where)
        fields = _fields(entry)
        found = enumerate(_list(fields.get(volumes_key)))
        volumes = [_volume((*path, volumes_key, place), place, volume) for place, volume in found]
        return Store(self.side, path, _name(entry, path), _size(fields.get("size")), volumes)


class Disk(NamedTuple):
    """A disk of a server that is to be drawn; `least` as in `Store`. A target disk is `paired` if it takes the source
    disk before it."""

    side: Side
    place: int
    least: int | None = None
    paired: bool = False

    @property
    def path(self) -> Path:
        return (f"{self.side}_server", "disks", self.place)


def disks_in_order(source: Server, target: Server, within: slice = slice(None)) -> Sequence[Disk]:
    """Every source disk, each with its target disks under it; then the target disks that have no source.

    `within` narrows both sides down to some of their disks, which are then paired among themselves.
    """
    first, sources, targets = within.start or 0, source.disks[within], target.disks[within]
    found = disk_sources(sources, targets)
    below: dict[int, list[int]] = {}
    for at, (place, _) in sorted(found.items()):
        below.setdefault(place, []).append(at)
    order: list[Disk] = []
    for place, disk in enumerate(sources):
        least = _size(_fields(disk).get("used_size"))
        order.append(Disk("source", first + place))
        order.extend(Disk("target", first + at, least, paired=True) for at in below.get(place, ()))
    return order + [Disk("target", first + at) for at in range(len(targets)) if at not in found]


def stores(disks: Iterable[Disk], source: Server, target: Server) -> Iterator[Iterator[Store]]:
    """Each disk, after the volume groups that it is the first to hold."""
    return ((source if disk.side == "source" else target).disk(disk.place, disk.least) for disk in disks)


def _volume(path: Path, place: int, entry: Json) -> Volume:
    fields = _fields(entry)
    system = fields.get("file_system")
    return Volume(
        path,
        safe(entry_name(entry, place)),
        safe(system) if is_text(system) else "",
        _size(fields.get("size")),
        _size(fields.get("used_size")),
    )


def _name(entry: Json, path: Path) -> str:
    assert isinstance(path[-1], int)
    return safe(entry_name(entry, path[-1]))


def _size(value: Json | None) -> int | None:
    return value if is_size(value) else None


def _fields(value: Json | None) -> _Fields:
    return value if isinstance(value, dict) else {}


def _list(value: Json | None) -> Sequence[Json]:
    return value if isinstance(value, list) else ()
