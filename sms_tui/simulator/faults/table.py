"""The table of faults: each with its name, the sentence that explains it, and how it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sms_tui.language import N_, _
from sms_tui.simulator.faults import answers, lines, tasks
from sms_tui.simulator.faults.exchange import OPERATIONS, Act, Operation
from sms_tui.simulator.faults.refusals import STATUSES


@dataclass(frozen=True, slots=True)
class FaultKind:
    """One entry of the table.

    `says` explains it, with the request as "it". `value` is what the value is called, empty where there is none.
    `make` makes what is done from the value as written, or raises FaultError. `strikes` are the operations it can have
    to do with.
    """

    name: str
    value: str
    says: str
    make: Callable[[str], Act]
    strikes: tuple[Operation, ...] = OPERATIONS

    @property
    def sentence(self) -> str:
        """What explains it, in the language in use."""
        return _(self.says).replace("{statuses}", _STATUSES)

    @property
    def written(self) -> str:
        """How it is written, as `delay=SECONDS`."""
        return f"{self.name}={self.value}" if self.value else self.name


def _plain(name: str, says: str, act: Act, strikes: tuple[Operation, ...] = OPERATIONS) -> FaultKind:
    return FaultKind(name, "", says, lambda value: act, strikes)


_STATUSES = ", ".join(map(str, STATUSES))
_UPDATE: tuple[Operation, ...] = ("update",)
_ONE_TASK: tuple[Operation, ...] = ("show", "update")

_TABLE = (
    FaultKind("delay", "SECONDS", N_("it is handled at once, the reply comes SECONDS later"), lines.delay),
    _plain("hang", N_("it is not handled and never answered"), lines.hang),
    FaultKind("drip", "BYTES_PER_SECOND", N_("it is handled, the body of the reply comes in drops"), lines.drip),
    _plain("reset-before", N_("it is not handled, the connection is reset"), lines.reset_before),
    _plain("reset-during", N_("it is handled, the connection is reset in the middle of the reply"), lines.reset_during),
    _plain("reset-after", N_("it is handled, the connection is reset before the reply"), lines.reset_after),
    _plain("truncated", N_("it is handled, the connection is closed in the middle of the reply"), lines.truncated),
    FaultKind("status", "STATUS", N_("it is not handled, the reply is a refusal: {statuses}"), answers.status),
    _plain("error-in-200", N_("it is not handled, the reply is an error under status 200"), answers.error_in_200),
    _plain("not-json", N_("it is handled, the reply is a page of HTML"), answers.not_json),
    _plain("empty", N_("it is handled, the reply has no body"), answers.empty),
    _plain("huge", N_("it is handled, the reply is 64 MB of valid JSON"), answers.huge),
    FaultKind("ignore", "FIELD", N_("it is taken but for this top-level field"), tasks.ignore, _UPDATE),
    _plain("no-change", N_("it is answered as if taken, and changes nothing"), tasks.no_change, _UPDATE),
    _plain("stale", N_("it is taken, the next reading still shows the old task"), tasks.stale, _UPDATE),
    FaultKind(
        "other-writer",
        "FIELD:JSON",
        N_("before it is handled, somebody else sets this field (or path) of the task"),
        tasks.other_writer,
        _ONE_TASK,
    ),
)
KINDS = {kind.name: kind for kind in _TABLE}
