"""How cost grows with the task: from 10 disks to the reference's limit."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from figures import Figure, table
from limit_task import LIMIT, limit_task
from meter import Answer
from programs import DOWN, EDITOR_SHOWS, ENTER, HERE, HOME, OPEN_DISKS, editor, report

SIZES = (10, 100, 1_000, 10_000, LIMIT)

_TYPED = "abcdefgh"


def measure(rounds: int) -> Sequence[Figure]:
    """Figures of each size; an edit and a key may cost no more at the limit than with ten disks."""
    found: list[Figure] = []
    least: dict[str, float] = {}
    for disks in SIZES:
        runs = [_measured(disks) for _ in range(rounds)]
        for name, unit in _UNITS.items():
            value = median(run[name] for run in runs)
            flat = name in _FLAT
            floor = least.setdefault(name, value) if flat else None
            found.append(Figure(f"{name}, {disks:,} disks", value, unit, floor, ratio=_FLAT.get(name)))
    return found


def growth_table(figures: Sequence[Figure]) -> str:
    """The figures with a column for each number of disks, and whether what should be flat is."""
    rows = []
    for name in _UNITS:
        own = [figure for figure in figures if figure.name.startswith(f"{name}, ")]
        reached = "" if name not in _FLAT else "yes" if all(figure.reached for figure in own) else "NO"
        goal = f"<= {_FLAT[name]:g}x" if name in _FLAT else ""
        rows.append([name, *(figure.cells[1] for figure in own), goal, reached])
    return table(rows, ["disks", *(f"{disks:,}" for disks in SIZES), "goal", "reached"])


_UNITS = {
    "first frame": "s",
    "bytes of the first frame": "B",
    "memory of the editor": "MB",
    "cursor step": "ms",
    "bytes of a step": "B",
    "character": "ms",
    "bytes of a character": "B",
    "read and open": "s",
    "full check": "s",
    "edit and re-check": "ms",
    "diff": "ms",
    "body": "ms",
}
_FLAT = {
    "cursor step": 1.5,
    "bytes of a step": 1.2,
    "character": 1.5,
    "bytes of a character": 1.2,
    "edit and re-check": 2,
}
"""What does not grow: how many times the figure at ten disks it may be, noise counted in."""


def _measured(disks: int) -> dict[str, float]:
    file = limit_task(disks)
    own = report(str(HERE / "inside.py"), str(file))
    with editor(file) as program:
        frame, size = program.frame(*EDITOR_SHOWS, quiet=0.1), program.received
        program.settle()  # until the full check has ended
        for key in OPEN_DISKS:
            program.key(key)
        steps = [program.key(DOWN) for _ in range(13)][5:]
        for key in (HOME, ENTER, _TYPED[0]):
            program.key(key)
        characters = [program.key(key) for key in _TYPED[1:]]
        memory = program.peak_memory
    return {
        "first frame": frame,
        "bytes of the first frame": size,
        "memory of the editor": memory,
        "cursor step": _time(steps),
        "bytes of a step": _size(steps),
        "character": _time(characters),
        "bytes of a character": _size(characters),
        "read and open": own["open"],
        "full check": own["check"],
        "edit and re-check": own["edit"],
        "diff": own["diff"],
        "body": own["body"],
    }


def _time(answers: Sequence[Answer]) -> float:
    """The shortest: what a busy machine adds to the others is no growth."""
    return min(answer.last for answer in answers)


def _size(answers: Sequence[Answer]) -> float:
    return median(answer.size for answer in answers)
