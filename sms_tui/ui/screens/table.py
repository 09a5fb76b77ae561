"""The table of a list: what there is to go to in it, and how it is changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from sms_tui.language import N_, _
from sms_tui.schema.paths import Path
from sms_tui.ui.commands import key_of
from sms_tui.ui.forms.rows import Row
from sms_tui.ui.screens.table_view import TableView


class _Stop(NamedTuple):
    """A place to go to, and what is told of it there."""

    path: Path
    words: str


class TableScreen(TableView):
    """The entries of one list under edit, each cell like a field of a form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "next_problem(1)", N_("Next problem in the table"), id="next_problem"),
        Binding("shift+f8,f20", "next_problem(-1)", N_("Previous problem in the table"), id="previous_problem"),
        Binding("f7", "next_change(1)", N_("Next change in the table"), id="next_change"),
        Binding("shift+f7,f19", "next_change(-1)", N_("Previous change in the table"), id="previous_change"),
    ]

    _told: _Stop | None = None
    """The problem or change that was told of last."""

    async def action_next_problem(self, step: int) -> None:
        await self.until_checked()
        found = sorted(self._document.findings, key=lambda finding: not finding.blocks)
        self._go_on([_Stop(finding.path, finding.message) for finding in found], "problem", step)

    def action_next_change(self, step: int) -> None:
        changes = [change for change in self._document.changes if change.sort != "removed"]
        self._go_on([_Stop(change.path, self._document.describe(change.path)) for change in changes], "change", step)

    def _go_on(self, stops: Sequence[_Stop], word: str, step: int) -> None:
        """Go to the next stop in the table; one that the cursor came upon by itself is told of before going on."""
        depth, listing = len(self.entries.list_path), self.entries.listing
        within = [stop for stop in stops if stop.path[:depth] == self.entries.list_path and len(stop.path) > depth]
        seen = [stop for stop in within if listing.row_of(stop.path[depth]) is not None]
        if not seen:
            where = (
                _("Esc clears the filter, which hides some.")
                if within
                else _("There may be some elsewhere in the task.")
            )
            none = _("No problems in this table.") if word == "problem" else _("No changes in this table.")
            self.hint(f"{none} {where}")
            return
        if self._told in seen and self._is_at(self._told.path):
            target = (seen.index(self._told) + step) % len(seen)
        else:
            here = (at for at, stop in enumerate(seen) if self._is_at(stop.path))
            target = next(here, 0 if step > 0 else len(seen) - 1)
        self._told = seen[target]
        self.select(self._told.path)
        words = _("{number} of {count}: {words}")
        self.hint(words.format(number=target + 1, count=len(seen), words=self._told.words), alert=word == "problem")

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
