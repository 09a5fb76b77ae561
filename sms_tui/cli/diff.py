"""`sms-tui diff`: what a task body would change in a task."""

from __future__ import annotations

import argparse
import asyncio

from sms_tui.cli.bodies import add_body_argument, body_from
from sms_tui.cli.exits import DONE, NO
from sms_tui.cli.output import out, tell
from sms_tui.cli.proposal import change_lines, left_line, proposed
from sms_tui.cli.settings import add_service_options
from sms_tui.language import _


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("task_id", metavar="TASK_ID", help=_("the task's id"))
    add_body_argument(parser)
    add_service_options(parser)


def run(arguments: argparse.Namespace) -> int:
    proposal = asyncio.run(proposed(arguments, body_from(arguments.file)))
    if proposal.left:
        tell(left_line(proposal.left))
    for line in change_lines(changes := proposal.document.changes):
        out(line)
    return NO if changes else DONE
