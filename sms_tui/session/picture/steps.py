"""The sub-tasks of a task of any shape, and what is read and said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from sms_tui.api.error_json import explain_error_json
from sms_tui.exactjson import Json, dumps
from sms_tui.language import N_, _
from sms_tui.schema.checks.words import is_size, is_text
from sms_tui.schema.paths import Path
from sms_tui.schema.registry import ROOT, kind
from sms_tui.session.picture.lines import safe

Ending = Literal["ended", "goes on", "stopped", "unknown"]

_Fields: TypeAlias = Mapping[str, Json]
_OWN_END: Ending = "ended"
_SETTLED = frozenset({"MIGRATE_SUCCESS", "SYNC_SUCCESS", "MIGRATE_FAIL", "SYNC_FAIL", "ABORT"})
"""The states in which nothing moves any more."""


class Step(NamedTuple):
    """A sub-task; dates are epoch milliseconds. `until` is where its bar ends.

    `ending` says how: at its own end, or for one that has none at the present, at the end of the task, or somewhere
    between its start and now. `odd` is what to remark about its progress.
    """

    path: Path
    name: str
    progress: int | None
    odd: str
    start: int | None
    end: int | None
    until: int
    ending: Ending
    failed: bool
    speed: str
    trace: str


class Course(NamedTuple):
    """How the steps of a task go on that have begun and not ended."""

    until: int
    ending: Ending
    failed: bool

    @classmethod
    def of(cls, task: Json, now_ms: int) -> Course:
        fields = as_fields(task)
        state, finished = fields.get("state"), date(fields.get("finish_date"))
        if not isinstance(state, str) or state not in _SETTLED:
            return cls(now_ms, "goes on", failed=False)
        failed = state.endswith("_FAIL")
        return cls(now_ms, "unknown", failed) if finished is None else cls(finished, "stopped", failed)


def step(place: int, entry: Json, course: Course) -> Step:
    """One sub-task, as it stands in the list."""
    fields = as_fields(entry)
    name, trace = fields.get("name"), fields.get("process_trace")
    start, end = date(fields.get("start_date")), date(fields.get("end_date"))
    progress, odd = _progress(fields.get("progress"))
    until, ending, failed = end or 0, _OWN_END, False
    if start is not None and end is None:
        finished = progress == 100
        until, ending = (start, "unknown") if finished else (max(start, course.until), course.ending)
        failed = course.failed and not finished
    return Step(
        path=("sub_tasks", place),
        name=safe(name) if is_text(name) else f"[{place}]",
        progress=progress,
        odd=odd if isinstance(entry, dict) else _("not an object"),
        start=start,
        end=end,
        until=until,
        ending=ending,
        failed=failed,
        speed=speed(fields.get("migrate_speed"), "SubTask"),
        trace=trace if is_text(trace) else "",
    )


def _progress(value: Json | None) -> tuple[int | None, str]:
    """A progress from 0 to 100, None if there is none, and what to say of one that was not so."""
    if isinstance(value, int) and not isinstance(value, bool):
        kept = min(max(value, 0), 100)
        return kept, "" if kept == value else _("progress: it says {value} %").format(value=_brief(value))
    return None, "" if value is None else _("progress: it says {value}").format(value=_brief(value))


def speed(value: Json | None, of: str = ROOT) -> str:
    """A speed that is not 0, in the unit of its kind: that of the task differs from that of a sub-task."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and value:
        unit = kind(of).fields["migrate_speed"].unit
        return f"{_brief(value)} {_(unit) if unit else ''}"
    return ""


def duration(ms: int) -> str:
    """`11 s`, `2 min 43 s`, `1 h`, `8 d 3 h`."""
    seconds = max(0, ms) // 1000
    for unit, size, next_unit, next_size in (
        (N_("d"), 86400, N_("h"), 3600),
        (N_("h"), 3600, N_("min"), 60),
        (N_("min"), 60, N_("s"), 1),
    ):
        if seconds >= size:
            rest = seconds % size // next_size
            return f"{seconds // size} {_(unit)}" + (f" {rest} {_(next_unit)}" if rest else "")
    return f"{seconds} {_('s')}"


def failure(task: Json) -> Iterator[str]:
    """What `error_json` says, a text for each failure."""
    return (told.words for told in explain_error_json(as_fields(task).get("error_json")))


def date(value: Json | None) -> int | None:
    """Epoch milliseconds that can be reckoned with."""
    return value if is_size(value) else None


def as_fields(value: Json | None) -> _Fields:
    """The fields of an object; none of anything else."""
    return value if isinstance(value, dict) else {}


def _brief(value: Json) -> str:
    text = safe(dumps(value))
    return text if len(text) <= 20 else f"{text[:17]}..."
