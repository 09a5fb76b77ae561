"""The draft of a document under edit, kept on the disk while it changes."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence

from sms_tui.document.body import Body
from sms_tui.document.document import Document
from sms_tui.document.edits import Edit
from sms_tui.document.identity import describe
from sms_tui.language import _
from sms_tui.schema.paths import ABSENT, Path, Value, value_at
from sms_tui.session.drafts.keeper import Keeper, Rebased, Settled
from sms_tui.session.drafts.steps import Again, Entry, Made, Typed, Walked, Way


class Journal:
    """Hears of every change to a document, and has it written by a keeper.

    A change is on the disk 0.8 seconds later at the latest, whatever the event loop does. Nothing is written before
    the first edit. `now` gives the time in seconds.
    """

    def __init__(self, document: Document, keeper: Keeper, *, now: Callable[[], float] = time.time) -> None:
        self._document, self._keeper, self._now = document, keeper, now
        self._before = document.current
        document.listen(self)

    @property
    def trouble(self) -> str:
        """Why changes cannot be kept at the moment, "" if they are."""
        return self._keeper.trouble

    # What the document tells

    def applied(self, edit: Edit, *, joined: bool) -> None:
        self._keeper.put(Made(self._entry(edit), joined))
        self._before = self._document.current

    def dropped(self) -> None:
        self._walked("drop")

    def undone(self) -> None:
        self._walked("undo")

    def redone(self, edit: Edit) -> None:
        self._keeper.put(Again(self._entry(edit)))
        self._before = self._document.current

    def rebased(self, base: Body, edits: Sequence[Edit]) -> None:
        self._keeper.put(Rebased(base, tuple(map(self._entry, edits))))
        self._before = self._document.current

    def _walked(self, way: Way) -> None:
        self._keeper.put(Walked(way, int(self._now() * 1000)))
        self._before = self._document.current

    def _entry(self, edit: Edit) -> Entry:
        return entry_of(edit, self._before, self._document.current, int(self._now() * 1000))

    # What the session asks for

    def typed(self, path: Path, text: str | None, origin: Value) -> None:
        """JSON text was typed for the value at a path, laid out from `origin`; None if it was taken in or given up."""
        where = describe(path, self._document.current) or _("the task")
        self._keeper.put(Typed(path, text, origin, where, int(self._now() * 1000)))

    async def run(self, report: Callable[[str], None]) -> None:
        """Report every change of `trouble`, on this event loop, until cancelled."""
        loop, changed, told = asyncio.get_running_loop(), asyncio.Event(), ""

        def wake() -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed
                loop.call_soon_threadsafe(changed.set)

        self._keeper.on_trouble = wake
        while True:
            if (trouble := self.trouble) != told:
                told = trouble
                report(told)
            await changed.wait()
            changed.clear()

    def flush(self, timeout: float = 1.0) -> bool:
        """Have every change written now; whether it was, within so many seconds. A signal handler may ask."""
        return self._keeper.ask(timeout)

    def settle(self) -> None:
        """What was drafted is done, the service shows it: the draft goes, unless there are edits again."""
        self._keeper.put(Settled())

    def close(self, timeout: float = 5.0) -> bool:
        """Have every change written, and let the draft go to other sessions; one that holds no edit is removed.

        Whether that was done, within so many seconds. What comes after is not kept.
        """
        return self._keeper.ask(timeout, end=True)


def entry_of(edit: Edit, before: Body, after: Body, at: int) -> Entry:
    """An edit as the journal keeps it; what it took out is called what it was called before."""
    there = before if value_at(after, edit.path) is ABSENT else after
    return Entry(edit.label, edit.changes, describe(edit.path, there), at)
