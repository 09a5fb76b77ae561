"""A list of the task as a table on the screen: shown, sorted, filtered, and moved about in."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sms_tui.document.document import Document
from sms_tui.document.structure import Addition
from sms_tui.language import N_, _, pgettext
from sms_tui.schema.paths import Path
from sms_tui.schema.registry import KindSpec
from sms_tui.session.session import Session
from sms_tui.ui.forms.input import FieldInput
from sms_tui.ui.screens.arranging import ArrangingView
from sms_tui.ui.screens.task_screen import COMMON_KEYS, Hand
from sms_tui.ui.table.pane import TablePane
from sms_tui.ui.table.table import EntryTable

_KEYS = (
    ("Enter", N_("Edit")),
    ("filter", N_("Filter")),
    ("sort", N_("Sort")),
    ("mark", N_("Mark")),
    ("add", N_("Add")),
    ("delete", N_("Delete")),
)
_FILTER_KEYS = (("↑↓", N_("Choose")), ("Enter", N_("To the table")), ("Esc", N_("Show all")))
_EDIT_KEYS = (
    *(("Enter", N_("Next row")), ("Tab", N_("Next column")), ("Esc", N_("Done"))),
    *(("set_null", "null"), ("put_back", N_("Put back"))),
)


class TableView(ArrangingView):
    """Shows the entries of one list, the cursor on what `start` leads to. `leave` is told where to go on in the tree,
    and whether the review was asked for."""

    HELP: ClassVar[str] = N_(
        "A list as a table: a row an entry, a column a field. Cells are edited like the fields of a "
        "form, and the keys of the tree work on the rows."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+f", "filter", N_("Filter the rows: word, column:word"), id="filter"),
        Binding("ctrl+s", "review", N_("Review the change and submit it"), id="review"),
        Binding("escape", "back", N_("Back to the tree")),
        Binding("enter", "enter_table", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    def __init__(
        self,
        session: Session,
        document: Document,
        hand: Hand,
        list_path: Path,
        kind: KindSpec,
        start: Path,
        *,
        leave: Callable[[Path, bool], None],
    ) -> None:
        super().__init__(session, document)
        self._hand, self._kind, self._start, self._leave = hand, kind, start, leave
        self._table = TablePane(document, self._marks, list_path, kind, change=self.typed, ask=self.ask, id="entries")
        self._filter = FieldInput(typed=self._table.narrow, id="filter")
        self._filter.prompt = _("Filter")
        self._filter.placeholder = _("Words that must stand in a row, or column:word")

    @property
    def pane(self) -> TablePane:
        return self._table

    @property
    def entries(self) -> EntryTable:
        return self._table.grid

    @property
    def place(self) -> Path:
        return self.entries.row.path or self.entries.here

    @property
    def addition(self) -> Addition:
        number = self.entries.number
        return Addition((*self.entries.list_path, 0 if number is None else number + 1), self._kind.name)

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self._table
        yield self._filter
        yield self._keys

    def on_mount(self) -> None:
        self.set_focus(self.entries)
        self.select(self._start)

    def on_screen_resume(self) -> None:
        self.show_document(structure=True)

    def on_descendant_focus(self) -> None:
        self._show_keys()

    def _show_keys(self) -> None:
        if self.focused is self._filter:
            self._keys.show((pgettext("key bar", "type"), _("Filter")), *_FILTER_KEYS)
        elif self.pane.editing:
            self._keys.show(*_EDIT_KEYS, *COMMON_KEYS)
        else:
            self._keys.show(*_KEYS, ("Esc", _("Show all") if self._filter.display else _("Tree")), *COMMON_KEYS)

    def show_document(self, *, structure: bool = False) -> None:
        self._check_on()
        self._marks.read()
        if structure:
            self.pane.read()
        else:
            self.entries.read_values()
        self._show_heading()

    def select(self, path: Path) -> bool:
        return self.entries.go_to(path)

    # The filter

    def action_filter(self) -> None:
        self.pane.end_edit()
        self._filter.display = True
        self.set_focus(self._filter, scroll_visible=False)

    async def action_enter_table(self) -> None:
        await self.entries.arranger.done()
        self.set_focus(self.entries, scroll_visible=False)

    async def action_move(self, step: int) -> None:
        await self.entries.arranger.done()
        self.entries.action_move(step)

    # Leaving

    async def action_back(self) -> None:
        if self.pane.editing:
            self.pane.end_edit()
        elif self._filter.display:
            self._filter.value = ""
            self._filter.display = False
            await self.action_enter_table()
            self._show_keys()
        elif not self.entries.clear_marks():
            self.action_leave()

    def action_leave(self) -> None:
        """Go back to the tree, to the entry under the cursor."""
        self._end(self.entries.here)

    def follow_link(self, path: Path) -> None:
        self._end(path)

    def action_review(self) -> None:
        self._end(self.entries.here, review=True)

    def _end(self, path: Path, *, review: bool = False) -> None:
        self.pane.end_edit()
        self.dismiss()
        self._leave(path, review)
