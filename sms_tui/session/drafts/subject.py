"""What a draft is of, and what it is called."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

FILE = "file"
"""The place of a task body in a file; its task id is the absolute path."""

_READABLE = 16


class Subject(NamedTuple):
    """One task of one place: its endpoint (`https://host:port`), or FILE. There is one draft of it."""

    place: str
    task_id: str

    @property
    def key(self) -> str:
        """What people call the draft: the beginning of the task's id or the file's name, and what tells it apart."""
        known = f"{self.place}\0{self.task_id}".encode("utf-8", "surrogatepass")
        last = self.task_id.rpartition("/")[2] if self.place == FILE else self.task_id
        readable = re.sub(r"[^0-9A-Za-z]+", "-", last)[:_READABLE].strip("-")
        return f"{readable or 'task'}-{hashlib.sha256(known).hexdigest()[:8]}"

    @property
    def document_id(self) -> str:
        """The task id as a Document knows it."""
        return "" if self.place == FILE else self.task_id
