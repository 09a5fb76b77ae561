"""From the tree or a form to the table of a list, and back."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from sms_tui.document.document import Document
from sms_tui.language import N_, _
from sms_tui.schema.paths import Path
from sms_tui.schema.registry import KindSpec, field_at, kind_at
from sms_tui.ui.screens.keeping import KeepingView


class TablingView(KeepingView):
    """`t` shows the list under the cursor, or that the entry under the cursor is in, as a table."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("alt+t", "table", N_("Show the list as a table"), priority=True, id="table")
    ]

    def why_not(self, action: str) -> str:
        if action == "table" and self._list_here() is None:
            spec = field_at(self.place)
            if spec is not None and spec.type == "array":
                return _("There is no list here yet; a makes its first entry.")
            return _("A table shows a list; go to one, or to an entry of one.")
        return super().why_not(action)

    def _list_here(self) -> tuple[Path, KindSpec] | None:
        """The list under the cursor, or around it, and what its entries are."""
        path = list_at(self._document, self.place)
        kind = None if path is None else kind_at((*path, 0))
        return None if path is None or kind is None else (path, kind)

    def action_table(self) -> None:
        from sms_tui.ui.screens.table import TableScreen

        place, found = self.place, self._list_here()
        if self.refuses("table") or found is None:
            return
        list_path, kind = found
        self.form.end_edit()
        table = TableScreen(self._session, self._document, self._hand, list_path, kind, place, leave=self._return)
        self.app.push_screen(table)

    def _return(self, path: Path, review: bool) -> None:
        self.select(path)
        self.enter_tree()
        if review:
            self.call_later(self.action_review)

    async def action_review(self) -> None:
        """Show the change before it is sent."""
        raise NotImplementedError


def list_at(document: Document, path: Path) -> Path | None:
    """The list at a path, else the nearest one around it."""
    for length in range(len(path), -1, -1):
        if isinstance(document.value(path[:length]), list):
            return path[:length]
    return None
