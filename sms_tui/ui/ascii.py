"""Signs for a terminal that has no others than ASCII, put in place of ours when all is painted.

Text of a task goes out as it is, but for these same signs: nothing else could be shown in its place.
"""

from __future__ import annotations

from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

TWINS: Final = str.maketrans(
    {
        **dict(zip("✗●○▾▸→·…›‹–►◄▲▼↑↓", "x@ov>>-~><-><^v^v", strict=True)),
        **dict(zip("█░▐▌┃╵≈", "#.[]|^*", strict=True)),
        **dict.fromkeys("─━▔╌", "-"),
        **dict.fromkeys("│▏▕", "|"),
        **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼", "+"),
        **dict.fromkeys("▁▂▃▄▅▆▇▉▊▋▍▎", " "),
        **dict(zip("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏", "|/-\\|/-\\|/", strict=True)),
    }
)
"""For each sign one of ASCII, of one cell as it is."""


class AsciiSigns(LineFilter):
    """Puts the twins in place of signs."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment
            if segment.text.isascii()
            else Segment(segment.text.translate(TWINS), segment.style, segment.control)
            for segment in segments
        ]
