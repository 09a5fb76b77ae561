"""Entries that are to stand beside others: what a new one starts with, and what a copy must not share.

Two entries of a list should not have an id, an index or a name in common. The name and the UUID of a volume belong to
it alone on the whole server, not only on its disk. A mount point is left to the operator, as the checks report one that
is used twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sms_tui.document.successors import Free, Known, names_after, next_counted, numbers_after
from sms_tui.exactjson import Json
from sms_tui.schema.checks.siblings import UNIQUE
from sms_tui.schema.paths import Path, Value, value_at
from sms_tui.schema.registry import FieldSpec, kind

_MORE_UNIQUE: Mapping[str, Sequence[str]] = {
    "ServerDisk": ("relation_name",),
    "TargetDisk": ("relation_name",),
    "BtrfsSubvolumn": ("subvol_name",),
    "NetWork": ("mac", "ip"),
}
"""What an entry made here does not share either, though the service may send it twice."""

_NAMES = frozenset({"name", "subvol_name"})
_NUMBERS = frozenset({"index", "disk_index", "disk_id", "subvol_id"})
_FIRST: Mapping[str, Known] = {"index": 1, "disk_index": "0"}
_VOLUMES = "physical_volumes"
_OF_THE_SERVER = ("id", "name", "uuid")
"""What of a volume is unique on its server."""


def new_object(of: str) -> dict[str, Json]:
    """A new object of a kind: the reference's defaults, and an empty list where a list is required."""
    out: dict[str, Json] = {}
    for spec in kind(of).fields.values():
        if spec.default is not None:
            out[spec.name] = spec.default
        elif spec.required and spec.type == "array":
            out[spec.name] = []
    return out


def new_entry(task: Json, list_path: Path, of: str) -> dict[str, Json]:
    """A new entry for a list: a new object, numbered (and named, where names count) after the last entry there."""
    start, fresh, siblings = new_object(of), Fresh(task), list(_objects(task, list_path))
    fields = kind(of).fields
    for name in fields.keys() & (_NUMBERS | _NAMES):
        value = fresh.following(siblings, fields[name], list_path)
        if value is not None:
            start[name] = value
    return {name: start[name] for name in fields if name in start}


class Fresh:
    """Makes entries distinct from those of one task, and from each other."""

    def __init__(self, task: Json) -> None:
        self._task = task
        self._free: dict[tuple[Path, str, str], Free] = {}

    def following(self, siblings: Sequence[Mapping[str, Json]], spec: FieldSpec, list_path: Path) -> Known | None:
        """A free value after that of the last sibling which has one; the first of all if there are no siblings."""
        if not siblings:
            return _FIRST.get(spec.name)
        values = (_known(entry.get(spec.name)) for entry in reversed(siblings))
        last = next((value for value in values if value is not None), None)
        if last is None or (spec.name in _NAMES and (not isinstance(last, str) or next_counted(last) is None)):
            return None
        return self._take(last, spec, list_path)

    def adopted(self, entry: Json, of: str, list_path: Path, *, copied: bool) -> Json:
        """The entry as it can stand in the list: what others have already is changed or left out.

        A copy has no id, for the service gives it, and its volumes are as distinct as the volumes of any disk.
        """
        if not isinstance(entry, dict):
            return entry
        unique = (*UNIQUE.get(of, ()), *_MORE_UNIQUE.get(of, ()))
        out = self._distinct(entry, of, list_path, unique, copied)
        volumes, inside = out.get(_VOLUMES), kind(of).fields.get(_VOLUMES)
        if isinstance(volumes, list) and inside is not None and inside.of is not None:
            there = (*list_path, 0, _VOLUMES)  # on which disk makes no difference
            follow = _renaming(entry.get("name"), out.get("name"))
            distinct: list[Json] = [
                self._distinct(follow(volume), inside.of, there, _OF_THE_SERVER, copied)
                if isinstance(volume, dict)
                else volume
                for volume in volumes
            ]
            if any(new is not old for new, old in zip(distinct, volumes, strict=True)):
                out = {**out, _VOLUMES: distinct}
        return out

    def _distinct(
        self, entry: dict[str, Json], of: str, list_path: Path, names: Sequence[str], copied: bool
    ) -> dict[str, Json]:
        out = dict(entry) if copied else entry
        for name in names:
            spec, value = kind(of).fields.get(name), _known(entry.get(name))
            if spec is None or value is None:
                continue
            own = None if copied and name == "id" else self._take(value, spec, list_path)
            if own != value:
                out = {key: own if key == name else kept for key, kept in out.items()}
                if own is None and not spec.required:
                    del out[name]
        return out

    def _take(self, wanted: Known, spec: FieldSpec, list_path: Path) -> Known | None:
        wide = list_path[-1] == _VOLUMES and spec.name in _OF_THE_SERVER
        scope = list_path[:-2] if wide else list_path
        key = (scope, spec.kind, spec.name)
        if key not in self._free:
            entries = value_at(self._task, scope)
            lists = (
                [value_at(disk, (_VOLUMES,)) for disk in entries] if wide and isinstance(entries, list) else [entries]
            )
            self._free[key] = Free(_known_in(lists, spec.name), _after(spec))
        return self._free[key].take(wanted)


def _after(spec: FieldSpec) -> Callable[[Known], Iterator[Known]]:
    """How a value of a field goes on; what the operator or the service must think of does not."""
    if spec.name in _NAMES:
        return lambda value: names_after(value, spec.maximum)
    if spec.name in _NUMBERS:
        return lambda value: numbers_after(value, spec.maximum if spec.type == "int32" else None)
    return lambda value: iter(())


def _renaming(old: Json, new: Json) -> Callable[[dict[str, Json]], dict[str, Json]]:
    """Lets a volume that is called after its disk (`/dev/vdb1`) be called after the disk's new name."""

    def follow(volume: dict[str, Json]) -> dict[str, Json]:
        name = volume.get("name")
        if old and isinstance(old, str) and isinstance(new, str) and isinstance(name, str) and name.startswith(old):
            return {**volume, "name": new + name[len(old) :]} if new != old else volume
        return volume

    return follow


def _known(value: Json) -> Known | None:
    """A value that tells entries apart; null, "" and what is neither text nor a whole number do not."""
    return value if isinstance(value, str | int) and not isinstance(value, bool) and value != "" else None


def _objects(task: Json, list_path: Path) -> Iterator[dict[str, Json]]:
    entries = value_at(task, list_path)
    yield from (entry for entry in entries if isinstance(entry, dict)) if isinstance(entries, list) else ()


def _known_in(lists: Iterable[Value], name: str) -> set[Known]:
    """What the objects in lists have in a field, if it tells them apart."""
    objects = (entry for entries in lists if isinstance(entries, list) for entry in entries if isinstance(entry, dict))
    return {value for entry in objects if type(value := entry.get(name)) in (str, int) and value != ""}  # type: ignore[misc]
