"""One operator at work: list, open, save. Async, without a screen; the headless commands and the editor share it."""

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
