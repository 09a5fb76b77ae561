"""Task bodies from files and standard input."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sms_tui.language import _, why
from sms_tui.session.bodies import read_body, read_file
from sms_tui.session.errors import FileError

if TYPE_CHECKING:
    from sms_tui.document.body import Body


def add_body_argument(parser: argparse.ArgumentParser) -> None:
    """The argument of every command that takes a task body."""
    parser.add_argument("file", metavar="FILE", help=_("a task body in JSON, - for standard input"))


def body_from(name: str) -> Body:
    """The task body in a file, or on standard input for `-`. Raises FileError."""
    return read_body(_standard_input() if name == "-" else read_file(Path(name)), _called(name))


def _called(name: str) -> str:
    return _("Standard input") if name == "-" else name


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise FileError(_("Standard input is closed; name a file."))
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise FileError(_("Cannot read standard input: {reason}.").format(reason=why(error))) from None
