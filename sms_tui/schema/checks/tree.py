"""A tree beside the task that remembers what was found at each object and list, and how much below it.

Positions are relative to the parent, so that an entry may move in its list without its findings being touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from sms_tui.exactjson import Json
from sms_tui.schema.checks.groups import Groups
from sms_tui.schema.paths import Path
from sms_tui.schema.problems import Severity

Fields: TypeAlias = dict[str, Json]


class Finding(NamedTuple):
    """One broken rule, at a field of the object it is kept with, or at the object (or list) itself."""

    field: str | None
    severity: Severity
    code: str
    message: str


def warning(field: str | None, code: str, message: str) -> Finding:
    """A finding that blocks nothing."""
    return Finding(field, "warning", code, message)


class Node:
    """What is known about one object or list of the task.

    `own` was found by looking at the value alone, `derived` by what is around it. `errors` and `warnings` count the
    findings here and below.
    """

    __slots__ = ("derived", "errors", "kind", "own", "parent", "step", "value", "warnings")

    def __init__(self, parent: Node | None, step: str | int, kind: str, value: Json) -> None:
        self.parent, self.step, self.kind, self.value = parent, step, kind, value
        self.own: Sequence[Finding] = ()
        self.derived: Sequence[Finding] = ()
        self.errors = self.warnings = 0

    def path(self) -> Path:
        steps: list[str | int] = []
        node = self
        while node.parent is not None:
            steps.append(node.step)
            node = node.parent
        return tuple(reversed(steps))

    def set_own(self, findings: Sequence[Finding]) -> None:
        self._recount(self.own, findings)
        self.own = findings

    def set_derived(self, findings: Sequence[Finding]) -> None:
        self._recount(self.derived, findings)
        self.derived = findings

    def count(self, errors: int, warnings: int) -> None:
        """Add to the counts here and of all that contains this."""
        node: Node | None = self
        while node is not None:
            node.errors += errors
            node.warnings += warnings
            if isinstance(node.parent, ListNode):
                node.parent.note(node)
            node = node.parent

    def _recount(self, old: Sequence[Finding], new: Sequence[Finding]) -> None:
        if old or new:
            errors = _errors(new) - _errors(old)
            self.count(errors, len(new) - len(old) - errors)


def _errors(findings: Sequence[Finding]) -> int:
    return sum(finding.severity == "error" for finding in findings)


class ObjectNode(Node):
    """An object of a kind, or whatever else stands where one belongs.

    `fields` are its lists and objects. `shared` counts its values that a sibling (or, a mount point, anything on the
    same server) has too; a server knows all its mount points.
    """

    __slots__ = ("fields", "mounts", "shared")

    def __init__(self, parent: Node | None, step: str | int, kind: str, value: Json) -> None:
        super().__init__(parent, step, kind, value)
        self.fields: Sequence[ObjectNode | ListNode] = ()
        self.mounts: Groups[ObjectNode] | None = None
        self.shared = 0

    def object(self) -> Fields:
        """The value, or an empty object where it is none."""
        return self.value if isinstance(self.value, dict) else {}

    def field(self, name: str) -> ObjectNode | ListNode | None:
        """The list or object of a name; there are at most a handful."""
        for node in self.fields:
            if node.step == name:
                return node
        return None

    def share(self, change: int) -> None:
        self.shared += change
        self.count(0, change)


class ListNode(Node):
    """A list of objects of a kind, with what its entries are known by; `groups` is made when there are two.

    For the rules about a whole list `size` sums volumes, the others count entries. `unsound` are the entries with a
    finding in them, in no order.
    """

    __slots__ = ("entries", "groups", "os_disk", "os_disk_said", "size", "unsound", "without_mtu")

    def __init__(self, parent: Node | None, step: str | int, kind: str, value: Json) -> None:
        super().__init__(parent, step, kind, value)
        self.entries: list[ObjectNode] = []
        self.groups: Groups[ObjectNode] | None = None
        self.size = self.os_disk = self.os_disk_said = self.without_mtu = 0
        self.unsound: set[Node] | None = None

    def note(self, entry: Node) -> None:
        """Take over whether there is a finding in an entry."""
        if entry.errors or entry.warnings:
            if self.unsound is None:
                self.unsound = set()
            self.unsound.add(entry)
        elif self.unsound is not None:
            self.unsound.discard(entry)
