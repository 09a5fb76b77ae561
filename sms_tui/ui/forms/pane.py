"""The right side of the editor: the form of one node."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult

from sms_tui.document.document import Document
from sms_tui.exactjson import Json
from sms_tui.schema.paths import Path
from sms_tui.ui.forms.fields import FieldPane
from sms_tui.ui.forms.grid import PropertyGrid
from sms_tui.ui.forms.rows import Row
from sms_tui.ui.marks import Marks
from sms_tui.ui.tree.nodes import Node, label


class FormPane(FieldPane):
    """The form of one node."""

    def __init__(
        self,
        document: Document,
        marks: Marks,
        *,
        change: Callable[[Path, Json], None],
        ask: Callable[[Row, str], bool],
        id: str | None = None,
    ) -> None:
        super().__init__(document, marks, change=change, ask=ask, id=id)
        self._heading = ""
        self.grid: PropertyGrid = PropertyGrid(document, marks, follow=self._moved, edit=self.edit, id="grid")

    def compose(self) -> ComposeResult:
        yield self.grid
        yield self.input
        yield self._about

    def show_node(self, node: Node) -> None:
        """Show a node's form; an edit under way ends, its text stays in the document."""
        self.end_edit()
        self._head(node)
        self.grid.show_node(node)

    def read(self, node: Node) -> None:
        """Show what the document holds now: other rows, other findings."""
        self._head(node)
        self.grid.read(node)
        self._tell_extent()
        self.refresh_value()

    def _moved(self) -> None:
        super()._moved()
        self._tell_extent()

    def on_resize(self) -> None:
        super().on_resize()
        self._tell_extent()

    def _head(self, node: Node) -> None:
        self._heading = self._document.describe(node.path) or label(self._document.current, node)[0]

    def _tell_extent(self) -> None:
        self.entitle(self._heading, self.grid.extent)
