"""One operator at work: list, open, save. Async, without a screen; the headless commands and the editor share it.

What is here is loaded when it is first used: reading and checking a file needs none of it.
"""

from typing import TYPE_CHECKING

from sms_tui.deferred import deferred

if TYPE_CHECKING:
    from sms_tui.session.errors import FileError
    from sms_tui.session.file import FileSession
    from sms_tui.session.outcomes import (
        Blocked,
        Conflicted,
        CutShort,
        Effect,
        Moved,
        NothingToSend,
        NotLanded,
        Outcome,
        Rejected,
        Saved,
        Unknown,
    )
    from sms_tui.session.proposing import Proposal, propose
    from sms_tui.session.service import ServiceSession
    from sms_tui.session.session import Session
    from sms_tui.session.summary import TaskSummary, summarize

__all__ = [
    "Blocked",
    "Conflicted",
    "CutShort",
    "Effect",
    "FileError",
    "FileSession",
    "Moved",
    "NotLanded",
    "NothingToSend",
    "Outcome",
    "Proposal",
    "Rejected",
    "Saved",
    "ServiceSession",
    "Session",
    "TaskSummary",
    "Unknown",
    "propose",
    "summarize",
]

__getattr__ = deferred(
    __name__,
    {
        "Blocked": "outcomes",
        "Conflicted": "outcomes",
        "CutShort": "outcomes",
        "Effect": "outcomes",
        "FileError": "errors",
        "FileSession": "file",
        "Moved": "outcomes",
        "NotLanded": "outcomes",
        "NothingToSend": "outcomes",
        "Outcome": "outcomes",
        "Proposal": "proposing",
        "Rejected": "outcomes",
        "Saved": "outcomes",
        "ServiceSession": "service",
        "Session": "session",
        "TaskSummary": "summary",
        "Unknown": "outcomes",
        "propose": "proposing",
        "summarize": "summary",
    },
)
