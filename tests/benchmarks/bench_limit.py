"""The task at the reference's limit: opening, memory, keys while it is checked, one edit, finding."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from statistics import median

from figures import Figure
from limit_task import LIMIT, limit_task
from meter import Terminal
from programs import (
    DOWN,
    EDITOR_SHOWS,
    ENTER,
    ESCAPE,
    HERE,
    OPEN_DISKS,
    REDO,
    UNDO,
    UP,
    editor,
    plain_loads,
    report,
)

_CHECKING = 15.0
"""Seconds after the first frame in which keys are pressed; the full check takes about as long."""
_BETWEEN_KEYS = 0.03


def measure(rounds: int) -> Sequence[Figure]:
    """Figures of the limit task, with and without a terminal.

    A machine that others share stands still for tens of milliseconds now and then. What makes a key slow in the editor
    does so in each round: the slowest key is that of the round in which it was the least.
    """
    file = limit_task()
    frames, finds, memories, delays, loads, inside, edits = [], [], [], [], [], [], []
    for _ in range(rounds):
        loads.append(plain_loads(file))
        with editor(file) as program:
            frames.append(program.frame(*EDITOR_SHOWS, quiet=0.1))
            delays.append(list(_delays(program)))
            program.settle()  # until the full check has ended
            finds.append(_find(program))
            memories.append(program.peak_memory)
            program.key(ESCAPE)
            edits.append(_edited(program))
        inside.append(report(str(HERE / "inside.py"), str(file)))
    own = {name: median(each[name] for each in inside) for name in inside[0]}
    plain = {name: median(each[name] for each in loads) for name in loads[0]}
    return [
        Figure("limit task: usable frame, against json.loads", median(frames), "s", plain["seconds"], ratio=1.5),
        Figure("limit task: peak memory, against json.loads", median(memories), "MB", plain["memory"], ratio=1.3),
        Figure("limit task: slowest key while it is checked", min(map(max, delays)), "ms", most=50),
        Figure("limit task: the same, with what else the machine did", max(map(max, delays)), "ms"),
        Figure("limit task: usual key while it is checked", median(map(median, delays)), "ms"),
        *(Figure(f"limit task: {name}, slowest", _slowest(edits, name), "ms", most=50) for name in edits[0]),
        Figure("limit task: find a value, keys to result", median(finds), "s", most=1),
        Figure("limit task: find a value, in process", own["find"], "s", most=1),
        Figure("limit task: read and open, in process", own["open"], "s", plain["seconds"]),
        Figure("limit task: full check, in process", own["check"], "s"),
        Figure("limit task: one edit and its re-check", own["edit"], "ms", most=2),
        Figure("limit task: diff and body of one change", own["diff"] + own["body"], "ms", most=100),
        Figure("limit task: peak memory of the document alone", own["memory"], "MB", plain["memory"], ratio=1.3),
    ]


def _slowest(rounds: Sequence[dict[str, list[float]]], name: str) -> float:
    """The slowest of some keys, each as fast as it was in any round."""
    return max(map(min, zip(*(answers[name] for answers in rounds), strict=True)))


def _delays(program: Terminal) -> Iterator[float]:
    """Milliseconds from a key to the first byte, for keys pressed one after the other."""
    end = time.perf_counter() + _CHECKING
    for step in itertools.cycle([DOWN] * 10 + [UP] * 10):
        if time.perf_counter() > end:
            return
        yield program.first_byte(step)
        program.idle(_BETWEEN_KEYS)


def _edited(program: Terminal) -> dict[str, list[float]]:
    """Milliseconds of keys that work on a whole list: to the last byte, or the first where a thread does the rest."""
    for key in (*OPEN_DISKS, *[DOWN] * 6):
        program.key(key)
    changed = [program.key(key).last for key in ("d", UNDO, REDO, UNDO, "J", UNDO)]
    program.key("x")
    program.key(DOWN)
    changed += [program.key(key).last for key in ("v", UNDO)]
    program.key("t")
    program.key("/")
    filtered = [program.key(letter).first for letter in "disk 6"]
    for key in (ENTER, ESCAPE):
        program.key(key)
    filtered.append(program.key("s").first)
    program.key(ESCAPE)
    drawn = [program.key("P").first]
    program.key(ESCAPE)
    return {"a disk deleted, moved, pasted": changed, "the table filtered, sorted": filtered, "where disks go": drawn}


def _find(program: Terminal) -> float:
    """Seconds from typing a part of one disk's UUID to seeing that disk among the matches."""
    disk = LIMIT * 9 // 10
    program.key("/")
    return program.shown_after(f"{disk:08x}-0000", f"Disk {disk}")
