"""`sms-tui diff`: what a task body would change in a task."""

from __future__ import annotations

import argparse
import asyncio

from sms_tui.cli.bodies import add_body_argument, body_from
from sms_tui.cli.exits import DONE, NO
from sms_tui.cli.output import out, out_text, tell
from sms_tui.cli.proposal import change_lines, left_line, proposed
from sms_tui.cli.settings import add_service_options, service
from sms_tui.document.document import Document
from sms_tui.language import _
from sms_tui.session.ways import WAYS, Update


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("task_id", metavar="TASK_ID", help=_("the task's id"))
    add_body_argument(parser)
    parser.add_argument(
        "--as",
        dest="way",
        choices=("diff", *WAYS),
        default="diff",
        help=_("the change as a diff (the default), a curl command, a KooCLI command, or Python for the vendor's SDK"),
    )
    add_service_options(parser)


def run(arguments: argparse.Namespace) -> int:
    proposal = asyncio.run(proposed(arguments, body_from(arguments.file)))
    if proposal.left:
        tell(left_line(proposal.left))
    changes = proposal.document.changes
    if arguments.way == "diff":
        for line in change_lines(changes):
            out(line)
    elif changes:
        out_text(WAYS[arguments.way](_update(arguments, proposal.document)).removesuffix("\n"))
    return NO if changes else DONE


def _update(arguments: argparse.Namespace, document: Document) -> Update:
    chosen = service(arguments)
    assert chosen is not None  # the task was read from it
    return Update.at(chosen.endpoint, chosen.place, arguments.task_id, document.body())
