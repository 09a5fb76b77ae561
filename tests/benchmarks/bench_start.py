"""How soon the editor can be used, and what a command costs that has no screen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from statistics import median

from figures import Figure
from limit_task import EXAMPLE
from programs import EDITOR_SHOWS, FLOOR_SHOWS, PROGRAM, editor, floor, run_seconds


def measure(rounds: int) -> Sequence[Figure]:
    """Figures of the start; the first round fills caches and does not count."""
    frames, floors, sizes, checks, imports = [], [], [], [], []
    for _ in range(rounds + 1):
        with floor() as bare:
            floors.append(bare.frame(*FLOOR_SHOWS))
        with editor(EXAMPLE) as program:
            frames.append(program.frame(*EDITOR_SHOWS))
            sizes.append(program.received)
        imports.append(run_seconds(sys.executable, "-c", "import pydantic"))
        checks.append(run_seconds(*PROGRAM, "check", str(EXAMPLE)))
    frame, bare_frame, check, imported = (median(times[1:]) for times in (frames, floors, checks, imports))
    return [
        Figure("usable frame of edit --file example.json, against the floor app", frame, "s", bare_frame, ratio=1.2),
        Figure("check example.json, against import pydantic", check, "s", imported, ratio=2),
        Figure("first frame", median(sizes), "B", most=20_000),
    ]
