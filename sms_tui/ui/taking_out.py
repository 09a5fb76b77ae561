"""A value taken out of the program: to the terminal's clipboard, or into a file."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

from sms_tui.exactjson import Json, dumps
from sms_tui.pieces import is_longer
from sms_tui.session.whole import write_whole
from sms_tui.ui.multiplexer import multiplexer

MOST_FOR_CLIPBOARD = 74_994 // 4 * 3
"""Bytes of text that terminals take by OSC 52; of more than 74,994 in base64 many drop all without a word."""


_SCREEN_TAKES = 76
"""Bytes in a sequence that every GNU screen passes on; old ones take 256 at most, with what they add."""


def bare(text: str) -> str:
    """The sequence (OSC 52) that asks a terminal to put a text into its clipboard."""
    return f"\x1b]52;c;{base64.b64encode(text.encode()).decode('ascii')}\a"


def through_tmux(text: str) -> str:
    """The sequence (OSC 52) that asks the terminal around tmux to put a text into its clipboard.

    tmux passes it on where `allow-passthrough` is on. The bare sequence is for tmux itself, which obeys it where
    `set-clipboard` is on.
    """
    return "\x1bPtmux;" + bare(text).replace("\x1b", "\x1b\x1b") + "\x1b\\"


def through_screen(text: str) -> str:
    """The same through GNU screen, which passes a sequence on as it is, but cuts a long one off: in pieces."""
    coded = bare(text)
    pieces = [coded[at : at + _SCREEN_TAKES] for at in range(0, len(coded), _SCREEN_TAKES)]
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


def to_clipboard(text: str, environ: Mapping[str, str]) -> str:
    """The sequences that put a text into the clipboard of the terminal the operator sits at, through whatever runs in
    it."""
    match multiplexer(environ):
        case "tmux":
            return bare(text) + through_tmux(text)
        case "screen":
            return through_screen(text)
    return bare(text)


def fits_clipboard(text: str) -> bool:
    """Whether terminals take a text by OSC 52."""
    return len(text.encode("utf-8", "replace")) <= MOST_FOR_CLIPBOARD


def as_copied(value: Json) -> str | None:
    """A value as it is put into the clipboard: text as it is, all else as JSON. None if it is too long for one."""
    if isinstance(value, str) and value.isprintable():
        text = value
    elif is_longer(value, MOST_FOR_CLIPBOARD):
        return None
    else:
        text = dumps(value, indent=2)
    return text if fits_clipboard(text) else None


def write_text(path: Path, text: str, *, replace: bool = False) -> None:
    """Write a text into a file only the operator can read, whole or not at all.

    Raises FileExistsError for a file that is there already, unless it is to be replaced, and OSError.
    """
    data = f"{text}\n".encode("utf-8", "replace")
    if not replace:
        path.touch(mode=0o600, exist_ok=False)
    try:
        write_whole(path, data)
    except OSError:
        if not replace:
            path.unlink(missing_ok=True)
        raise
