"""A task as a page to read: for a demo, a ticket, a chat."""

from __future__ import annotations

from collections.abc import Iterator

from sms_tui.document.identity import describe
from sms_tui.exactjson import Json, dumps
from sms_tui.language import N_, _
from sms_tui.schema.checks.checker import check
from sms_tui.schema.checks.words import is_size, is_text
from sms_tui.schema.paths import Path
from sms_tui.schema.problems import Problem
from sms_tui.schema.registry import ROOT, kind
from sms_tui.schema.units import format_date
from sms_tui.session.picture.disks import DiskMap
from sms_tui.session.picture.lines import PictureLine, Run, clipped, fitted, safe, wrapped
from sms_tui.session.picture.signs import Signs, signs
from sms_tui.session.picture.steps import as_fields
from sms_tui.session.picture.time_axis import timeline

_BLANK: PictureLine = ()
_WORD_COLUMN = 13
_MOST_PROBLEMS = 100
_DATES = (
    (N_("Created"), "create_date"),
    (N_("Started"), "start_date"),
    (N_("Expected"), "estimate_complete_time"),
    (N_("Finished"), "finish_date"),
)


def page(task: Json, width: int, now_ms: int, ascii: bool = False) -> list[PictureLine]:
    """All that matters of a task of any shape at `now_ms` (epoch milliseconds), in lines of at most `width` cells."""
    using = signs(ascii)
    lines = [
        *_title(task, width, using),
        _BLANK,
        _heading(_("Disks")),
        *DiskMap().lines(task, width, ascii=ascii, captions=True),
        _BLANK,
        _heading(_("Sub-tasks")),
        *timeline(task, width, now_ms, ascii=ascii),
        _BLANK,
        *_problems(task, width, using),
    ]
    return [clipped(line, width) for line in lines]


def _heading(words: str) -> PictureLine:
    return (Run(words, "heading"),)


def _title(task: Json, width: int, using: Signs) -> Iterator[PictureLine]:
    fields = as_fields(task)
    name, id_ = fields.get("name"), fields.get("id")
    for text in wrapped(name if is_text(name) else _("A task without a name"), width):
        yield (Run(text, "heading", ("name",)),)
    if is_text(id_):
        yield (Run(safe(id_), "dim", ("id",)),)
    yield _BLANK
    servers = f"{_server(task, 'source')} {using.becomes} {_server(task, 'target')}"
    rows: list[tuple[str, str, Path]] = [
        (_("State"), _shown(task, "state"), ("state",)),
        (_("Moves"), _moves(task), ("type",)),
        (_("Servers"), servers, ("source_server",)),
        (_("Speed limit"), _speed_limit(task), ("speed_limit",)),
        (_("Priority"), _shown(task, "priority"), ("priority",)),
    ]
    rows += [(_(word), _date(task, key), (key,)) for word, key in _DATES if fields.get(key) is not None]
    for word, text, path in rows:
        yield from _row(word, text, path, width, using)


def _row(word: str, text: str, path: Path, width: int, using: Signs) -> Iterator[PictureLine]:
    for number, part in enumerate(wrapped(text, width - _WORD_COLUMN)):
        yield Run(fitted("" if number else word, _WORD_COLUMN, using.cut), "dim", path), Run(part, "plain", path)


def _moves(task: Json) -> str:
    """`Windows, disk block by disk block`."""
    return _("{system}, {type}").format(system=_shown(task, "os_type"), type=_shown(task, "type"))


def _server(task: Json, side: str) -> str:
    """A server's name, address and system, as far as they are known."""
    server = as_fields(as_fields(task).get(f"{side}_server"))
    name, address, system = server.get("name"), server.get("ip"), server.get("os_version")
    beside = ", ".join(text for text in (address, system) if is_text(text))
    nameless = _("source server without a name") if side == "source" else _("target server without a name")
    called = name if is_text(name) else nameless
    return f"{called} ({beside})" if beside else called


def _speed_limit(task: Json) -> str:
    value = as_fields(task).get("speed_limit")
    return _("no limit") if value == 0 and is_size(value) else _shown(task, "speed_limit")


def _shown(task: Json, key: str) -> str:
    """A value of the task in words: what it means where the reference says so, else with its unit."""
    value, spec = as_fields(task).get(key), kind(ROOT).fields[key]
    if value is None or value == "":
        return _("not known")
    text = value if isinstance(value, str) else dumps(value)
    if meaning := spec.meanings.get(text):
        return meaning
    return f"{text} {_(spec.unit)}" if spec.unit and is_size(value) else text


def _date(task: Json, key: str) -> str:
    value = as_fields(task).get(key)
    return format_date(value) if is_size(value) else dumps(value)


def _problems(task: Json, width: int, using: Signs) -> Iterator[PictureLine]:
    found = check(task)
    yield _heading(_("Problems"))
    if not found:
        yield (Run(_(" None found.")),)
    for problem in found[:_MOST_PROBLEMS]:
        yield from _problem(task, problem, width, using)
    if len(found) > _MOST_PROBLEMS:
        more = _(" {count} more; sms-tui check lists them all").format(count=len(found) - _MOST_PROBLEMS)
        yield (Run(more, "dim"),)


def _problem(task: Json, problem: Problem, width: int, using: Signs) -> Iterator[PictureLine]:
    sign = using.failed if problem.severity == "error" else using.warning
    where = describe(problem.path, task) or _("task")
    told = _("{where}: {message}").format(where=where, message=problem.message)
    told = told.replace("›", using.part_of).replace("…", using.cut)
    for number, text in enumerate(wrapped(told, width - 3)):
        yield Run(f" {' ' if number else sign} ", problem.severity, problem.path), Run(text, "plain", problem.path)
