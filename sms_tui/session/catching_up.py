"""A document brought up to the task as it is held now."""

from __future__ import annotations

from collections.abc import Mapping

from sms_tui.document import Body, Document
from sms_tui.document.merge import merge, take
from sms_tui.document.patch import changes_between
from sms_tui.language import _
from sms_tui.schema.paths import Value
from sms_tui.session.outcomes import Conflicted, Moved


def catch_up(document: Document, held: Body) -> Moved | Conflicted | None:
    """Merge the task of now into a document; None if nobody but the service itself changed anything.

    Where somebody else changed what the operator changed too, the document stays as it is.
    """
    merged = merge(document.base, document.current, held)
    if merged.conflicts:
        return Conflicted(held, merged)
    document.follow(held)
    return Moved(merged.meanwhile) if merged.meanwhile else None


def settle(document: Document, conflicted: Conflicted, picks: Mapping[int, Value]) -> Moved:
    """Merge after a value was picked for each conflict, by its number; ABSENT takes it out."""
    document.follow(conflicted.held)
    wanted = take(conflicted.merge, picks)
    document.apply(_("settle what both sides changed"), *changes_between(document.current, wanted))
    return Moved(conflicted.merge.meanwhile)
