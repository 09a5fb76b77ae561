"""Exit codes, an interface like any other."""

DONE = 0
NO = 1
"""The answer is no: problems found, differs, the service changed or ignored what was sent."""
WRONG_USAGE = 2
"""Wrong usage or unreadable input."""
FAILED = 3
"""The service answered with an error, or the line failed."""
CONFLICT = 4
"""Somebody else changed the same meanwhile; nothing was sent."""
INTERRUPTED = 130
