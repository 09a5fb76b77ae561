"""The least room that the screens need, and what is said where there is less."""

from __future__ import annotations

from typing import Final

from sms_tui.language import _

LEAST_COLUMNS: Final = 60
LEAST_LINES: Final = 16


def is_too_small(columns: int, lines: int) -> bool:
    """Whether a terminal has less room than the screens need; 0 is a terminal that does not tell its size."""
    return 0 < columns < LEAST_COLUMNS or 0 < lines < LEAST_LINES


def too_small(columns: int, lines: int) -> str:
    """What to tell whoever made a terminal so small, in few words."""
    return _("{columns}x{lines} is too small: make it {least}x{fewest}").format(
        columns=columns, lines=lines, least=LEAST_COLUMNS, fewest=LEAST_LINES
    )
