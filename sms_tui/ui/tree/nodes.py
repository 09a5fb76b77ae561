"""The task as an outline: which nodes there are, and which are seen when some are open. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sms_tui.document.identity import entry_name, identity
from sms_tui.exactjson import Json
from sms_tui.schema.paths import ABSENT, Path, Value, value_at
from sms_tui.schema.registry import FieldSpec, KindSpec, kind_at
from sms_tui.schema.units import format_size
from sms_tui.session.summary import progress

Key: TypeAlias = tuple[object, ...]
Sort = Literal["task", "service", "object", "list", "entry"]

_LABELS = {
    "source_server": "Source server",
    "target_server": "Target server",
    "clone_server": "Clone server",
    "sub_tasks": "Sub-tasks",
}
_ORDER = ("source_server", "target_server", "disks", "volume_groups", "btrfs_list", "networks", "sub_tasks")


@dataclass(frozen=True, slots=True)
class Node:
    """One row of the outline. `key` stays the same when entries before it come and go; `path` does not."""

    key: Key
    path: Path
    depth: int
    sort: Sort
    opens: bool


ROOT = Node(("task",), (), 0, "task", True)
SERVICE = Node(("service",), (), 1, "service", False)


def outline(task: Json, opened: Collection[Key]) -> list[Node]:
    """The nodes that are seen, from the top, when the nodes of `opened` are open."""
    return list(_seen(task, ROOT, opened))


def _seen(task: Json, node: Node, opened: Collection[Key]) -> Iterator[Node]:
    yield node
    if node.opens and node.key in opened:
        for child in children(task, node):
            yield from _seen(task, child, opened)


def children(task: Json, node: Node) -> list[Node]:
    """The nodes right under a node."""
    value = value_at(task, node.path)
    if node.sort == "service":
        return []
    if isinstance(value, list):
        return list(_entries(node, node.path, value))
    kind = kind_at(node.path)
    if not isinstance(value, dict) or kind is None:
        return []
    if (only := only_list(kind)) is not None:
        entries = value.get(only.name)
        return list(_entries(node, (*node.path, only.name), entries)) if isinstance(entries, list) else []
    below = [_member(node, spec, value.get(spec.name, ABSENT)) for spec in _containers(kind)]
    return [_under(SERVICE, node), *below] if node.sort == "task" else below


def only_list(kind: KindSpec) -> FieldSpec | None:
    """The one list that an object is all about (the volumes of a disk), shown right under it."""
    lists = _containers(kind)
    return lists[0] if len(lists) == 1 else None


def _containers(kind: KindSpec) -> list[FieldSpec]:
    found = [spec for spec in kind.fields.values() if spec.type in ("object", "array")]
    return sorted(found, key=lambda spec: _ORDER.index(spec.name) if spec.name in _ORDER else len(_ORDER))


def _under(node: Node, parent: Node) -> Node:
    return Node(node.key, node.path, parent.depth + 1, node.sort, node.opens)


def _member(parent: Node, spec: FieldSpec, value: Value) -> Node:
    sort: Sort = "object" if spec.type == "object" else "list"
    opens = bool(value) and isinstance(value, dict | list)
    if sort == "object" and opens:
        kind = kind_at((*parent.path, spec.name))
        opens = kind is not None and bool(_containers(kind))
    return Node((*parent.key, spec.name), (*parent.path, spec.name), parent.depth + 1, sort, opens)


def _entries(parent: Node, path: Path, entries: list[Json]) -> Iterator[Node]:
    seen: set[Key] = set()
    kind = kind_at((*path, 0))
    only = only_list(kind) if kind else None
    for index, entry in enumerate(entries):
        known_by = identity(entry)
        key: Key = (*parent.key, index if known_by is None or (*parent.key, known_by) in seen else known_by)
        seen.add(key)
        opens = only is not None and isinstance(entry, dict) and bool(entry.get(only.name))
        yield Node(key, (*path, index), parent.depth + 1, "entry", opens)


def keys_to(task: Json, path: Path) -> list[Key]:
    """The keys of the nodes to open so that the node at `path` is seen."""
    node, keys = ROOT, [ROOT.key]
    while node.path != path:
        below = next((child for child in children(task, node) if child.path and _leads(child.path, path)), None)
        if below is None:
            break
        node = below
        keys.append(node.key)
    return keys


def _leads(towards: Path, path: Path) -> bool:
    return path[: len(towards)] == towards


def label(task: Json, node: Node) -> tuple[str, str]:
    """What a node is called, and a few words on what it holds."""
    value = value_at(task, node.path)
    if node.sort == "task":
        name = value.get("name") if isinstance(value, dict) else None
        return (name if isinstance(name, str) and name else "Task"), ""
    if node.sort == "service":
        return "Service-owned", ""
    if node.sort == "entry":
        assert isinstance(node.path[-1], int)
        return entry_name(value if value is not ABSENT else None, node.path[-1]), _amount(value)  # type: ignore[arg-type]
    name = str(node.path[-1])
    return _LABELS.get(name, name), _extent(name, value)


def _extent(name: str, value: Value) -> str:
    if value is ABSENT:
        return "absent"
    if value is None:
        return "null"
    if isinstance(value, list):
        done = progress(value) if name == "sub_tasks" else None
        return f"({len(value)})" if done is None else f"({len(value)}) {done} %"
    if isinstance(value, dict):
        own = value.get("name") or value.get("ip")
        return own if isinstance(own, str) else ""
    return "not an object"


def _amount(value: Value) -> str:
    """The size of a disk or volume, the progress of a sub-task, the address of a network."""
    if not isinstance(value, dict):
        return "" if isinstance(value, str) else "not an object"
    size, done, ip = value.get("size"), value.get("progress"), value.get("ip")
    if isinstance(size, int) and not isinstance(size, bool):
        return format_size(size)
    if isinstance(done, int) and not isinstance(done, bool):
        return f"{done} %"
    return ip if isinstance(ip, str) else ""
