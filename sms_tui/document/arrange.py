"""Several entries of a task at once: duplicated, deleted, moved, or given one value, each as one undoable edit.

Entries may be of different lists. One inside another that is meant too goes along with it, and is not done twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from sms_tui.document.document import Document
from sms_tui.document.edits import Change, EditError, MoveEntry, RemoveValue, SetValue
from sms_tui.document.fresh import Fresh
from sms_tui.document.identity import entry_name
from sms_tui.document.lists import Order, Rework, check_room, followed, neighbours, rework
from sms_tui.exactjson import Json
from sms_tui.language import _
from sms_tui.schema.paths import ABSENT, Path, Value, format_path
from sms_tui.schema.registry import kind_at

Places: TypeAlias = Mapping[Path, Sequence[int]]
"""Entries by the list they are in, in the order of that list."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """What was done: its label in the history, and where to look now.

    `dropped` names, by the place of a pasted entry, the fields that its new kind does not have.
    """

    label: str
    paths: tuple[Path, ...]
    dropped: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)


class Planned(NamedTuple):
    """What is to be done, worked out without a change: a thread may do that for a long task, in which it takes a while
    to find names and numbers that nobody has."""

    changes: Sequence[Change]
    done: Arranged


def carry_out(document: Document, planned: Planned) -> Arranged:
    """Do what was worked out for the task as it is, as one edit."""
    document.apply(planned.done.label, *planned.changes)
    return planned.done


def places(document: Document, paths: Iterable[Path]) -> Places:
    """The entries meant by paths, without those inside another one. Raises EditError if one is no entry of a list."""
    meant = dict.fromkeys(paths)
    if not meant:
        raise EditError(_("No entry is marked"))
    out: dict[Path, list[int]] = {}
    for path in meant:
        if document.value(path) is ABSENT:
            raise EditError(_("There is nothing at {path}").format(path=format_path(path)))
        if not path or not isinstance(path[-1], int):
            name = document.describe(path) or _("the task")
            raise EditError(_("Mark only entries of lists: {name} is none").format(name=name))
        if not any(path[:depth] in meant for depth in range(len(path))):
            out.setdefault(path[:-1], []).append(path[-1])
    return {list_path: sorted(indexes) for list_path, indexes in out.items()}


def paths_of(there: Places) -> list[Path]:
    """The paths of entries."""
    return [(*list_path, at) for list_path, indexes in there.items() for at in indexes]


def title(document: Document, paths: Sequence[Path]) -> str:
    """What a label calls these: `Disk 1`, `3 target disks`, `5 entries`."""
    if len(paths) == 1:
        last = paths[0][-1:] or ("task",)
        value = document.value(paths[0])
        return last[0] if isinstance(last[0], str) else entry_name(value, last[0])
    kinds = {known.label.lower() for path in paths if (known := kind_at(path)) is not None}
    if len(kinds) == 1:
        return _("{count} {kind}s").format(count=len(paths), kind=kinds.pop())
    return _("{count} entries").format(count=len(paths))


def duplicate(document: Document, paths: Iterable[Path]) -> Arranged:
    """Put a copy after each entry; copies of neighbours stand together, after the last of them.

    A copy gets the next free name, index and the like, and does without an id. Raises EditError if a list is full.
    """
    return carry_out(document, duplicated(document, paths))


def duplicated(document: Document, paths: Iterable[Path]) -> Planned:
    """What `duplicate` is to do."""
    there, fresh = places(document, paths), Fresh(document.current)
    orders: dict[Path, Order] = {}
    copies: list[Path] = []
    for list_path, indexes in there.items():
        entries, known = _entries(document, list_path), kind_at((*list_path, 0))
        check_room(list_path, len(entries) + len(indexes))
        new = [
            fresh.adopted(entries[at], known.name, list_path, copied=True) if known is not None else entries[at]
            for at in indexes
        ]
        orders[list_path] = Order(_with_copies(len(entries), indexes), new)
        copies += [(*list_path, len(entries) + number) for number in range(len(new))]
    label = _("duplicate {title}").format(title=title(document, paths_of(there)))
    return Planned(rework(document.current, orders)[1], Arranged(label, followed(orders, copies)))


def delete_all(document: Document, paths: Iterable[Path]) -> Arranged:
    """Take entries out of their lists; the way leads to what stands in the place of the first, or to its list."""
    there = places(document, paths)
    label = _("delete {title}").format(title=title(document, paths_of(there)))
    orders = without(document, there)
    document.apply(label, *rework(document.current, orders)[1])
    list_path, indexes = next(iter(there.items()))
    (now,) = followed({path: order for path, order in orders.items() if path != list_path}, [list_path])
    left = len(orders[list_path])
    return Arranged(label, ((*now, min(indexes[0], left - 1)) if left else now,))


def without(document: Document, there: Places) -> dict[Path, Order]:
    """The lists without these entries."""
    orders = {}
    for list_path, indexes in there.items():
        kept, start = [], 0
        for gone in neighbours(indexes):
            kept.append(range(start, gone.start))
            start = gone.stop
        orders[list_path] = Order([*kept, range(start, len(_entries(document, list_path)))])
    return orders


def move(document: Document, paths: Iterable[Path], step: Literal[-1, 1]) -> Arranged:
    """Move entries one place up or down, never past each other: what is at the edge already stays there.

    Raises EditError if all of them are.
    """
    there = places(document, paths)
    moved = paths_of(there)
    orders = {
        list_path: Order(_stepped(len(_entries(document, list_path)), indexes, step))
        for list_path, indexes in there.items()
    }
    name = title(document, moved)
    label = (_("move {name} up") if step < 0 else _("move {name} down")).format(name=name)
    now = followed(orders, moved)
    if now == tuple(moved):
        stuck = _("{name} cannot move further up") if step < 0 else _("{name} cannot move further down")
        raise EditError(stuck.format(name=name))
    ((list_path, indexes), *others) = there.items()
    if others or len(indexes) > 1:
        document.apply(label, *rework(document.current, orders)[1])
    else:
        document.apply(label, MoveEntry((*list_path, indexes[0]), indexes[0] + step))
    return Arranged(label, now)


def set_on_all(document: Document, paths: Iterable[Path], name: str, value: Value) -> Arranged:
    """Give a field of several objects, entries or not, one value; ABSENT leaves it out.

    Unlike elsewhere, an object inside another is meant for itself. Raises EditError if one does not have the field.
    """
    meant = list(dict.fromkeys(paths))
    if not meant:
        raise EditError(_("Nothing is marked"))
    for path in meant:
        known = kind_at(path)
        if known is None or name not in known.fields or not isinstance(document.value(path), dict):
            whose = document.describe(path) or _("The task")
            raise EditError(_("{whose} has no field {field}; mark only what has it").format(whose=whose, field=name))
    label = _("set {name} of {title}").format(name=name, title=title(document, meant))
    in_lists: dict[Path, set[int]] = {}
    changes: list[Change] = []
    for path in meant:
        if path and isinstance(path[-1], int):
            in_lists.setdefault(path[:-1], set()).add(path[-1])
        elif value is not ABSENT:
            changes.append(SetValue((*path, name), value))
        elif document.value((*path, name)) is not ABSENT:
            changes.append(RemoveValue((*path, name)))
    reworks = {list_path: _setting(indexes, name, value) for list_path, indexes in in_lists.items()}
    document.apply(label, *changes, *rework(document.current, reworks)[1])
    return Arranged(label, tuple(meant))


def _entries(document: Document, list_path: Path) -> list[Json]:
    entries = document.value(list_path)
    assert isinstance(entries, list)
    return entries


def _with_copies(length: int, indexes: Sequence[int]) -> list[range]:
    """The order of a list in which copies, numbered from `length` on, follow each run of neighbours."""
    order, start, copies = [], 0, length
    for run in neighbours(indexes):
        order += [range(start, run.stop), range(copies, copies + len(run))]
        start, copies = run.stop, copies + len(run)
    return [*order, range(start, length)]


def _stepped(length: int, indexes: Sequence[int], step: int) -> list[range]:
    """The order of a list in which each run of neighbours changed places with the entry beside it, if there is one."""
    order, start = [], 0
    for run in neighbours(indexes):
        over = range(run.start - 1, run.start) if step < 0 else range(run.stop, run.stop + 1)
        if 0 <= over.start < length:
            order += [range(start, min(run.start, over.start)), *((run, over) if step < 0 else (over, run))]
            start = max(run.stop, over.stop)
    return [*order, range(start, length)]


def _setting(indexes: set[int], name: str, value: Value) -> Rework:
    def rework_entries(entries: list[Json]) -> list[Json]:
        return [_with(entry, name, value) if at in indexes else entry for at, entry in enumerate(entries)]

    return rework_entries


def _with(entry: Json, name: str, value: Value) -> Json:
    assert isinstance(entry, dict)
    if value is ABSENT:
        return {key: kept for key, kept in entry.items() if key != name}
    return {**entry, name: value}
