"""`sms-tui show`: a task as a page for people, in colour on a terminal."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import time
from collections.abc import Mapping

from sms_tui.cli.bodies import body_from
from sms_tui.cli.connect import connected
from sms_tui.cli.exits import DONE
from sms_tui.cli.output import at_terminal, out_text
from sms_tui.cli.settings import add_service_options
from sms_tui.cli.signs import needs_ascii
from sms_tui.document.body import Body
from sms_tui.language import _
from sms_tui.session.picture.lines import NAMES, VOLUMES, PictureLine, Role
from sms_tui.session.picture.page import page

_USUAL_WIDTH, _LEAST_WIDTH = 100, 40
_HUES = ("36", "33", "32", "35", "37", "34")
_COLOURS: Mapping[Role, str] = {
    "dim": "2",
    "heading": "1",
    "used": "36",
    "free": "2",
    "unknown": "2",
    "unallocated": "2",
    "over": "1;31",
    "tick": "33",
    "group": "35",
    "focus": "1",
    "error": "1;31",
    "warning": "33",
    **dict(zip(VOLUMES, _HUES, strict=True)),
    **{name: f"7;{hue}" for name, hue in zip(NAMES, _HUES, strict=True)},
}
"""SGR parameters out of the 16 colours that every terminal has, in its own shades."""


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("task_id", metavar="TASK_ID", nargs="?", help=_("the task's id"))
    what.add_argument("--file", metavar="FILE", help=_("show a task body in JSON, - for standard input"))
    parser.add_argument("--width", type=_width, metavar="N", help=_("columns (else the terminal's, or 100)"))
    parser.add_argument("--ascii", action="store_true", help=_("draw with ASCII, as where the locale is not UTF-8"))
    add_service_options(parser)


def run(arguments: argparse.Namespace) -> int:
    task = asyncio.run(_task(arguments)) if arguments.file is None else body_from(arguments.file)
    columns = shutil.get_terminal_size((_USUAL_WIDTH, 0)).columns
    width = arguments.width or max(_LEAST_WIDTH, columns)
    ascii = arguments.ascii or needs_ascii(os.environ)
    coloured = at_terminal(sys.stdout) and not os.environ.get("NO_COLOR")
    for line in page(task, width, int(time.time() * 1000), ascii):
        out_text(_painted(line) if coloured else "".join(run.text for run in line).rstrip())
    return DONE


async def _task(arguments: argparse.Namespace) -> Body:
    async with connected(arguments) as session:
        return (await session.open(arguments.task_id)).current


def _width(text: str) -> int:
    if not (text.isascii() and text.isdigit() and _LEAST_WIDTH <= int(text) <= 1000):
        raise argparse.ArgumentTypeError(
            _("{text} is not a number of columns from {least} to 1000").format(text=f"{text!r}", least=_LEAST_WIDTH)
        )
    return int(text)


def _painted(line: PictureLine) -> str:
    return "".join(f"\x1b[{_COLOURS[run.role]}m{run.text}\x1b[0m" if run.role in _COLOURS else run.text for run in line)
