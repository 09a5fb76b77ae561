"""`sms-tui` alone: the task list of the configured service."""

from __future__ import annotations

import argparse

from sms_tui.cli.connect import connect
from sms_tui.cli.settings import add_service_options, look
from sms_tui.cli.tui import add_look_options, check_terminal, run_app


def configure(parser: argparse.ArgumentParser) -> None:
    add_look_options(parser)
    add_service_options(parser)


def run(arguments: argparse.Namespace) -> int:
    session = connect(arguments)
    check_terminal()
    return run_app(session, listing=session, look=look(arguments))
