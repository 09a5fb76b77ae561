"""Whoever keeps a record of a document's history hears of every change to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sms_tui.document.body import Body
from sms_tui.document.edits import Edit


class Listener(Protocol):
    """Told right after each change to a document; what it was told adds up to `Document.history`."""

    def applied(self, edit: Edit, *, joined: bool) -> None:
        """An edit was made. `joined`: typing went on, and this edit takes the place of the last one."""

    def dropped(self) -> None:
        """The last edit is gone from history: it was typed back to where it began."""

    def undone(self) -> None:
        """The last edit was taken back."""

    def redone(self, edit: Edit) -> None:
        """An edit that was taken back was made again."""

    def rebased(self, base: Body, edits: Sequence[Edit]) -> None:
        """The task counts as loaded like this from now on, and these edits, oldest first, lead to how it is now."""
