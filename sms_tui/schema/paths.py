"""Where a value stands in a task: `("target_server", "disks", 0, "size")`, written `target_server.disks[0].size`."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, TypeAlias

from sms_tui.exactjson import Json
from sms_tui.language import _

Path: TypeAlias = tuple[str | int, ...]

_STEP = re.compile(r'\.?([A-Za-z_]\w*)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]')
_PLAIN = re.compile(r"[A-Za-z_]\w*\Z")


def format_path(path: Path) -> str:
    """The path as text; a key that is no plain word is written `["like this"]`."""
    out = ""
    for step in path:
        if isinstance(step, int):
            out += f"[{step}]"
        elif _PLAIN.match(step):
            out += f".{step}" if out else step
        else:
            quoted = step.replace("\\", "\\\\").replace('"', '\\"')
            out += f'["{quoted}"]'
    return out


def parse_path(text: str) -> Path:
    """Read a path as `format_path` writes it. Raises ValueError for anything else."""
    steps: list[str | int] = []
    at = 0
    while at < len(text):
        found = _STEP.match(text, at)
        if found is None:
            raise ValueError(_("not a path from character {place}: {text}").format(place=at + 1, text=text))
        name, index, quoted = found.groups()
        if index is not None:
            steps.append(int(index))
        else:
            steps.append(name if name is not None else re.sub(r"\\(.)", r"\1", quoted))
        at = found.end()
    path = tuple(steps)
    if (spelling := format_path(path)) != text:
        advice = _("not a path as it is written here: {text}; write {spelling}")
        raise ValueError(advice.format(text=text, spelling=spelling))
    return path


class Absent(Enum):
    """The value of a key that is not there: not null, not empty.

    An enumeration of one, for type checkers know that what `is` not ABSENT is JSON.
    """

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
Value: TypeAlias = "Json | Absent"


def value_at(task: Json, path: Path) -> Value:
    """The value at a path, or ABSENT where the path leads nowhere."""
    here: Json = task
    for step in path:
        if isinstance(here, dict) and isinstance(step, str):
            if step not in here:
                return ABSENT
            here = here[step]
        elif isinstance(here, list) and isinstance(step, int) and 0 <= step < len(here):
            here = here[step]
        else:
            return ABSENT
    return here
