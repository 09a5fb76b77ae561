"""What a reading of the task brings to a document: worked out beside it, for on a long task that takes a while."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sms_tui.document.body import Body
from sms_tui.document.document import Document, following
from sms_tui.document.following import Following
from sms_tui.document.merge import merge
from sms_tui.document.ownership import churned
from sms_tui.schema.paths import Path


class News(NamedTuple):
    """What `held` says that a document, at `base` and `current`, does not know yet: the `places` that somebody else
    changed, and how it would follow what the service itself `moved`, None where that is nothing."""

    base: Body
    current: Body
    held: Body
    places: Sequence[Path]
    moved: Following | None

    @classmethod
    def of(cls, document: Document, held: Body) -> News:
        """Changes nothing; may be called in a thread while the document is edited, and then `fits` no more."""
        base, current = document.base, document.current
        changed = merge(base, current, held)
        places = [conflict.path for conflict in changed.conflicts] + [change.path for change in changed.meanwhile]
        moved = churned(base, held)
        return cls(
            base, current, held, list(dict.fromkeys(places)), None if moved is base else following(document, moved)
        )

    def moved_in(self, document: Document) -> Following | None:
        """How a document follows what the service moved, None if it need not; looked at again if it was edited since
        then, or follows another task."""
        if self.moved is not None and self.moved.fits(document.base, document.current):
            return self.moved
        if self.moved is None and document.base is self.base:
            return None
        moved = churned(document.base, self.held)
        return None if moved is document.base else following(document, moved)

    def fits(self, document: Document) -> bool:
        """Whether the document is as it was."""
        return document.base is self.base and document.current is self.current
