"""Who else has the same value: an index for the rules about duplicates."""

from __future__ import annotations

from bisect import insort
from typing import Generic, Protocol, TypeVar

from sms_tui.schema.paths import Path


class Member(Protocol):
    """What can be in a group: it has a place in the task, and counts what it shares."""

    def path(self) -> Path: ...

    def share(self, change: int) -> None: ...


M = TypeVar("M", bound=Member)


def insert_in_order(group: list[M], member: M) -> None:
    """Put a member where it stands in the task; quick for one that comes after all others."""
    if not group or group[-1].path() < member.path():
        group.append(member)
    else:
        insort(group, member, key=lambda other: other.path())


class Groups(Generic[M]):
    """Members by field and value, those of one group in the order of the task.

    A member that is not alone in a group is told so by `share(1)`, and by `share(-1)` when it is again. None is the
    value of nobody.
    """

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str | int | None], list[M]] = {}

    def move(self, member: M, field: str, old: str | int | None, new: str | int | None) -> None:
        """A member's value was `old` and is `new`."""
        if old == new:
            return
        if old is not None:
            self._remove(member, self._groups[field, old])
            if not self._groups[field, old]:
                del self._groups[field, old]
        if new is not None:
            self._add(member, self._groups.setdefault((field, new), []))

    def first_other(self, member: M, field: str, value: str | int | None) -> M | None:
        """The first in the task, apart from the member itself, to have that value."""
        return next((other for other in self._groups.get((field, value), [])[:2] if other is not member), None)

    def _add(self, member: M, group: list[M]) -> None:
        insert_in_order(group, member)
        if len(group) == 2:
            group[0].share(1)
            group[1].share(1)
        elif len(group) > 2:
            member.share(1)

    def _remove(self, member: M, group: list[M]) -> None:
        group.remove(member)
        if group:
            member.share(-1)
        if len(group) == 1:
            group[0].share(-1)
