"""A history of edits carried over to the task as it is by now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sms_tui.document.body import Body
from sms_tui.document.edits import Edit, apply_all
from sms_tui.document.merge import Merge, merge, merged_task
from sms_tui.document.patch import changes_between
from sms_tui.document.sharing import shared
from sms_tui.exactjson import Json


class Followed(NamedTuple):
    """The task under edit over another base; `done` leads from that base to it, `undone` beyond, last one first."""

    current: Body
    done: list[Edit]
    undone: list[Edit]


class Following(NamedTuple):
    """How a document goes on, from `base` and `current` as it had them, and what became of these in the merge."""

    base: Body
    current: Body
    result: Merge
    way: Followed

    def fits(self, base: Body, current: Body) -> bool:
        """Whether it was worked out for a document as it is."""
        return self.base is base and self.current is current


def worked_out(base: Body, current: Body, theirs: Body, done: Sequence[Edit], undone: Sequence[Edit]) -> Following:
    """How a document follows the task as it is by now where it came from."""
    result = merge(base, current, shared(base, theirs))
    if result.theirs is base:
        return Following(base, current, result, Followed(current, list(done), list(undone)))
    return Following(base, current, result, followed(base, result.theirs, done, undone))


def followed(base: Body, theirs: Body, done: Sequence[Edit], undone: Sequence[Edit]) -> Followed:
    """Merge every state that history went through with `theirs`, and make the edits anew that lead from each to the
    next; those that `theirs` has made already are gone. Undoing them all ends at `theirs` itself.
    """
    past: list[Edit] = []
    future: list[Edit] = []
    now = current = theirs
    ahead = [Edit(edit.label, edit.inverse, edit.changes) for edit in reversed(undone)]
    for number, (label, state) in enumerate(_states(base, [*done, *ahead])):
        is_past = number < len(done)
        after, edit = _edit(label, now, merged_task(base, state, theirs))
        if edit.changes:
            now = after
            (past if is_past else future).append(edit)
        if is_past:
            current = now
    return Followed(current, past, [Edit(edit.label, edit.inverse, edit.changes) for edit in reversed(future)])


def _states(base: Body, edits: Sequence[Edit]) -> Iterator[tuple[str, Body]]:
    """What each edit is called and the task after it."""
    state: Json = base
    for edit in edits:
        state, _ = apply_all(state, edit.changes)
        assert isinstance(state, dict)
        yield edit.label, state


def _edit(label: str, now: Body, wanted: Body) -> tuple[Body, Edit]:
    changes = tuple(changes_between(now, wanted))
    after, inverse = apply_all(now, changes)
    assert isinstance(after, dict)
    return after, Edit(label, changes, inverse)
