"""Standard output is data, standard error is narration; both are UTF-8 whatever the locale.

A reader that went away (`| head`) changes neither what a command does nor its exit code: the rest is discarded.
"""

from __future__ import annotations

import os
import sys
from typing import TextIO

from sms_tui.exactjson import Json, dumps
from sms_tui.inert import inert, inert_json
from sms_tui.language import _, why


class OutputError(Exception):
    """Standard output that takes no more, as on a full disk."""


def out(line: str) -> None:
    """Write a line of data. Raises OutputError."""
    _write(inert(line, tabs=True))


def out_json(value: Json) -> None:
    """Write JSON, laid out for people and exact. Raises OutputError."""
    out_text(dumps(value, indent=2))


def out_text(text: str) -> None:
    """Write JSON text as it is. Raises OutputError."""
    _write(inert_json(text))


def tell(line: str) -> None:
    """Write a line of narration."""
    ask(f"{inert(line, tabs=True)}\n")


def ask(text: str) -> None:
    """Write narration that an answer follows on the same line. Where that fails there is nobody to tell."""
    if sys.stderr is not None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            _discard_from_now(sys.stderr)


def flush() -> None:
    """Bring all data out. Raises OutputError."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except OSError as error:
            _failed(error)


def at_terminal(*streams: TextIO | None) -> bool:
    """Whether all of these are a terminal; a stream that is closed is None."""
    return all(stream is not None and stream.isatty() for stream in streams)


def speak_utf8() -> None:
    """Write UTF-8 to both, so that a task's Chinese names survive a Latin-1 or C locale."""
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _write(text: str) -> None:
    if sys.stdout is not None:
        try:
            sys.stdout.write(f"{text}\n")
        except OSError as error:
            _failed(error)


def _failed(error: OSError) -> None:
    _discard_from_now(sys.stdout)
    if not isinstance(error, BrokenPipeError):
        raise OutputError(_("Cannot write the output: {reason}.").format(reason=why(error))) from None


def _discard_from_now(stream: TextIO) -> None:
    """What is still buffered would fail again at exit, with a traceback."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
