"""The query of `GET /v3/tasks`, read and judged."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sms_tui.simulator.replies import BAD_VALUE, RefusalError
from sms_tui.simulator.store import Filters

STATES = (
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
"""The states the filter takes; a task may be in states that are not among them (SYNC_SUCCESS, SYNC_FAIL...)."""

_TEXT_MOST = 255
_LIMIT_MOST, _LIMIT_DEFAULT = 200, 100
_OFFSET_MOST, _OFFSET_DEFAULT = 65535, 0


def filters(query: Mapping[str, str]) -> Filters:
    """What the list is to be narrowed to; an empty text narrows nothing. Raises RefusalError."""
    state = query.get("state")
    if state is not None and state not in STATES:
        raise _bad(f"state must be one of {', '.join(STATES)}")
    return Filters(
        state=state,
        name=_text(query, "name"),
        id=_text(query, "id"),
        source_server_id=_text(query, "source_server_id"),
        enterprise_project_id=_text(query, "enterprise_project_id"),
    )


def paging(query: Mapping[str, str]) -> tuple[int, int]:
    """The limit and the offset. Raises RefusalError."""
    return (
        _number(query, "limit", _LIMIT_DEFAULT, _LIMIT_MOST),
        _number(query, "offset", _OFFSET_DEFAULT, _OFFSET_MOST),
    )


def _text(query: Mapping[str, str], key: str) -> str | None:
    value = query.get(key, "")
    if len(value) > _TEXT_MOST:
        raise _bad(f"{key} must be at most {_TEXT_MOST} characters long")
    return value or None


def _number(query: Mapping[str, str], key: str, default: int, most: int) -> int:
    text = query.get(key)
    if text is None:
        return default
    # Six digits are enough for every allowed value; more would only be converted in vain.
    if re.fullmatch(r"[0-9]{1,6}", text) is None or int(text) > most:
        raise _bad(f"{key} must be a whole number from 0 to {most}")
    return int(text)


def _bad(message: str) -> RefusalError:
    return RefusalError(400, BAD_VALUE, message)
