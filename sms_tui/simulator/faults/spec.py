"""Faults as they are written: `update:reset-after`, `show:status=503*2`, `other-writer=speed_limit:70@2`."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass

from sms_tui.language import N_, _
from sms_tui.simulator.faults.exchange import OPERATIONS, Act, Operation
from sms_tui.simulator.faults.table import KINDS, FaultKind
from sms_tui.simulator.faults.values import FaultError, nearest

__all__ = ["GRAMMAR", "Fault", "FaultError", "explained", "parse"]

GRAMMAR = "[OPERATION:]NAME[=VALUE][@FIRST][*TIMES]"

_SPEC = re.compile(
    r"(?:(?P<operation>[^:=]*):)?(?P<name>[^:=@*]+)(?:=(?P<value>.*?))?"
    r"(?:@(?P<first>[1-9]\d{0,8}))?(?:\*(?P<times>[1-9]\d{0,8}))?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, and when it strikes: of the calls of its operations that reach it, `times` from the `first` on."""

    act: Act
    operations: tuple[Operation, ...]
    first: int = 1
    times: int | None = None

    def strikes(self, count: int) -> bool:
        """Whether it strikes the call that is the `count`-th to reach it, counted from 1."""
        return count >= self.first and (self.times is None or count < self.first + self.times)


def parse(spec: str) -> Fault:
    """Read a fault. Raises FaultError, which names the nearest that is right."""
    found = _SPEC.fullmatch(spec)
    if found is None:
        raise FaultError(_("{spec} is not written as {grammar}").format(spec=f"{spec!r}", grammar=GRAMMAR))
    kind = KINDS.get(found["name"])
    if kind is None:
        raise FaultError(
            _("there is no fault {name}; the nearest is {nearest}").format(
                name=f"{found['name']!r}", nearest=nearest(found["name"], KINDS)
            )
        )
    operations = kind.strikes if found["operation"] is None else (_operation(kind, found["operation"]),)
    act = _act(kind, found["value"])
    return Fault(act, operations, int(found["first"] or 1), int(found["times"]) if found["times"] else None)


def _operation(kind: FaultKind, text: str) -> Operation:
    if text not in OPERATIONS:
        raise FaultError(
            _("there is no operation {text}; the nearest is {nearest}").format(
                text=f"{text!r}", nearest=nearest(text, OPERATIONS)
            )
        )
    if text not in kind.strikes:
        raise FaultError(
            _("{name} never strikes {text}; the nearest is {operation}:{written}").format(
                name=kind.name, text=text, operation=kind.strikes[-1], written=kind.written
            )
        )
    return text


def _act(kind: FaultKind, value: str | None) -> Act:
    if (value is None) == bool(kind.value):
        wants = _("{name} wants a value: write {written}")
        takes_none = _("{name} takes no value: write {written}")
        raise FaultError((wants if kind.value else takes_none).format(name=kind.name, written=kind.written))
    try:
        return kind.make(value or "")
    except FaultError as error:
        raise FaultError(f"{kind.written}: {error}") from None


def explained() -> str:
    """The table for people: how a fault is written, and every fault with its sentence."""
    return "\n".join([_(_HEAD).format(grammar=GRAMMAR), *(_entry(kind) for kind in KINDS.values())])


def _entry(kind: FaultKind) -> str:
    only = _(" ({operations} only)").format(operations=_(" and ").join(kind.strikes))
    words = kind.sentence if kind.strikes == OPERATIONS else kind.sentence + only
    width = 78 - sum(not sign.isascii() for sign in words)  # a Chinese character takes two cells
    return textwrap.fill(words, width, initial_indent=f"  {kind.written:<23} ", subsequent_indent=" " * 26)


_HEAD = N_("""\
A fault is written {grammar}, as in
update:reset-after, show:status=503*2 or list:delay=3@2. OPERATION is list, show
or update (else any). It strikes TIMES calls (else all) from the FIRST that
reaches it on; of several faults the one named first sees a request first.""")
