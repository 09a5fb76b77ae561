"""How a save ended. `match` on these; nothing else comes out of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from sms_tui.api.errors import OutcomeUnknown
from sms_tui.document.body import Body
from sms_tui.document.diff import Difference
from sms_tui.document.findings import Finding
from sms_tui.document.merge import Merge
from sms_tui.language import N_, _
from sms_tui.schema.paths import Value

Fate = Literal["kept", "changed by the service", "ignored", "not shown by the service"]

FATES = (N_("kept"), N_("removed"), N_("changed by the service"), N_("ignored"), N_("not shown by the service"))
"""The words for what can become of a change."""

AS_SENT: frozenset[Fate] = frozenset({"kept", "not shown by the service"})
"""Fates that leave nothing to do: what was sent is there, or no GET could show it."""


class Effect(NamedTuple):
    """What became of one change that was sent; `held` is what the service shows there now."""

    change: Difference
    where: str
    fate: Fate
    held: Value

    @property
    def became(self) -> str:
        """The fate as receipts keep it: something taken away that stays away is not called kept."""
        return "removed" if self.change.sort == "removed" and self.fate == "kept" else self.fate

    @property
    def words(self) -> str:
        """What it became, as people read it."""
        return _(self.became)


class Saved(NamedTuple):
    """Accepted. `held` is the task as read back, None (with `note` saying why) if that failed.

    What was changed by the service or ignored is still in the document, as changes that are not sent. `after` is the
    failure of the line behind which it was found to have landed nevertheless.
    """

    effects: Sequence[Effect]
    held: Body | None
    note: str = ""
    after: Exception | None = None

    @property
    def as_sent(self) -> bool:
        """Whether the service holds all that was sent."""
        return self.held is not None and all(effect.fate in AS_SENT for effect in self.effects)


class NothingToSend(NamedTuple):
    """No request was made: nothing differs, or only what no body can carry (`unsendable` top-level keys)."""

    unsendable: Sequence[str] = ()


class Blocked(NamedTuple):
    """No request was made: these errors stand in the way."""

    errors: Sequence[Finding]


class Moved(NamedTuple):
    """Nothing was sent: somebody else changed the task since it was read. The document has their changes now, beside
    the operator's, and is to be reviewed again."""

    meanwhile: Sequence[Difference]


class Conflicted(NamedTuple):
    """Nothing was sent: somebody else changed the same. The document is as it was; `held` is the task of now."""

    held: Body
    merge: Merge


class Rejected(NamedTuple):
    """Refused, or never reached the service; the edits are still in the document."""

    error: Exception


class NotLanded(NamedTuple):
    """Sent, the line failed, and the task that was read back has nothing of it; the edits are in the document."""

    error: OutcomeUnknown


class Unknown(NamedTuple):
    """Sent, and nothing tells whether it landed: `reason` says why reading the task back did not. The edits are in the
    document."""

    error: OutcomeUnknown
    reason: str = ""


class CutShort(asyncio.CancelledError):
    """A save that was cancelled after the update went out; `outcome` is what is known of it."""

    def __init__(self, outcome: Saved | Unknown) -> None:
        super().__init__()
        self.outcome = outcome


Outcome: TypeAlias = Saved | NothingToSend | Blocked | Moved | Conflicted | Rejected | NotLanded | Unknown
