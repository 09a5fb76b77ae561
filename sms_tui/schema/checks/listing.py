"""From what the tree remembers to problems with paths, in the order of the task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from sms_tui.schema.checks.siblings import duplicates
from sms_tui.schema.checks.tree import Finding, ListNode, Node, ObjectNode
from sms_tui.schema.paths import Path
from sms_tui.schema.problems import Problem, Severity


def node_at(root: ObjectNode, path: Path) -> ObjectNode | ListNode | None:
    """The object or list at a path, as far as the schema knows it."""
    here: ObjectNode | ListNode | None = root
    for step in path:
        here = _inside(here, step)
    return here


def at(root: ObjectNode, path: Path) -> list[Problem]:
    """The problems of the value at a path, without those of the values in it."""
    node, of_field = _kept(root, path)
    return [*of_field, *(of_node(node, path) if node is not None else ())]


def under(root: ObjectNode, path: Path) -> list[Problem]:
    """The problems of the value at a path and of all in it, in the order of the task."""
    node, of_field = _kept(root, path)
    return [*of_field, *(within(node, path) if node is not None else ())]


def count(root: ObjectNode, path: Path, severity: Severity | None) -> int:
    """How many problems of a severity, or of any, there are at a path and below it; costs the depth of the path."""
    node, of_field = _kept(root, path)
    inside = 0 if node is None else _count(node, severity)
    return inside + sum(severity in (None, problem.severity) for problem in of_field)


def _inside(node: ObjectNode | ListNode | None, step: str | int) -> ObjectNode | ListNode | None:
    if isinstance(node, ObjectNode):
        return node.field(step) if isinstance(step, str) else None
    if isinstance(node, ListNode) and isinstance(step, int) and 0 <= step < len(node.entries):
        return node.entries[step]
    return None


def _kept(root: ObjectNode, path: Path) -> tuple[ObjectNode | ListNode | None, Sequence[Problem]]:
    """Where problems of the value at a path are kept: the object or list that it is, and those of the field that it is,
    which the object it is in has."""
    if not path:
        return root, ()
    holder = node_at(root, path[:-1])
    node = _inside(holder, path[-1])
    if not isinstance(holder, ObjectNode) or not _count(holder):
        return node, ()
    return node, [_problem(path, finding) for finding in _findings(holder) if finding.field == path[-1]]


def of_node(node: ObjectNode | ListNode, path: Path) -> list[Problem]:
    """The problems of an object or list as a whole."""
    return [_problem(path, finding) for finding in _findings(node) if finding.field is None]


def within(node: ObjectNode | ListNode, path: Path) -> Iterator[Problem]:
    """All problems kept with a node and those in it, in the order in which the task writes the fields."""
    if not node.errors and not node.warnings:
        return
    yield from of_node(node, path)
    if isinstance(node, ListNode):
        for place, _ in unsound(node):
            yield from within(node.entries[place], (*path, place))
        return
    for name, findings in _by_field(node).items():
        yield from (_problem((*path, name), finding) for finding in findings)
        inner = node.field(name)
        if inner is not None:
            yield from within(inner, (*path, name))


def nth(node: ObjectNode | ListNode, path: Path, number: int) -> Problem:
    """One of the problems of `within`, counted from 0; costs the length of the lists on the way to it, not of all."""
    own = of_node(node, path)
    if number < len(own):
        return own[number]
    number -= len(own)
    if isinstance(node, ListNode):
        for place, inside in unsound(node):
            if number < inside:
                return nth(node.entries[place], (*path, place), number)
            number -= inside
        raise IndexError(number)
    for name, findings in _by_field(node).items():
        if number < len(findings):
            return _problem((*path, name), findings[number])
        number -= len(findings)
        inner = node.field(name)
        if inner is not None:
            if number < _count(inner):
                return nth(inner, (*path, name), number)
            number -= _count(inner)
    raise IndexError(number)


def before(node: ObjectNode | ListNode, path: Path) -> int:
    """How many of the problems of `within` come before those of the value at a path; the cost is that of `nth`."""
    if not path:
        return 0
    passed, step = len(of_node(node, ())), path[0]
    if isinstance(node, ListNode):
        if not isinstance(step, int) or not 0 <= step < len(node.entries):
            raise IndexError(step)
        earlier = (entry for entry in node.unsound or () if cast(int, entry.step) < step)
        return passed + sum(map(_count, earlier)) + before(node.entries[step], path[1:])
    for name, findings in _by_field(node).items():
        inner = node.field(name)
        if name == step:
            return passed if len(path) == 1 or inner is None else passed + len(findings) + before(inner, path[1:])
        passed += len(findings) + (0 if inner is None else _count(inner))
    raise IndexError(step)


def unsound(node: ListNode) -> list[tuple[int, int]]:
    """The places of the entries with problems in them, and how many each has."""
    return sorted((cast(int, entry.step), _count(entry)) for entry in node.unsound or ())


def _by_field(node: ObjectNode) -> dict[str, list[Finding]]:
    by_field: dict[str, list[Finding]] = {name: [] for name in node.object()}
    for finding in _findings(node):
        if finding.field is not None:
            by_field.setdefault(finding.field, []).append(finding)
    return by_field


def _count(node: Node, severity: Severity | None = None) -> int:
    if severity is None:
        return node.errors + node.warnings
    return node.errors if severity == "error" else node.warnings


def _findings(node: Node) -> Iterator[Finding]:
    yield from node.own
    yield from node.derived
    if isinstance(node, ObjectNode):
        yield from duplicates(node)


def _problem(path: Path, finding: Finding) -> Problem:
    return Problem(path, finding.severity, finding.code, finding.message)
