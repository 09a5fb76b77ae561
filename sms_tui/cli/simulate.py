"""`sms-tui simulate`: the embedded simulator as a server."""

from __future__ import annotations

import argparse
from pathlib import Path

from sms_tui.cli.ports import port
from sms_tui.language import N_, _
from sms_tui.simulator.faults.spec import FaultError, explained, parse

_MOST_TASKS = 100_000
_EPILOG = N_("""\
It prints `listening on URL` and serves until Ctrl-C. To work on it, set
SMS_TUI_ENDPOINT to that URL and SMS_TUI_TOKEN to anything.

""")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=port, required=True, metavar="N", help=_("the port, 0 for any free one"))
    parser.add_argument(
        "--db", type=Path, metavar="FILE", help=_("keep the tasks in this SQLite file (else in memory)")
    )
    parser.add_argument(
        "--tasks",
        type=_tasks,
        default=0,
        metavar="N",
        help=_("begin a new store with this many tasks (else a few samples)"),
    )
    parser.add_argument("--host", default="127.0.0.1", help=_("the address to listen on (default: %(default)s)"))
    parser.add_argument(
        "--beyond-loopback",
        action="store_true",
        help=_("allow a host other machines reach; no credentials are verified"),
    )
    parser.add_argument(
        "--fault",
        type=_fault,
        action="append",
        default=[],
        metavar="SPEC",
        help=_("go wrong as told below; repeatable"),
    )
    parser.epilog = _(_EPILOG) + explained()


def run(arguments: argparse.Namespace) -> int:
    from sms_tui.simulator.serve import serve

    return serve(
        arguments.host,
        arguments.port,
        arguments.db,
        tasks=arguments.tasks,
        beyond_loopback=arguments.beyond_loopback,
        faults=arguments.fault,
    )


def _tasks(text: str) -> int:
    if not text.isdecimal() or len(text) > 6 or int(text) > _MOST_TASKS:
        raise argparse.ArgumentTypeError(
            _("a number of tasks is from 0 to {most}, not {text}").format(most=f"{_MOST_TASKS:,}", text=f"{text!r}")
        )
    return int(text)


def _fault(text: str) -> str:
    try:
        parse(text)
    except FaultError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text
