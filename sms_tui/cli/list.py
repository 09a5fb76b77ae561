"""`sms-tui list`: the tasks of the service, as JSON."""

from __future__ import annotations

import argparse
import asyncio

from sms_tui.cli.connect import connected
from sms_tui.cli.exits import DONE
from sms_tui.cli.output import out_json, tell
from sms_tui.cli.settings import add_service_options
from sms_tui.document.body import Body
from sms_tui.exactjson import Json
from sms_tui.language import _

_SERVICE_FILTERS = (
    "READY",
    "RUNNING",
    "SYNCING",
    "MIGRATE_SUCCESS",
    "MIGRATE_FAIL",
    "ABORTING",
    "ABORT",
    "DELETING",
    "SYNC_F_ROLLBACKING",
    "SYNC_F_ROLLBACK_SUCCESS",
)
"""The states by which the service can filter; it refuses any other, which is filtered here."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--state", metavar="S", help=_("only tasks in this state, such as RUNNING or MIGRATE_FAIL"))
    parser.add_argument("--name", metavar="N", help=_("only tasks with this in their name"))
    add_service_options(parser)


def run(arguments: argparse.Namespace) -> int:
    tasks: list[Json] = list(asyncio.run(_tasks(arguments)))
    out_json({"count": len(tasks), "tasks": tasks})
    if not tasks and (arguments.state or arguments.name):
        tell(_("No task matches the filter."))
    return DONE


async def _tasks(arguments: argparse.Namespace) -> list[Body]:
    state = arguments.state.upper() if arguments.state else None
    filters = {"name": arguments.name} if arguments.name else {}
    if state in _SERVICE_FILTERS:
        filters["state"] = state
    async with connected(arguments) as session:
        found = [task async for page in session.tasks(**filters) for task in page]
    return [task for task in found if state is None or task.get("state") == state]
