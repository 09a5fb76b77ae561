"""What can be wrong with a file, a draft or a receipt."""

from __future__ import annotations


class FileError(Exception):
    """A file that cannot be read as what it should be, or cannot be written; the text says what to do."""
