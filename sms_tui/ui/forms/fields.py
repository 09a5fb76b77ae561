"""Painted fields of which one is edited: the rows that show them, and the pane that lays an input over one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content

from sms_tui.document.states import gate
from sms_tui.exactjson import Json, same
from sms_tui.language import N_, _
from sms_tui.schema.paths import Path
from sms_tui.ui.forms.input import FieldInput, on_one_line
from sms_tui.ui.forms.parse import editable_text, parse, stepped
from sms_tui.ui.forms.rows import Row
from sms_tui.ui.marks import Marks
from sms_tui.ui.plain.hearing import announce, is_plain
from sms_tui.ui.text import echo, limits, printable, shown
from sms_tui.ui.widgets.frames import Framed
from sms_tui.ui.widgets.note import Note
from sms_tui.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from sms_tui.document.document import Document
    from sms_tui.ui.widgets.lines import Line


class FieldRows(Rows):
    """Rows that show fields. Nothing changes by moving over them; `edit` is called to change the one under the cursor,
    with the character that was typed or "" for Enter, and `follow` whenever the cursor moved."""

    KEYS_WORK: ClassVar[str] = N_("On a field")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "edit", N_("Edit the field; typing replaces it"), show=False)
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
        super().__init__(id=id)
        self._document, self._marks = document, marks
        self._follow, self._edit = follow, edit
        self.typed: str | None = None
        """The text in the input over the field under the cursor, None when nothing is being edited."""

    # For subclasses

    @property
    def row(self) -> Row:
        """The field under the cursor."""
        raise NotImplementedError

    @property
    def value_column(self) -> tuple[int, int]:
        """Where the value under the cursor stands in its row: the first cell and the width."""
        raise NotImplementedError

    @property
    def note_width(self) -> int:
        """The cells that a row has for notes beside a value."""
        return 0

    @property
    def follows_typing(self) -> bool:
        return self.typed is None

    def step_field(self, step: int) -> None:
        """Go to the field beside."""
        raise NotImplementedError

    # Keys

    def cursor_moved(self, old: int, new: int) -> None:
        self._follow()

    def activated(self, index: int) -> None:
        self._edit("")

    def action_edit(self) -> None:
        self._edit("")

    def on_key(self, event: events.Key) -> None:
        if event.character is not None and event.is_printable:
            event.stop()
            self._edit(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Replace the field's text, as typing does."""
        if text := on_one_line(event.text):
            event.stop()
            self._edit(text)


class FieldPane(Container, Framed):
    """Fields, the input over the one being edited, and what that one means. Owns the text under the cursor and nothing
    else; values are read from the document.

    A subclass sets `grid`. `change(path, value)` makes an edit. `ask(row, typed)` may take over where more than an
    input line is needed (a link, a choice, a field of the service) and then returns True.
    """

    KEYS_WORK: ClassVar[str] = N_("While a field is edited")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "commit", N_("Done, and on to the next field"), show=False),
        Binding("tab", "step_field(1)", N_("Edit the next field"), show=False),
        Binding("shift+tab", "step_field(-1)", N_("Edit the previous field"), show=False),
        Binding("down", "step_value(-1)", N_("One less, for a number; else the next field"), show=False),
        Binding("up", "step_value(1)", N_("One more, for a number; else the previous field"), show=False),
    ]

    grid: FieldRows

    def __init__(
        self,
        document: Document,
        marks: Marks,
        *,
        change: Callable[[Path, Json], None],
        ask: Callable[[Row, str], bool],
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._document, self._marks = document, marks
        self._change, self._ask = change, ask
        self._editing: Path | None = None
        self._began = ""
        self.input = FieldInput(typed=self._typed, id="field")
        self._about = Note(id="about")
        self._explained: tuple[tuple[str, str], ...] = ()

    @property
    def row(self) -> Row:
        """The field under the cursor."""
        return self.grid.row

    @property
    def editing(self) -> bool:
        return self._editing is not None

    def refresh_value(self) -> None:
        """Show the document's value in the input too, where an undo changed it under the cursor."""
        row = self.row
        if self._editing is not None and row.spec is not None:
            value = self._document.value(row.path)
            typed = parse(self.input.value, row.spec)
            if not same(typed, value):
                self._put_value()
        self.grid.refresh()
        self._explain()

    def on_resize(self) -> None:
        if self._editing is not None:
            self.call_after_refresh(self._place_input)

    def help_lines(self) -> Iterable[Line]:
        """What the field under the cursor is, or the entry that it leads to."""
        from sms_tui.ui.helping import field_lines, place_lines

        row = self.row
        if row.spec is not None:
            return field_lines(self._document, row.path, row.spec)
        if row.sort == "unknown":
            return [[(row.name, "heading")], [(_("The reference does not know this key. It is kept as it came."), "")]]
        return place_lines(self._document, row.path)

    # Editing

    def edit(self, typed: str = "") -> None:
        """Begin to change the field under the cursor: its text selected, or replaced by what was typed."""
        if not self._ask(self.row, typed):
            self.begin_edit(typed)

    def begin_edit(self, typed: str = "") -> None:
        """Lay the input over the field's value and put the keyboard there."""
        self._editing = self.row.path
        self.grid.typed = editable_text(self._document.value(self.row.path))
        self.input.prompt = printable(self.row.name)
        self._began = self.grid.sentence(self.grid.cursor)
        announce(self, _("Editing {name}.").format(name=self.input.prompt))
        self._put_value()
        self._place_input()
        self.input.display = True
        self.screen.set_focus(self.input, scroll_visible=False)
        if typed:
            self.input.value = typed
            self.input.action_end()
        else:
            self.input.select_all()

    def end_edit(self) -> None:
        """Put the input away. What was typed is in the document already."""
        if self._editing is None:
            return
        self._editing = self.grid.typed = None
        if (now := self.grid.sentence(self.grid.cursor)) != self._began:
            announce(self, now)
        self._document.end_run()
        if self.screen.focused is self.input:
            self.screen.set_focus(self.grid, scroll_visible=False)
        self.input.display = False
        self.grid.refresh_row(self.grid.cursor)

    def _put_value(self) -> None:
        value = self._document.value(self.row.path)
        self.input.put(editable_text(value))
        self.input.placeholder = shown(value)

    def _place_input(self) -> None:
        if is_plain(self):
            return
        start, room = self.grid.value_column
        y = self.grid.virtual_region.y + self.grid.cursor - self.grid.scroll_offset.y
        self.input.styles.offset = (start, y)
        self.input.styles.width = room

    def _typed(self, text: str) -> None:
        row = self.row
        if self._editing == row.path and row.spec is not None:
            self.grid.typed = text
            self._change(row.path, parse(text, row.spec))
            self.input.placeholder = shown(self._document.value(row.path))
            self.grid.refresh_row(self.grid.cursor)
            self._explain()

    def _moved(self) -> None:
        if self._editing is not None and self._editing != self.row.path:
            self.end_edit()
        self._explain()

    # Keys

    def action_commit(self) -> None:
        self.end_edit()
        self.grid.action_move(1)

    def action_step_field(self, step: int) -> None:
        self.end_edit()
        self.grid.step_field(step)
        if self.row.sort == "field":
            self.edit()

    def action_step_value(self, step: int) -> None:
        """Up and down: a number goes one step; from any other field the cursor goes on, and edits no more, so that an
        arrow held down over the fields changes nothing."""
        spec, path = self.row.spec, self.row.path
        value = None if spec is None else stepped(self._document.value(path), spec, step)
        if value is None:
            self.end_edit()
            self.grid.action_move(-step)
        else:
            self.input.value = str(value)
            self.input.action_end()

    # Words

    def _explain(self) -> None:
        """Say what the field under the cursor is, and its findings in full; painted only where that changed."""
        words = tuple(self._words())
        if words != self._explained:
            self._explained = words
            lines = [Content.styled(printable(text), style) for text, style in words]
            self._about.update(Content("\n").join(lines), layout=False)

    def _words(self) -> Iterator[tuple[str, str]]:
        row = self.row
        if row.spec is None:
            return
        facts = [row.spec.label, limits(row.spec)]
        unit = _(row.spec.unit) if row.spec.unit else ""
        facts += [unit] if unit and unit not in facts[1] else []
        facts += [_("required")] if row.spec.required else []
        facts += [_("kept by the service")] if row.spec.owner == "service" else []
        facts[1] = self._meaning(row) or facts[1]
        yield " · ".join(fact for fact in facts if fact), "bold"
        for finding in self._marks.at(row.path):
            yield finding.message, "$error" if finding.blocks else "$warning"
        if said := gate(self._document.base.get("state"), row.path):
            yield said, "$warning"
        if row.path == ("error_json",):
            from sms_tui.api.error_json import explain_error_json

            for failure in explain_error_json(self._document.current.get("error_json")):
                look = _(" Look at {field}.").format(field=failure.field) if failure.field else ""
                yield f"{failure.words}{look}", "$warning"
        yield row.spec.help, ""

    def _meaning(self, row: Row) -> str:
        """What the value being typed means, where its row has no room for that; "" for what a field takes instead."""
        value = self._document.value(row.path)
        meaning = echo(value, row.spec)
        told = cell_len(meaning) <= self.grid.note_width
        return f"{shown(value)} {meaning}" if self.editing and meaning and not told else ""
