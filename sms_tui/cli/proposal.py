"""What a task body would change in a task of the service."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence

from sms_tui.cli.connect import connected
from sms_tui.document.body import Body
from sms_tui.document.diff import Difference
from sms_tui.document.merge import Merge
from sms_tui.exactjson import dumps
from sms_tui.language import _
from sms_tui.schema.paths import ABSENT, Value, format_path
from sms_tui.session.proposing import Proposal, propose


async def proposed(arguments: argparse.Namespace, body: Body, base: Body | None = None) -> Proposal:
    """The task as the service holds it now, with the body laid over it. Raises ApiError, SettingsError, EditError."""
    async with connected(arguments) as session:
        document = await session.open(arguments.task_id)
    return propose(document, body, base)


def change_lines(changes: Iterable[Difference]) -> Iterator[str]:
    """`speed_limit: 0 -> 50`, one change a line, by path."""
    for change in changes:
        where = format_path(change.path)
        if change.sort == "changed":
            yield f"{where}: {shown(change.old)} -> {shown(change.new)}"
        elif change.sort == "added":
            yield _("{where}: added {value}").format(where=where, value=shown(change.new))
        elif change.sort == "removed":
            yield _("{where}: removed {value}").format(where=where, value=shown(change.old))
        else:
            yield _("{where}: entries in another order").format(where=where)


def shown(value: Value) -> str:
    """A value in one line: its JSON, or `absent`."""
    return _("absent") if value is ABSENT else dumps(value)


def conflict_lines(merged: Merge) -> Iterator[str]:
    """`speed_limit: conflict: was 0, is 20 now, 50 is wanted`, one conflict a line, by path."""
    for conflict in merged.conflicts:
        where = format_path(conflict.path)
        if conflict.sort == "order":
            yield _("{where}: conflict: both sides put the entries in another order").format(where=where)
        else:
            was, now, wanted = (shown(value) for value in (conflict.base, conflict.theirs, conflict.mine))
            yield _("{where}: conflict: was {was}, is {now} now, wanted {wanted}").format(
                where=where, was=was, now=now, wanted=wanted
            )


def left_line(left: Sequence[Difference]) -> str:
    """What a copy of the task has otherwise and the service keeps itself."""
    names = list(dict.fromkeys(format_path(change.path[:1]) for change in left))
    return _("Left as the service keeps it now: {names} (name a key in a body without an id to send it).").format(
        names=", ".join(names)
    )
