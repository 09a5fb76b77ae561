"""A value edited as JSON in the operator's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from sms_tui.exactjson import Json, dumps, loads
from sms_tui.language import _, why

_NOTE = "//"
"""Lines that start so stand on top of the file: they say what is wrong, and are not part of the JSON."""


class EditorMissing(Exception):
    """No editor could be started; the text says what to set."""


def as_text(value: Json, note: str = "") -> str:
    """The text to edit: the note, a line each, then the value."""
    return with_note(dumps(value, indent=2) + "\n", note)


def with_note(text: str, note: str) -> str:
    """The text with another note on top in place of the one it has."""
    return "".join(f"{_NOTE} {line}\n" for line in note.splitlines()) + without_note(text)


def without_note(text: str) -> str:
    """The text without its note."""
    lines = text.splitlines(keepends=True)
    while lines and lines[0].startswith(_NOTE):
        del lines[0]
    return "".join(lines)


def read_text(text: str) -> Json:
    """The value in a text that was edited. Raises JsonError, its lines counted without the note."""
    return loads(without_note(text))


def edit_text(text: str) -> str:
    """Let the operator edit a text in $VISUAL, $EDITOR or vi; the text as it was saved.

    The file lies in a directory nobody else can read, and is gone afterwards. Raises EditorMissing.
    """
    command = _editor(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    with tempfile.TemporaryDirectory(prefix="sms-tui.") as directory:
        file = Path(directory, "task.json")
        file.write_text(text, "utf-8")
        try:
            subprocess.run([*command, str(file)], check=False)  # noqa: S603  # the operator's own editor
        except OSError as error:
            raise EditorMissing(
                _("Cannot start {program}: {reason}. Set EDITOR to your editor.").format(
                    program=command[0], reason=why(error)
                )
            ) from None
        try:
            return file.read_text("utf-8", errors="surrogateescape")
        except OSError:
            return text  # the editor left no file: nothing was saved


def _editor(words: str) -> list[str]:
    try:
        command = shlex.split(words)
    except ValueError:
        command = []
    if not command:
        raise EditorMissing(_("EDITOR is no command: {words}. Set EDITOR to your editor.").format(words=words))
    return command
