"""Which signs the operator's terminal draws."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLAIN = re.compile(r"linux|vt\d|ansi|cons\d")
"""Terminals whose fonts lack signs that everything hangs on, such as ✗ and ●."""
_UTF_8 = re.compile(r"utf-?8", re.IGNORECASE)
_COERCED = re.compile(r"C\.utf-?8|UTF-8", re.IGNORECASE)
"""What Python itself puts into LC_CTYPE when it starts in the locale C."""


def needs_ascii(environ: Mapping[str, str]) -> bool:
    """Whether the environment tells of a terminal for ASCII only. Where no locale is set, as in containers, UTF-8 is
    taken for granted."""
    if _PLAIN.match(environ.get("TERM", "")):
        return True
    every, kind, usual = (environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = every or (usual if _COERCED.fullmatch(kind) else kind) or usual
    return bool(locale) and not _UTF_8.search(locale)
