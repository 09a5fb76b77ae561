"""The task being edited: edits with their inverse, history, diff, merge and the body to send. Pure and synchronous.

What is here is loaded when it is first used: most sessions neither merge nor arrange, and none does at its start.
"""

from typing import TYPE_CHECKING

from sms_tui.deferred import deferred

if TYPE_CHECKING:
    from sms_tui.document.body import Body
    from sms_tui.document.diff import Difference
    from sms_tui.document.document import Document
    from sms_tui.document.edits import Change, Edit, EditError, InsertEntry, MoveEntry, RemoveValue, SetValue
    from sms_tui.document.findings import Finding
    from sms_tui.document.listener import Listener
    from sms_tui.document.merge import Conflict, Merge, take
    from sms_tui.document.ownership import churned
    from sms_tui.document.patch import changes_between

__all__ = [
    "Body",
    "Change",
    "Conflict",
    "Difference",
    "Document",
    "Edit",
    "EditError",
    "Finding",
    "InsertEntry",
    "Listener",
    "Merge",
    "MoveEntry",
    "RemoveValue",
    "SetValue",
    "changes_between",
    "churned",
    "take",
]

__getattr__ = deferred(
    __name__,
    {
        "Body": "body",
        "Change": "edits",
        "Conflict": "merge",
        "Difference": "diff",
        "Document": "document",
        "Edit": "edits",
        "EditError": "edits",
        "Finding": "findings",
        "InsertEntry": "edits",
        "Listener": "listener",
        "Merge": "merge",
        "MoveEntry": "edits",
        "RemoveValue": "edits",
        "SetValue": "edits",
        "changes_between": "patch",
        "churned": "ownership",
        "take": "merge",
    },
)
