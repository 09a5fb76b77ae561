"""The form of the selected node: a property grid, one painted row a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType

from sms_tui.document.document import Document
from sms_tui.document.findings import Finding
from sms_tui.language import N_, _
from sms_tui.schema.paths import ABSENT, Value
from sms_tui.ui.forms.fields import FieldRows
from sms_tui.ui.forms.parse import editable_text
from sms_tui.ui.forms.rows import Form, Row, form_rows
from sms_tui.ui.marks import Marks
from sms_tui.ui.plain.words import findings_in_words, listed, placed, spoken
from sms_tui.ui.text import aside, echo, extent, limits, printable, shown, telling
from sms_tui.ui.tree.nodes import Node, label
from sms_tui.ui.widgets.painted import Part, fitted

_MEASURED = 200
"""Rows whose names decide where the values stand."""
_IN_WORDS = re.compile(r"\A\([^)]*\) ")
_WORDS = {"heading": "heading", "note": "dim", "finding": "warning"}
"""The styles of rows that are only words."""


class PropertyGrid(FieldRows):
    """The fields of one node."""

    KEYS_WORK: ClassVar[str] = N_("On a field")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "move(1)", N_("Next field"), show=False),
        Binding("shift+tab", "move(-1)", N_("Previous field"), show=False),
    ]

    def __init__(
        self,
        document: Document,
        marks: Marks,
        *,
        follow: Callable[[], None],
        edit: Callable[[str], None],
        id: str | None = None,
    ) -> None:
        super().__init__(document, marks, follow=follow, edit=edit, id=id)
        self._rows = Form([])
        self._name_width = 0

    def show_node(self, node: Node) -> None:
        """Show the form of a node, from its first field."""
        self._take(node)
        self.scroll_to(y=0, animate=False, immediate=True)
        self.begin_at(next((at for at, row in enumerate(self._rows) if row.rests), 0))

    @property
    def extent(self) -> str:
        """Which of the rows are on the screen, "" for all; told in place of a scroll bar, which every step through the
        tree would paint anew."""
        height, top = self.size.height, self.scroll_offset.y
        count = len(self._rows)
        if count <= height:
            return ""
        return _("{first}–{last} of {count}").format(first=top + 1, last=min(top + height, count), count=count)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._follow()

    def read(self, node: Node) -> None:
        """Take the rows anew; the cursor stays where it was."""
        self._take(node)
        self.rows_changed()

    def _take(self, node: Node) -> None:
        """Take the rows of a node, after what is found of the node as a whole."""
        found = [] if node.sort == "service" else self._marks.at(node.path)
        own = [Row("finding", f"{'✗' if finding.blocks else '!'} {finding.message}") for finding in found]
        self._rows = form_rows(self._document.current, node)
        self._rows.head[:0] = own
        names = (cell_len(row.name) for row in islice(self._rows, _MEASURED) if row.rests)
        self._name_width = min(max(names, default=8), 26)

    def go_to(self, name: str) -> bool:
        """Put the cursor on a field of the form; False if it has none of that name."""
        for at, row in enumerate(self._rows.head):
            if row.path and row.path[-1] == name:
                self.cursor = at
                return True
        return False

    @property
    def row(self) -> Row:
        last = len(self._rows) - 1  # while another node's rows are taken, the cursor may stand beyond them
        return self._rows[min(self.cursor, last)] if last >= 0 else Row("note", "")

    @property
    def value_column(self) -> tuple[int, int]:
        """Where values stand, the same in all rows."""
        return self._value_column(self.size.width)

    def _value_column(self, width: int) -> tuple[int, int]:
        start = 2 + self._name_width + 2
        return start, max(12, min(44, (width - start) * 11 // 20))

    @property
    def note_width(self) -> int:
        width = self.size.width
        return max(0, width - sum(self._value_column(width)) - 1)

    def step_field(self, step: int) -> None:
        self.action_move(step)

    # Rows

    def row_count(self) -> int:
        return len(self._rows)

    def selectable(self, index: int) -> bool:
        return 0 <= index < len(self._rows) and self._rows[index].rests

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        row = self._rows[index]
        if not row.rests:
            yield fitted(f"  {printable(row.name)}", width), self.named_style(_WORDS[row.sort])
            return
        start, room = self._value_column(width)
        sign = self._marks.sign(row.path)
        yield sign[0], self.named_style("error" if sign[0] == "✗" else "warning")
        yield sign[1], self.named_style("changed")
        yield fitted(printable(row.name) or '""', start - 4) + "  ", None
        typed = self.typed if index == self.cursor else None
        value = self._document.value(row.path)
        words, dim = self._shown(row, value)
        meaning = "" if typed is not None or row.sort != "field" else aside(value, row.spec)
        beside = bool(meaning) and cell_len(words) + 1 + cell_len(meaning) <= room
        found = self._marks.at(row.path)
        note, note_style = self._note(row, value, "" if beside else meaning, typed, found)
        if not note and row.spec is not None and row.sort == "field" and (index == self.cursor or telling(row.spec)):
            note = limits(row.spec)
        if typed is None and not found and cell_len(words) > room:
            room, note = width - start - 1, ""
        yield (words if beside else fitted(words, room)), self.named_style("dim") if dim else None
        if beside:
            yield fitted(f" {meaning}", room - cell_len(words)), self.named_style("dim")
        yield " " + fitted(note, max(0, width - start - room - 1)), self.named_style(note_style)

    def sentence(self, index: int) -> str:
        row = self._rows[index]
        if not row.rests:
            return spoken(row.name)
        return listed([_named(row, self._in_words(row)), *findings_in_words(self._marks, row.path)])

    def said(self) -> str:
        row = self.row
        is_calm = row.spec is not None and row.sort == "field" and not self._marks.at(row.path)
        takes = limits(row.spec) if is_calm and row.spec is not None else ""
        takes = _("takes {limits}").format(limits=spoken(takes)) if takes else ""
        return placed(listed([self.sentence(self.cursor), takes]), self.cursor, len(self._rows))

    def _in_words(self, row: Row) -> str:
        """The value with what it means."""
        value = self._document.value(row.path)
        words = self._shown(row, value)[0]
        meaning = aside(value, row.spec) if row.sort == "field" else ""
        return spoken(words) if row.sort == "link" else f"{words} {meaning}".rstrip()

    def _shown(self, row: Row, value: Value) -> tuple[str, bool]:
        """The value as text, and whether it is only told of: nothing there, or a list below."""
        if row.sort == "link":
            return self._extent(row, value), True
        return shown(value, row.spec), value is None or value is ABSENT

    def _extent(self, row: Row, value: Value) -> str:
        if isinstance(row.path[-1], int):
            name, amount = label(self._document.current, Node((), row.path, 0, "entry", False))
            return f"{printable(amount or name)} →"
        return extent(value)

    def _note(
        self, row: Row, value: Value, meaning: str, typed: str | None, found: Sequence[Finding]
    ) -> tuple[str, str]:
        """What a typed text was read as, then what was found of the row."""
        words = [meaning] if meaning else []
        if typed is not None and value is not ABSENT and value is not None:
            if typed != editable_text(value):
                words.append(f"= {editable_text(value)}")
            words.append(echo(value, row.spec))
        style = "dim"
        if found:
            first = min(found, key=lambda finding: (not finding.blocks, finding.inherited))
            words.append(f"{'✗' if first.blocks else '!'} {_brief(printable(first.message), row, value)}")
            style = "error" if first.blocks else "warning"
        return " ".join(word for word in words if word), style


def _named(row: Row, value: str) -> str:
    name = printable(row.name) or '""'
    return f"{name}: {value}"


def _brief(message: str, row: Row, value: Value) -> str:
    """A finding without the field's own name and value, which stand in the same row."""
    own = "" if isinstance(value, dict | list) else editable_text(value)
    rest = message.removeprefix(f"{row.name} ")
    return _IN_WORDS.sub("", rest.removeprefix(f"{own} "), count=1) if own and rest.startswith(f"{own} ") else message
