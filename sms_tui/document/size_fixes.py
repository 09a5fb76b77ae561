"""Repairs of sizes that do not go together. An entry's `free_size` follows, and what holds it grows if it must."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sms_tui.document.amounts import exactly, total, whole_gib
from sms_tui.document.edits import Change, SetValue
from sms_tui.document.offer import Offer, called, fields_at
from sms_tui.document.pairs import counterpart, counterparts, entries_of
from sms_tui.exactjson import Json
from sms_tui.language import _
from sms_tui.schema.checks.words import is_size
from sms_tui.schema.paths import Path
from sms_tui.schema.units import format_size


def overfull(task: Json, path: Path) -> Iterator[Offer]:
    """A disk or group whose volumes sum to more than its size: one of them is wrong, or too large, or the disk too
    small."""
    holder = path[:-1]
    size, field = fields_at(task, holder).get("size"), _parts_of(holder)
    parts = entries_of(fields_at(task, holder), field or "")
    if field is None or not is_size(size) or total(parts) <= size:
        return
    there = counterparts(task, (*holder, field))
    excess = total(parts) - size
    meant = {at: size for at, source in there.items() if (size := _size(task, source)) is not None}
    too_much = {at: (_size(task, (*holder, field, at)) or 0) - size for at, size in meant.items()}
    for at in sorted(meant, key=lambda at: -too_much[at]):
        volume = (*holder, field, at)
        if too_much[at] >= excess and _used(task, volume) <= meant[at]:
            yield _as_source(task, volume, meant[at])
    if holder[0] == "target_server":
        must_hold = {at: _used(task, source) for at, source in there.items()}
        room = {(*holder, field, at): _room(parts[at], must_hold.get(at, 0)) for at in range(len(parts))}
        yield from _shrunk(task, room, excess)
    yield from _grown(task, holder, total(parts))


def used_exceeds_size(task: Json, path: Path) -> Iterator[Offer]:
    """Grow what has more in it than it holds."""
    yield from _grown_for(task, path[:-1], _used(task, path[:-1]))


def smaller_than_source(task: Json, path: Path) -> Iterator[Offer]:
    """Grow a target disk that does not hold what is used of its source disk."""
    source = counterpart(task, path[:-1])
    if source is not None:
        yield from _grown_for(task, path[:-1], _used(task, source))


def used_and_free_differ(task: Json, path: Path) -> Iterator[Offer]:
    """Take the size back that both add up to, if it is the source's, or make the free size the rest."""
    entry, fields = path[:-1], fields_at(task, path[:-1])
    size, used, free = fields.get("size"), fields.get("used_size"), fields.get("free_size")
    if not (is_size(size) and is_size(used) and is_size(free)) or used + free == size:
        return
    if used + free == _source_size(task, entry) and not _outgrows(task, entry, used + free):
        yield _as_source(task, entry, used + free)
    yield from rest_is_free(task, path)


def rest_is_free(task: Json, path: Path) -> Iterator[Offer]:
    """Reckon a free size that is wrong or not there."""
    size, used = _size(task, path[:-1]), fields_at(task, path[:-1]).get("used_size")
    if size is not None and is_size(used) and used <= size:
        words = _("set free_size to size - used_size ({rest})").format(rest=format_size(size - used))
        yield Offer(words, (SetValue(path, size - used),))


def _grown_for(task: Json, entry: Path, needed: int) -> Iterator[Offer]:
    """To the size that the source has, if that is enough, else just as far as needed."""
    size, meant = _size(task, entry), _source_size(task, entry)
    if size is None or size >= needed:
        return
    if meant is not None and meant >= needed and not _outgrows(task, entry, meant):
        yield _as_source(task, entry, meant)
    if meant != whole_gib(needed):
        yield from _grown(task, entry, needed)


def _grown(task: Json, entry: Path, needed: int) -> Iterator[Offer]:
    size = whole_gib(needed)
    if size is None:
        return
    words, changes = _resized(task, entry, size)
    if _outgrows(task, entry, size):
        parts = _sum_beside(task, entry) + size
        around = whole_gib(parts)
        if around is None:
            return
        more_words, more_changes = _resized(task, entry[:-2], around, parts)
        words = _("{words}, and {more}").format(words=words, more=more_words)
        changes += more_changes
    yield Offer(_("grow {words}").format(words=words), changes)


def _shrunk(task: Json, room: Mapping[Path, int], by: int) -> Iterator[Offer]:
    """Take what is too much from the volume that has most to give."""
    volume = max(room, key=lambda path: room[path], default=None)
    if volume is not None and room[volume] >= by:
        __, changes = _resized(task, volume, (_size(task, volume) or 0) - by)
        words = _("shrink {what} by {amount}").format(what=called(task, volume), amount=exactly(by))
        yield Offer(words + _freed(changes), changes)


def _room(volume: Json, used_on_source: int) -> int:
    """The bytes by which a volume could be smaller; -1 if what it must hold is not known."""
    size, used = (volume.get("size"), volume.get("used_size")) if isinstance(volume, dict) else (None, None)
    return size - max(used, used_on_source) if is_size(size) and is_size(used) else -1


def _as_source(task: Json, entry: Path, size: int) -> Offer:
    __, changes = _resized(task, entry, size)
    words = _("set size of {what} to {size} as on the source").format(what=called(task, entry), size=exactly(size))
    return Offer(words + _freed(changes), changes)


def _resized(task: Json, entry: Path, size: int, parts: int | None = None) -> tuple[str, tuple[Change, ...]]:
    """Words, and the changes that give an entry a size, and a free size to match if it has one.

    `parts` is the sum of its volumes if that changes too.
    """
    fields = fields_at(task, entry)
    changes: tuple[Change, ...] = (SetValue((*entry, "size"), size),)
    free, used = fields.get("free_size"), fields.get("used_size")
    if _parts_of(entry) == "logical_volumes":
        used = total(entries_of(fields, "logical_volumes")) if parts is None else parts
    if is_size(free) and is_size(used) and used <= size and free != size - used:
        changes = (*changes, SetValue((*entry, "free_size"), size - used))
    words = _("{what} to {size}").format(what=called(task, entry), size=exactly(size))
    return words + _freed(changes), changes


def _freed(changes: tuple[Change, ...]) -> str:
    """What is said of the free size that changes along with a size."""
    free = [change.value for change in changes if isinstance(change, SetValue) and change.path[-1] == "free_size"]
    return _(", its free_size to {size}").format(size=exactly(free[0])) if free and is_size(free[0]) else ""


def _outgrows(task: Json, entry: Path, size: int) -> bool:
    """Whether a volume of that size would no longer fit in what holds it, and does now."""
    if _parts_of(entry) is not None:
        return False
    around, beside = _size(task, entry[:-2]), _sum_beside(task, entry)
    return around is not None and beside + (_size(task, entry) or 0) <= around < beside + size


def _sum_beside(task: Json, entry: Path) -> int:
    parts = entries_of(fields_at(task, entry[:-2]), str(entry[-2]))
    return total(parts) - (_size(task, entry) or 0)


def _parts_of(entry: Path) -> str | None:
    """The list in a disk or group; None for a volume."""
    return {"disks": "physical_volumes", "volume_groups": "logical_volumes"}.get(str(entry[-2]))


def _size(task: Json, entry: Path) -> int | None:
    size = fields_at(task, entry).get("size")
    return size if is_size(size) else None


def _used(task: Json, entry: Path) -> int:
    used = fields_at(task, entry).get("used_size")
    return used if is_size(used) else 0


def _source_size(task: Json, entry: Path) -> int | None:
    """The size that the source's counterpart has."""
    source = counterpart(task, entry)
    return _size(task, source) if source is not None else None
