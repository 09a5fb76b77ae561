"""Drafts: what an operator changed and did not submit yet, on the disk within a second, whatever dies.

What is here is loaded when it is first used: reading a draft is needed where there is one.
"""

from typing import TYPE_CHECKING

from sms_tui.deferred import deferred

if TYPE_CHECKING:
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

__getattr__ = deferred(
    __name__,
    {
        "DraftError": "errors",
        "DraftStore": "store",
        "DraftSummary": "store",
        "FILE": "subject",
        "Files": "files",
        "Holder": "holder",
        "Journal": "journal",
        "LoadedDraft": "reading",
        "Owner": "owner",
        "Subject": "subject",
        "Typed": "steps",
    },
)
