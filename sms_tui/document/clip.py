"""Copy, cut and paste of entries: within a list, between parents, and between the kinds of source and target."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sms_tui.document.arrange import Arranged, Planned, carry_out, paths_of, places, title, without
from sms_tui.document.carry import accepted_by, accepts, carried
from sms_tui.document.document import Document
from sms_tui.document.edits import Change, EditError
from sms_tui.document.fresh import Fresh
from sms_tui.document.lists import Order, check_room, rework
from sms_tui.exactjson import Json, same
from sms_tui.language import _
from sms_tui.schema.paths import ABSENT, Path, value_at
from sms_tui.schema.registry import FieldSpec, field_at, kind, kind_at


class Clip(NamedTuple):
    """Entries of one kind, as they were when they were copied or `cut`, and where they stood; `title` says which."""

    of: str
    entries: tuple[Json, ...]
    sources: tuple[Path, ...]
    cut: bool
    title: str


def copy(document: Document, paths: Iterable[Path]) -> Clip:
    """Entries to be pasted as copies. Raises EditError unless all are of one kind."""
    return _clip(document, paths, cut=False)


def cut(document: Document, paths: Iterable[Path]) -> Clip:
    """Entries to be pasted once, in a new place. They stay where they are until then."""
    return _clip(document, paths, cut=True)


def _clip(document: Document, paths: Iterable[Path], *, cut: bool) -> Clip:
    sources = paths_of(places(document, paths))
    kinds = {known.name if (known := kind_at(path)) is not None else None for path in sources}
    of = kinds.pop()
    if kinds or of is None:
        raise EditError(
            _("Mark entries of one kind to cut them") if cut else _("Mark entries of one kind to copy them")
        )
    entries = tuple(value for path in sources if (value := document.value(path)) is not ABSENT)
    return Clip(of, entries, tuple(sources), cut, title(document, sources))


def paste_path(document: Document, clip: Clip, at: Path) -> Path:
    """Where the first entry would stand, in the task as it is: after the entry `at`, or last in the list that is
    there or in what is there.

    Raises EditError, with the reason, if nothing can be pasted there.
    """
    if at and isinstance(at[-1], int) and document.value(at) is not ABSENT:
        beside = field_at(at[:-1])
        if beside is not None and _takes(beside, clip):
            return (*at[:-1], at[-1] + 1)
    holder, spec = at[:-1], field_at(at)
    if spec is None or not _takes(spec, clip):
        known = kind_at(at)
        within = [spec for spec in known.fields.values() if _takes(spec, clip)] if known is not None else []
        holder, spec = at, within[0] if within else None
    if spec is None:
        kinds = _(" or ").join(_("{kind}s").format(kind=kind(of).label.lower()) for of in accepted_by(clip.of))
        advice = _("{title} cannot be pasted here; go to a list of {kinds}, to an entry of one or its owner")
        raise EditError(advice.format(title=clip.title, kinds=kinds))
    value, list_path = document.value((*holder, spec.name)), (*holder, spec.name)
    if not isinstance(document.value(holder), dict) or not (isinstance(value, list) or value in (None, ABSENT)):
        raise EditError(
            _("{list_path} holds no list to paste into; correct it first").format(
                list_path=document.describe(list_path)
            )
        )
    return (*list_path, len(value) if isinstance(value, list) else 0)


def _takes(spec: FieldSpec, clip: Clip) -> bool:
    return spec.type == "array" and spec.of is not None and accepts(spec.of, clip.of)


def paste(document: Document, clip: Clip, at: Path) -> Arranged:
    """Paste entries, as one edit; what was cut leaves its old place in the same edit.

    Names, indexes and the like that are taken there give way to the next free ones; a copy within its kind has no id.
    Raises EditError if they cannot be pasted there, the list is full, or what was cut is not where it was any more.
    """
    return carry_out(document, pasted(document, clip, at))


def pasted(document: Document, clip: Clip, at: Path) -> Planned:
    """What `paste` is to do."""
    list_path, index = _split(paste_path(document, clip, at))
    cut_here = [source[-1] for source in clip.sources if clip.cut and source[:-1] == list_path]
    task, changes = _cut_out(document, clip) if clip.cut else (document.current, [])
    index -= sum(place < index for place in cut_here if isinstance(place, int))
    there = value_at(task, list_path)
    length, count = len(there) if isinstance(there, list) else 0, len(clip.entries)
    if len(cut_here) < count:
        check_room(list_path, length + count)

    new, dropped = _adopted(task, clip, list_path)
    order = Order([range(index), range(length, length + count), range(index, length)], new)
    after, pasting = rework(task, {list_path: order})
    label, paths = (
        _("paste {title}").format(title=clip.title),
        tuple((*list_path, index + number) for number in range(count)),
    )
    left_behind = {path: names for path, names in zip(paths, dropped, strict=True) if names}
    all_changes = [] if same(after, document.current) else [*changes, *pasting]
    return Planned(all_changes, Arranged(label, paths, left_behind))


def _adopted(task: Json, clip: Clip, list_path: Path) -> tuple[list[Json], list[tuple[str, ...]]]:
    """The entries as they come into a list, and what each of them leaves behind; what stays in its list stays as is."""
    known, fresh = kind_at((*list_path, 0)), Fresh(task)
    assert known is not None
    new, dropped = [], []
    for source, entry in zip(clip.sources, clip.entries, strict=True):
        entry, names = carried(entry, clip.of, known.name)
        if not clip.cut or source[:-1] != list_path:
            entry = fresh.adopted(entry, known.name, list_path, copied=not clip.cut)
        new.append(entry)
        dropped.append(names)
    return new, dropped


def _split(path: Path) -> tuple[Path, int]:
    assert isinstance(path[-1], int)
    return path[:-1], path[-1]


def _cut_out(document: Document, clip: Clip) -> tuple[Json, list[Change]]:
    """The task without what was cut, and the changes that take it out."""
    for source, entry in zip(clip.sources, clip.entries, strict=True):
        if not same(document.value(source), entry):
            raise EditError(_("{title} changed or moved since it was cut; cut it again").format(title=clip.title))
    return rework(document.current, without(document, places(document, clip.sources)))
