"""Tasks with entries in every list, marks on them, and what must be true of a task's lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from sms_tui.document.document import Document
from sms_tui.exactjson import Json
from sms_tui.schema.paths import Path, value_at
from sms_tui.schema.registry import kind_at

DISKS = ("target_server", "disks")
DISK_NAMES = ["Disk 1", "Disk 2", "/dev/vda", "/dev/vdb", "data", None]
VOLUME_NAMES = ["C:", "D:", "Z:", "/dev/vda1", "/dev/vdb1", "lv", "", None]
IDENTIFYING = ("id", "index", "name", "uuid", "disk_id", "disk_index", "mac", "ip", "subvol_id", "subvol_name")
"""What no two entries of a list may share after an operation made one of them."""


def _kind(required: dict[str, Any], **fields: Any) -> st.SearchStrategy[dict[str, Json]]:
    return st.fixed_dictionaries(required, optional=fields)


def _list(entries: st.SearchStrategy[dict[str, Json]], most: int = 3) -> st.SearchStrategy[list[dict[str, Json]]]:
    return st.lists(entries, max_size=most)


_SIZES = {"size": st.integers(0, 9), "used_size": st.none(), "inode_size": st.just(5)}
_UUIDS = st.sampled_from(["u1", "u2", None])
_INDEXES = st.sampled_from([0, 1, 2, 2**31 - 1, None])
_IDS = st.integers(1, 4) | st.none()
_NAMES = st.sampled_from(VOLUME_NAMES)

_VOLUME = _kind({"index": _INDEXES, "name": _NAMES}, uuid=_UUIDS, size_per_cluster=st.just(4096), **_SIZES)
_TARGET_VOLUME = _kind({"index": _INDEXES, "name": _NAMES}, id=_IDS, uuid=_UUIDS, free_size=st.just(1), **_SIZES)
_LOGICAL = _kind({"name": _NAMES}, free_size=st.just(1), mount_point=st.sampled_from(["/", "/home"]), **_SIZES)
_DISK = _kind(
    {"name": st.sampled_from(DISK_NAMES)}, physical_volumes=_list(_VOLUME), device_use=st.just("OS"), **_SIZES
)
_TARGET_DISK = _kind(
    {"name": st.sampled_from(DISK_NAMES)},
    id=_IDS,
    disk_id=st.sampled_from(["0", "1", "an id", None]),
    disk_index=st.sampled_from(["0", "1"]),
    device_use=st.just("NORMAL"),
    physical_volumes=_list(_TARGET_VOLUME),
    unknown=st.just({"kept": True}),
)
_GROUP = _kind({"name": st.sampled_from(["vg0", "data"])}, logical_volumes=_list(_LOGICAL))
_SUBVOLUME = _kind({}, subvol_id=st.sampled_from(["5", "256"]), subvol_name=st.just("@"), uuid=_UUIDS)
_BTRFS = _kind({"name": st.sampled_from(["btrfs1", "pool"])}, uuid=_UUIDS, subvolumn=_list(_SUBVOLUME))
_NETWORK = _kind({"name": st.just("eth0")}, id=st.just("n1"), mac=st.just("fa:16:3e:12:34:56"), ip=st.just("10.0.0.1"))


def _server(disks: st.SearchStrategy[dict[str, Json]]) -> st.SearchStrategy[dict[str, Json]]:
    lists = {"btrfs_list": _list(_BTRFS), "networks": _list(_NETWORK), "volume_groups": _list(_GROUP)}
    return st.fixed_dictionaries({"disks": _list(disks, 4)}, optional=lists)


FULL_TASKS = st.fixed_dictionaries(
    {"source_server": _server(_DISK), "target_server": _server(_TARGET_DISK)},
    optional={"sub_tasks": _list(_kind({"name": st.just("SSL_CONFIG")}, id=_IDS))},
)
"""Tasks whose lists are full of entries alike, and differ in what each of them says."""


def lists_of(value: Json, path: Path = ()) -> Iterator[Path]:
    """Every list of a task."""
    if isinstance(value, list):
        yield path
    if isinstance(value, dict | list):
        for step, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from lists_of(below, (*path, step))


def entries_of(task: Json) -> list[Path]:
    """Every entry of every list."""
    return [(*path, at) for path in lists_of(task) for at in range(len(value_at(task, path)))]


def top_lists(task: Json) -> list[Path]:
    """The lists that are not in an entry of another."""
    return [path for path in lists_of(task) if not any(isinstance(step, int) for step in path)]


@st.composite
def marks(draw: st.DrawFn, task: Json, of: str | None = None) -> list[Path]:
    """Some entries of a task, in any order, of one kind if wanted; nested ones too."""
    entries = [path for path in entries_of(task) if of is None or kind_at(path).name == of]
    return draw(st.lists(st.sampled_from(entries), min_size=1, max_size=5, unique=True))


def outermost(paths: list[Path]) -> list[Path]:
    return [path for path in paths if not any(path[:depth] in paths for depth in range(len(path)))]


def told_apart(task: Any, path: Path) -> bool:
    """Whether no sibling of an entry says the same about what identifies it."""
    entry, siblings = value_at(task, path), value_at(task, path[:-1])
    assert isinstance(entry, dict)
    others = [sibling for at, sibling in enumerate(siblings) if at != path[-1]]
    names = [name for name in IDENTIFYING if not (name == "uuid" and kind_at(path).name == "BtrfsSubvolumn")]
    return all(entry.get(name) in (None, "") or all(o.get(name) != entry[name] for o in others) for name in names)


def names(document: Document, list_path: Path) -> list[Any]:
    return [entry.get("name") for entry in document.value(list_path)]


def numbered(*names: str) -> Document:
    """A task whose target has disks of these names, each with volumes `name-a` and `name-b`."""
    disks: list[Json] = [
        {"name": name, "physical_volumes": [{"name": f"{name}-a"}, {"name": f"{name}-b"}]} for name in names
    ]
    return Document({"target_server": {"disks": disks}})


def disk(*at: int) -> list[Path]:
    return [(*DISKS, index) for index in at]


def volume(disk: int, at: int) -> Path:
    return (*DISKS, disk, "physical_volumes", at)


def without_parts(entry: Json) -> Json:
    assert isinstance(entry, dict)
    return {name: value for name, value in entry.items() if not isinstance(value, list)}
