"""What the document's tests are made of: odd JSON, tasks, changes that fit, and a naive way to make them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from sms_tui.document.edits import Change, InsertEntry, MoveEntry, RemoveValue, SetValue
from sms_tui.exactjson import Json
from sms_tui.schema.paths import Path

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([2**53 + 1, 2**63 - 1, 10**25, 0.0, -0.0, 1.0, 0.1, Decimal("0.1000000000000000055"), "\ud800"]),
    st.text(max_size=4),
)
KEYS = st.sampled_from(["id", "name", "size", "uuid", "ip", "disks", "physical_volumes", "progress", "", "a b", "磁盘"])
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.text(max_size=6), JSON, max_size=6)


def _entries(below: dict[str, st.SearchStrategy[Json]]) -> st.SearchStrategy[Json]:
    known = {
        "id": st.sampled_from([1, 2, 3, "1", None]),
        "uuid": st.sampled_from(["u1", "u2", ""]),
        "name": st.sampled_from(["Disk 1", "Y:", "Z:", "", None]),
        "size": SCALARS,
        **below,
    }
    return st.lists(st.fixed_dictionaries({}, optional=known) | SCALARS, max_size=4)


_DISKS = _entries({"physical_volumes": _entries({}) | SCALARS})
_SERVER = st.fixed_dictionaries({}, optional={"disks": _DISKS, "btrfs_list": _entries({}), "ip": SCALARS, "new": JSON})
TASKS = st.fixed_dictionaries(
    {},
    optional={
        "name": SCALARS,
        "speed_limit": SCALARS,
        "sub_tasks": _entries({"progress": SCALARS}),
        "target_server": _SERVER | SCALARS,
        "source_server": _SERVER,
        "clone_server": SCALARS,
        "compress_rate": JSON,
        "nobody knows": JSON,
    },
)
"""Tasks as the service may send them: nulls, absent keys, wrong types, entries with and without an identity."""


def containers(value: Json, path: Path = ()) -> Iterator[tuple[Path, dict[str, Json] | list[Json]]]:
    """Every object and list, with its path."""
    if isinstance(value, dict | list):
        yield path, value
        for step, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from containers(below, (*path, step))


@st.composite
def changes_of(draw: st.DrawFn, task: Json) -> Change:
    """A change that fits the task."""
    path, container = draw(st.sampled_from(list(containers(task))))
    if isinstance(container, dict):
        if container and draw(st.booleans()):
            key = draw(st.sampled_from(list(container)))
            return draw(st.sampled_from([RemoveValue((*path, key)), SetValue((*path, key), draw(JSON))]))
        position = draw(st.none() | st.integers(0, len(container)))
        return SetValue((*path, draw(KEYS)), draw(JSON), position)
    index = draw(st.integers(0, len(container)))
    if index == len(container):
        return InsertEntry((*path, index), draw(JSON))
    to = draw(st.integers(0, len(container) - 1))
    here = (*path, index)
    return draw(
        st.sampled_from(
            [InsertEntry(here, draw(JSON)), SetValue(here, draw(JSON)), RemoveValue(here), MoveEntry(here, to)]
        )
    )


def naively(task: Any, change: Change) -> Any:
    """The task after a change, made in place on a deep copy."""
    task = copy.deepcopy(task)
    holder: Any = task
    for step in change.path[:-1]:
        holder = holder[step]
    last: Any = change.path[-1]
    match change:
        case SetValue(_, value, position):
            is_new = isinstance(holder, dict) and last not in holder
            holder[last] = copy.deepcopy(value)
            if is_new and position is not None:
                for key in [key for key in holder if key != last][position:]:
                    holder[key] = holder.pop(key)
        case RemoveValue():
            del holder[last]
        case InsertEntry(_, value):
            holder.insert(last, copy.deepcopy(value))
        case MoveEntry(_, to):
            holder.insert(to, holder.pop(last))
    return task
