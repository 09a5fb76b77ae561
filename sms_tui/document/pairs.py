"""Which part of the source server belongs to which part of the target server.

Disks are paired as the checks pair them. Other entries belong together by what they are known by, the first with the
first where several say the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from sms_tui.exactjson import Json
from sms_tui.schema.checks.words import is_text
from sms_tui.schema.paths import Path, Value, value_at

By = Literal["relation", "name", "place"]
Labels: TypeAlias = Mapping[tuple[str, str], int]
"""The first source disk to have a `name` or `relation_name`, by that key and its text."""

_LABELS = ("name", "relation_name")
_KNOWN_BY: Mapping[str, Sequence[str]] = {
    "physical_volumes": ("name", "mount_point"),
    "logical_volumes": ("name", "mount_point"),
    "volume_groups": ("name",),
    "btrfs_list": ("name", "uuid"),
    "subvolumn": ("subvol_id",),
}


def entries_of(value: Value, field: str) -> Sequence[Json]:
    """The entries of a list field, none if there is no list."""
    entries = value.get(field) if isinstance(value, dict) else None
    return entries if isinstance(entries, list) else ()


def text_of(entry: Json, key: str) -> str | None:
    """A text that says something, or None."""
    value = entry.get(key) if isinstance(entry, dict) else None
    return value if is_text(value) else None


def labels_of(sources: Sequence[Json], among: Iterable[int] | None = None) -> Labels:
    """What the source disks, or those at some places, are called."""
    labels: dict[tuple[str, str], int] = {}
    for at in range(len(sources)) if among is None else among:
        for label in _LABELS:
            if (text := text_of(sources[at], label)) is not None:
                labels.setdefault((label, text), at)
    return labels


def _texts_of(disks: Iterable[Json]) -> set[str]:
    """What disks are called, by either label."""
    return {text for disk in disks for label in _LABELS if (text := text_of(disk, label)) is not None}


def _called(disks: Sequence[Json], texts: Container[str]) -> list[int]:
    """The places of the disks that are called so by either label. All are looked at, so it is quickly told of each."""
    return [
        at
        for at, disk in enumerate(disks)
        if isinstance(disk, dict)
        and (
            (isinstance(name := disk.get("name"), str) and name in texts)
            or (isinstance(relation := disk.get("relation_name"), str) and relation in texts)
        )
    ]


def named_source(labels: Labels, name: str | None, relation: str | None) -> tuple[int, By] | None:
    """The source disk that a target disk's labels decide on."""
    tries: Sequence[tuple[str, str | None, By]] = (
        ("name", relation, "relation"),
        ("relation_name", name, "relation"),
        ("name", name, "name"),
    )
    for label, text, by in tries:
        if text is not None and (label, text) in labels:
            return labels[label, text], by
    return None


def disk_sources(sources: Sequence[Json], targets: Sequence[Json]) -> dict[int, tuple[int, By]]:
    """For each target disk that has one, its source disk and what paired them."""
    labels = labels_of(sources)
    out: dict[int, tuple[int, By]] = {}
    for at, target in enumerate(targets):
        if (found := named_source(labels, text_of(target, "name"), text_of(target, "relation_name"))) is not None:
            out[at] = found
    chosen = {source for source, _ in out.values()}
    for at in range(min(len(sources), len(targets))):
        if at not in out and at not in chosen:
            out[at] = (at, "place")
    return out


def disk_takers(sources: Sequence[Json], targets: Sequence[Json]) -> dict[int, tuple[int, By]]:
    """For each source disk that has one, the first target disk that takes it and what paired them."""
    out: dict[int, tuple[int, By]] = {}
    for target, (source, by) in sorted(disk_sources(sources, targets).items()):
        out.setdefault(source, (target, by))
    return out


class Namesakes:
    """The target disks that are called like one source disk, and the `labels` of the source disks that either they or
    the one beside it ask for: all that decides on the pair of the one. No other disk is paired for that."""

    def __init__(self, sources: Sequence[Json], targets: Sequence[Json], at: int) -> None:
        self.targets = [targets[place] for place in _called(targets, _texts_of(sources[at : at + 1]))]
        self._at, self._beside = at, targets[at : at + 1]
        asked = _texts_of((sources[at], *self.targets, *self._beside))
        self.labels = labels_of(sources, _called(sources, asked))

    @property
    def take_it(self) -> bool:
        """Whether `disk_takers` has a target disk for it."""
        named = {pair[0] for target in self.targets if (pair := self._source_of(target)) is not None}
        return self._at in named or any(self._source_of(target) is None for target in self._beside)

    def _source_of(self, target: Json) -> tuple[int, By] | None:
        return named_source(self.labels, text_of(target, "name"), text_of(target, "relation_name"))


def takers(field: str, sources: Sequence[Json], targets: Sequence[Json]) -> dict[int, int]:
    """For each entry of a source's list that has one, its counterpart in the target's list.

    By name and the like, then by index; what has neither name nor mount point belongs to the next such entry.
    """
    out: dict[int, int] = {}
    known_by = _KNOWN_BY[field]
    for key in (*known_by, "index"):
        out |= dict(_alike(sources, targets, key, out))
    taken = set(out.values())
    left = (at for at, target in enumerate(targets) if at not in taken and _is_nameless(target, known_by))
    nameless = [at for at, source in enumerate(sources) if at not in out and _is_nameless(source, known_by)]
    return out | dict(zip(nameless, left, strict=False))


def is_known_again(field: str, source: Json, entry: Json) -> bool:
    """Whether an entry made of a source's would be found to belong to it."""
    return all(mark(source, key) == mark(entry, key) for key in _KNOWN_BY[field])


def counterpart(task: Json, path: Path) -> Path | None:
    """The source's disk, volume, group or logical volume that belongs to the target's at a path; None if none does."""
    at = path[-1]
    return counterparts(task, path[:-1]).get(at) if isinstance(at, int) else None


def counterparts(task: Json, list_path: Path) -> Mapping[int, Path]:
    """For each entry of a list of the target that has one, where its counterpart on the source stands."""
    holder: Path | None = ("source_server",)
    if len(list_path) > 2:
        holder = counterpart(task, list_path[:-1])
    if list_path[:1] != ("target_server",) or holder is None:
        return {}
    field = str(list_path[-1])
    sources = entries_of(value_at(task, holder), field)
    targets = entries_of(value_at(task, list_path[:-1]), field)
    if field == "disks":
        return {at: (*holder, field, source) for at, (source, _) in disk_sources(sources, targets).items()}
    pairs = takers(field, sources, targets) if field in _KNOWN_BY else {}
    return {at: (*holder, field, source) for source, at in pairs.items()}


def mark(entry: Json, key: str) -> str | int | None:
    """What an entry says of itself under a key; None for nothing. An entry that is mere text is its own name."""
    value: Json = entry if key == "name" else None
    if isinstance(entry, dict):
        value = entry.get(key)
    if isinstance(value, bool) or value == "":
        return None
    return value if isinstance(value, str | int) else None


def _alike(
    sources: Sequence[Json], targets: Sequence[Json], key: str, paired: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    taken = set(paired.values())
    waiting: dict[str | int, deque[int]] = {}
    for at, target in enumerate(targets):
        if at not in taken and (said := mark(target, key)) is not None:
            waiting.setdefault(said, deque()).append(at)
    for at, source in enumerate(sources):
        said = mark(source, key)
        if at not in paired and said is not None and waiting.get(said):
            yield at, waiting[said].popleft()


def _is_nameless(entry: Json, known_by: Sequence[str]) -> bool:
    return isinstance(entry, dict) and all(mark(entry, key) is None for key in known_by)
