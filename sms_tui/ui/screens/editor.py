"""The editor: a task on the screen, and every way to change it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from sms_tui.document.document import Document
from sms_tui.language import N_
from sms_tui.schema.paths import Path
from sms_tui.ui.screens.tabling import TablingView


class EditorScreen(TablingView):
    """One task under edit. Every change goes through the document, and what shows it is told in the same breath."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "mend", N_("Make the repair that is offered"), id="repair"),
        Binding("ctrl+s", "review", N_("Review the change and submit it"), id="review"),
    ]

    @property
    def document(self) -> Document:
        """The task under edit."""
        return self._document

    @property
    def unsent(self) -> int:
        """How many changes are not sent."""
        return len(self._document.changes)

    async def action_review(self) -> None:
        from sms_tui.ui.screens.review import ReviewScreen

        await self.until_checked()
        self.form.end_edit()
        if self._find is not None:
            self._find.display = False
        self.flush()  # what may be sent next is on the disk first

        def reviewed(field: Path | None) -> None:
            self.settle()
            self.banner.tell(self._warning)
            if field is not None:
                self.go_to(field)

        self.app.push_screen(ReviewScreen(self._session, self._document), reviewed)
