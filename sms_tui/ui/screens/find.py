"""The find bar: type a field's name, label, value or path, and go there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from sms_tui.document import Document
from sms_tui.document.search import Hit, search
from sms_tui.schema.paths import Path
from sms_tui.schema.registry import field_at
from sms_tui.ui.forms.input import FieldInput
from sms_tui.ui.text import printable, shown
from sms_tui.ui.widgets.rows import Part, Rows, fitted

_MOST = 999
"""Matches that are kept to step through."""


class _Hits(Rows, can_focus=False):
    """The matches; the cursor is moved by the bar, which has the keyboard."""

    def __init__(self, document: Document, *, go: Callable[[], None]) -> None:
        super().__init__()
        self._document, self._go = document, go
        self.hits: list[Hit] = []

    def row_count(self) -> int:
        return len(self.hits)

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        path = self.hits[index].path
        name = f" {printable(self._document.describe(path))}"
        value = self._document.value(path)
        text = "" if isinstance(value, dict | list) else shown(value, field_at(path))
        left = max(width * 2 // 3, width - 40)
        yield fitted(name, left), None
        yield fitted(f" {text}", width - left), self.named_style("dim")

    def activated(self, index: int) -> None:
        self._go()


class FindBar(Container):
    """An input and its matches, always mounted, shown while in use. `go` gets the chosen path."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", show=False),
        Binding("escape", "leave", show=False),
        Binding("up", "choose(-1)", show=False),
        Binding("down", "choose(1)", show=False),
    ]

    def __init__(self, document: Document, *, go: Callable[[Path], None], leave: Callable[[], None]) -> None:
        super().__init__()
        self._document, self._go, self._leave = document, go, leave
        self._query = ""
        self._searched: object = None
        self._input = FieldInput(typed=self._typed)
        self._hits = _Hits(document, go=self.action_go)

    def compose(self) -> ComposeResult:
        yield self._hits
        yield self._input

    def open(self) -> None:
        """Show the bar and give it the keyboard."""
        self.border_title = "Find a field, label, value or path"
        self.display = True
        self._input.put("")
        self._typed("")
        self.screen.set_focus(self._input, scroll_visible=False)

    def action_choose(self, step: int) -> None:
        self._hits.action_move(step)

    def action_go(self) -> None:
        hits = self._hits.hits
        self.display = False
        if hits:
            self._go(hits[self._hits.cursor].path)
        else:
            self._leave()

    def action_leave(self) -> None:
        self.display = False
        self._leave()

    def next_hit(self, step: int, here: Path) -> str:
        """Go on to the next match of what was looked for last, from the one at `here`; what to say about it."""
        self._search()
        hits = self._hits.hits
        if not hits:
            wanted = self._query.strip()
            return f"Nothing is found for {printable(wanted)}." if wanted else "Nothing was looked for yet; / finds."
        at = next((at for at, hit in enumerate(hits) if hit.path == here), self._hits.cursor)
        self._hits.cursor = (at + step) % len(hits)
        self._go(hits[self._hits.cursor].path)
        return f"{self._hits.cursor + 1} of {self._count()} for {printable(self._query)}."

    def _typed(self, text: str) -> None:
        self._query, self._searched = text, None
        self._search()
        self._hits.cursor = 0
        self._hits.rows_changed()
        self.border_subtitle = f"{self._count()} found · Enter goes there · Esc" if text.strip() else "Esc leaves"

    def _search(self) -> None:
        """Look again if the task changed since."""
        if self._searched is not self._document.current:
            self._searched = self._document.current
            self._hits.hits = search(self._document.current, self._query, _MOST)

    def _count(self) -> str:
        found = len(self._hits.hits)
        return f"{found}+" if found == _MOST else str(found)
