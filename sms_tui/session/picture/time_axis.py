"""The sub-tasks of a task as bars on one time axis, and what went wrong in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sms_tui.exactjson import Json
from sms_tui.language import _
from sms_tui.schema.checks.words import is_size
from sms_tui.schema.paths import Path
from sms_tui.schema.units import format_date
from sms_tui.session.picture.lines import PictureLine, Role, Run, cells, clipped, fitted, flowed, safe, wrapped
from sms_tui.session.picture.shares import in_cells
from sms_tui.session.picture.signs import Signs, signs
from sms_tui.session.picture.steps import Course, Step, as_fields, duration, failure, speed, step
from sms_tui.session.summary import progress

MOST = 200
"""Sub-tasks that are listed."""

_NARROWEST_BAR = 10
_LONGEST_NAME = 24


def timeline(task: Json, width: int, now_ms: int, *, ascii: bool = False) -> list[PictureLine]:
    """The sub-tasks of a task of any shape at `now_ms` (epoch milliseconds), in lines of at most `width` cells.

    Those that began come in the order of the task, from their start to their end; those that did not come after them.
    """
    using = signs(ascii)
    entries = as_fields(task).get("sub_tasks")
    course = Course.of(task, now_ms)
    listed = entries if isinstance(entries, list) else []
    steps = [step(place, entry, course) for place, entry in enumerate(listed[:MOST])]
    lines = [*heading(task, course, now_ms, width), *_Axis(steps, width, using, now_ms).lines()]
    if len(listed) > MOST:
        lines.append((Run(_(" {count} more sub-tasks").format(count=len(listed) - MOST), "dim"),))
    if not listed:
        lines.append((Run(_(" The task lists no sub-tasks."), "dim"),))
    lines += _error(task, width, using)
    return [clipped(line, width) for line in lines]


def folded_timeline(
    task: Json, width: int, now_ms: int, *, ascii: bool = False, focus: Path | None = None
) -> list[PictureLine]:
    """How the task stands, and the sub-task in focus, else the one that goes on: two lines at most."""
    entries = as_fields(task).get("sub_tasks")
    course = Course.of(task, now_ms)
    steps = [step(at, entry, course) for at, entry in enumerate(entries[:MOST] if isinstance(entries, list) else ())]
    focused = [one for one in steps if focus is not None and one.path == focus[:2]]
    left = [one for one in steps if (one.progress or 0) < 100]
    begun = [one for one in left if one.start is not None]
    chosen = [*focused, *begun, *left, *steps[-1:]][:1]
    axis = _Axis(steps, width, signs(ascii), now_ms)
    lines = [*list(heading(task, course, now_ms, width))[:1], *(axis.line(one) for one in chosen)]
    return [clipped(line, width) for line in lines]


def heading(task: Json, course: Course, now_ms: int, width: int) -> Iterator[PictureLine]:
    """How the task as a whole stands."""
    fields = as_fields(task)
    done, state = progress(fields.get("sub_tasks")), fields.get("state")
    parts = [Run(safe(state) if isinstance(state, str) and state else _("state not known"), "heading", ("state",))]
    if done is not None:
        parts.append(Run(f"{done} %", "plain", ("sub_tasks",)))
    if pace := speed(fields.get("migrate_speed")):
        parts.append(Run(pace, "plain", ("migrate_speed",)))
    remain = fields.get("remain_seconds")
    if course.ending == "goes on" and is_size(remain):
        parts.append(Run(_("{duration} left").format(duration=duration(remain * 1000)), "plain", ("remain_seconds",)))
        parts.append(
            Run(
                _("until {date}").format(date=format_date((now_ms // 1000 + remain) * 1000)),
                "dim",
                ("remain_seconds",),
            )
        )
    return flowed(parts, width, 1, "   ")


def _error(task: Json, width: int, using: Signs) -> Iterator[PictureLine]:
    for at, told in enumerate(failure(task)):
        for number, text in enumerate(wrapped(told, width - 4)):
            sign = Run(f" {using.failed} " if not at and not number else "   ", "error")
            yield sign, Run(text, "error", ("error_json",))


class _Axis:
    """Where the bars of the sub-tasks stand between the first start and the last end."""

    def __init__(self, steps: Sequence[Step], width: int, using: Signs, now_ms: int) -> None:
        self._steps, self._width, self._signs, self._now = steps, width, using, now_ms
        begun = [step for step in steps if step.start is not None]
        self._first = min((step.start or 0 for step in begun), default=0)
        self._last = max((max(step.until, step.start or 0) for step in begun), default=0)
        self._name = min(_LONGEST_NAME, max(8, width // 3), max((cells(step.name) for step in steps), default=0))
        self._time = max((cells(time_text(step)) for step in steps), default=0)
        beside = max((cells(step.speed) for step in begun), default=0)
        room = width - self._before_bar - self._time - beside - 3
        self._cells = room if begun and room >= _NARROWEST_BAR else 0

    @property
    def _before_bar(self) -> int:
        return 3 + self._name + len(" 100 % ")

    def lines(self) -> Iterator[PictureLine]:
        begun = [step for step in self._steps if step.start is not None]
        for one in begun:
            yield self.line(one)
            yield from self._details(one)
        if self._cells:
            yield self._dates()
        for one in self._steps:
            if one.start is None:
                yield self._called(one, ())
                yield from self._details(one)

    def line(self, one: Step) -> PictureLine:
        """A sub-task without what there is to say of it."""
        return self._called(one, self._bar(one))

    def _called(self, one: Step, bar: Sequence[Run]) -> PictureLine:
        role: Role = "error" if one.failed else "dim" if one.start is None else "plain"
        done = "  ? %" if one.progress is None else f"{one.progress:>3} %"
        return (
            Run(f" {self._signs.failed if one.failed else ' '} ", "error", one.path),
            Run(f"{fitted(one.name, self._name, self._signs.cut)} {done} ", role, one.path),
            *bar,
            Run(f" {fitted(time_text(one), self._time, self._signs.cut)}  {one.speed}".rstrip(), role, one.path),
        )

    def _bar(self, one: Step) -> Sequence[Run]:
        if not self._cells or one.start is None:
            return ()
        span = self._last - self._first
        start = min(in_cells(one.start - self._first, span, self._cells), self._cells - 1)
        end = min(max(start + 1, in_cells(one.until - self._first, span, self._cells)), self._cells)
        body = self._body(one, end - start)
        return (Run(" " * start), *body, Run(" " * (self._cells - end)))

    def _body(self, one: Step, width: int) -> Iterator[Run]:
        path: Path = one.path
        tips = {"goes on": self._signs.goes_on, "stopped": self._signs.failed, "unknown": self._signs.unknown}
        tip = tips.get(one.ending, "")
        room = width - len(tip)
        if one.progress is None:
            yield Run(self._signs.unknown * room, "unknown", path)
        else:
            solid = in_cells(one.progress, 100, room)
            yield Run(self._signs.used * solid, "used", path)
            yield Run(self._signs.free * (room - solid), "free", path)
        yield Run(tip, "over" if one.failed else "tick", path)

    def _dates(self) -> PictureLine:
        words = _("{first} to {last} (now)") if self._last == self._now else _("{first} to {last}")
        words = words.format(first=format_date(self._first), last=format_date(self._last))
        at = min(self._before_bar, max(0, self._width - cells(words)))
        return (Run(" " * at), Run(words, "dim"))

    def _details(self, one: Step) -> Iterator[PictureLine]:
        """What the sub-task says of itself, in full, and what is odd about it."""
        if one.odd:
            yield (Run("     "), Run(one.odd, "warning", (*one.path, "progress")))
        if one.start is not None and one.end is not None and one.end < one.start:
            yield (Run("     "), Run(_("it ends before it starts"), "warning", (*one.path, "end_date")))
        for text in wrapped(one.trace, self._width - 6):
            yield (Run("     "), Run(text, "error" if one.failed else "dim", (*one.path, "process_trace")))


def time_text(one: Step) -> str:
    """How long a sub-task took so far, or why that is not known."""
    if one.start is None:
        return _("not started") if one.end is None else _("start not known")
    if one.ending == "unknown":
        return _("end not known")
    return duration(one.until - one.start)
