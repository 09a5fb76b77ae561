"""The editor over a line of 300 ms each way and 64 kbit/s: bytes, and how long an operator waits for them.

The line is the one of the end-to-end tests. What the program writes is counted; ssh adds some 90 bytes a packet.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from figures import Figure
from limit_task import EXAMPLE
from meter import Answer
from programs import DOWN, EDITOR_SHOWS, ENTER, editor

_SLOW_LINE = Path(__file__).parents[1] / "e2e" / "slow_line.py"
_LINE = (sys.executable, str(_SLOW_LINE), "0.3", "64e3")
_QUIET = 0.8
"""Seconds without a byte after which nothing more is on its way."""
_IDLE = 60.0


def measure(rounds: int) -> Sequence[Figure]:
    """Figures of the first frame, of steps, of characters, and of a minute in which nobody types."""
    frames: list[float] = []
    sizes: list[int] = []
    steps: list[Answer] = []
    typed: list[Answer] = []
    idle = 0
    for _ in range(rounds):
        with editor(EXAMPLE, line=_LINE) as program:
            frames.append(program.frame(*EDITOR_SHOWS, quiet=_QUIET))
            sizes.append(program.received)
            steps += [program.key(DOWN, quiet=_QUIET) for _ in range(9)]
            program.shown_after(f"/speed_limit{ENTER}1", "1 change", quiet=_QUIET)
            typed += [program.key(digit, quiet=_QUIET) for digit in "234"]
            idle = max(idle, program.idle(_IDLE))
    return [
        Figure("slow line: first frame", median(sizes), "B", most=20_000),
        Figure("slow line: first frame, whole", median(frames), "s"),
        *_figures("cursor step, form following", steps, most=600),
        *_figures("character typed", typed, most=120),
        Figure("slow line: an idle minute", idle, "B", most=2_000),
    ]


def _figures(what: str, answers: list[Answer], *, most: int) -> list[Figure]:
    return [
        Figure(f"slow line: {what}", median(answer.size for answer in answers), "B", most=most),
        Figure(f"slow line: {what}, worst", max(answer.size for answer in answers), "B"),
        Figure(f"slow line: {what}, whole", median(answer.last for answer in answers), "ms"),
    ]
