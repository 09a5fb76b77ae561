"""`sms-tui apply`: change a task to what a body says, through the same session as the editor."""

from __future__ import annotations

import argparse
import asyncio

from sms_tui.cli.bodies import add_body_argument, body_from
from sms_tui.cli.exits import DONE, NO
from sms_tui.cli.output import tell
from sms_tui.cli.proposal import left_line, proposed
from sms_tui.cli.sending import add_sending_options, send
from sms_tui.cli.settings import add_service_options
from sms_tui.language import _
from sms_tui.schema.paths import format_path


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("task_id", metavar="TASK_ID", help=_("the task's id"))
    add_body_argument(parser)
    parser.add_argument(
        "--base", metavar="BASE", help=_("the body that FILE was made from: merge three ways, exit 4 on a conflict")
    )
    add_sending_options(parser)
    add_service_options(parser)


def run(arguments: argparse.Namespace) -> int:
    base = None if arguments.base is None else body_from(arguments.base)
    proposal = asyncio.run(proposed(arguments, body_from(arguments.file), base))
    document = proposal.document
    if proposal.left:
        tell(left_line(proposal.left))
    # A key that the task has too came from a GET and may have moved since; one that it lacks is a slip of the pen.
    misspelt = [name for name in document.unsendable if name not in document.base]
    for name in document.unsendable:
        tell(_("{value}: not sent, the reference lists no such key of a task").format(value=format_path((name,))))
    code = send(arguments, document, proposal.merged, from_stdin="-" in (arguments.file, arguments.base))
    return NO if code == DONE and misspelt else code
