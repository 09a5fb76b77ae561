"""Which source disk goes to which target disk.

A target disk takes the first source disk that either side names as its relation, else the first of its own name.
Where names decide nothing on either side, the two at the same place in their lists belong together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from sms_tui.schema.checks.groups import Index
from sms_tui.schema.checks.tree import Fields, ListNode, Node, ObjectNode
from sms_tui.schema.checks.words import is_text

SOURCE, TARGET = "ServerDisk", "TargetDisk"
_SERVERS: Mapping[str, str] = {SOURCE: "source_server", TARGET: "target_server"}
_OPPOSITE: Mapping[str, str] = {SOURCE: TARGET, TARGET: SOURCE}
_LABELS = ("name", "relation_name")
_Change: TypeAlias = Callable[[Index[str, ObjectNode], str, ObjectNode], None]


class Pairing:
    """The pairs of one task. `touch` is called with each disk whose findings an alteration may have changed."""

    def __init__(self, root: ObjectNode, touch: Callable[[Node], None]) -> None:
        self._root, self._touch = root, touch
        self._sources: dict[str, Index[str, ObjectNode]] = {label: Index() for label in _LABELS}  # by its text
        self._targets: Index[str, ObjectNode] = Index()  # by the text of either label
        self._choice: dict[ObjectNode, ObjectNode] = {}  # of a target disk, made by names
        self._choosers: Index[ObjectNode, ObjectNode] = Index()  # of a source disk
        self._loose: dict[str, set[ObjectNode]] = {SOURCE: set(), TARGET: set()}  # about which names decide nothing
        self._nameless: set[ObjectNode] = set()  # source disks

    def entered(self, disk: ObjectNode, old: Fields | None, new: Fields | None) -> None:
        """A disk was `old` and is `new`; None says it is not there."""
        if disk.kind == SOURCE:
            self._source_entered(disk, old, new)
        elif disk.kind == TARGET:
            self._target_entered(disk, old, new)

    def moved(self, disks: ListNode, start: int) -> Iterator[ObjectNode]:
        """The disks whose findings may be others, as entries of a list of disks came, went or moved from `start` on.

        Those are the disks paired by their place, and those paired with one that messages call by its place. They are
        found as they are asked for: where names decide on all there are none, where on none there are all.
        """
        if disks.kind not in _OPPOSITE:
            return
        for disk in (*self._loose[TARGET], *self._loose[SOURCE], *self._nameless):
            if isinstance(disk.step, int) and disk.step >= start:
                yield disk
                if disk in self._nameless:
                    yield from self._choosers.of(disk)

    def source_of(self, target: ObjectNode) -> ObjectNode | None:
        chosen = self._choice.get(target)
        if chosen is not None:
            return chosen
        beside = self._beside(target)
        return beside if beside is not None and beside not in self._choosers else None

    def lacks_target(self, source: ObjectNode) -> bool:
        """Whether there are target disks, but none for this source disk."""
        if source in self._choosers or not self._disks(TARGET):
            return False
        beside = self._beside(source)
        return beside is None or beside in self._choice

    def _source_entered(self, source: ObjectNode, old: Fields | None, new: Fields | None) -> None:
        if new is None or _text(new, "name") is not None:
            self._nameless.discard(source)
        else:
            self._nameless.add(source)
        for label in _LABELS:
            before, after = _text(old, label), _text(new, label)
            if before == after:
                continue
            if before is not None:
                self._regroup(label, before, Index.remove, source)
            if after is not None:
                self._regroup(label, after, Index.add, source)
        for target in self._choosers.of(source):
            self._touch(target)
        self._note(source, is_loose=new is not None and source not in self._choosers)
        self._touch_beside(source)

    def _regroup(self, label: str, text: str, change: _Change, source: ObjectNode) -> None:
        """Change which source disks have a label; the target disks that ask for it choose anew if the first changed."""
        sources = self._sources[label]
        first = sources.first(text)
        change(sources, text, source)
        if sources.first(text) is not first:
            for target in self._targets.of(text):
                self._choose(target, self._named(target.object()))

    def _target_entered(self, target: ObjectNode, old: Fields | None, new: Fields | None) -> None:
        for text in set(_texts(old)):
            self._targets.remove(text, target)
        for text in set(_texts(new)):
            self._targets.add(text, target)
        self._choose(target, self._named(new or {}))
        if new is None:
            self._note(target, is_loose=False)

    def _named(self, target: Fields) -> ObjectNode | None:
        """The source disk that the names decide on."""
        name, relation = _text(target, "name"), _text(target, "relation_name")
        for label, text in (("name", relation), ("relation_name", name), ("name", name)):
            found = self._sources[label].first(text) if text is not None else None
            if found is not None:
                return found
        return None

    def _choose(self, target: ObjectNode, source: ObjectNode | None) -> None:
        old = self._choice.pop(target, None)
        if old is not None:
            self._choosers.remove(old, target)
            self._note(old, is_loose=old not in self._choosers)
        if source is not None:
            self._choice[target] = source
            self._choosers.add(source, target)
            self._note(source, is_loose=False)
        self._note(target, is_loose=source is None)
        for disk in (target, old, source):
            if disk is not None:
                self._touch(disk)
                self._touch_beside(disk)

    def _note(self, disk: ObjectNode, *, is_loose: bool) -> None:
        (set.add if is_loose else set.discard)(self._loose[disk.kind], disk)

    def _touch_beside(self, disk: ObjectNode) -> None:
        beside = self._beside(disk)
        if beside is not None:
            self._touch(beside)

    def _beside(self, disk: ObjectNode) -> ObjectNode | None:
        """The disk at the same place in the other server's list."""
        others = self._disks(_OPPOSITE[disk.kind])
        place = disk.step
        return others[place] if isinstance(place, int) and place < len(others) else None

    def _disks(self, kind: str) -> list[ObjectNode]:
        server = self._root.field(_SERVERS[kind])
        disks = server.field("disks") if isinstance(server, ObjectNode) else None
        return disks.entries if isinstance(disks, ListNode) else []


def _text(fields: Fields | None, label: str) -> str | None:
    value = fields.get(label) if fields else None
    return value if is_text(value) else None


def _texts(fields: Fields | None) -> Iterator[str]:
    for label in _LABELS:
        text = _text(fields, label)
        if text is not None:
            yield text
