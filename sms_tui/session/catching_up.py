"""A document brought up to the task as it is held now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from sms_tui.document.body import Body
from sms_tui.document.document import Document, following
from sms_tui.document.merge import take
from sms_tui.document.patch import changes_between
from sms_tui.language import _
from sms_tui.meanwhile import meanwhile
from sms_tui.pieces import is_long
from sms_tui.schema.paths import Value
from sms_tui.session.outcomes import Conflicted, Moved

if TYPE_CHECKING:
    from sms_tui.document.following import Following


async def planned(document: Document, held: Body) -> Following:
    """How a document follows the task of now: worked out without a change, and for a long task in a thread."""
    return await meanwhile(partial(following, document, held), is_long(held))


def catch_up(document: Document, held: Body, plan: Following | None = None) -> Moved | Conflicted | None:
    """Merge the task of now into a document; None if nobody but the service itself changed anything.

    Where somebody else changed what the operator changed too, the document stays as it is. `plan` is what
    `planned` worked out before.
    """
    if plan is None or not plan.fits(document.base, document.current):
        plan = following(document, held)
    merged = plan.result
    if merged.conflicts:
        return Conflicted(held, merged)
    document.follow(held, plan)
    return Moved(merged.meanwhile) if merged.meanwhile else None


def settle(document: Document, conflicted: Conflicted, picks: Mapping[int, Value]) -> Moved:
    """Merge after a value was picked for each conflict, by its number; ABSENT takes it out."""
    document.follow(conflicted.held)
    wanted = take(conflicted.merge, picks)
    document.apply(_("settle what both sides changed"), *changes_between(document.current, wanted))
    return Moved(conflicted.merge.meanwhile)
