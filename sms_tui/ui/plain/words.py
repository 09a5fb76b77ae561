"""What is drawn elsewhere, in words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sms_tui.language import N_, _
from sms_tui.schema.paths import Path
from sms_tui.session.picture.lines import cells, head
from sms_tui.ui.marks import Marks

_SIGNS = {"✗": N_("error"), "!": N_("warning"), "●": N_("changed")}
_FIRST = r"\s*([✗!●]) "
_DRAWN = f"[{chr(0x2500)}-{chr(0x259F)}{chr(0x2800)}-{chr(0x28FF)}▾▸○►◄▲▼]+"
"""Boxes, blocks and braille patterns, and the signs of what can be opened, chosen or sorted."""
_ARROW = r"\s*→\s*(?=\S)"
_BETWEEN = r"\s+›\s+|\s+·\s+"
_COLUMN = "  "
"""Patterns are compiled when something is spoken, and kept by `re`."""


def spoken(text: str) -> str:
    """A text of the screen as it is said: a sign at its start as a word, what parts names as commas, no drawing. All
    else stays as it is: it may be a value."""
    if found := re.match(_FIRST, text):
        text = f"{_(_SIGNS[found[1]])}: {text[found.end() :]}"
    text = re.sub(_DRAWN, " ", text).replace("…", "...")
    text = re.sub(_ARROW, _(" to "), text).replace("→", "")
    return re.sub(_BETWEEN, _(", "), text).strip()


def spoken_line(parts: Iterable[tuple[str, object]]) -> str:
    """A painted line as it is said: blanks that part its runs are commas, those within a run stay."""
    words = ""
    for text, _style in parts:
        apart = words.endswith(_COLUMN) or text.startswith(_COLUMN)
        leads_on = words.rstrip().endswith("→") or text.lstrip().startswith("→")
        if apart and not leads_on and words.strip() and text.strip():
            words = f"{words.rstrip()}{_(', ')}{text.lstrip()}"
        else:
            words += text
    return spoken(words)


def sign_words(signs: str) -> list[str]:
    """The marks of a place as words."""
    return [_(_SIGNS[sign]) for sign in signs if sign in _SIGNS]


def findings_in_words(marks: Marks, path: Path) -> list[str]:
    """What is found at a place, and whether it is changed."""
    found = [f"{_('error') if one.blocks else _('warning')}: {one.message}" for one in marks.at(path)]
    return [*found, *([_("changed")] if "●" in marks.sign(path) else [])]


def briefly(text: str, width: int) -> str:
    """A text, or as much of it as fits; a cut is marked by full stops, which every terminal has."""
    return text if cells(text) <= width else head(text, width - 3) + "..."


def fitted_plainly(text: str, width: int) -> str:
    """A text cut or padded to a width in cells."""
    text = briefly(text, width)
    return text + " " * (width - cells(text))


def listed(parts: Iterable[str]) -> str:
    """Parts of a sentence one after the other."""
    return _(", ").join(part for part in parts if part)


def placed(words: str, at: int, count: int) -> str:
    """A sentence and where it stands among others, counted from 0."""
    return _("{words}; {number} of {count}").format(words=words, number=at + 1, count=f"{count:,}")
