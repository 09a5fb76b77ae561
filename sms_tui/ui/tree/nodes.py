"""The task as an outline: which nodes there are, and which are seen when some are open. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterator
from itertools import accumulate, chain
from typing import Literal, NamedTuple, TypeAlias

from sms_tui.document.identity import entry_name, identity
from sms_tui.exactjson import Json
from sms_tui.language import N_, _
from sms_tui.schema.paths import ABSENT, Path, Value, value_at
from sms_tui.schema.registry import FieldSpec, KindSpec, kind_at
from sms_tui.schema.units import format_size
from sms_tui.session.summary import progress

Key: TypeAlias = tuple[object, ...]
Sort = Literal["task", "service", "object", "list", "entry"]

LONG = 1000
"""Entries above which a list is long: it is closed at first, and its nodes are known by where they stand."""

_LABELS = {
    "source_server": N_("Source server"),
    "target_server": N_("Target server"),
    "clone_server": N_("Clone server"),
    "sub_tasks": N_("Sub-tasks"),
}
_ORDER = ("source_server", "target_server", "disks", "volume_groups", "btrfs_list", "networks", "sub_tasks")


class Node(NamedTuple):
    """One row of the outline. `key` stays the same when entries before it come and go; `path` does not."""

    key: Key
    path: Path
    depth: int
    sort: Sort
    opens: bool


ROOT = Node(("task",), (), 0, "task", True)
SERVICE = Node(("service",), (), 1, "service", False)


class LongList:
    """Nodes of a list with very many entries, each made when it is asked for. Their keys count, so that one node costs
    the same anywhere in the list."""

    def __init__(self, parent: Node, path: Path, entries: list[Json], places: range | None = None) -> None:
        self._above, self._path, self._values = parent, path, entries
        self._places = range(len(entries)) if places is None else places
        self._only = _only_list_of_entries(path)

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, row: int) -> Node:
        at = self._places[row]
        return _entry(self._above, self._path, at, at, self._values[at], self._only)

    def __iter__(self) -> Iterator[Node]:
        return (self[row] for row in range(len(self)))

    def between(self, start: int, stop: int) -> LongList:
        """Some of the nodes."""
        return LongList(self._above, self._path, self._values, self._places[start:stop])

    def row_of(self, key: Key) -> int | None:
        """Which of them has a key."""
        at = key[-1]
        mine = key[:-1] == self._above.key and isinstance(at, int) and at in self._places
        return at - self._places.start if mine and isinstance(at, int) else None


class Outline:
    """The nodes that are seen, from the top, when the nodes of `opened` are open. What is closed in a long list costs
    nothing."""

    def __init__(self, task: Json, opened: Collection[Key]) -> None:
        self.task = task
        """What it is of."""
        self._runs: list[list[Node] | LongList] = []
        self._lay(task, ROOT, opened)
        self._starts = [0, *accumulate(map(len, self._runs))]

    def __len__(self) -> int:
        return self._starts[-1]

    def __getitem__(self, row: int) -> Node:
        run = bisect_right(self._starts, row) - 1
        return self._runs[run][row - self._starts[run]]

    def __iter__(self) -> Iterator[Node]:
        return chain.from_iterable(self._runs)

    def row_of(self, key: Key) -> int | None:
        """The row of the node with a key, None if it is not seen."""
        for start, run in zip(self._starts, self._runs, strict=False):
            here = enumerate(run) if isinstance(run, list) else ()
            at = run.row_of(key) if isinstance(run, LongList) else next((at for at, n in here if n.key == key), None)
            if at is not None:
                return start + at
        return None

    def _lay(self, task: Json, node: Node, opened: Collection[Key]) -> None:
        if not self._runs or isinstance(self._runs[-1], LongList):
            self._runs.append([])
        if isinstance(run := self._runs[-1], list):
            run.append(node)
        if not node.opens or node.key not in opened:
            return
        below = children(task, node)
        if isinstance(below, list):
            for child in below:
                self._lay(task, child, opened)
            return
        start = 0
        for row in sorted({row for key in opened if (row := below.row_of(key)) is not None}):
            self._runs.append(below.between(start, row))
            self._lay(task, below[row], opened)
            start = row + 1
        self._runs.append(below.between(start, len(below)))


def children(task: Json, node: Node) -> list[Node] | LongList:
    """The nodes right under a node."""
    value = value_at(task, node.path)
    if node.sort == "service":
        return []
    if isinstance(value, list):
        return _entries(node, node.path, value)
    kind = kind_at(node.path)
    if not isinstance(value, dict) or kind is None:
        return []
    if (only := only_list(kind)) is not None:
        entries = value.get(only.name)
        return _entries(node, (*node.path, only.name), entries) if isinstance(entries, list) else []
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


def _entries(parent: Node, path: Path, entries: list[Json]) -> list[Node] | LongList:
    if len(entries) > LONG:
        return LongList(parent, path, entries)
    seen: set[Hashable] = set()
    only = _only_list_of_entries(path)
    nodes = []
    for index, entry in enumerate(entries):
        known_by = identity(entry)
        known_by = index if known_by is None or known_by in seen else known_by
        seen.add(known_by)
        nodes.append(_entry(parent, path, index, known_by, entry, only))
    return nodes


def _only_list_of_entries(path: Path) -> FieldSpec | None:
    kind = kind_at((*path, 0))
    return only_list(kind) if kind else None


def _entry(parent: Node, path: Path, index: int, known_by: Hashable, entry: Json, only: FieldSpec | None) -> Node:
    opens = only is not None and isinstance(entry, dict) and bool(entry.get(only.name))
    return Node((*parent.key, known_by), (*path, index), parent.depth + 1, "entry", opens)


def keys_to(task: Json, path: Path) -> list[Key]:
    """The keys of the nodes to open so that the node at `path` is seen."""
    node, keys = ROOT, [ROOT.key]
    while node.path != path:
        below = _towards(children(task, node), path)
        if below is None:
            break
        node = below
        keys.append(node.key)
    return keys


def _towards(nodes: list[Node] | LongList, path: Path) -> Node | None:
    if isinstance(nodes, LongList):
        depth = len(nodes[0].path)
        at = path[depth - 1] if len(path) >= depth and _leads(nodes[0].path[:-1], path) else None
        return nodes[at] if isinstance(at, int) and 0 <= at < len(nodes) else None
    return next((node for node in nodes if node.path and _leads(node.path, path)), None)


def _leads(towards: Path, path: Path) -> bool:
    return path[: len(towards)] == towards


def label(task: Json, node: Node) -> tuple[str, str]:
    """What a node is called, and a few words on what it holds."""
    value = value_at(task, node.path)
    if node.sort == "task":
        name = value.get("name") if isinstance(value, dict) else None
        return (name if isinstance(name, str) and name else _("Task")), ""
    if node.sort == "service":
        return _("Service-owned"), ""
    if node.sort == "entry":
        assert isinstance(node.path[-1], int)
        return entry_name(value, node.path[-1]), _amount(value)
    name = str(node.path[-1])
    return _(_LABELS.get(name, name)), _extent(node.sort, name, value)


def _extent(sort: Sort, name: str, value: Value) -> str:
    if value is ABSENT:
        return _("absent")
    if value is None:
        return "null"
    if not isinstance(value, list if sort == "list" else dict):
        return _("not a list") if sort == "list" else _("not an object")
    if isinstance(value, list):
        done = progress(value) if name == "sub_tasks" else None
        return f"({len(value)})" if done is None else f"({len(value)}) {done} %"
    assert isinstance(value, dict)
    own = value.get("name") or value.get("ip")
    return own if isinstance(own, str) else ""


def _amount(value: Value) -> str:
    """The size of a disk or volume, the progress of a sub-task, the address of a network."""
    if not isinstance(value, dict):
        return "" if isinstance(value, str) else _("not an object")
    size, done, ip = value.get("size"), value.get("progress"), value.get("ip")
    if isinstance(size, int) and not isinstance(size, bool):
        return format_size(size)
    if isinstance(done, int) and not isinstance(done, bool):
        return f"{done} %"
    return ip if isinstance(ip, str) else ""
