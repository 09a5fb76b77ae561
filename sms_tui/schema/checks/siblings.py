"""Rules about entries of one list, and about the mount points of one server: duplicates, and sums for other rules.

null and "" are no values here: many entries may have them. Nor are `swap`, `[SWAP]` and `none` places where something
is mounted. `subvol_name` is not looked at, since snapshots share theirs, nor is the `uuid` of a Btrfs subvolume, which
names its parent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sms_tui.language import _
from sms_tui.schema.checks.groups import Groups
from sms_tui.schema.checks.tree import Fields, Finding, ListNode, Node, ObjectNode, warning
from sms_tui.schema.checks.words import called, is_size
from sms_tui.schema.judge import shown

UNIQUE: Mapping[str, Sequence[str]] = {
    "ServerDisk": ("name",),
    "PhysicalVolume": ("index", "name", "uuid"),
    "TargetDisk": ("id", "disk_id", "name", "disk_index"),
    "TargetPhysicalVolumes": ("id", "index", "name", "uuid"),
    "BtrfsFileSystem": ("name", "uuid"),
    "BtrfsSubvolumn": ("subvol_id",),
    "NetWork": ("name", "id"),
    "VolumeGroups": ("name",),
    "LogicalVolumes": ("name",),
    "SubTask": ("id", "name"),
}
"""The fields of a kind that no two entries of a list should have in common."""

_DISKS = frozenset({"ServerDisk", "TargetDisk"})
_VOLUMES = frozenset({"PhysicalVolume", "TargetPhysicalVolumes", "LogicalVolumes"})
_MOUNT = "mount_point"
_NOT_MOUNTED = frozenset({"swap", "[swap]", "none"})


def entered(node: ObjectNode, old: Fields | None, new: Fields | None) -> None:
    """Renew what the list and the server know of an object that was `old` and is `new`; None: it is not there."""
    siblings = node.parent
    if not isinstance(siblings, ListNode):
        return
    _tally(siblings, old, -1)
    _tally(siblings, new, 1)
    if siblings.groups is not None:
        _regroup(siblings.groups, node, old, new)
    if node.kind in _VOLUMES:
        _mounts(node).move(node, _MOUNT, _mount(old), _mount(new))


def start_groups(siblings: ListNode, present: Sequence[ObjectNode]) -> None:
    """Begin to index a list, of which some entries are known already."""
    siblings.groups = Groups()
    for node in present:
        _regroup(siblings.groups, node, None, node.object())


def duplicates(node: ObjectNode) -> Iterator[Finding]:
    """The values of an object that another one has too; there are `node.shared` of them."""
    siblings = node.parent
    if not node.shared or not isinstance(siblings, ListNode):
        return
    fields = node.object()
    for name in UNIQUE.get(node.kind, ()):
        value = _known(fields, name)
        other = siblings.groups.first_other(node, name, value) if siblings.groups is not None else None
        if other is not None:
            message = _("{value} is also the {field} of {other}")
            other_name = called(other, but_not=name)
            yield warning(name, "duplicate", message.format(value=shown(value), field=name, other=other_name))
    if node.kind in _VOLUMES:
        yield from _mounted_twice(node, _mount(fields))


def _mounted_twice(node: ObjectNode, mount: str | None) -> Iterator[Finding]:
    other = _mounts(node).first_other(node, _MOUNT, mount)
    holder = other.parent.parent if other is not None and other.parent is not None else None
    if other is not None and isinstance(holder, ObjectNode):
        message = _("{mount} is also the mount point of {volume} of {holder}")
        named = message.format(mount=shown(mount), volume=called(other), holder=called(holder))
        yield warning(_MOUNT, "duplicate", named)


def _known(fields: Fields | None, name: str) -> str | int | None:
    value = fields.get(name) if fields else None
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        return None
    return value


def _mount(fields: Fields | None) -> str | None:
    value = fields.get(_MOUNT) if fields else None
    return value if isinstance(value, str) and value and value.lower() not in _NOT_MOUNTED else None


def _mounts(node: ObjectNode) -> Groups[ObjectNode]:
    """The mount points of the server that an object belongs to."""
    server: Node = node
    while server.parent is not None and server.parent.parent is not None:
        server = server.parent
    assert isinstance(server, ObjectNode)
    if server.mounts is None:
        server.mounts = Groups()
    return server.mounts


def _regroup(groups: Groups[ObjectNode], node: ObjectNode, old: Fields | None, new: Fields | None) -> None:
    for name in UNIQUE.get(node.kind, ()):
        groups.move(node, name, _known(old, name), _known(new, name))


def _tally(siblings: ListNode, fields: Fields | None, change: int) -> None:
    if fields is None:
        return
    if siblings.kind in _VOLUMES:
        size = fields.get("size")
        siblings.size += change * size if is_size(size) else 0
    elif siblings.kind in _DISKS:
        siblings.os_disk += change * (fields.get("os_disk") is True)
        siblings.os_disk_said += change * isinstance(fields.get("os_disk"), bool)
    elif siblings.kind == "NetWork":
        siblings.without_mtu += change * (fields.get("mtu") is None)
