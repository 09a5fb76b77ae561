"""What is dangerous about the changes made, in plain words.

From the gravest: deleting and shrinking what holds data, anything on the disk of the operating system, the type or the
operating system itself, the target's disks while data is written to them, fields that the service keeps. The name of
the task, its speed limit and its priority are never dangerous.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final, Literal, NamedTuple, TypeAlias

from sms_tui.document.amounts import exactly
from sms_tui.document.body import Body
from sms_tui.document.diff import Difference, diff
from sms_tui.document.document import Document
from sms_tui.document.identity import describe, entry_name
from sms_tui.document.pairs import entries_of
from sms_tui.document.states import MOVING, is_target_layout, service_owned
from sms_tui.exactjson import Json
from sms_tui.language import N_, _
from sms_tui.schema.checks.words import is_size
from sms_tui.schema.judge import shown
from sms_tui.schema.paths import ABSENT, Path, Value, format_path, value_at
from sms_tui.schema.registry import field_at, kind_at

_Rank: TypeAlias = tuple[int, bool, bool]
"""How grave: the rule, then the system's disk before others, then the target before the source; less is graver."""
_System: TypeAlias = Literal["is", "would be"] | None
"""Whether the system is on a disk, group or file system as loaded, or would be as edited."""

_HOLDERS: Final[Mapping[str, str]] = {
    "ServerDisk": N_("disk"),
    "TargetDisk": N_("disk"),
    "PhysicalVolume": N_("volume"),
    "TargetPhysicalVolumes": N_("volume"),
    "VolumeGroups": N_("volume group"),
    "LogicalVolumes": N_("logical volume"),
    "BtrfsFileSystem": N_("btrfs file system"),
    "BtrfsSubvolumn": N_("subvolume"),
}
"""The kinds that hold data, and what they are called."""

_SIZES = ("size", "block_count", "block_size")
_INSIDE = ("physical_volumes", "logical_volumes", "subvolumn")
_MOUNTS = ("mount_point", "default_subvol_mountpath", "subvol_mount_path")
_SYSTEM_MOUNTS = ("/", "/boot", "/boot/efi")
_TYPES: Final[Mapping[Path, str]] = {
    ("type",): N_("the data is copied in another way"),
    ("os_type",): N_("it is migrated as another system"),
    ("source_server", "os_type"): N_("it is migrated as another system"),
    ("target_server", "os_type"): N_("it is set up as another system"),
}
_SERVERS: Final[Mapping[str, str]] = {
    "source_server": N_("the source server"),
    "target_server": N_("the target server"),
}


@dataclass(frozen=True, slots=True)
class Risk:
    """A change that is dangerous, and why in one sentence; `path` is that of its difference."""

    path: Path
    words: str


def risks(document: Document) -> list[Risk]:
    """What is dangerous about the changes of a document, the gravest first, at most one for each change.

    A change that no update carries is none.
    """
    examiner = _Examiner(document)
    not_sent = set(document.unsendable) if document.task_id else set()
    found = [
        (gravest[0], Risk(change.path, gravest[1]))
        for change in document.changes
        if change.path[0] not in not_sent and (gravest := examiner.gravest(change)) is not None
    ]
    return [risk for _, risk in sorted(found, key=lambda ranked: ranked[0])]


class Examined(NamedTuple):
    """The risks of a document's changes, and the task as loaded and as edited whose they are."""

    base: Body
    current: Body
    risks: Sequence[Risk]

    def fits(self, document: Document) -> bool:
        """Whether they are those of the document as it is."""
        return self.base is document.base and self.current is document.current


def examined(document: Document) -> Examined:
    """What is dangerous about a document as it is; of very many changes that takes a while."""
    return Examined(document.base, document.current, risks(document))


class _Examiner:
    """Looks at the changes of one document."""

    def __init__(self, document: Document) -> None:
        self._document, self._task = document, document.current
        state = document.base.get("state")
        self._state = state if isinstance(state, str) else ""
        self._systems: dict[Path, _System] = {}
        self._rules = (
            self._deleted,
            self._shrunk,
            self._on_system,
            self._of_type,
            self._in_motion,
            self._of_service,
        )

    def gravest(self, change: Difference) -> tuple[_Rank, str] | None:
        """How grave a change is and the words for it; None if it is not dangerous."""
        found = [danger for part in _parts(change) if (danger := self._danger(part)) is not None]
        if not found:
            return None
        rank, words = min(found, key=lambda danger: danger[0])
        more = sum(other[0] == rank[0] for other, _ in found) - 1
        is_loss = self._rules[rank[0]] in (self._deleted, self._shrunk)
        if more and is_loss:
            words = _("{words}; and {more} more like it").format(words=words, more=more)
        return rank, words

    def _danger(self, change: Difference) -> tuple[_Rank, str] | None:
        system = self._system_on(change.holder[:3])
        if change.sort == "removed" and _holds_system(change.old):
            system = "is"
        for grave, rule in enumerate(self._rules):
            words = rule(change, system)
            if words is not None:
                return (grave, system is None, change.path[0] != "target_server"), words
        return None

    def _deleted(self, change: Difference, system: _System) -> str | None:
        if change.sort != "removed" or not _is_holder((*change.holder, 0)):
            return None
        size = _size(change.old.get("size")) if isinstance(change.old, dict) else None
        called = self._entry(change, "" if size is None else f" ({exactly(size)})")
        return _("Deletes {what}").format(what=called + _held(system))

    def _shrunk(self, change: Difference, system: _System) -> str | None:
        """A smaller size: what is beyond is lost on the target, and on the source not copied."""
        old, new, field = _size(change.old), _size(change.new), change.path[-1]
        if field not in _SIZES or not _is_holder(change.holder) or old is None:
            return None
        called = _called(self._task, change.holder) + _held(system)
        if new is None:
            unsized = _("Leaves {what} without a size; it was {old}")
            return unsized.format(what=called, old=exactly(old)) if field == "size" else None
        if new >= old:
            return None
        beyond = (
            _("data beyond that is lost") if change.path[0] == "target_server" else _("data beyond that is not copied")
        )
        if field == "size":
            shrinks = _("Shrinks {what} from {old} to {new}: {beyond}")
            return shrinks.format(what=called, old=exactly(old), new=exactly(new), beyond=beyond)
        shrinks = _("Shrinks {what}: {field} from {old} to {new}, and {beyond}")
        return shrinks.format(what=called, field=field, old=old, new=new, beyond=beyond)

    def _on_system(self, change: Difference, system: _System) -> str | None:
        if system is None:
            return None
        words = _("{doing}: the system is on it") if system == "is" else _("{doing}: the system would be on it")
        return words.format(doing=self._doing(change))

    def _of_type(self, change: Difference, system: _System) -> str | None:
        if change.path not in _TYPES:
            return None
        whose = _("the task") if len(change.path) == 1 else _part(change.path[0])
        return _("Changes {field} of {whose} from {old} to {new}: {why}").format(
            field=change.path[-1],
            whose=whose,
            old=_said(change.old),
            new=_said(change.new),
            why=_(_TYPES[change.path]),
        )

    def _in_motion(self, change: Difference, system: _System) -> str | None:
        if self._state not in MOVING or not is_target_layout(change.path):
            return None
        words = _("{doing} while the task is {state}: data is being written to it")
        return words.format(doing=self._doing(change), state=self._state)

    def _of_service(self, change: Difference, system: _System) -> str | None:
        if not service_owned(change.path):
            return None
        task = self._document.base if change.sort == "removed" else self._task
        where = _short(describe(change.path, task), 200)
        return _("Changes {where}, which the service keeps").format(where=where)

    def _system_on(self, place: Path) -> _System:
        if not _is_holder(place):
            return None
        if place not in self._systems:
            loaded, now = self._document.loaded_value(place), value_at(self._task, place)
            self._systems[place] = "is" if _holds_system(loaded) else "would be" if _holds_system(now) else None
        return self._systems[place]

    def _doing(self, change: Difference) -> str:
        """`Changes os_disk of target disk Disk 1`, `Adds volume C: of target disk Disk 1`."""
        if change.sort in ("added", "removed") and _is_holder((*change.holder, 0)):
            words = _("Adds {what}") if change.sort == "added" else _("Deletes {what}")
            return words.format(what=self._entry(change))
        path, depths = change.path, range(len(change.path), 0, -1)
        owner = next((path[:depth] for depth in depths if _is_holder(path[:depth])), path[:1])
        whose = _called(self._task, owner) if _is_holder(owner) else _part(owner[0])
        what = format_path(path[len(owner) :])
        if what:
            whose = _("{part} of {whole}").format(part=what, whole=whose)
        words = _("Reorders {what}") if change.sort == "reordered" else _("Changes {what}")
        return words.format(what=whose)

    def _entry(self, change: Difference, note: str = "") -> str:
        """An entry that came or went."""
        entry = change.new if change.sort == "added" else change.old
        return _called(self._task, (*change.holder, change.path[-1]), entry, note)


def _parts(change: Difference) -> Iterator[Difference]:
    """A change and, where a whole object or list of a kind became something else, the changes in it."""
    yield change
    spec = field_at(change.path)
    if change.sort != "changed" or not isinstance(change.old, dict | list) or spec is None or spec.of is None:
        return
    empty: Json = [] if isinstance(change.old, list) else {}
    new = _comparable(change.new) if type(change.new) is type(change.old) else empty
    for below in diff(_comparable(change.old), new):
        yield from _parts(below._replace(path=(*change.path, *below.path), holder=(*change.path, *below.holder)))


def _comparable(value: Value) -> Json:
    """A list with nothing but objects: btrfs file systems of a target come as mere names, and go as objects."""
    if isinstance(value, list):
        names: list[Json] = [{"name": entry} if isinstance(entry, str) else {} for entry in value]
        return [entry if isinstance(entry, dict) else name for entry, name in zip(value, names, strict=True)]
    return value if isinstance(value, dict) else {}


def _is_holder(path: Path) -> bool:
    """Whether the entry of a list at a path holds data: a disk, a volume and the like."""
    known = kind_at(path)
    return known is not None and known.name in _HOLDERS


def _holds_system(entry: Value) -> bool:
    """Whether the system is on a disk, group or volume, by what it says of itself and of the volumes in it.

    A disk to boot from that is not the system disk has none of it: a source's data disk finds no other word for
    itself in the reference.
    """
    if not isinstance(entry, dict):
        return False
    use, is_system_disk = entry.get("device_use"), entry.get("os_disk")
    return (
        is_system_disk is True
        or use == "OS"
        or (use == "BOOT" and is_system_disk is not False)
        or any(entry.get(key) in _SYSTEM_MOUNTS for key in _MOUNTS)
        or any(_holds_system(volume) for field in _INSIDE for volume in entries_of(entry, field))
    )


def _called(task: Json, path: Path, entry: Value = ABSENT, note: str = "") -> str:
    """What holds data, and what it is in: `volume /data of target disk Disk 1`.

    `entry` is for one that the task does not have, and `note` is said of it.
    """
    words: list[str] = []
    for depth in range(len(path), 0, -1):
        step, known = path[depth - 1], kind_at(path[:depth])
        if isinstance(step, int) and known is not None:
            value = entry if depth == len(path) and entry is not ABSENT else value_at(task, path[:depth])
            name = entry_name(value if isinstance(value, dict | str) else None, step)
            words.append(f"{_(_HOLDERS[known.name])} {_short(name)}")
    side = _("source {what}") if path[0] == "source_server" else _("target {what}")
    words[-1] = side.format(what=words[-1])
    words[0] += note
    return reduce(lambda part, whole: _("{part} of {whole}").format(part=part, whole=whole), words)


def _part(key: str | int) -> str:
    """A server or another part of the task, by its top-level key."""
    if key in _SERVERS:
        return _(_SERVERS[str(key)])
    return _("the {part}").format(part=str(key).replace("_", " "))


def _held(system: _System) -> str:
    return _(" (the system is on it)") if system == "is" else ""


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _size(value: Value) -> int | None:
    return value if isinstance(value, int) and is_size(value) else None


def _said(value: Value) -> str:
    return _("absent") if value is ABSENT else shown(value)
