"""Repairs that findings offer, and the source laid onto the target."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from sms_tui.document.diff import Difference
from sms_tui.document.document import Document
from sms_tui.document.edits import Change
from sms_tui.language import _
from sms_tui.pieces import is_long
from sms_tui.ui.screens.json_view import JsonView
from sms_tui.ui.text import sentence

if TYPE_CHECKING:
    from sms_tui.document.offer import Offer
    from sms_tui.ui.dialogs.palette import Entry


class MendingView(JsonView):
    """F9 makes the repair that the finding under the cursor offers; M mirrors the source. Each is one edit, and
    neither happens by itself."""

    def why_not(self, action: str) -> str:
        if action == "mend" and self._document.inspector.done and not self._offered():
            return _("No repair is offered here. F8 goes to the next problem and says what F9 would do.")
        return super().why_not(action)

    def _offered(self) -> list[Offer]:
        """The repairs that what is found under the cursor offers."""
        from sms_tui.document.fixes import offers

        found = self._document.inspector.at(self.place)
        return [offer for finding in found for offer in offers(self._document, finding)]

    async def action_mend(self) -> None:
        await self.until_checked()
        if self.refuses("mend"):
            return
        offered = self._offered()
        if len(offered) == 1:
            self._apply_offer(offered[0])
        else:
            self._choose_offer(offered)

    def _choose_offer(self, offered: list[Offer]) -> None:
        from sms_tui.ui.dialogs.palette import Entry, PaletteDialog

        def chosen(entry: Entry | None) -> None:
            if entry is not None:
                entry.run()

        entries = [Entry(offer.words, "", partial(self._apply_offer, offer)) for offer in offered]
        self.app.push_screen(PaletteDialog(entries, _("Repairs")), chosen)

    def _apply_offer(self, offer: Offer) -> None:
        self._document.apply(offer.words, *offer.changes)
        self.show_document(structure=True)
        self.hint(_("Done: {words}. Ctrl+z takes it back.").format(words=offer.words))

    async def action_mirror(self) -> None:
        """Show what mirroring the source onto the target would change, and do it if agreed to."""
        if is_long(self._document.current):
            self.hint(_("Comparing source and target…"))
            self.run_worker(self._look_at_mirror(), exclusive=True, group="mirror")
        else:
            self._show_mirror(_Mirrored.of(self._document))

    async def _look_at_mirror(self) -> None:
        looked_at = self._document.current
        found = await asyncio.to_thread(_Mirrored.of, self._document)
        if self._document.current is looked_at and self.is_current:
            self._show_mirror(found)

    def _show_mirror(self, found: _Mirrored) -> None:
        from sms_tui.ui.dialogs.changes import ChangesDialog
        from sms_tui.ui.review_text import change_lines

        if not found.changes:
            self._mirror(found)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._mirror(found)

        lines = change_lines(found.scratch, found.differences)
        self.app.push_screen(ChangesDialog(_("Mirror the source onto the target"), lines), answered)

    def _mirror(self, found: _Mirrored) -> None:
        from sms_tui.document.mirror import mirror

        said = mirror(self._document, found.changes, found.unsettled)
        self.show_document(structure=True)
        self.hint(sentence(f"{said[0].upper()}{said[1:]}"))


class _Mirrored(NamedTuple):
    """What mirroring would do, a document in which it has, the differences, and in words what it would leave over."""

    changes: Sequence[Change]
    scratch: Document
    differences: list[Difference]
    unsettled: Sequence[str]

    @classmethod
    def of(cls, document: Document) -> _Mirrored:
        """All of it looked at already: on a long task this is for a thread to do."""
        from sms_tui.document.mirror import left_over, mirrored, preview

        changes = mirrored(document.current)
        scratch = preview(document, changes) if changes else document
        return cls(changes, scratch, scratch.changes if changes else [], left_over(scratch))
