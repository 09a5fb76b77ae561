"""One operator at work: list, open, save. Async, without a screen; the headless commands and the editor share it."""

from sms_tui.session.file import FileError, FileSession
from sms_tui.session.outcomes import Blocked, Effect, NothingToSend, Outcome, Rejected, Saved, Unknown
from sms_tui.session.service import ServiceSession
from sms_tui.session.session import Session, propose
from sms_tui.session.summary import TaskSummary, summarize

__all__ = [
    "Blocked",
    "Effect",
    "FileError",
    "FileSession",
    "NothingToSend",
    "Outcome",
    "Rejected",
    "Saved",
    "ServiceSession",
    "Session",
    "TaskSummary",
    "Unknown",
    "propose",
    "summarize",
]
