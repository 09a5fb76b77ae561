"""`sms-tui demo`: the program on the embedded simulator."""

from __future__ import annotations

import argparse

from sms_tui.cli.settings import look
from sms_tui.cli.tui import add_look_options, check_terminal, run_app
from sms_tui.language import _


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("task_id", metavar="TASK_ID", nargs="?", help=_("open this sample task at once"))
    add_look_options(parser)


def run(arguments: argparse.Namespace) -> int:
    check_terminal()
    chosen = look(arguments)
    from sms_tui.cli.connect import demo

    session = demo()
    return run_app(session, arguments.task_id, listing=session, every=2.0, poll=5.0, look=chosen)
