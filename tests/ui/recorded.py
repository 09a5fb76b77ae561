"""A fix from the list to the saved task, recorded as asciicast v2 (`asciinema play screenshots/fix.cast`).

The times are those of a script, not of a clock: the recording is the same whenever and wherever it is made.
"""

from __future__ import annotations

import json

from driver import Operator
from rich.color import ColorSystem
from textual._compositor import LayoutUpdate

from sms_tui.ui.mirror import Mirror

_STROKE, _LOOK, _READ = 0.09, 1.2, 3.0
"""Seconds from a typed character to the next, to see what happened, and to read it."""
_TASK = "erp-db-01 (wrong volume size)"


class Recorder:
    """Films an operator: every step ends with the screen it led to, of which only the cells that changed are kept."""

    def __init__(self, op: Operator) -> None:
        self._op = op
        width, height = op.app.size
        self._mirror = Mirror(width, height)
        self._now = 0.0
        header = {"version": 2, "width": width, "height": height, "title": "sms-tui: a wrong volume size is mended"}
        self._lines: list[object] = [header]
        self._shot("\x1b[?25l")

    async def press(self, key: str, then: float = _LOOK) -> None:
        """Press a key, and give the spectator some seconds."""
        await self._op.press(key)
        self._shot()
        self._now += then

    async def type(self, text: str, then: float = _LOOK) -> None:
        """Type text one character after the other, and give the spectator some seconds."""
        for character in text:
            await self._op.type(character)
            self._shot()
            self._now += _STROKE
        self._now += then

    def chapter(self, title: str) -> None:
        """Mark a place that a player can jump to."""
        self._lines.append([round(self._now, 2), "m", title])

    def text(self) -> str:
        """The recording, which stays on its last screen until now."""
        self._lines.append([round(self._now, 2), "o", ""])
        return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in self._lines)

    def _shot(self, first: str = "") -> None:
        strips = self._op.app.screen._compositor.render_strips()
        whole = LayoutUpdate([[strip] for strip in strips], self._op.app.size.region)
        changed = first + self._mirror.take(whole, ColorSystem.TRUECOLOR)
        if changed:
            self._lines.append([round(self._now, 2), "o", changed])


async def recorded_fix(op: Operator) -> str:
    """Find the task with the wrong volume size, mend it, review the change, and submit it."""
    film = Recorder(op)
    film._now += _READ
    film.chapter("Find the task")
    await film.type("wrong")
    await film.press("enter", _READ)
    film.chapter("Go from problem to problem")
    await film.press("f8", _READ)
    await film.press("f8", _READ)
    op.see("used_size and free_size make 214748364800 (200 GiB), size")
    film.chapter("Type the right size")
    for _ in range(4):
        await film.press("up", 2 * _STROKE)
    await film.type("200G", _READ)
    op.see("0 errors · 0 warnings · 1 change", "= 214748364800")
    film.chapter("Review, submit, see what the service holds")
    await film.press("ctrl+s", 2 * _READ)
    op.see("Shrinks volume D:", f"Risky: type {_TASK} and press Enter")
    await film.type(_TASK)
    await film.press("enter", _READ)
    op.see("Saved. What the service holds now:", "kept")
    await film.press("enter", _READ)
    op.see("0 errors · 0 warnings · 0 changes")
    return film.text()
