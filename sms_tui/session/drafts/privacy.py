"""Directories 0700 and files 0600: what is open to others is closed with a word, what cannot be closed is refused."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from sms_tui.language import _, why
from sms_tui.session.drafts.errors import DraftError
from sms_tui.session.drafts.files import Files


def private_directory(path: Path, files: Files) -> str:
    """Make a directory for the operator alone; a word if it had to be closed to others, else "".

    Raises DraftError, OSError.
    """
    files.make_directory(path)
    return closed_directory(path)


def closed_directory(path: Path) -> str:
    """Close a directory that is there to others; a word if that was needed, else "". Raises DraftError, OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        return _closed(descriptor, path, 0o700)
    finally:
        os.close(descriptor)


def closed_file(descriptor: int, path: Path) -> str:
    """Close an open file to others; a word if that was needed, else "". Raises DraftError, OSError."""
    return _closed(descriptor, path, 0o600)


def _closed(descriptor: int, path: Path, mode: int) -> str:
    found = os.fstat(descriptor)
    if found.st_uid != os.geteuid():
        raise DraftError(
            _(
                "{path} belongs to {owner}, not to {user}, and is not touched. "
                "Give it back with chown, or set XDG_STATE_HOME to a directory of your own."
            ).format(path=path, owner=_user(found.st_uid), user=_user(os.geteuid()))
        )
    if not _open_to_others(found):
        return ""
    try:
        os.fchmod(descriptor, mode)
        reason = _("the file system keeps no modes")
    except OSError as error:
        reason = why(error)
    if _open_to_others(os.fstat(descriptor)):
        raise DraftError(
            _(
                "{path} is open to other users and cannot be closed to them: {reason}. Set XDG_STATE_HOME to "
                "a directory that can be private."
            ).format(path=path, reason=reason)
        )
    closed = _("{path} was open to other users (mode {before}); it is closed now ({now}).")
    return closed.format(path=path, before=f"{stat.S_IMODE(found.st_mode):04o}", now=f"{mode:04o}")


def _open_to_others(found: os.stat_result) -> bool:
    return bool(stat.S_IMODE(found.st_mode) & 0o077)


def _user(number: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return _("user {number}").format(number=number)
