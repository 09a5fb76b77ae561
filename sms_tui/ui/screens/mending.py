"""Repairs that findings offer, and the source laid onto the target."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sms_tui.language import _
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

    def action_mirror(self) -> None:
        """Show what mirroring the source onto the target would change, and do it if agreed to."""
        from sms_tui.document.mirror import mirrored, preview
        from sms_tui.ui.dialogs.changes import ChangesDialog
        from sms_tui.ui.review_text import change_lines

        changes = mirrored(self._document.current)
        if not changes:
            self._mirror()
            return
        scratch = preview(self._document, changes)

        def answered(yes: bool | None) -> None:
            if yes:
                self._mirror()

        lines = change_lines(scratch, scratch.changes)
        self.app.push_screen(ChangesDialog(_("Mirror the source onto the target"), lines), answered)

    def _mirror(self) -> None:
        from sms_tui.document.mirror import mirror

        said = mirror(self._document)
        self.show_document(structure=True)
        self.hint(sentence(f"{said[0].upper()}{said[1:]}"))
