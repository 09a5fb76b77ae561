"""The disk map: the disks of both servers to one scale, every source disk above its target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sms_tui.exactjson import Json
from sms_tui.schema.paths import Path
from sms_tui.schema.units import format_size
from sms_tui.session.picture.bars import LEAST, Bar, Scale, draw
from sms_tui.session.picture.labels import label
from sms_tui.session.picture.lines import SOLID, PictureLine, Role, Run, cells, clipped, fitted, flowed, wrapped
from sms_tui.session.picture.signs import Signs, signs
from sms_tui.session.picture.stores import Disk, Server, Store, disks_in_order, size_text

MOST = 32
"""Disks that are drawn unless more are asked for."""

_MANY = 1000
_NARROWEST_BAR = 12
_INDENT = " " * len(" source ")
_LONGEST_NAME = 20


def disk_map(
    task: Json,
    width: int,
    *,
    ascii: bool = False,
    focus: Path | None = None,
    most: int = MOST,
    captions: bool = False,
) -> list[PictureLine]:
    """The disks of a task of any shape, in lines of at most `width` cells.

    What is at or above `focus` is marked. `most` disks are drawn, a page of which one is in focus, and the rest is
    counted.
    With `captions`, volumes whose block is too small for its label are named below their disk.
    """
    source, target = Server(task, "source"), Server(task, "target")
    within = _neighbourhood(source, target, focus)
    order = disks_in_order(source, target, within)
    start = _first_shown(order, focus, most)
    shown = order[start : start + most]
    before = sum(len(server.disks[: within.start or 0]) for server in (source, target)) + start
    after = len(source.disks) + len(target.disks) - before - len(shown)
    held = [store for disk in shown for store in disk.stores()]
    loose = (
        [group for server in (source, target) for group in server.loose_groups()] if not before and not after else []
    )
    drawing = _Drawing([*held, *loose[:most]], width, signs(ascii), focus, captions)
    lines = [
        *(line for server in (source, target) if not server.disks for line in _without_disks(server, width)),
        *_counted(before, "disk", "before these"),
        *drawing.lines(),
        *_counted(after, "disk", "after these"),
        *_counted(len(loose) - most, "volume group", "after these"),
        *drawing.legend(),
    ]
    return [clipped(line, width) for line in lines]


def _neighbourhood(source: Server, target: Server, focus: Path | None) -> slice:
    """The disks among which pairs are looked for: all, or of very many some around the one in focus, the same ones for
    its neighbours."""
    if max(len(source.disks), len(target.disks)) <= _MANY:
        return slice(None)
    place = focus[2] if focus is not None and len(focus) > 2 and focus[1] == "disks" else 0
    first = place // MOST * MOST if isinstance(place, int) else 0
    return slice(max(0, first - MOST // 2), first + 3 * MOST // 2)


def _first_shown(order: Sequence[Disk], focus: Path | None, most: int) -> int:
    at = next((at for at, disk in enumerate(order) if disk.path == focus[:3]), 0) if focus else 0
    return max(0, min(at // most * most, len(order) - most))


def _counted(number: int, what: str, where: str) -> Iterator[PictureLine]:
    if number > 0:
        yield (Run(f" {number} more {what}{'' if number == 1 else 's'} {where}", "dim"),)


def _without_disks(server: Server, width: int) -> Iterator[PictureLine]:
    for words in wrapped(f"{server.side} server: the task lists no disks of it", width - 1):
        yield (Run(f" {words}", "dim", server.path),)


def _scale(found: Sequence[Store], room: int) -> Scale:
    """One scale for all; what is over the end of a disk keeps it too, unless that would take most of the room."""
    whole = max((store.extent for store in found), default=0)
    surplus = max((store.surplus for store in found), default=0)
    if not surplus:
        return Scale(whole, room)
    beyond = room * surplus // (whole + surplus) + 1
    if beyond > room // 3:
        beyond = max(2 * LEAST, room // 6)
    return Scale(whole, room - beyond, beyond)


class _Drawing:
    """Disks and groups in lines: a column for what they are called, then their bars."""

    def __init__(self, found: Sequence[Store], width: int, using: Signs, focus: Path | None, captions: bool) -> None:
        self._stores, self._width, self._signs, self._focus, self._captions = found, width, using, focus, captions
        longest = min(_LONGEST_NAME, max(8, width // 4))
        self._name = min(longest, max((cells(store.name) for store in found), default=0))
        self._size = max((len(size_text(store.size)) for store in found), default=0)
        self._scale = _scale(found, width - self._before_bar)
        self._bars: list[Bar] = []

    @property
    def _before_bar(self) -> int:
        return len(_INDENT) + self._name + 1 + self._size + 2

    def lines(self) -> Iterator[PictureLine]:
        for store in self._stores:
            yield from self._drawn(store) if self._scale.cells >= _NARROWEST_BAR else self._listed(store)

    def _drawn(self, store: Store) -> Iterator[PictureLine]:
        bar = draw(store, self._scale, self._signs, self._focus)
        self._bars.append(bar)
        mark = " " if bar.to_scale else self._signs.not_to_scale
        yield (*self._called(store), Run(f" {mark}", "dim", store.path), *bar.runs())
        if store.least is not None:
            yield self._tick(store, bar, store.least)
        if self._captions:
            names = (Run(label(volume, self._signs), "dim", volume.path) for volume in bar.unlabelled)
            yield from flowed(names, self._width, self._before_bar, ", ")
        if bar.summed:
            words = f"{store.name}: the last {bar.summed} volumes share one block, there are too many"
            yield (Run(f"{_INDENT}{words}", "dim", store.path),)
        yield from self._remarks(store)

    def _listed(self, store: Store) -> Iterator[PictureLine]:
        """A disk where there is no room for bars."""
        yield tuple(self._called(store))
        names = (Run(label(volume, self._signs), "plain", volume.path) for volume in store.volumes[:MOST])
        yield from flowed(names, self._width, 4, ", ")
        yield from self._remarks(store)

    def _called(self, store: Store) -> Iterator[Run]:
        focused = self._focus is not None and self._focus[: len(store.path)] == store.path
        role: Role = "focus" if focused else "group" if store.is_group else "plain"
        yield Run(self._signs.focus_left if focused else " ", "focus" if focused else "plain", store.path)
        yield Run(f"{store.side} ", "dim", store.path)
        yield Run(fitted(store.name, self._name, self._signs.cut), role, store.path)
        yield Run(f" {size_text(store.size):>{self._size}}", role, store.path)

    def _tick(self, store: Store, bar: Bar, least: int) -> PictureLine:
        """The mark under a target disk at the smallest size that the service allows for it."""
        fits = least <= store.extent
        at = -(-least * bar.end // store.extent) if fits and store.extent else self._scale.at(least)
        at = max(0, min(at, self._width - self._before_bar) - 1)
        words = f"at least {format_size(least)}"
        role: Role = "tick" if fits else "over"
        sign = self._signs.tick if fits else self._signs.over
        path = (*store.path, "size")
        if self._before_bar + at + len(words) + 2 <= self._width:
            return (Run(" " * (self._before_bar + at)), Run(f"{sign} {words}", role, path))
        return (Run(" " * max(0, self._before_bar + at - len(words) - 1)), Run(f"{words} {sign}", role, path))

    def _remarks(self, store: Store) -> Iterator[PictureLine]:
        if store.surplus:
            what = "logical volumes" if store.is_group else "volumes"
            words = (
                f"{2 * self._signs.over} {store.name}: its {what} take {format_size(store.surplus)} more than it has"
            )
            yield Run(_INDENT), Run(words, "over", (*store.path, "size"))
        if store.loose:
            words = f"{store.name}: its components name none of the volumes above"
            yield Run(_INDENT), Run(words, "dim", (*store.path, "components"))

    def legend(self) -> Iterator[PictureLine]:
        """What the signs mean, of those that occur, and where the scale is not kept."""
        if not any(bar.cells for bar in self._bars):
            return
        roles = {"used" if role in SOLID else role for bar in self._bars for _, role, _ in bar.cells}
        meanings: list[tuple[str, Role, str]] = [
            (self._signs.used, "used", "used"),
            (self._signs.free, "free", "free"),
            (self._signs.unknown, "unknown", "use not known"),
            (self._signs.unallocated, "unallocated", "unallocated"),
            (self._signs.over, "over", "more than there is"),
        ]
        parts = [Run(f"{sign} {words}", "dim") for sign, role, words in meanings if role in roles]
        cell = -(-self._scale.whole // self._scale.cells)
        parts.append(Run(f"a cell is {format_size(cell)}", "dim"))
        if any(bar.widened for bar in self._bars):
            parts.append(Run(f"volumes under {format_size(LEAST * cell)} are drawn wider", "dim"))
        if not all(bar.to_scale for bar in self._bars):
            parts.append(Run(f"{self._signs.not_to_scale} not to scale", "dim"))
        yield from flowed(parts, self._width, 1, "   ")
