"""`sms-tui get`: one task as the service holds it, as JSON."""

from __future__ import annotations

import argparse
import asyncio

from sms_tui.cli.connect import connected
from sms_tui.cli.exits import DONE
from sms_tui.cli.output import out_json
from sms_tui.cli.settings import add_service_options
from sms_tui.document.body import Body
from sms_tui.language import _


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("task_id", metavar="TASK_ID", help=_("the task's id"))
    add_service_options(parser)


def run(arguments: argparse.Namespace) -> int:
    out_json(asyncio.run(_task(arguments)))
    return DONE


async def _task(arguments: argparse.Namespace) -> Body:
    async with connected(arguments) as session:
        return (await session.open(arguments.task_id)).current
