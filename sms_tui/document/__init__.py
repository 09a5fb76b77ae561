"""The task being edited: edits with their inverse, history, diff and the body to send. Pure and synchronous."""

from sms_tui.document.body import Body
from sms_tui.document.diff import Difference
from sms_tui.document.document import Document, Finding
from sms_tui.document.edits import Change, Edit, EditError, InsertEntry, MoveEntry, RemoveValue, SetValue

__all__ = [
    "Body",
    "Change",
    "Difference",
    "Document",
    "Edit",
    "EditError",
    "Finding",
    "InsertEntry",
    "MoveEntry",
    "RemoveValue",
    "SetValue",
]
