"""What each submit sent and got, kept in files: to prove it, and to take it back."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sms_tui.api.errors import ApiError
from sms_tui.document.body import Body
from sms_tui.document.document import Document
from sms_tui.document.merge import Merge, merge, take
from sms_tui.document.patch import changes_between
from sms_tui.exactjson import Json, JsonError, dumps, loads
from sms_tui.language import N_, _, why
from sms_tui.pieces import is_long, written
from sms_tui.schema.paths import format_path
from sms_tui.schema.units import format_date
from sms_tui.session.drafts.errors import DraftError
from sms_tui.session.drafts.files import Files
from sms_tui.session.drafts.privacy import private_directory
from sms_tui.session.errors import FileError
from sms_tui.session.outcomes import NotLanded, Outcome, Rejected, Saved, Unknown
from sms_tui.session.whole import write_whole

if TYPE_CHECKING:
    from sms_tui.api.replies import Reply

_FORMAT = 1
_LARGEST_REPLY = 64 * 1024
"""Characters of JSON; of a reply that is larger, a receipt tells the size alone."""
_NAMES = {
    Saved: N_("saved"),
    Rejected: N_("rejected"),
    NotLanded: N_("not landed"),
    Unknown: N_("unknown"),
}
"""Outcomes as receipts keep them; in other languages when they are shown."""


class ReceiptError(FileError):
    """A receipt that is not there or cannot be read; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One submit. `when` is epoch milliseconds.

    `before` and `after` are the top-level keys that were sent, as the service held them; `after` is None if they were
    not read back. `effects` is what became of each change, by path. Never holds credentials.
    """

    when: int
    place: str
    task_id: str
    name: str
    outcome: str
    before: Body
    body: Body
    reply: Json
    status: int | None
    request_id: str | None
    after: Body | None
    effects: Mapping[str, str]
    words: str = ""


def receipt_of(
    place: str, task_id: str, before: Body, body: Body, outcome: Outcome, reply: Reply | None = None, *, when: int
) -> Receipt:
    """The receipt of a submit: `before` is the task it was made from, `reply` what the client got for the update."""
    saved = outcome if isinstance(outcome, Saved) else Saved((), None)
    error = outcome.error if isinstance(outcome, Rejected | NotLanded | Unknown) else saved.after
    answer = reply or (error if isinstance(error, ApiError) else None)
    name = before.get("name")
    return Receipt(
        when=when,
        place=place,
        task_id=task_id,
        name=name if isinstance(name, str) else "",
        outcome=_NAMES[type(outcome)],
        before=_only(before, body),
        body=body,
        reply=_reply(reply.body if reply is not None else None),
        status=answer.status if answer is not None else None,
        request_id=answer.request_id if answer is not None else None,
        after=None if saved.held is None else _only(saved.held, body),
        effects={format_path(effect.change.path): effect.became for effect in saved.effects},
        words=str(error) if error is not None else saved.note,
    )


def _reply(body: Json) -> Json:
    size = len(dumps(body))
    return body if size <= _LARGEST_REPLY else _("{size} characters of JSON, which are not kept").format(size=size)


def _only(task: Body, keys: Body) -> Body:
    return {key: task[key] for key in keys if key in task}


def take_back(receipt: Receipt, document: Document) -> Merge:
    """Merge the reverse of a submit into the task of today, as one edit, and say what stood in the way.

    Where somebody changed the same since, the task stays as it is now.
    """
    today = document.current
    sent = {**today, **receipt.body}
    before = {key: value for key, value in sent.items() if key not in receipt.body or key in receipt.before}
    merged = merge(sent, {**before, **receipt.before}, today)
    wanted = take(merged, {number: conflict.theirs for number, conflict in enumerate(merged.conflicts)})
    document.apply(
        _("take back what was sent at {shown_time}").format(shown_time=shown_time(receipt.when)),
        *changes_between(today, wanted),
    )
    return merged


def shown_time(when: int) -> str:
    """Epoch milliseconds as `2026-11-23 02:58:10 UTC`."""
    return format_date(when // 1000 * 1000)


def _key(receipt: Receipt) -> str:
    moment = datetime.fromtimestamp(receipt.when / 1000, UTC).strftime("%Y%m%dT%H%M%S") + f"{receipt.when % 1000:03}Z"
    slug = re.sub(r"[^0-9A-Za-z]", "", receipt.task_id)[:8] or "task"
    return f"{moment}-{slug}-{os.urandom(2).hex()}"


class Receipts:
    """The receipts in a directory, a file each. `trouble` says why the last one could not be written, "" if it was."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.trouble = ""

    def write(self, receipt: Receipt, key: str = "") -> str:
        """Keep a receipt, in place of the one called `key` if there is one; what it is called.

        A full disk must not turn a submit that landed into a failure: it is told by `trouble`.
        """
        key = key or _key(receipt)
        content: dict[str, Json] = {"format": _FORMAT}
        content.update({name: getattr(receipt, name) for name in Receipt.__slots__})
        try:
            private_directory(self._directory, Files())
            data = written(content) if is_long(content) else dumps(content, indent=1).encode()
            write_whole(self._directory / f"{key}.json", data + b"\n")
            self.trouble = ""
        except DraftError as error:
            self.trouble = _("No receipt could be written. {reason}").format(reason=error)
        except OSError as error:
            self.trouble = _("No receipt could be written to {directory}: {reason}.").format(
                directory=self._directory, reason=why(error)
            )
        return key

    def drop(self, key: str) -> None:
        """Forget the receipt of a submit that never went out."""
        with suppress(OSError):
            (self._directory / f"{key}.json").unlink()

    def keys(self) -> list[str]:
        """What the receipts are called, the latest first."""
        return sorted((path.stem for path in self._directory.glob("*.json")), reverse=True)

    def all(self) -> Iterator[tuple[str, Receipt | ReceiptError]]:
        """The receipts, the latest first; one that cannot be read with the reason."""
        for key in self.keys():
            try:
                yield key, self._read(key)
            except ReceiptError as error:
                yield key, error

    def find(self, wanted: str) -> tuple[str, Receipt]:
        """The receipt of a key, or of the beginning of one. Raises ReceiptError."""
        found = [key for key in self.keys() if key.startswith(wanted)]
        if wanted in found:
            found = [wanted]
        if len(found) != 1:
            several = _("{count} receipts start with {key}; sms-tui receipts list names them.")
            none = _("There is no receipt {key}; sms-tui receipts list names them.")
            raise ReceiptError((several if found else none).format(count=len(found), key=wanted))
        return found[0], self._read(found[0])

    def _read(self, key: str) -> Receipt:
        path = self._directory / f"{key}.json"
        try:
            content = loads(path.read_bytes())
        except OSError as error:
            raise ReceiptError(_("Cannot read {path}: {reason}.").format(path=path, reason=why(error))) from None
        except JsonError as error:
            raise ReceiptError(_("{path} is damaged: {reason}.").format(path=path, reason=error)) from None
        if not isinstance(content, dict) or content.get("format") != _FORMAT:
            raise ReceiptError(_("{path} is not a receipt that this version can read.").format(path=path))
        try:
            return _checked(content)
        except (KeyError, TypeError) as error:
            raise ReceiptError(
                _("{path} is damaged: {reason} is missing or of the wrong type.").format(path=path, reason=error)
            ) from None


def _checked(content: Body) -> Receipt:
    """The receipt in a file. Raises KeyError or TypeError naming what is wrong."""
    values = {name: content[name] for name in Receipt.__slots__}
    kinds: Mapping[str, type | tuple[type, ...]] = {
        "when": int, "place": str, "task_id": str, "name": str, "outcome": str, "before": dict, "body": dict,
        "status": (int, type(None)), "request_id": (str, type(None)), "after": (dict, type(None)), "effects": dict,
        "words": str,
    }  # fmt: skip
    for name, kind in kinds.items():
        if not isinstance(values[name], kind):
            raise TypeError(name)
    return Receipt(**cast(Any, values))
