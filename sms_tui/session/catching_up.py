"""A document brought up to the task as it is held now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sms_tui.document import Body, Document
from sms_tui.document.document import following
from sms_tui.document.merge import take
from sms_tui.document.patch import changes_between
from sms_tui.language import _
from sms_tui.schema.paths import Value
from sms_tui.session.outcomes import Conflicted, Moved

if TYPE_CHECKING:
    from sms_tui.document.following import Following


def catch_up(document: Document, held: Body, planned: Following | None = None) -> Moved | Conflicted | None:
    """Merge the task of now into a document; None if nobody but the service itself changed anything.

    Where somebody else changed what the operator changed too, the document stays as it is. `planned` is what
    `following` worked out before, on a long task in a thread.
    """
    if planned is None or not planned.fits(document.base, document.current):
        planned = following(document, held)
    merged = planned.result
    if merged.conflicts:
        return Conflicted(held, merged)
    document.follow(held, planned)
    return Moved(merged.meanwhile) if merged.meanwhile else None


def settle(document: Document, conflicted: Conflicted, picks: Mapping[int, Value]) -> Moved:
    """Merge after a value was picked for each conflict, by its number; ABSENT takes it out."""
    document.follow(conflicted.held)
    wanted = take(conflicted.merge, picks)
    document.apply(_("settle what both sides changed"), *changes_between(document.current, wanted))
    return Moved(conflicted.merge.meanwhile)
