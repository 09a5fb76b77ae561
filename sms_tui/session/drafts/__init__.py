"""Drafts: what an operator changed and did not submit yet, on the disk within a second, whatever dies."""

from sms_tui.session.drafts.errors import DraftError
from sms_tui.session.drafts.files import Files
from sms_tui.session.drafts.holder import Holder
from sms_tui.session.drafts.journal import Journal
from sms_tui.session.drafts.owner import Owner
from sms_tui.session.drafts.reading import LoadedDraft
from sms_tui.session.drafts.steps import Typed
from sms_tui.session.drafts.store import DraftStore, DraftSummary
from sms_tui.session.drafts.subject import FILE, Subject

__all__ = [
    "FILE",
    "DraftError",
    "DraftStore",
    "DraftSummary",
    "Files",
    "Holder",
    "Journal",
    "LoadedDraft",
    "Owner",
    "Subject",
    "Typed",
]
