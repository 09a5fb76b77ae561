"""How a save ended. `match` on these; nothing else comes out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sms_tui.document import Body, Difference, Finding
from sms_tui.schema.paths import Value

Fate = Literal["kept", "changed by the service", "ignored", "not shown by the service"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What became of one change that was sent; `held` is what the service shows there now."""

    change: Difference
    where: str
    fate: Fate
    held: Value

    @property
    def words(self) -> str:
        """The fate as people read it: something taken away that stays away is not called kept."""
        return "removed" if self.change.sort == "removed" and self.fate == "kept" else self.fate


@dataclass(frozen=True, slots=True)
class Saved:
    """Accepted. `held` is the task as read back, None (with `note` saying why) if that failed."""

    effects: Sequence[Effect]
    held: Body | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NothingToSend:
    """No request was made: nothing differs, or only what no body can carry (`unsendable` top-level keys)."""

    unsendable: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Blocked:
    """No request was made: these errors stand in the way."""

    errors: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Rejected:
    """Refused, or never reached the service; the edits are still in the document."""

    error: Exception


@dataclass(frozen=True, slots=True)
class Unknown:
    """Sent, and nothing tells whether it landed; the edits are still in the document."""

    error: Exception


Outcome: TypeAlias = Saved | NothingToSend | Blocked | Rejected | Unknown
