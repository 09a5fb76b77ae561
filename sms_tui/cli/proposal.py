"""What a task body would change in a task of the service."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from sms_tui.cli.connect import connected
from sms_tui.document import Body, Document
from sms_tui.exactjson import dumps
from sms_tui.schema.paths import ABSENT, Value, format_path
from sms_tui.session import propose


async def proposed(arguments: argparse.Namespace, body: Body) -> Document:
    """The task as the service holds it now, with the body laid over it. Raises ApiError, SettingsError, EditError."""
    async with connected(arguments) as session:
        document = await session.open(arguments.task_id)
    propose(document, body)
    return document


def change_lines(document: Document) -> Iterator[str]:
    """`speed_limit: 0 -> 50`, one change a line, by path."""
    for change in document.changes:
        where = format_path(change.path)
        if change.sort == "changed":
            yield f"{where}: {shown(change.old)} -> {shown(change.new)}"
        elif change.sort == "added":
            yield f"{where}: added {shown(change.new)}"
        elif change.sort == "removed":
            yield f"{where}: removed {shown(change.old)}"
        else:
            yield f"{where}: entries in another order"


def shown(value: Value) -> str:
    """A value in one line: its JSON, or `absent`."""
    return "absent" if value is ABSENT else dumps(value)  # type: ignore[arg-type]
