"""What a task says of its own failure, in words: `{"error_code": "SMS.0515", "error_param": "[]"}` in a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sms_tui.api.codes import explain
from sms_tui.api.faults import clean
from sms_tui.exactjson import Json, JsonError, dumps, loads
from sms_tui.language import _

_CODES = ("error_code", "errorCode", "code")
_MESSAGES = ("error_msg", "errorMsg", "message")
_ABOUT = ("error_param", "errorParam")
_SAYS_NOTHING = ("", "[]", "{}", "null")


class Failure(NamedTuple):
    """One failure. `words` are a few sentences fit for a terminal; `field` is to look at, as in a Code."""

    words: str
    field: str | None = None


def explain_error_json(text: Json) -> list[Failure]:
    """What the `error_json` of a task says; nothing where it is empty. Never raises, whatever stands there."""
    told = _read(text) if isinstance(text, str) else text
    entries = told if isinstance(told, list) else [told]
    failures = [_failure(entry) for entry in entries]
    return [failure for failure in failures if failure.words]


def _read(text: str) -> Json:
    """The JSON in a text that holds an object or a list, else the text itself."""
    try:
        told = loads(text)
    except JsonError:
        return text
    return told if isinstance(told, dict | list) else text


def _failure(entry: Json) -> Failure:
    if not isinstance(entry, dict):
        return Failure(_said(entry))
    code, message, about = (_first(entry, keys) for keys in (_CODES, _MESSAGES, _ABOUT))
    if not code:
        return Failure(" ".join(f"{clean(key)}: {said}." for key, one in entry.items() if (said := _said(one))))
    known = explain(code)
    unknown = _("{code}: not in the table of this program.").format(code=code)
    words = [f"{code}: {known.cause} {known.advice}" if known else unknown]
    words += [_("The service says: {message}.").format(message=message.rstrip("."))] if message else []
    words += [_("It is about {about}.").format(about=about)] if about else []
    return Failure(" ".join(words), known.field if known else None)


def _first(entry: Mapping[str, Json], keys: tuple[str, ...]) -> str:
    return next((said for key in keys if (said := _said(entry.get(key)))), "")


def _said(value: Json) -> str:
    """A value in words, empty if it says nothing."""
    try:
        text = clean(value if isinstance(value, str) else dumps(value))
    except (RecursionError, ValueError):  # nested too deeply, or a number of too many digits, to be written
        return _("something too large to be shown")
    return "" if text in _SAYS_NOTHING else text
