"""The text area of the JSON view: colours, and beside each line its number and marks.

Imported only when a view is opened: Textual's text area is heavy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import TextArea

from sms_tui.language import N_, _
from sms_tui.ui.json_view.layout import INDENT, printable_lines, tokens, value_column
from sms_tui.ui.marks import SIGNS
from sms_tui.ui.plain.hearing import is_plain

_COLOURED = ("key", "string", "number", "word", "wrong")


class JsonText(TextArea):
    """JSON text to edit. `sign` says which two marks stand beside a line."""

    DEFAULT_CSS = """
    JsonText, JsonText:focus {
        background: $background;
        border: none;
        padding: 0;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 1;
    }

    JsonText > .text-area--gutter { color: $dim; }
    JsonText > .text-area--cursor { background: $text; color: $background; text-style: none; }
    JsonText > .text-area--selection { background: $selection; color: $selection-text; text-style: none; }
    JsonText:nocolor > .text-area--cursor, JsonText:nocolor > .text-area--selection { text-style: reverse; }
    JsonText > .json--number-here { color: $heading; text-style: bold; }
    JsonText > .json--key { color: $json-key; }
    JsonText > .json--string { color: $json-string; }
    JsonText > .json--number { color: $json-number; }
    JsonText > .json--word { color: $json-word; text-style: bold; }
    JsonText > .json--wrong { color: $error; text-style: underline; }
    JsonText > .json--error { color: $error; text-style: bold; }
    JsonText > .json--warning { color: $warning; }
    JsonText > .json--changed { color: $changed; text-style: bold; }
    """
    KEYS_WORK: ClassVar[str] = N_("In the text")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "break_line", N_("Break the line, indented as it should be"), show=False),
        Binding("ctrl+a,f6", "select_all", N_("Select all; with shift the arrows select"), show=False),
        Binding("ctrl+c,super+c", "copy", N_("Copy what is selected"), show=False),
        Binding("ctrl+x,super+x", "cut", N_("Cut what is selected"), show=False),
        Binding("ctrl+v,super+v", "paste", N_("Put in what was copied or cut here"), show=False),
        Binding("ctrl+e", "screen.leave", show=False),
        Binding("f7", "screen.next_change(1)", show=False, id="next_change"),
        Binding("ctrl+z", "undo", N_("Undo in the text"), id="undo"),
        Binding("ctrl+y", "redo", N_("Redo in the text"), id="redo"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"json--{sort}" for sort in _COLOURED),
        "json--number-here",
        "json--error",
        "json--warning",
        "json--changed",
    }

    def __init__(self, text: str, *, sign: Callable[[int], str]) -> None:
        self._sign = sign
        self._painted: dict[int, Strip] = {}
        super().__init__(
            text,
            soft_wrap=False,
            show_line_numbers=True,
            tab_behavior="indent",
            compact=True,
            highlight_cursor_line=False,
        )
        self.cursor_blink = False
        self.indent_width = INDENT

    def why_not(self, action: str) -> str:
        """Why an action of the text does nothing now, in a sentence; "" where it does something."""
        if action == "undo" and not self.history.undo_stack:
            return _("Nothing to undo in this text.")
        return _("Nothing to redo in this text.") if action == "redo" and not self.history.redo_stack else ""

    # Painting

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> JsonText:
        """Repaint what is named, else those rows only that would look different now: Textual's repaints all of them
        for each key."""
        if repaint and not (regions or layout or recompose) and self._painted:
            rows = range(self.size.height)
            regions = tuple(Region(0, y, self.size.width, 1) for y in rows if self._row(y) != self._painted.get(y))
            repaint = bool(regions)
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self

    @property
    def gutter_width(self) -> int:
        """The cells of the line number, two marks and a space on both sides; in plain mode the screen tells of them."""
        if is_plain(self):
            return 0
        return len(str(self.document.line_count)) + 4

    def render_line(self, y: int) -> Strip:
        """One line. Painted by ourselves, for Textual's counts all lines of the text for each that it paints."""
        self._painted[y] = self._row(y)
        return self._painted[y]

    def _row(self, y: int) -> Strip:
        """A row of the screen: the line's number, its marks, its text."""
        index = y + self.scroll_offset.y
        base = self.rich_style
        width, gutter = self.size.width, self.gutter_width
        if index >= self.document.line_count:
            return Strip.blank(width, base)
        room = max(0, width - gutter)
        start = self.scroll_offset.x
        text = Strip(self._coloured(index).render(self.app.console)).crop(start, start + room)
        return Strip.join([self._gutter(index), text.adjust_cell_length(room)]).apply_style(base).simplify()

    def _gutter(self, index: int) -> Strip:
        sign = self._sign(index)
        finding, change = sign[0], sign[1]
        if not self.gutter_width:
            return Strip([])
        number = "number-here" if index == self.cursor_location[0] else "gutter"
        found = self._named("error" if finding == SIGNS["error"] else "warning") if finding != " " else None
        return Strip(
            [
                Segment(f"{index + 1:>{self.gutter_width - 4}} ", self._named(number)),
                Segment(finding, found),
                Segment(f"{change} ", self._named("changed") if change != " " else None),
            ]
        )

    def _coloured(self, index: int) -> Text:
        """A line with its colours, what is selected, and the cursor on the space behind it at the latest."""
        line = self.document.get_line(index)
        text = Text(f"{line} ", end="", no_wrap=True, tab_size=self.indent_width)
        for token in tokens(line):
            if token.sort in _COLOURED:
                text.stylize(self._named(token.sort), token.start, token.end)
        (top, left), (bottom, right) = sorted(self.selection)
        if top <= index <= bottom and self.selection.start != self.selection.end:
            end = right if index == bottom else len(line) + 1
            text.stylize(self._named("selection"), left if index == top else 0, end)
        row, column = self.cursor_location
        if row == index and self.has_focus:
            text.stylize(self._named("cursor"), column, column + 1)
        text.expand_tabs()
        return text

    def _named(self, name: str) -> Style:
        group = "text-area" if name in ("gutter", "selection", "cursor") else "json"
        return self.get_component_rich_style(f"{group}--{name}", partial=True)

    def find_matching_bracket(self, bracket: str, search_from: tuple[int, int]) -> None:
        """Brackets are not matched: Textual's search takes those in texts for brackets, and walks the whole text."""

    # Editing

    def go_to(self, line: int, column: int | None = None) -> None:
        """Put the cursor on a line, at the value that starts there if no column is given."""
        line = min(line, self.document.line_count - 1)
        self.move_cursor((line, value_column(self.document.get_line(line)) if column is None else column))

    def scroll_to_cursor(self) -> None:
        """Show the cursor, from the top and the left: what was scrolled before the size was known is worth nothing."""
        self.scroll_to(0, 0, animate=False, immediate=True)
        self.scroll_cursor_visible()

    def put(self, text: str) -> None:
        """Replace all the text; this can be undone as typing can."""
        self.replace(text, (0, 0), self.document.end, maintain_selection_offset=False)
        self.go_to(0)

    def action_break_line(self) -> None:
        """Go on on a new line, indented as this one, and deeper behind an opening bracket."""
        start, end = sorted(self.selection)
        before = self.document.get_line(start[0])[: start[1]]
        indent = len(before) - len(before.lstrip(" "))
        deeper = INDENT if before.rstrip()[-1:] in ("{", "[") else 0
        self.replace("\n" + " " * (indent + deeper), start, end, maintain_selection_offset=False)

    async def _on_paste(self, event: events.Paste) -> None:
        """Take what is pasted with what a terminal would obey, or nobody would see, written out."""
        event.prevent_default()
        event.stop()
        self._insert(event.text)

    def action_paste(self) -> None:
        self._insert(self.app.clipboard)

    def _insert(self, text: str) -> None:
        self.replace(printable_lines(text), *sorted(self.selection), maintain_selection_offset=False)
