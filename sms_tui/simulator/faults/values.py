"""The values that faults are written with, read and judged."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable

from sms_tui import exactjson
from sms_tui.exactjson import Json
from sms_tui.language import _
from sms_tui.schema.paths import Path, format_path, parse_path
from sms_tui.schema.registry import ROOT, kind


class FaultError(ValueError):
    """A fault that is written wrongly; the text is one sentence for the operator."""


def nearest(word: str, words: Iterable[str]) -> str:
    """The word most like the one that was written."""
    return difflib.get_close_matches(word, list(words), 1, cutoff=0)[0]


def number(text: str, least: float, most: float) -> float:
    """A number within bounds. Raises FaultError."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        raise FaultError(
            _("a number from {least} to {most} is wanted, not {text}").format(
                least=f"{least:g}", most=f"{most:g}", text=f"{text!r}"
            )
        )
    return value


def one_of(text: str, words: Iterable[str]) -> str:
    """One of some words. Raises FaultError with all of them."""
    known = list(words)
    if text not in known:
        raise FaultError(_("one of {names} is wanted, not {text}").format(names=", ".join(known), text=f"{text!r}"))
    return text


def field(text: str) -> str:
    """A top-level field of a task that a PUT takes. Raises FaultError with the nearest there is."""
    known = kind(ROOT).fields
    if text not in known:
        raise FaultError(
            _("a task has no field {text}; the nearest is {nearest}").format(
                text=f"{text!r}", nearest=nearest(text, known)
            )
        )
    return text


def place_and_value(text: str) -> tuple[Path, Json]:
    """What stands in `PATH:JSON`: a place in a task, and a value that may stand there. Raises FaultError."""
    place, colon, value = text.partition(":")
    if not colon:
        raise FaultError(
            _("a field and its JSON are wanted, as in speed_limit:70, not {text}").format(text=f"{text!r}")
        )
    try:
        path = parse_path(place)
    except ValueError as error:
        raise FaultError(str(error)) from None
    field(str(path[0]) if path else "")
    try:
        new = exactjson.loads(value)
    except exactjson.JsonError as error:
        raise FaultError(
            _("{value} is not JSON ({reason}); write text in double quotes").format(value=f"{value!r}", reason=error)
        ) from None
    _check(path, new)
    return path, new


def _check(path: Path, value: Json) -> None:
    """Refuse what the simulator would refuse to somebody else as well, where no task is needed to tell."""
    from sms_tui.simulator.rules import violations  # with it comes starlette, which --help can do without

    if len(path) == 1:
        for broken in violations({format_path(path): value}, {}):
            raise FaultError(broken.message)
