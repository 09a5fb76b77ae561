"""Where drafts are kept: the directories, and what the files in them are called."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sms_tui.session.drafts.files import Files
from sms_tui.session.drafts.privacy import private_directory

_IN_TRASH = re.compile(r"(?P<key>.+)\.(?P<when>\d{8}T\d{6}Z)-[0-9a-f]{4}\.journal")
_WHEN = "%Y%m%dT%H%M%SZ"


class Places:
    """The places of drafts below the state directory of the program. `words` says what had to be closed to others."""

    def __init__(self, state: Path, files: Files) -> None:
        self._state, self._files = state, files
        self.drafts = state / "drafts"
        self.trash = self.drafts / "trash"
        self.words: list[str] = []

    def prepare(self) -> None:
        """Make the directories, and close them to others. Raises OSError, DraftError."""
        for directory in (self._state, self.drafts, self.trash):
            if word := private_directory(directory, self._files):
                self.words.append(word)

    def journal(self, key: str) -> Path:
        return self.drafts / f"{key}.journal"

    def owner(self, key: str) -> Path:
        return self.drafts / f"{key}.owner"

    def beside(self, key: str, mark: str) -> Path:
        """Where a journal is written before it is put in its place."""
        return self.drafts / f".{key}.{mark}.new"

    def in_trash(self, key: str, now: float) -> Path:
        """A new place in the trash; `now` is seconds since the epoch."""
        when = datetime.fromtimestamp(now, UTC).strftime(_WHEN)
        return self.trash / f"{key}.{when}-{os.urandom(2).hex()}.journal"


def is_old_trash(name: str, now: float, days: int) -> bool:
    """Whether what is called like this was put into the trash longer ago than these days."""
    found = _IN_TRASH.fullmatch(name)
    if found is None:
        return False
    when = datetime.strptime(found["when"], _WHEN).replace(tzinfo=UTC)
    return datetime.fromtimestamp(now, UTC) - when > timedelta(days=days)
