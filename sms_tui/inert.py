"""Text from outside made fit for a terminal: nothing in it is obeyed, turned around or unseen."""

from __future__ import annotations

import re
from functools import lru_cache

_CONTROLS = "\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029"
_TURNING = "\u061c\u200e\u200f\u202a-\u202e"
_UNSEEN = "\xad\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
_TAGS = "\U000e0000-\U000e007f"
_UNFIT = re.compile(f"[{_CONTROLS}{_TURNING}{_UNSEEN}{_TAGS}]")
_UNFIT_BUT_TAB = _UNFIT.pattern.replace("\x00-\x1f", "\x00-\x08\x0a-\x1f")
_UNFIT_IN_JSON = _UNFIT.pattern.replace("\x00-\x1f", "")
"""Needed later than the first frame: compiled at first use, and kept by `re`."""


def inert(text: str, *, tabs: bool = False) -> str:
    """The text with what a terminal would obey, or a reader not see, as escapes of JSON; `tabs` stay if wanted."""
    return re.sub(_UNFIT_BUT_TAB, _escape, text) if tabs else _UNFIT.sub(_escape, text)


def inert_json(text: str) -> str:
    """The same for JSON, laid out or not: it says what it said. JSON itself escapes control characters in texts."""
    return re.sub(_UNFIT_IN_JSON, _escape, text)


def stand_ins(text: str) -> str:
    """As many characters as the text has, with a sign in place of each that is unfit."""
    return _UNFIT.sub("\ufffd", text)


def _escape(found: re.Match[str]) -> str:
    return _escaped(found.group())


@lru_cache(maxsize=4096)
def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
