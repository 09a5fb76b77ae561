"""A value taken out of the program: to the terminal's clipboard, or into a file."""

from __future__ import annotations

import base64
from pathlib import Path

from sms_tui.exactjson import Json, dumps
from sms_tui.session.whole import write_whole

MOST_FOR_CLIPBOARD = 74_994 // 4 * 3
"""Bytes of text that terminals take by OSC 52; of more than 74,994 in base64 many drop all without a word."""


def through_tmux(text: str) -> str:
    """The sequence (OSC 52) that asks the terminal around tmux to put a text into its clipboard.

    tmux passes it on where `allow-passthrough` is on. The bare sequence is for tmux itself, which obeys it where
    `set-clipboard` is on.
    """
    coded = base64.b64encode(text.encode()).decode("ascii")
    return f"\x1bPtmux;\x1b\x1b]52;c;{coded}\a\x1b\\"


def as_copied(value: Json) -> str | None:
    """A value as it is put into the clipboard: text as it is, all else as JSON. None if it is too long for one."""
    if isinstance(value, str) and value.isprintable():
        text = value
    elif len(dumps(value)) > MOST_FOR_CLIPBOARD:
        return None
    else:
        text = dumps(value, indent=2)
    return text if len(text.encode()) <= MOST_FOR_CLIPBOARD else None


def write_value(path: Path, value: Json, *, replace: bool = False) -> None:
    """Write a value as JSON into a file only the operator can read, whole or not at all.

    Raises FileExistsError for a file that is there already, unless it is to be replaced, and OSError.
    """
    data = f"{dumps(value, indent=2)}\n".encode()
    if not replace:
        path.touch(mode=0o600, exist_ok=False)
    try:
        write_whole(path, data)
    except OSError:
        if not replace:
            path.unlink(missing_ok=True)
        raise
