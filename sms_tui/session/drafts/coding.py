"""What a journal says, as records: what it is of, the loaded task, and the steps of its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeGuard, cast

from sms_tui import __version__
from sms_tui.document.body import Body
from sms_tui.document.edits import Change, InsertEntry, MoveEntry, RemoveValue, SetValue
from sms_tui.exactjson import Json, dumps
from sms_tui.language import _
from sms_tui.pieces import pieces
from sms_tui.rereading import Rereader
from sms_tui.schema.paths import ABSENT, Path
from sms_tui.session.drafts.records import Record
from sms_tui.session.drafts.steps import Entry, Made, Step, Typed, Walked, Way
from sms_tui.session.drafts.subject import Subject

FACTS, PART, BASE = "draft", "part", "base"
"""The kinds of the first records: the facts, then the text of the loaded task, parts of it and its end."""


class CodingError(ValueError):
    """A record that is sound but says what no edition of ours writes."""


class Facts(NamedTuple):
    """What a draft is of, and when it was begun (epoch milliseconds)."""

    subject: Subject
    name: str
    started: int
    program: str = __version__


def facts_record(facts: Facts) -> Record:
    """The first record of a journal."""
    return _record(
        FACTS,
        {
            "program": facts.program,
            "place": facts.subject.place,
            "task_id": facts.subject.task_id,
            "name": facts.name,
            "started": facts.started,
        },
    )


def facts_from(record: Record) -> Facts:
    """The facts in a record. Raises CodingError."""
    said = _content(record)
    place, task_id, name = _text(said, "place"), _text(said, "task_id"), _text(said, "name")
    return Facts(Subject(place, task_id), name, _moment(said, "started"), _text(said, "program"))


def base_records(base: Body) -> Iterator[Record]:
    """The loaded task: its text in parts, the last of them told apart."""
    held = ""
    for text in pieces(base):
        if held:
            yield Record(PART, held.encode())
        held = text
    yield Record(BASE, held.encode())


def base_from(text: bytes) -> Body:
    """The loaded task in its text, or the object in a record's. Raises CodingError."""
    try:
        base = Rereader().loads(text)
    except ValueError as error:
        raise CodingError(str(error)) from None
    if not isinstance(base, dict):
        raise CodingError(_("the task is not an object"))
    return base


def step_record(step: Step) -> Record:
    """The record of one step, after those of the loaded task."""
    if isinstance(step, Walked):
        return _record(step.way, {"at": step.at})
    if isinstance(step, Typed):
        return _typed_record(step)
    entry = step.entry
    changes: list[Json] = [_written(change) for change in entry.changes]
    kind = "joined" if step.joined else "edit"
    return _record(kind, {"label": entry.label, "where": entry.where, "at": entry.at, "changes": changes})


def steps_from(records: Iterable[Record]) -> Iterator[Step]:
    """The steps in records. Raises CodingError at the first record that is none."""
    for record in records:
        said = _content(record)
        if record.kind in ("undo", "redo", "drop"):
            yield Walked(cast(Way, record.kind), _moment(said, "at"))
        elif record.kind in ("edit", "joined") and isinstance(changes := said.get("changes"), list) and changes:
            read = tuple(_change(change) for change in changes)
            entry = Entry(_text(said, "label"), read, _text(said, "where"), _moment(said, "at"))
            yield Made(entry, record.kind == "joined")
        elif record.kind == "text":
            yield _typed(said)
        else:
            raise CodingError(_("there is no record {kind}").format(kind=record.kind))


def _typed_record(step: Typed) -> Record:
    said: dict[str, Json] = {"path": list(step.path), "text": step.text, "where": step.where, "at": step.at}
    if step.text is not None and step.origin is not ABSENT:
        said["origin"] = step.origin
    return _record("text", said)


def _typed(said: dict[str, Json]) -> Typed:
    path, text = said.get("path"), said.get("text")
    if not isinstance(path, list) or not isinstance(text, str | None):
        raise CodingError(_("a text that cannot be read"))
    origin = said.get("origin", ABSENT)
    return Typed(_path(path) if path else (), text, origin, _text(said, "where"), _moment(said, "at"))


def _written(change: Change) -> Json:
    path: list[Json] = list(change.path)
    match change:
        case SetValue(_, value, None):
            return ["set", path, value]
        case SetValue(_, value, position):
            return ["set", path, value, position]
        case RemoveValue():
            return ["remove", path]
        case InsertEntry(_, value):
            return ["insert", path, value]
        case MoveEntry(_, to):
            return ["move", path, to]


def _change(written: Json) -> Change:
    match written:
        case ["set", list(path), value]:
            return SetValue(_path(path), value)
        case ["set", list(path), value, position] if _is_index(position):
            return SetValue(_path(path), value, position)
        case ["remove", list(path)]:
            return RemoveValue(_path(path))
        case ["insert", list(path), value]:
            return InsertEntry(_path(path), value)
        case ["move", list(path), to] if _is_index(to) and path and _is_index(path[-1]):
            return MoveEntry(_path(path), to)
    raise CodingError(_("a change that cannot be read"))


def _path(steps: list[Json]) -> Path:
    if not steps or not all(isinstance(step, str) or _is_index(step) for step in steps):
        raise CodingError(_("a path that cannot be read"))
    return tuple(cast("list[str | int]", steps))


def _is_index(value: Json) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _record(kind: str, said: dict[str, Json]) -> Record:
    return Record(kind, dumps(said).encode())


def _content(record: Record) -> dict[str, Json]:
    return base_from(record.payload)


def _text(said: dict[str, Json], key: str) -> str:
    if not isinstance(value := said.get(key), str):
        raise CodingError(_("{key} is no text").format(key=key))
    return value


def _moment(said: dict[str, Json], key: str) -> int:
    if not _is_index(value := said.get(key)):
        raise CodingError(_("{key} is no time").format(key=key))
    return value
