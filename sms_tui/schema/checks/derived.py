"""Rules about an object or list that depend on what is around it: its volumes, its server, the other server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeAlias

from sms_tui.language import N_, _
from sms_tui.schema import registry
from sms_tui.schema.checks.pairing import Pairing
from sms_tui.schema.checks.tree import Finding, ListNode, Node, ObjectNode, warning
from sms_tui.schema.checks.words import OS_NAMES, called, is_size, is_text, listed, size_text
from sms_tui.schema.judge import shown

_Findings: TypeAlias = Iterator[Finding]


def has_rules(node: Node) -> bool:
    """Whether anything at all is looked for around such an object or list."""
    return node.kind in (_LIST_RULES if isinstance(node, ListNode) else _RULES)


def derived_findings(node: Node, pairing: Pairing) -> Sequence[Finding]:
    """What is wrong with an object or list, seen together with its surroundings."""
    if isinstance(node, ListNode):
        list_rule = _LIST_RULES.get(node.kind)
        return tuple(list_rule(node)) if list_rule is not None else ()
    if isinstance(node, ObjectNode) and node.kind in _RULES and isinstance(node.value, dict):
        return tuple(finding for rule in _RULES[node.kind] for finding in rule(node, pairing))
    return ()


def _disk_overfull(disk: ObjectNode, pairing: Pairing) -> _Findings:
    message = N_("{size} is less than its volumes sum to, {sum}")
    return _overfull(disk, "physical_volumes", "volumes-exceed-disk", message)


def _group_overfull(group: ObjectNode, pairing: Pairing) -> _Findings:
    message = N_("{size} is less than its logical volumes sum to, {sum}")
    return _overfull(group, "logical_volumes", "volumes-exceed-group", message)


def _overfull(holder: ObjectNode, field: str, code: str, message: str) -> _Findings:
    size, parts = holder.object().get("size"), holder.field(field)
    if isinstance(parts, ListNode) and is_size(size) and parts.size > size:
        yield warning("size", code, _(message).format(size=size_text(size), sum=size_text(parts.size)))


def _target_too_small(target: ObjectNode, pairing: Pairing) -> _Findings:
    source = pairing.source_of(target)
    size = target.object().get("size")
    used = source.object().get("used_size") if source is not None else None
    if source is not None and is_size(size) and is_size(used) and size < used:
        message = _("{size} is less than what is used of {source}, {used}")
        named = message.format(size=size_text(size), source=called(source), used=size_text(used))
        yield warning("size", "target-disk-too-small", named)


def _no_target(source: ObjectNode, pairing: Pairing) -> _Findings:
    if pairing.lacks_target(source):
        message = _("no target disk belongs to it: none has its name, is related to it or stands at the same place")
        yield warning(None, "no-target-disk", message)


def _os_disks(disks: ListNode) -> _Findings:
    if disks.os_disk_said and disks.os_disk != 1:
        none = _("no disk has os_disk true; one disk is to have it, the system disk")
        several = _("{count} disks have os_disk true; one disk is to have it, the system disk")
        count = disks.os_disk
        yield warning(None, "os-disk-count", several.format(count=count) if count else none)


def _mtu(cards: ListNode) -> _Findings:
    server = cards.parent
    lacking = cards.without_mtu
    if lacking and isinstance(server, ObjectNode) and _os_of(server) == "LINUX":
        one = _("Linux needs mtu, which one network card has not")
        several = _("Linux needs mtu, which {count} network cards have not")
        yield warning(None, "required-for-os", one if lacking == 1 else several.format(count=lacking))


def _needed_by_os(server: ObjectNode, pairing: Pairing) -> _Findings:
    """One finding for all the fields, because a loaded task has next to none of them."""
    system = _os_of(server)
    fields = server.object()
    missing = [spec for spec in _needed(server.kind, system) if fields.get(spec.name) is None] if system else []
    if system and missing:
        names = listed([spec.name for spec in missing])
        message = _("{system} needs {fields}").format(system=OS_NAMES[system], fields=names)
        lists = [spec.name for spec in missing if spec.type == "array"]
        if lists:
            message += _("; where there are no {lists}, write []").format(lists=listed(lists))
        yield warning(None, "required-for-os", message)


@cache
def _needed(kind: str, system: str) -> Sequence[registry.FieldSpec]:
    return [spec for spec in registry.kind(kind).fields.values() if spec.required_for == system]


def _os_differs(server: ObjectNode, pairing: Pairing) -> _Findings:
    """A server against the task, and where the task says nothing the target against the source."""
    mine, tasks = _os_type(server), _os_type(server.parent)
    other, message = tasks, N_("{mine} is not the os_type of the task, {other}")
    task = server.parent
    if tasks is None and server.kind == "TargetServer" and isinstance(task, ObjectNode):
        other = _os_type(task.field("source_server"))
        message = N_("{mine} is not the os_type of the source server, {other}")
    if mine is not None and other is not None and mine != other:
        yield warning("os_type", "os-types-differ", _(message).format(mine=shown(mine), other=shown(other)))


def _os_type(node: Node | None) -> str | None:
    value = node.object().get("os_type") if isinstance(node, ObjectNode) else None
    return value if is_text(value) else None


def _os_of(server: ObjectNode) -> str | None:
    """LINUX or WINDOWS: what the server says, else what the task says."""
    return next((system for system in (_os_type(server), _os_type(server.parent)) if system in OS_NAMES), None)


_RULES: Mapping[str, Sequence[Callable[[ObjectNode, Pairing], _Findings]]] = {
    "PostSourceServerBody": (_needed_by_os, _os_differs),
    "TargetServer": (_needed_by_os, _os_differs),
    "ServerDisk": (_disk_overfull, _no_target),
    "TargetDisk": (_disk_overfull, _target_too_small),
    "VolumeGroups": (_group_overfull,),
}
_LIST_RULES: Mapping[str, Callable[[ListNode], _Findings]] = {
    "ServerDisk": _os_disks,
    "TargetDisk": _os_disks,
    "NetWork": _mtu,
}
