"""How messages name things: an entry by what people call it, a size in bytes and for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeGuard

from sms_tui.language import _
from sms_tui.schema import registry
from sms_tui.schema.judge import shown
from sms_tui.schema.paths import Value
from sms_tui.schema.units import format_size

if TYPE_CHECKING:
    from sms_tui.schema.checks.tree import ObjectNode

OS_NAMES = {"LINUX": "Linux", "WINDOWS": "Windows"}
_MOST = 2**63 - 1


def is_size(value: Value) -> TypeGuard[int]:
    """Whether a value is a whole number that can be reckoned with; any other is reported for its own sake."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST


def is_text(value: Value) -> TypeGuard[str]:
    """Whether a value is text that says something."""
    return isinstance(value, str) and value != ""


def size_text(size: int) -> str:
    """`524288000 (500 MiB)`."""
    return f"{size} ({format_size(size)})"


def called(node: ObjectNode, but_not: str | None = None) -> str:
    """An entry of a list by its name, `target disk "Disk 1"`; by its place, `disks[0]`, if it has none to tell it by.

    `but_not` is the field in which two entries are alike, so that it cannot tell them apart.
    """
    name = node.object().get("name")
    if not is_text(name) or but_not == "name" or node.parent is None:
        return f"{node.parent.step if node.parent is not None else ''}[{node.step}]"
    label = registry.kind(node.kind).label
    return f"{label[0].lower()}{label[1:]} {shown(name)}"


def listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=_(", ").join(names[:-1]), last=names[-1])
