"""Who has the same value: the indexes of the rules about duplicates and of the pairing of disks."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Hashable, Sequence
from typing import Generic, Protocol, TypeVar

from sms_tui.schema.paths import Path


class Member(Protocol):
    """What can be in a group: it has a place in the task, and counts what it shares."""

    def path(self) -> Path: ...

    def share(self, change: int) -> None: ...


M = TypeVar("M", bound=Member)
V = TypeVar("V", bound=Hashable)


class Index(Generic[V, M]):
    """Members by a value, those of one value in the order of the task.

    Of 65,535 disks hardly two have a value in common: one that has it alone is kept as itself, without a list.
    """

    __slots__ = ("_members",)

    def __init__(self) -> None:
        self._members: dict[V, M | list[M]] = {}

    def __contains__(self, value: V) -> bool:
        return value in self._members

    @property
    def values(self) -> Collection[V]:
        """The values that somebody has."""
        return self._members.keys()

    def of(self, value: V) -> Sequence[M]:
        """Those that have a value."""
        found = self._members.get(value)
        if isinstance(found, list):
            return found
        return () if found is None else (found,)

    def first(self, value: V) -> M | None:
        found = self._members.get(value)
        return found[0] if isinstance(found, list) else found

    def add(self, value: V, member: M) -> None:
        """Put a member where it stands in the task; quick for one that comes after all others."""
        found = self._members.get(value)
        if found is None:
            self._members[value] = member
            return
        group = self._members[value] = found if isinstance(found, list) else [found]
        if group[-1].path() < member.path():
            group.append(member)
        else:
            insort(group, member, key=lambda other: other.path())

    def remove(self, value: V, member: M) -> None:
        found = self._members[value]
        if not isinstance(found, list):
            del self._members[value]
            return
        found.remove(member)
        if len(found) == 1:
            self._members[value] = found[0]


class Groups(Generic[M]):
    """Members by field and value.

    A member that is not alone in a group is told so by `share(1)`, and by `share(-1)` when it is again. None is the
    value of nobody.
    """

    def __init__(self) -> None:
        self._fields: dict[str, Index[str | int, M]] = {}

    def move(self, member: M, field: str, old: str | int | None, new: str | int | None) -> None:
        """A member's value was `old` and is `new`."""
        if old == new:
            return
        index = self._fields.get(field)
        if index is None:
            index = self._fields[field] = Index()
        if old is not None:
            self._remove(index, old, member)
        if new is not None:
            self._add(index, new, member)

    def first_other(self, member: M, field: str, value: str | int | None) -> M | None:
        """The first in the task, apart from the member itself, to have that value."""
        if value is None or field not in self._fields:
            return None
        return next((other for other in self._fields[field].of(value)[:2] if other is not member), None)

    def _add(self, index: Index[str | int, M], value: str | int, member: M) -> None:
        others = index.of(value)
        if others:
            member.share(1)
        if len(others) == 1:
            others[0].share(1)
        index.add(value, member)

    def _remove(self, index: Index[str | int, M], value: str | int, member: M) -> None:
        index.remove(value, member)
        others = index.of(value)
        if others:
            member.share(-1)
        if len(others) == 1:
            others[0].share(-1)
