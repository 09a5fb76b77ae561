"""Random tasks with much in common among their parts, some of it malformed, and random edits of them."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from sms_tui.schema import registry
from sms_tui.schema.paths import Path, value_at
from sms_tui.schema.registry import FieldSpec

_ODD = (
    None,
    "",
    True,
    1.5,
    -1,
    2**64,
    "a",
    "\ud800",
    [],
    {},
    [1],
    {"deep": {}},
    [[]],
    Decimal("0.1"),
    "/data",
    "x" * 300,
)
_TEXTS = ("", "a", "b", "c", "/data", "/", "[SWAP]", "LINUX", "WINDOWS", "10.0.0.1", "5")
_KEYS = (
    "name",
    "size",
    "used_size",
    "os_disk",
    "relation_name",
    "mount_point",
    "id",
    "index",
    "os_type",
    "mtu",
    "unknown",
)
_DISK_FIELDS = (
    "disks",
    "physical_volumes",
    "volume_groups",
    "logical_volumes",
    "source_server",
    "target_server",
    "networks",
)


def random_task(random: Random) -> Any:
    """An object of the root kind, or now and then something else altogether."""
    return random.choice(_ODD) if random.random() < 0.05 else _object(random, registry.ROOT)


def random_disks(random: Random) -> Any:
    """Two servers of disks that have few names and sizes among them, so that many pairs are possible."""
    return {server: {"disks": _disks(random)} for server in ("source_server", "target_server")}


def _disks(random: Random) -> list[Any]:
    labels = (*"abcd", None, "")
    return [
        {
            "name": random.choice(labels),
            "relation_name": random.choice(labels),
            "size": random.randrange(4),
            "used_size": random.randrange(4),
        }
        for _ in range(random.randrange(6))
    ]


def random_edit(random: Random, task: Any) -> tuple[Any, Path]:
    """The task after one edit, sharing what was not edited, and the path to tell the checker."""
    path = _place(random, task)
    value = value_at(task, path)
    if isinstance(value, list) and random.random() < 0.6:
        return _with(task, path, _rearranged(random, value, path)), path
    if path and isinstance(path[-1], int) and random.random() < 0.5:
        entries = list(value_at(task, path[:-1]))
        if random.random() < 0.5:
            del entries[path[-1]]
        else:
            entries.insert(path[-1], random.choice(entries))
        return _with(task, path[:-1], entries), path
    if isinstance(value, dict) and random.random() < 0.7:
        name = random.choice([*_KEYS, *value])
        changed = dict(value)
        if name in changed and random.random() < 0.3:
            del changed[name]
        else:
            changed[name] = _value_for(random, (*path, name))
        return _with(task, path, changed), (*path, name)
    return _with(task, path, _value_for(random, path)), path


def _object(random: Random, kind: str) -> dict[str, Any]:
    fields = {}
    for name, spec in registry.kind(kind).fields.items():
        if random.random() < (0.9 if name in _DISK_FIELDS else 0.5):
            fields[name] = random.choice(_ODD) if random.random() < 0.04 else _value(random, spec)
    if random.random() < 0.1:
        fields["unknown"] = random.choice(_ODD)
    return fields


def _value(random: Random, spec: FieldSpec) -> Any:
    if spec.of is not None:
        if spec.type == "object":
            return _object(random, spec.of)
        return [_entry(random, spec.of) for _ in range(random.randrange(4))]
    if spec.enum and random.random() < 0.8:
        return random.choice(spec.enum)
    if spec.type == "string":
        return random.choice(_TEXTS)
    return random.random() < 0.5 if spec.type == "boolean" else random.randrange(6)


def _entry(random: Random, kind: str) -> Any:
    return random.choice(_ODD) if random.random() < 0.05 else _object(random, kind)


def _value_for(random: Random, path: Path) -> Any:
    spec, kind = registry.field_at(path), registry.kind_at(path)
    if random.random() < 0.25:
        return random.choice(_ODD)
    if spec is not None:
        return _value(random, spec)
    return _object(random, kind.name) if kind is not None else random.choice(_ODD)


def _rearranged(random: Random, entries: list[Any], path: Path) -> list[Any]:
    entries = list(entries)
    for _ in range(random.randrange(1, 3)):
        match random.randrange(4):
            case 0:
                entries.insert(random.randint(0, len(entries)), _value_for(random, (*path, 0)))
            case 1 if entries:
                del entries[random.randrange(len(entries))]
            case 2 if entries:
                entries.insert(random.randint(0, len(entries)), random.choice(entries))
            case _:
                random.shuffle(entries)
    return entries


def _place(random: Random, task: Any) -> Path:
    path: Path = ()
    here = task
    while isinstance(here, dict | list) and here and random.random() < 0.85:
        keys = list(range(len(here))) if isinstance(here, list) else list(here)
        nested = [key for key in keys if isinstance(here[key], dict | list)]
        step = random.choice(nested if nested and random.random() < 0.8 else keys)
        path, here = (*path, step), here[step]
    return path


def _with(task: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    changed = dict(task) if isinstance(task, dict) else list(task)
    changed[path[0]] = _with(task[path[0]], path[1:], value)
    return changed
