"""A task body laid over the task as it is held now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sms_tui.document.body import Body
from sms_tui.document.diff import Difference, diff
from sms_tui.document.document import Document
from sms_tui.document.edits import EditError
from sms_tui.document.merge import Merge, merge
from sms_tui.document.ownership import churned
from sms_tui.document.patch import changes_between
from sms_tui.exactjson import Json, dumps, same
from sms_tui.language import _


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document with a body laid over it.

    `left` is what the body has otherwise and the service keeps itself, so that it was not taken. `merged` is how the
    body and what happened since its base went together, None where no base was given.
    """

    document: Document
    left: Sequence[Difference] = ()
    merged: Merge | None = None


def propose(document: Document, body: Body, base: Body | None = None) -> Proposal:
    """Lay the keys of a task body over a document, as one edit; keys that the body lacks stay as they are.

    With the body it was made from, `base`, only what differs between the two is laid over: a three-way merge, mine
    where it conflicts. Without one, a body with an `id` is a copy of the task: what the service keeps itself has moved
    on since and stays as it is now. A body without an `id` is meant as it stands.

    Raises EditError if the body belongs to another task.
    """
    _check_id(document, body)
    told = {key: value for key, value in body.items() if key != "id"}
    held = document.current
    proposal = Proposal(document)
    if base is not None:
        merged = merge(base, {**base, **told}, held)
        proposal, wanted = Proposal(document, merged=merged), {**merged.merged, **_own_id(held)}
    else:
        wanted = {**held, **_but_same(told, held)}
        if "id" in body:
            copied, wanted = wanted, churned(wanted, held)
            wanted |= {key: value for key, value in told.items() if key not in held and key not in wanted}
            proposal = Proposal(document, left=diff(wanted, copied))
    document.apply(_("the body given"), *changes_between(held, wanted))
    return proposal


def _check_id(document: Document, body: Body) -> None:
    own = document.current.get("id", document.task_id)
    if "id" in body and not same(body["id"], own):
        raise EditError(
            _("the body is of task {other}, not of {own}; remove its id or name that task").format(
                other=dumps(body["id"]), own=dumps(own)
            )
        )


def _own_id(held: Body) -> Mapping[str, Json]:
    return {"id": held["id"]} if "id" in held else {}


def _but_same(told: Body, held: Body) -> Body:
    """What a body says that is not so already; the rest stays the very same object."""
    return {key: value for key, value in told.items() if not (key in held and same(held[key], value))}
