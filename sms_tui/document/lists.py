"""Lists of a task put in another order, with entries gone and new ones in between: the changes that do it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TypeAlias

from sms_tui.document.edits import Change, EditError, InsertEntry, RemoveValue, SetValue, apply_all
from sms_tui.ends import same_ends
from sms_tui.exactjson import Json
from sms_tui.language import _
from sms_tui.schema.paths import Path, format_path, value_at
from sms_tui.schema.registry import field_at

Rework: TypeAlias = Callable[[list[Json]], list[Json]]


@dataclass(frozen=True, slots=True)
class Order:
    """A list rearranged: its entries by number, those there are from 0 on and the `new` ones after the last of them.

    They are told by runs that stay together, either of the ones or of the others: of 65,535 entries a key moves a few,
    and no other is looked at.
    """

    runs: Sequence[range]
    new: Sequence[Json] = ()

    def __len__(self) -> int:
        return sum(map(len, self.runs))

    def __call__(self, entries: list[Json]) -> list[Json]:
        there = len(entries)
        return list(
            chain.from_iterable(
                self.new[run.start - there : run.stop - there] if run.start >= there else entries[run.start : run.stop]
                for run in self.runs
            )
        )


def neighbours(numbers: Sequence[int]) -> list[range]:
    """The runs that rising numbers make."""
    out: list[range] = []
    for number in numbers:
        if out and out[-1].stop == number:
            out[-1] = range(out[-1].start, number + 1)
        else:
            out.append(range(number, number + 1))
    return out


def rework(task: Json, reworks: Mapping[Path, Rework]) -> tuple[Json, list[Change]]:
    """The task with these lists reworked, and the changes that do it.

    The deepest come first: so the paths, all of the task as it is, stay right until they have had their turn.
    """
    changes: list[Change] = []
    for list_path in sorted(reworks, key=len, reverse=True):
        there = value_at(task, list_path)
        before = there if isinstance(there, list) else []
        after = reworks[list_path](before)
        change = _change(list_path, before, after) if isinstance(there, list) else [SetValue(list_path, after)]
        task, __ = apply_all(task, change)
        changes += change
    return task, changes


def _change(list_path: Path, before: list[Json], after: list[Json]) -> list[Change]:
    """The least change: of one entry where that is all, for undo leads to what changed; else of the whole list."""
    start, end = same_ends(before, after)
    place = (*list_path, start)
    match len(before) - start - end, len(after) - start - end:
        case 0, 0:
            return []
        case 1, 0:
            return [RemoveValue(place)]
        case 0, 1:
            return [InsertEntry(place, after[start])]
        case 1, 1:
            return [SetValue(place, after[start])]
    return [SetValue(list_path, after)]


def followed(orders: Mapping[Path, Order], paths: Iterable[Path]) -> tuple[Path, ...]:
    """Where these places are after the lists were rearranged; a new entry's place is its number in the order."""
    now = {list_path: _places(order) for list_path, order in orders.items()}

    def place(path: Path) -> Path:
        return tuple(
            now[path[:depth]](step) if isinstance(step, int) and path[:depth] in now else step
            for depth, step in enumerate(path)
        )

    return tuple(map(place, paths))


def _places(order: Order) -> Callable[[int], int]:
    """Tells the place of an entry in a list that was rearranged from its number. Raises ValueError if it is gone."""
    starts = accumulate(map(len, order.runs), initial=0)
    runs = sorted((run.start, at, run) for run, at in zip(order.runs, starts, strict=False) if run)

    def place(number: int) -> int:
        _, at, run = runs[bisect_right(runs, number, key=lambda run: run[0]) - 1]
        return at + run.index(number)

    return place


def check_room(list_path: Path, length: int) -> None:
    """Raises EditError, with the reason, if the service does not take a list of that length."""
    spec = field_at(list_path)
    if spec is not None and spec.maximum is not None and length > spec.maximum:
        raise EditError(
            _("{list_path} is full: {maximum} entries is the most the service takes").format(
                list_path=format_path(list_path), maximum=spec.maximum
            )
        )
