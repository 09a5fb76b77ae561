"""The disk map: the disks of both servers to one scale, every source disk above its target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from sms_tui.exactjson import Json
from sms_tui.language import N_, _, ngettext
from sms_tui.schema.paths import Path, value_at
from sms_tui.schema.units import format_size
from sms_tui.session.picture.bars import LEAST, Bar, Scale, draw, in_focus
from sms_tui.session.picture.labels import label
from sms_tui.session.picture.lines import SOLID, PictureLine, Role, Run, cells, clipped, fitted, flowed, wrapped
from sms_tui.session.picture.signs import Signs, signs
from sms_tui.session.picture.stores import Disk, Server, Store, disks_in_order, is_focused, size_text, stores

MOST = 32
"""Disks that are drawn unless more are asked for."""

_MANY = 1000
_NARROWEST_BAR = 12
NO_DISKS = {
    "source": N_("source server: the task lists no disks of it"),
    "target": N_("target server: the task lists no disks of it"),
}
_SIDES = {"source": N_("source"), "target": N_("target")}
_SIDE = len("source")
"""Cells for the side of a disk, in any language."""
_INDENT = " " * (_SIDE + 2)
_LONGEST_NAME = 20


class DiskMap:
    """The disk map of a task, drawn anew as a cursor goes about in it: of what stays the same only once."""

    def __init__(self) -> None:
        self._asked: tuple[object, ...] = ()
        self._order: Sequence[Disk] = ()
        self._places: Mapping[Path, int] = {}
        self._page: _Page | None = None

    def lines(
        self,
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
        within = _neighbourhood(task, focus)
        asked = (*(_Same(value_at(task, (f"{side}_server",))) for side in _SIDES), within, width, ascii, most, captions)
        if asked != self._asked:
            self._asked, self._page = asked, None
            self._order = disks_in_order(Server(task, "source"), Server(task, "target"), within)
            self._places = {disk.path: at for at, disk in enumerate(self._order)}
        at = self._places.get(focus[:3], 0) if focus else 0
        start = max(0, min(at // most * most, len(self._order) - most))
        if self._page is None or self._page.start != start:
            self._page = _Page(task, self._order, start, most, within.start or 0, width, signs(ascii), captions)
        return self._page.lines(focus)


class _Same:
    """A value that is equal to itself only: no edit changes one in place."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._value is other._value


class _Page:
    """So many disks from `start` on, of those in an order that begins with disk `first` of each server."""

    def __init__(
        self,
        task: Json,
        order: Sequence[Disk],
        start: int,
        most: int,
        first: int,
        width: int,
        using: Signs,
        captions: bool,
    ) -> None:
        self.start, self._width = start, width
        source, target = Server(task, "source"), Server(task, "target")
        shown = order[start : start + most]
        before = sum(len(server.disks[:first]) for server in (source, target)) + start
        after = len(source.disks) + len(target.disks) - before - len(shown)
        held = [store for found in stores(shown, source, target) for store in found]
        loose = [] if before or after else [group for server in (source, target) for group in server.loose_groups()]
        self._stores = [*held, *loose[:most]]
        self._drawing = _Drawing(self._stores, width, using, captions)
        missing = [line for server in (source, target) if not server.disks for line in _without_disks(server, width)]
        self._above = self._clipped(
            [
                *missing,
                *_counted(
                    before,
                    ngettext(" {count} more disk before these", " {count} more disks before these", before),
                ),
            ]
        )
        more = len(loose) - most
        self._plain = [self._clipped(self._drawing.lines_of(store)) for store in self._stores]
        self._below = self._clipped(
            [
                *_counted(
                    after,
                    ngettext(" {count} more disk after these", " {count} more disks after these", after),
                ),
                *_counted(
                    more,
                    ngettext(" {count} more volume group after these", " {count} more volume groups after these", more),
                ),
                *self._drawing.legend(),
            ]
        )

    def lines(self, focus: Path | None) -> list[PictureLine]:
        """All lines, what is at or above `focus` marked."""
        drawn = (
            self._clipped(self._drawing.lines_of(store, focus)) if is_focused(store, focus) else plain
            for store, plain in zip(self._stores, self._plain, strict=True)
        )
        return [*self._above, *chain.from_iterable(drawn), *self._below]

    def _clipped(self, lines: Iterable[PictureLine]) -> list[PictureLine]:
        return [clipped(line, self._width) for line in lines]


def folded_map(task: Json, width: int, *, ascii: bool = False, focus: Path | None = None) -> list[PictureLine]:
    """The disk in focus, else the first, above it the source disk that it takes or below it the target disk that takes
    it: two lines at most, the one in focus marked."""
    source, target = Server(task, "source"), Server(task, "target")
    order = disks_in_order(source, target, _neighbourhood(task, focus))
    shown = _pair(order, focus)
    found = [list(held)[-1] for held in stores(shown, source, target)]
    drawing = _Drawing(found, width, signs(ascii), captions=False)
    missing = [line for server in (source, target) if not server.disks for line in _without_disks(server, width)]
    return [clipped(line, width) for line in [*missing[: 2 - len(shown)], *drawing.briefly(focus)]]


def _pair(order: Sequence[Disk], focus: Path | None) -> Sequence[Disk]:
    """The disk in focus, else the first, after the source disk that it takes or before the first target disk that
    takes it."""
    at = next((at for at, disk in enumerate(order) if focus is not None and disk.path == focus[:3]), 0)
    here = order[at : at + 1]
    if here and here[0].paired:
        return [*[disk for disk in order[:at] if disk.path[0] == "source_server"][-1:], *here]
    return [*here, *(disk for disk in order[at + 1 : at + 2] if disk.paired)]


def _neighbourhood(task: Json, focus: Path | None) -> slice:
    """The disks among which pairs are looked for: all, or of very many some around the one in focus, the same ones for
    its neighbours."""
    disks = (value_at(task, (f"{side}_server", "disks")) for side in _SIDES)
    if max(len(found) if isinstance(found, list) else 0 for found in disks) <= _MANY:
        return slice(None)
    place = focus[2] if focus is not None and len(focus) > 2 and focus[1] == "disks" else 0
    first = place // MOST * MOST if isinstance(place, int) else 0
    return slice(max(0, first - MOST // 2), first + 3 * MOST // 2)


def _counted(number: int, words: str) -> Iterator[PictureLine]:
    if number > 0:
        yield (Run(words.format(count=number), "dim"),)


def _without_disks(server: Server, width: int) -> Iterator[PictureLine]:
    for words in wrapped(_(NO_DISKS[server.side]), width - 1):
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

    def __init__(self, found: Sequence[Store], width: int, using: Signs, captions: bool) -> None:
        self._stores, self._width, self._signs, self._captions = found, width, using, captions
        longest = min(_LONGEST_NAME, max(8, width // 4))
        self._name = min(longest, max((cells(store.name) for store in found), default=0))
        self._size = max((len(size_text(store.size)) for store in found), default=0)
        self._scale = _scale(found, width - self._before_bar)
        self._bars: dict[Path, Bar] = {}

    @property
    def _before_bar(self) -> int:
        return len(_INDENT) + self._name + 1 + self._size + 2

    def lines_of(self, store: Store, focus: Path | None = None) -> Iterator[PictureLine]:
        """One of the disks or groups."""
        is_drawn = self._scale.cells >= _NARROWEST_BAR
        return self._drawn(store, focus) if is_drawn else self._listed(store, focus)

    def briefly(self, focus: Path | None) -> Iterator[PictureLine]:
        """One line for each."""
        for store in self._stores:
            if self._scale.cells >= _NARROWEST_BAR:
                yield self._with_bar(store, self._bar(store, focus), focus)
            else:
                yield tuple(self._called(store, focus))

    def _bar(self, store: Store, focus: Path | None) -> Bar:
        """The bar of a disk or group, which differs only where the cursor is on one of its volumes."""
        focused = in_focus(store, focus)
        if focused is not None:
            return draw(store, self._scale, self._signs, focused)
        if store.path not in self._bars:
            self._bars[store.path] = draw(store, self._scale, self._signs)
        return self._bars[store.path]

    def _with_bar(self, store: Store, bar: Bar, focus: Path | None) -> PictureLine:
        mark = " " if bar.to_scale else self._signs.not_to_scale
        return (*self._called(store, focus), Run(f" {mark}", "dim", store.path), *bar.runs)

    def _drawn(self, store: Store, focus: Path | None) -> Iterator[PictureLine]:
        bar = self._bar(store, focus)
        yield self._with_bar(store, bar, focus)
        if store.least is not None:
            yield self._tick(store, bar, store.least)
        if self._captions:
            names = (Run(label(volume, self._signs), "dim", volume.path) for volume in bar.unlabelled)
            yield from flowed(names, self._width, self._before_bar, ", ")
        if bar.summed:
            words = _("{name}: the last {count} volumes share one block, there are too many")
            words = words.format(name=store.name, count=bar.summed)
            yield (Run(f"{_INDENT}{words}", "dim", store.path),)
        yield from self._remarks(store)

    def _listed(self, store: Store, focus: Path | None) -> Iterator[PictureLine]:
        """A disk where there is no room for bars."""
        yield tuple(self._called(store, focus))
        names = (Run(label(volume, self._signs), "plain", volume.path) for volume in store.volumes[:MOST])
        yield from flowed(names, self._width, 4, ", ")
        yield from self._remarks(store)

    def _called(self, store: Store, focus: Path | None) -> Iterator[Run]:
        focused = is_focused(store, focus)
        role: Role = "focus" if focused else "group" if store.is_group else "plain"
        yield Run(self._signs.focus_left if focused else " ", "focus" if focused else "plain", store.path)
        yield Run(f"{fitted(_(_SIDES[store.side]), _SIDE, self._signs.cut)} ", "dim", store.path)
        yield Run(fitted(store.name, self._name, self._signs.cut), role, store.path)
        yield Run(f" {size_text(store.size):>{self._size}}", role, store.path)

    def _tick(self, store: Store, bar: Bar, least: int) -> PictureLine:
        """The mark under a target disk at the smallest size that the service allows for it."""
        fits = least <= store.extent
        at = -(-least * bar.end // store.extent) if fits and store.extent else self._scale.at(least)
        at = max(0, min(at, self._width - self._before_bar) - 1)
        words = _("at least {size}").format(size=format_size(least))
        role: Role = "tick" if fits else "over"
        sign = self._signs.tick if fits else self._signs.over
        path = (*store.path, "size")
        if self._before_bar + at + cells(words) + 2 <= self._width:
            return (Run(" " * (self._before_bar + at)), Run(f"{sign} {words}", role, path))
        return (Run(" " * max(0, self._before_bar + at - cells(words) - 1)), Run(f"{words} {sign}", role, path))

    def _remarks(self, store: Store) -> Iterator[PictureLine]:
        if store.surplus:
            words = _("{name}: its volumes take {size} more than it has")
            if store.is_group:
                words = _("{name}: its logical volumes take {size} more than it has")
            words = words.format(name=store.name, size=format_size(store.surplus))
            yield Run(_INDENT), Run(f"{2 * self._signs.over} {words}", "over", (*store.path, "size"))
        if store.loose:
            words = _("{name}: its components name none of the volumes above").format(name=store.name)
            yield Run(_INDENT), Run(words, "dim", (*store.path, "components"))

    def legend(self) -> Iterator[PictureLine]:
        """What the signs mean, of those that occur, and where the scale is not kept."""
        bars = self._bars.values()
        if not any(bar.runs for bar in bars):
            return
        roles = {"used" if role in SOLID else role for bar in bars for _, role, _ in bar.runs}
        meanings: list[tuple[str, Role, str]] = [
            (self._signs.used, "used", _("used")),
            (self._signs.free, "free", _("free")),
            (self._signs.unknown, "unknown", _("use not known")),
            (self._signs.unallocated, "unallocated", _("unallocated")),
            (self._signs.over, "over", _("more than there is")),
        ]
        parts = [Run(f"{sign} {words}", "dim") for sign, role, words in meanings if role in roles]
        cell = -(-self._scale.whole // self._scale.cells)
        if cell:  # no size is known where it is 0
            parts.append(Run(_("a cell is {cell}").format(cell=format_size(cell)), "dim"))
        if cell and any(bar.widened for bar in bars):
            parts.append(Run(_("volumes under {size} are drawn wider").format(size=format_size(LEAST * cell)), "dim"))
        if not all(bar.to_scale for bar in bars):
            parts.append(Run(f"{self._signs.not_to_scale} {_('not to scale')}", "dim"))
        yield from flowed(parts, self._width, 1, "   ")
