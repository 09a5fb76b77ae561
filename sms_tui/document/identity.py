"""What the entry of a list is known by, and what people call it and the way to it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeAlias

from sms_tui.exactjson import Json
from sms_tui.schema.paths import Path, Value, value_at

Keys: TypeAlias = tuple[str, ...]

ID: Keys = ("id",)
OTHER_IDENTIFIERS: tuple[Keys, ...] = (
    ("uuid",),
    ("subvol_id",),
    ("name",),
    ("disk_id", "index"),
    ("disk_id", "disk_index"),
)
_NAMES = ("name", "subvol_name", "mount_point", "default_subvol_mountpath", "relation_name", "label", "id", "uuid")
ONLY_LISTS = frozenset({"physical_volumes", "logical_volumes", "subvolumn"})
"""Lists that are all their owner is about: left out of the paths that people read."""


def identity(entry: Value) -> Hashable | None:
    """What an entry is known by: its id, else its uuid, else its name, else its disk id and index.

    None if only by where it stands. An entry that is a plain value is known by it.
    """
    for keys in (ID, *OTHER_IDENTIFIERS):
        if (known_by := identifier(entry, keys)) is not None:
            return known_by
    return None


def identifier(entry: Value, keys: Keys) -> Hashable | None:
    """The values of these keys with their types, None unless each is a number or text; a plain value is its own."""
    keys = keys if isinstance(entry, dict) else ()
    values = [entry.get(key) for key in keys] if isinstance(entry, dict) else [entry]
    if all(isinstance(value, str | int) and value != "" for value in values):
        return (*keys, *((type(value).__name__, value) for value in values))
    return None


def has_id(entry: Json) -> bool:
    """Whether an entry has an id, which the service gives."""
    return isinstance(entry, dict) and identifier(entry, ID) is not None


def entry_name(entry: Value, index: int) -> str:
    """What people call an entry of a list."""
    if isinstance(entry, dict):
        for key in _NAMES:
            value = entry.get(key)
            if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
                return str(value)
    elif isinstance(entry, str) and entry:
        return entry
    return f"[{index}]"


def describe(path: Path, task: Json) -> str:
    """A path as people read it: `target_server › disks › Disk 1 › Y: › size`."""
    words: list[str] = []
    here: Json = task
    for at, step in enumerate(path):
        here_below = value_at(here, (step,))
        below: Json = here_below if isinstance(here_below, dict | list | str) else None
        if isinstance(step, int):
            words.append(entry_name(below, step))
        elif step not in ONLY_LISTS or at == len(path) - 1:
            words.append(step)
        here = below
    return " › ".join(words)
