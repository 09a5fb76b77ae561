"""A screen as SVG, mended where Rich does wrong: it takes wide characters for one cell, and fonts from the internet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from itertools import groupby

from rich.cells import cell_len
from textual.app import App

_WEB_FONT = re.compile(r',\s*url\("https?:[^)]*"\) format\("\w+"\)')
_TEXT = re.compile(
    r'<text class="([^"]*-r\d+)" x="([^"]*)" y="([^"]*)" textLength="([^"]*)" clip-path="([^"]*)">([^<]*)<'
)
_CELL = 12.2
"""The width of a cell."""


def as_svg(app: App[None]) -> str:
    """What is on the screen of an app."""
    return _TEXT.sub(_measured, _WEB_FONT.sub("", app.export_screenshot(title="sms-tui")))


def _measured(found: re.Match[str]) -> str:
    """A text cut where wide characters begin and end, each piece where its cells are. The last `<` is not its own."""
    text = unescape(found[6])
    if cell_len(text) == len(text):
        return found[0]
    kind, x, y, _, clip, _ = found.groups()
    pieces = [
        f'<text class="{kind}" x="{float(x) + at * _CELL:g}" y="{y}" textLength="{cell_len(piece) * _CELL:g}" '
        f'clip-path="{clip}">{escape(piece).replace(chr(0xA0), "&#160;")}</text>'
        for at, piece in _pieces(text)
    ]
    return "".join(pieces).removesuffix("/text>")


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The runs of narrow characters, and each wide one for itself, with the cell it begins at: browsers spread what is
    to be of a length between the characters, and wide ones would not stand on their cells."""
    at = 0
    for width, run in groupby(text, cell_len):
        for piece in run if width == 2 else ["".join(run)]:
            yield at, piece
            at += cell_len(piece)
