"""The table of a list: what there is to go to in it, and how it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from sms_tui.language import N_, _
from sms_tui.schema.paths import Path
from sms_tui.ui.commands import key_of
from sms_tui.ui.forms.rows import Row
from sms_tui.ui.screens.table_view import TableView

if TYPE_CHECKING:
    from sms_tui.document.findings import Finding


class TableScreen(TableView):
    """The entries of one list under edit, each cell like a field of a form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "next_problem(1)", N_("Next problem in the table"), id="next_problem"),
        Binding("shift+f8,f20", "next_problem(-1)", N_("Previous problem in the table"), id="previous_problem"),
        Binding("f7", "next_change(1)", N_("Next change in the table"), id="next_change"),
        Binding("shift+f7,f19", "next_change(-1)", N_("Previous change in the table"), id="previous_change"),
    ]

    _told: Finding | Path | None = None
    """The problem that was told of last, or where the change was."""

    async def action_next_problem(self, step: int) -> None:
        from sms_tui.document.turns import OfEntries, Turns

        await self.until_checked()
        inspector, list_path = self._document.inspector, self.entries.list_path
        found = Turns(self._document, OfEntries(inspector, list_path, self._is_seen))
        if not len(found):
            self._tell_of_none(_("No problems in this table."), hidden=bool(inspector.unsound(list_path)))
            return
        here = [finding for finding in inspector.under(self.entries.here) if self._is_at(finding.path)]
        if self._told in here:
            turn = found.turn(self._told) + step
        else:  # a problem that the cursor came upon by itself is told of before going on
            turn = min(map(found.turn, here), default=0 if step > 0 else -1)
        turn %= len(found)
        self._told = finding = found[turn]
        self._go_to(finding.path, turn, len(found), finding.message, alert=True)

    def action_next_change(self, step: int) -> None:
        list_path, depth = self.entries.list_path, len(self.entries.list_path)
        paths = (change.path for change in self._document.changes if change.sort != "removed")
        within = [path for path in paths if path[:depth] == list_path and len(path) > depth]
        seen = [path for path in within if self._is_seen(path[depth])]
        if not seen:
            self._tell_of_none(_("No changes in this table."), hidden=bool(within))
            return
        if self._told in seen and self._is_at(self._told):  # type: ignore[arg-type]
            turn = seen.index(self._told) + step  # type: ignore[arg-type]
        else:
            turn = next((at for at, path in enumerate(seen) if self._is_at(path)), 0 if step > 0 else -1)
        turn %= len(seen)
        self._told = path = seen[turn]
        self._go_to(path, turn, len(seen), self._document.describe(path), alert=False)

    def _tell_of_none(self, none: str, *, hidden: bool) -> None:
        where = (
            _("Esc clears the filter, which hides some.") if hidden else _("There may be some elsewhere in the task.")
        )
        self.hint(f"{none} {where}")

    def _go_to(self, path: Path, turn: int, count: int, told: str, *, alert: bool) -> None:
        self.select(path)
        words = _("{number} of {count}: {words}")
        self.hint(words.format(number=turn + 1, count=count, words=told), alert=alert)

    def _is_seen(self, entry: str | int) -> bool:
        """Whether an entry of the list has a row."""
        return self.entries.listing.row_of(entry) is not None

    def _is_at(self, path: Path) -> bool:
        """Whether a path leads to the entry under the cursor, or to its cell or into it."""
        shorter = min(len(path), len(self.place))
        return path[:shorter] == self.place[:shorter]

    def ask(self, row: Row, typed: str) -> bool:
        if isinstance(self._document.value(row.path[:-1]), dict):
            return super().ask(row, typed)
        words = _("This entry is no object and has no fields. Esc goes back to the tree, where {key} edits it as JSON.")
        self.hint(words.format(key=key_of(self, "edit_outside")))
        return True

    def why_not(self, action: str) -> str:
        listing = self.entries.listing
        if action == "move_entry" and not listing.in_task_order:
            if listing.sorting is None:
                return _("Moving needs all rows in sight: Esc clears the filter.")
            return _("Moving needs the task's order: press {key} on {name} until its ▲ or ▼ is gone.").format(
                key=key_of(self, "sort"), name=listing.sorting.name
            )
        return super().why_not(action)
