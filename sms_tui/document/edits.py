"""Changes to a task and their inverses.

A task that anybody has is never changed: applying a change copies the containers along its path and shares all the
rest, so `base` and `current` stay comparable by identity and an edit costs the depth of its path.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple, TypeAlias

from sms_tui.document.copies import Copies
from sms_tui.exactjson import Json, same
from sms_tui.language import _
from sms_tui.schema.paths import ABSENT, Path, format_path, value_at


class EditError(ValueError):
    """A change that does not fit the task: its path leads nowhere, or to the wrong sort of value."""


class SetValue(NamedTuple):
    """Set a key of an object or replace an entry of a list; `position` places a key that was absent."""

    path: Path
    value: Json
    position: int | None = None


class RemoveValue(NamedTuple):
    """Make a key absent, or take an entry out of its list."""

    path: Path


class InsertEntry(NamedTuple):
    """Put an entry into a list; the last step of `path` is the index it gets."""

    path: Path
    value: Json


class MoveEntry(NamedTuple):
    """Move an entry within its list to the index `to`."""

    path: Path
    to: int


Change: TypeAlias = SetValue | RemoveValue | InsertEntry | MoveEntry


class Edit(NamedTuple):
    """One undoable step: what it is called, its changes, and the changes that take it back."""

    label: str
    changes: tuple[Change, ...]
    inverse: tuple[Change, ...] = ()

    @property
    def path(self) -> Path:
        """Where to look after the edit was made or taken back."""
        last = self.changes[-1]
        return (*last.path[:-1], last.to) if isinstance(last, MoveEntry) else last.path


def joined(first: Edit, then: Edit) -> Edit:
    """Two edits as one; keystrokes in one field leave only the last value and the first inverse."""
    if len(first.changes) == len(then.changes) == 1:
        before, after = first.changes[0], then.changes[0]
        if isinstance(before, SetValue) and isinstance(after, SetValue) and before.path == after.path:
            return Edit(then.label, (after._replace(position=before.position),), first.inverse)
    return Edit(then.label, first.changes + then.changes, then.inverse + first.inverse)


def changes_something(edit: Edit) -> bool:
    """Whether an edit leaves its values other than they were; a field typed back to where it began does not."""
    return not all(_is_idle(done, undone) for done, undone in zip(edit.changes, reversed(edit.inverse), strict=True))


def _is_idle(done: Change, undone: Change) -> bool:
    if isinstance(done, MoveEntry):
        return done.path[-1] == done.to
    return isinstance(done, SetValue) and isinstance(undone, SetValue) and same(done.value, undone.value)


def touched(changes: Iterable[Change]) -> Path:
    """What has to be checked again after changes: the value that was set, the list whose entries moved, or the
    nearest container of them all."""
    paths = [_touched(change) for change in changes]
    shared = takewhile(lambda steps: len(set(steps)) == 1, zip(*paths, strict=False))
    return tuple(steps[0] for steps in shared)


def _touched(change: Change) -> Path:
    if isinstance(change, InsertEntry | MoveEntry) or (
        isinstance(change, RemoveValue) and isinstance(change.path[-1], int)
    ):
        return change.path[:-1]
    return change.path


def apply_all(task: Json, changes: Iterable[Change], copies: Copies | None = None) -> tuple[Json, tuple[Change, ...]]:
    """The task after changes made one after the other, and the changes that undo them all. Raises EditError.

    A list is copied once, however many of its entries change; with the `copies` of the edits before perhaps not at all.
    """
    inverse: list[Change] = []
    copies = copies or Copies()
    for change in changes:
        task, undone = apply(task, change, copies)
        inverse.append(undone)
    copies.settle()
    return task, tuple(reversed(inverse))


def apply(task: Json, change: Change, copies: Copies | None = None) -> tuple[Json, Change]:
    """The task after a change, and the change that undoes it exactly (key order included). Raises EditError."""
    if not change.path:
        raise EditError(_("the task as a whole cannot be replaced by an edit"))
    copies = copies or Copies()
    containers = [task]
    for depth, step in enumerate(change.path[:-1], 1):
        below = value_at(containers[-1], (step,))
        if below is ABSENT:
            raise EditError(_("there is nothing at {path}").format(path=format_path(change.path[:depth])))
        containers.append(below)
    before = containers.pop()
    changed, inverse = _in_container(before, change, copies)
    for container, step in zip(reversed(containers), reversed(change.path[:-1]), strict=True):
        if changed is before:
            return task, inverse
        before, changed = container, _with(container, step, changed, copies)
    return changed, inverse


def _with(container: Json, step: str | int, value: Json, copies: Copies) -> Json:
    if isinstance(container, dict) and isinstance(step, str):
        return {**container, step: value}
    assert isinstance(container, list)
    assert isinstance(step, int)
    changed = copies.of(container, step)
    changed[step] = value
    return changed


def _in_container(container: Json, change: Change, copies: Copies) -> tuple[Json, Change]:
    step = change.path[-1]
    if isinstance(container, dict) and isinstance(step, str):
        return _in_object(container, step, change)
    if isinstance(container, list) and isinstance(step, int):
        return _in_list(container, step, change, copies)
    raise EditError(_("{path} does not fit what is there").format(path=format_path(change.path)))


def _in_object(container: dict[str, Json], key: str, change: Change) -> tuple[Json, Change]:
    path = change.path
    if isinstance(change, SetValue):
        if key in container:
            return {**container, key: change.value}, SetValue(path, container[key])
        items = list(container.items())
        items.insert(len(items) if change.position is None else change.position, (key, change.value))
        return dict(items), RemoveValue(path)
    if isinstance(change, RemoveValue):
        if key not in container:
            raise EditError(_("{path} is absent already").format(path=format_path(path)))
        rest = {name: value for name, value in container.items() if name != key}
        return rest, SetValue(path, container[key], list(container).index(key))
    raise EditError(_("{path} is a key, not an entry of a list").format(path=format_path(path)))


def _in_list(entries: list[Json], index: int, change: Change, copies: Copies) -> tuple[Json, Change]:
    path = change.path
    if isinstance(change, InsertEntry):
        if not 0 <= index <= len(entries):
            raise EditError(_("{path} is beyond the end of the list").format(path=format_path(path)))
        entries = copies.of(entries)
        entries.insert(index, change.value)
        return entries, RemoveValue(path)
    if not 0 <= index < len(entries):
        raise EditError(_("there is nothing at {path}").format(path=format_path(path)))
    entry = entries[index]
    if isinstance(change, SetValue):
        return _with(entries, index, change.value, copies), SetValue(path, entry)
    if isinstance(change, RemoveValue):
        entries = copies.of(entries)
        del entries[index]
        return entries, InsertEntry(path, entry)
    if not 0 <= change.to < len(entries):
        raise EditError(_("{path} cannot move beyond the list").format(path=format_path(path)))
    entries = copies.of(entries)
    entries.insert(change.to, entries.pop(index))
    return entries, MoveEntry((*path[:-1], change.to), index)
