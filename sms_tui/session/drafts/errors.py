"""What can keep a draft from being written or read."""

from __future__ import annotations

from sms_tui.session.errors import FileError


class DraftError(FileError):
    """A draft, or the place for drafts, that cannot be used; the text says what to do."""
