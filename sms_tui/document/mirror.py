"""Mirroring the source: its disks, volumes, volume groups and btrfs file systems laid onto the target.

What the target has already keeps its identity (ids, `disk_id`, `disk_index`, names, `relation_name`); nothing of the
target is ever taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from functools import cached_property
from itertools import product

from sms_tui.document.document import Document
from sms_tui.document.edits import Change, InsertEntry
from sms_tui.document.laying import BTRFS, DISKS, GROUPS, Fields, in_order, laid, laid_list
from sms_tui.document.pairs import Labels, Namesakes, disk_takers, entries_of, labels_of, named_source, text_of
from sms_tui.document.patch import changes_between
from sms_tui.document.placements import unpaired_disks
from sms_tui.exactjson import Json
from sms_tui.language import N_, _
from sms_tui.schema.judge import judge
from sms_tui.schema.paths import Path, value_at

LABEL = N_("mirror the source onto the target")
_SOURCE, _TARGET = ("source_server",), ("target_server",)
_NUMBERS = ("disk_id", "disk_index")
_LISTS = ("disks", "volume_groups", "btrfs_list")


def mirrored(task: Json) -> list[Change]:
    """The changes that lay the source's lists onto the target; none where it has them already.

    A list that the source does not have is left alone, and so is all where there is no target server.
    """
    source, target = value_at(task, _SOURCE), value_at(task, _TARGET)
    out: list[Change] = []
    if not (isinstance(source, dict) and isinstance(target, dict)):
        return out
    for field in _LISTS:
        sources, targets = source.get(field), target.get(field)
        if isinstance(sources, list) and isinstance(targets, list | None):
            entries: Json = _laid(field, sources, targets or [])
            out.extend(changes_between({field: targets} if field in target else {}, {field: entries}, _TARGET))
    return out


def mirror(document: Document, changes: Sequence[Change] | None = None, unsettled: Sequence[str] | None = None) -> str:
    """Mirror the source onto the target as one edit; what was done in words, and what was left over.

    `changes` are those that `mirrored` found for the task as it is, `unsettled` what `left_over` said of their preview.
    """
    if not isinstance(document.value(_TARGET), dict):
        return _("nothing to do: there is no target server to mirror the source onto")
    if not any(isinstance(document.value((*_SOURCE, field)), list) for field in _LISTS):
        return _("nothing to do: the source server lists no disks, volume groups or btrfs file systems")
    changes = mirrored(document.current) if changes is None else changes
    if changes:
        document.apply(_(LABEL), *changes)
    said = (
        _("mirrored the source onto the target")
        if changes
        else _("nothing to do: the target has all that the source has")
    )
    return _("; ").join([said, *(left_over(document) if unsettled is None else unsettled)])


def preview(document: Document, changes: Sequence[Change]) -> Document:
    """A document in which only these changes were made to the task as it is now; the one given stays as it is.

    Its `changes` are what they would change, its findings that are not inherited what they would bring.
    """
    scratch = Document(document.current, document.task_id)
    scratch.apply("preview", *changes)
    return scratch


def mirrored_disk(task: Json, source: Path) -> Callable[[], list[Change]] | None:
    """Makes the change that adds a target disk for one source disk, not as a second system disk.

    None if it has a target, or if no new disk would be taken as belonging to it. To know that much, no disk is looked
    at but those that are called like it.
    """
    sources, targets = (entries_of(value_at(task, server), "disks") for server in (_SOURCE, _TARGET))
    at = int(source[-1])
    if at >= len(sources) or not isinstance(sources[at], dict):
        return None
    alike, beside = Namesakes(sources, targets, at), at == len(targets)
    names = _Names(alike.labels, alike.targets, targets)
    if alike.take_it or _labels(sources[at], at, {}, names, beside=beside) is None:
        return None

    def change() -> list[Change]:
        disk = _new_disk(sources, at, names, beside=beside)
        assert disk is not None
        if any(isinstance(other, dict) and other.get("os_disk") is True for other in targets) and disk.get("os_disk"):
            disk |= {"os_disk": False, "device_use": "NORMAL"}
        return [InsertEntry((*_TARGET, "disks", len(targets)), disk)]

    return change


def _laid(field: str, sources: Sequence[Json], targets: Sequence[Json]) -> list[Json]:
    if field == "disks":
        return _laid_disks(sources, targets)
    return laid_list(GROUPS if field == "volume_groups" else BTRFS, sources, targets)


def _laid_disks(sources: Sequence[Json], targets: Sequence[Json]) -> list[Json]:
    out, pairs, names = list(targets), disk_takers(sources, targets), _Names(labels_of(sources), targets, targets)
    for at, (place, by) in pairs.items():
        source, target = sources[at], targets[place]
        if isinstance(source, dict) and isinstance(target, dict):
            labels = {} if text_of(target, "name") else _labels(source, at, target, names, beside=by == "place")
            laid_out = {**laid(DISKS, source, target), **(labels or {})}
            names.take(laid_out)
            out[place] = laid_out
    for at in range(len(sources)):
        disk = _new_disk(sources, at, names, beside=at == len(out)) if at not in pairs else None
        if disk is not None:
            names.take(disk)
            out.append(disk)
    return out


class _Names:
    """What the source's disks are called, and the target's while they become more: of all, or of those that are
    called like one of them. The numbers are those after the ones of all `targets`."""

    def __init__(self, labels: Labels, called: Sequence[Json], targets: Sequence[Json]) -> None:
        self.labels = labels
        self.taken = {text_of(target, "name") for target in called}
        self._targets = targets

    @cached_property
    def next(self) -> dict[str, int]:
        """The numbers of the next disk."""
        return {key: _next_number(self._targets, key) for key in _NUMBERS}

    def take(self, disk: Fields) -> None:
        """There is this disk, too."""
        self.taken.add(text_of(disk, "name"))
        for key, number in self.next.items():
            self.next[key] = max(number, _next_number([disk], key))


def _new_disk(sources: Sequence[Json], at: int, names: _Names, *, beside: bool) -> Fields | None:
    """A disk for the end of the target's list that belongs to a source disk, None if none would."""
    source = sources[at]
    labels = _labels(source, at, {}, names, beside=beside)
    if not isinstance(source, dict) or labels is None:
        return None
    disk: Fields = {**laid(DISKS, source, None), **labels}
    if disk.get("os_disk") is True:
        disk["device_use"] = "OS"
    disk |= {key: str(number) for key, number in names.next.items()}
    return in_order(DISKS, disk)


def _labels(source: Json, at: int, target: Fields, names: _Names, *, beside: bool) -> dict[str, Json] | None:
    """Names by which a nameless target disk belongs to a source disk, or goes on to as it stands `beside` it.

    None if there are none, because another source disk has them too.
    """
    for name, relation in product(_names(source, names.taken), _relations(source, target)):
        found = named_source(names.labels, name, relation)
        if (found is None and beside) or (found is not None and found[0] == at):
            given = {"name": name, "relation_name": relation}
            return {key: text for key, text in given.items() if text is not None and text != target.get(key)}
    return None


def _names(source: Json, taken: Container[str | None]) -> Iterator[str | None]:
    """The names a new target disk may have, the best first: the source's, the one that the source relates to, none."""
    for key in ("name", "relation_name"):
        name = text_of(source, key)
        if name is not None and name not in taken and _fits(name):
            yield name
    yield None


def _relations(source: Json, target: Fields) -> list[str | None]:
    """What a target disk may be related to: what it is, else what the source is, and its name if that is needed."""
    own = text_of(target, "relation_name")
    if own is not None:
        return [own]
    texts = [text_of(source, key) for key in ("relation_name", "name")]
    return [text if text is None or _fits(text) else None for text in texts]


def _fits(name: str) -> bool:
    return not any(judge("TargetDisk", {"name": name}))


def _next_number(disks: Sequence[Json], key: str) -> int:
    """The number after the highest that the disks have as text."""
    texts = (text_of(disk, key) or "" for disk in disks)
    numbers = (int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19)
    return max(numbers, default=-1) + 1


def left_over(document: Document) -> list[str]:
    """What mirroring the source's disks cannot settle, in words."""
    out: list[str] = []
    if not isinstance(document.value((*_SOURCE, "disks")), list):
        return out
    lacking, unused = unpaired_disks(document.current)
    if unused:
        kept = _("kept target disks that belong to no source disk: {listed}")
        out.append(kept.format(listed=_listed(document, unused)))
    if lacking:
        still = _("still without a target disk, until each has a name of its own: {listed}")
        out.append(still.format(listed=_listed(document, lacking)))
    return out


def _listed(document: Document, paths: Sequence[Path]) -> str:
    return _(", ").join(document.describe(path).rpartition(" › ")[2] for path in paths)
