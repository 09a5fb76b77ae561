"""`sms-tui edit`: the editor on one task, or on a task body in a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from sms_tui.cli.settings import add_service_options, look
from sms_tui.cli.tui import add_look_options, check_terminal, run_app
from sms_tui.language import _
from sms_tui.session.file import FileSession


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("task_id", metavar="TASK_ID", nargs="?", help=_("the task's id"))
    what.add_argument("--file", type=Path, metavar="FILE", help=_("edit this file; it is written whole or not at all"))
    add_look_options(parser)
    add_service_options(parser)


def run(arguments: argparse.Namespace) -> int:
    chosen = look(arguments)
    if arguments.file is not None:
        file = FileSession(arguments.file)
        if not file.is_large:
            file.load()  # what cannot be read is told where the operator typed
        check_terminal()
        return run_app(file, look=chosen)
    from sms_tui.cli.connect import connect  # a file needs neither credentials nor receipts

    session = connect(arguments)
    check_terminal()
    return run_app(session, arguments.task_id, look=chosen)
