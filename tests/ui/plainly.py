"""What somebody with a screen reader gets from the screen: the line under the cursor, and the announcements."""

from __future__ import annotations

import re
from typing import Any

from driver import Operator
from textual.widgets import Input, TextArea

DRAWN = re.compile("[\u2500-\u259f\u2800-\u28ff]")
"""Boxes, blocks and braille patterns."""


def voice(op: Operator) -> Any:
    (found,) = op.app.screen.query("Voice")
    return found


def here(op: Operator) -> str:
    """The line on which the terminal's cursor stands, with what of it goes on below."""
    return _between(op, voice(op).caret.y, op.app.size.height - 1)


def told(op: Operator) -> str:
    """What was announced last."""
    rows = voice(op).region
    return _between(op, rows.y, rows.bottom - (2 if rows.height > 3 else 1))


def _between(op: Operator, first: int, last: int) -> str:
    return " ".join(" ".join(op.screen.splitlines()[first:last]).split())


def is_readable(op: Operator) -> None:
    """Nothing is drawn, every line is of words, and the line with the cursor is where it always is."""
    screen = op.screen
    assert not DRAWN.search(screen), screen
    for sign in "✗●▾▸→›·…":
        assert sign not in screen, f"{sign} on the screen:\n{screen}"
    speaks = voice(op)
    height = op.app.size.height
    assert speaks.region.bottom == height - 1
    if isinstance(op.app.focused, TextArea):
        return
    row = height - (3 if speaks.region.height > 3 else 2)
    assert speaks.caret.y == row
    assert isinstance(op.app.focused, Input) or speaks.caret.x == 0
    assert screen.splitlines()[row].strip(), screen
