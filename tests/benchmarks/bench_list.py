"""The list of 10,000 tasks: its first page, the rest when it is wanted, and what a letter of the filter costs."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from figures import Figure
from programs import task_list

TASKS = 10_000
_FILTER = "win run 1"


def measure(rounds: int) -> Sequence[Figure]:
    """Figures of the task list."""
    pages, wholes, letters = [], [], []
    for _ in range(rounds):
        with task_list(TASKS) as program:
            pages.append(program.frame(f"200 of {TASKS:,} tasks"))
            wholes.append(program.shown_after("\x1b[F", f"{TASKS:,} tasks"))
            letters += [program.key(letter).last for letter in _FILTER]
            letters += [program.key("\x7f").last for _ in _FILTER]
    return [
        Figure(f"{TASKS:,} tasks: first page on the screen", median(pages), "s"),
        Figure(f"{TASKS:,} tasks: all read", median(wholes), "s"),
        Figure(f"{TASKS:,} tasks: letter of the filter", median(letters), "ms", most=50),
        Figure(f"{TASKS:,} tasks: letter of the filter, slowest", max(letters), "ms", most=50),
    ]
