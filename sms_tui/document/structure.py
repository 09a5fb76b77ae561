"""Adding and deleting: which list a place adds to, and what a new entry starts with."""

from __future__ import annotations

from typing import NamedTuple

from sms_tui.document.arrange import Arranged, Planned, carry_out
from sms_tui.document.document import Document
from sms_tui.document.edits import EditError, InsertEntry, RemoveValue, SetValue
from sms_tui.document.fresh import new_entry, new_object
from sms_tui.document.identity import entry_name
from sms_tui.document.lists import check_room
from sms_tui.language import _
from sms_tui.schema.paths import ABSENT, Path
from sms_tui.schema.registry import FieldSpec, field_at, kind, kind_at


class Addition(NamedTuple):
    """What `a` would make: `path` is where it will stand, `of` its kind."""

    path: Path
    of: str


def addition_at(document: Document, path: Path) -> Addition | None:
    """What can be added at a place: an entry to the list there, or to the one the entry there holds or stands in;
    the object itself where there is none yet."""
    spec = field_at(path)
    if spec is not None and spec.of is not None:
        return _to_field(document, path, spec)
    known = kind_at(path)
    if known is None or not path:
        return None
    lists = [field for field in known.fields.values() if field.type == "array"]
    if len(lists) == 1 and isinstance(document.value(path), dict):
        return _to_field(document, (*path, lists[0].name), lists[0])
    if isinstance(path[-1], int):
        return Addition((*path[:-1], path[-1] + 1), known.name)
    return None


def _to_field(document: Document, path: Path, spec: FieldSpec) -> Addition | None:
    value = document.value(path)
    assert spec.of is not None
    if spec.type == "object":
        return Addition(path, spec.of) if value is None or value is ABSENT else None
    if isinstance(value, list):
        return Addition((*path, len(value)), spec.of)
    return Addition((*path, 0), spec.of) if value is None or value is ABSENT else None


def add(document: Document, addition: Addition) -> None:
    """Make the addition, as one edit. Raises EditError with the reason if the list is full."""
    carry_out(document, added(document, addition))


def added(document: Document, addition: Addition) -> Planned:
    """What `add` is to do."""
    path, of = addition
    done = Arranged(_("add {label}").format(label=kind(of).label.lower()), (path,))
    if not isinstance(path[-1], int):
        return Planned([SetValue(path, new_object(of))], done)
    there = document.value(path[:-1])
    if not isinstance(there, list):
        return Planned([SetValue(path[:-1], [new_entry(document.current, path[:-1], of)])], done)
    check_room(path[:-1], len(there) + 1)
    return Planned([InsertEntry(path, new_entry(document.current, path[:-1], of))], done)


def delete(document: Document, path: Path) -> str:
    """Delete an entry of a list, or make an object null, as one edit; returns what it did, in words.

    Raises EditError for what cannot be deleted.
    """
    value = document.value(path)
    if path and isinstance(path[-1], int):
        name = entry_name(value, path[-1])
        document.apply(_("delete {name}").format(name=name), RemoveValue(path))
        return _("Deleted {name}.").format(name=name)
    spec = field_at(path)
    if spec is None or spec.type != "object" or spec.required:
        raise EditError(_("Only entries of a list, or an object that may be missing, can be deleted."))
    if value is None or value is ABSENT:
        raise EditError(_("{name} is not there.").format(name=spec.name))
    document.apply(_("delete {label}").format(label=spec.label.lower()), SetValue(path, None))
    return _("{label} is null now.").format(label=spec.label)
