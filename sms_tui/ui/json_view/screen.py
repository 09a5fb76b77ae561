"""The screen of the JSON view: the text, what is found in it, and the ways out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer

from sms_tui.document.edits import Change
from sms_tui.language import N_, _
from sms_tui.schema.paths import Path, format_path
from sms_tui.schema.registry import field_at
from sms_tui.ui.dialogs.confirm import ConfirmDialog
from sms_tui.ui.dialogs.file import ask_for_file
from sms_tui.ui.helping import spec_lines
from sms_tui.ui.json_view.reading import Reader, Reading
from sms_tui.ui.json_view.text import JsonText
from sms_tui.ui.marks import SIGNS
from sms_tui.ui.plain.hearing import announce, look_again
from sms_tui.ui.plain.words import listed, spoken
from sms_tui.ui.text import printable
from sms_tui.ui.widgets.bars import KeyBar, TitleBar
from sms_tui.ui.widgets.lines import Line
from sms_tui.ui.widgets.note import Note
from sms_tui.ui.widgets.painted import fitted

_PAUSE = 0.3
"""Seconds without a key after which a text is read again; going to another line does it at once, if it is short."""

_KEPT_AFTER = 0.25
"""Seconds after a key at which what was typed is handed on to be kept, however many keys follow."""

_SHORT = 200_000
"""Characters up to which reading is not felt."""

_KEYS = (
    *(("Esc", N_("Take it")), ("undo", N_("Undo")), ("next_problem", N_("Problem")), ("next_change", N_("Change"))),
    *(("review", N_("Review")), ("help", N_("Help")), ("commands", N_("Commands")), ("quit", N_("Quit"))),
)

_HELP = N_(
    "The node as JSON text. Leaving takes what you typed as one edit, and undo in the editor "
    "takes it back. Text that cannot be read is kept, and shown again when you come back to the "
    "same node."
)


@dataclass(frozen=True, slots=True)
class Left:
    """How the view was left: with the changes its text makes, or with a text that could not be taken."""

    changes: tuple[Change, ...] = ()
    text: str | None = None
    review: bool = False


class JsonScreen(Screen[Left]):
    """Shows the text of a value and reads what becomes of it. Nothing is changed but by whoever opened it.

    `original` is the text of the value as it is in the task, `text` the one to begin with, `at` the path below the
    value at which the cursor begins. `keep` is given what was typed so far, None where that is the original.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+e", "leave", N_("Take the text and leave")),
        Binding("ctrl+s", "review", N_("Take the text and review the change"), id="review"),
        Binding("alt+w", "write_text", N_("Write this text to a file"), id="write_value"),
        Binding("alt+u", "start_over", N_("Show the value as it is in the task again"), id="put_back"),
        Binding("f8", "next_problem(1)", N_("Next problem"), id="next_problem"),
        Binding("shift+f8,f20", "next_problem(-1)", N_("Previous problem"), id="previous_problem"),
        Binding("f7", "next_change(1)", N_("Next change"), id="next_change"),
        Binding("shift+f7,f19", "next_change(-1)", N_("Previous change"), id="previous_change"),
    ]

    def __init__(
        self, reader: Reader, title: str, original: str, text: str, at: Path, keep: Callable[[str | None], None]
    ) -> None:
        super().__init__()
        self._reader, self._entitled, self._original, self._at = reader, title, original, at
        self._keep, self._keeping = keep, False
        self._reading = Reading()
        self._row = self._line_count = 0
        self._unread = True
        self._pausing: Timer | None = None
        self._told: tuple[str, str, int] = ("", "", 0)
        self._heading, self._keys = TitleBar(), KeyBar()
        self._status = Note(id="status")
        self.text = JsonText(text, sign=self._sign)

    @property
    def changed(self) -> bool:
        """Whether anything would be lost by not taking the text."""
        return self.text.text != self._original

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self.text
        yield self._status
        yield self._keys

    def on_mount(self) -> None:
        self._keys.show(*_KEYS)
        self.set_focus(self.text)
        if self.changed:
            self._reading, self._line_count = self._reader.read(self._original), self._original.count("\n") + 1
        reading = self._read()
        if reading.trouble is not None:
            self._show_trouble(reading)
        elif reading.places is not None:
            self.text.go_to(reading.places.line(self._at))
        self.call_after_refresh(self.text.scroll_to_cursor)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)
        self.call_after_refresh(self.text.scroll_cursor_visible)

    # Reading

    def on_text_area_changed(self) -> None:
        self._unread = True
        if not self._keeping:
            self._keeping = True
            self.set_timer(_KEPT_AFTER, self.keep_typed)
        if self._pausing is not None:
            self._pausing.stop()
        self._pausing = self.set_timer(_PAUSE, self._read)

    def keep_typed(self) -> None:
        """Hand on what was typed so far."""
        self._keeping = False
        self._keep(self.text.text if self.changed else None)

    def on_text_area_selection_changed(self, event: JsonText.SelectionChanged) -> None:
        row, self._row = self._row, event.selection.end[0]
        if row != self._row and len(self._original) <= _SHORT:
            self._read()
        self._tell()

    def _read(self) -> Reading:
        """What the text amounts to now; shown if that was not known yet."""
        if not self._unread:
            return self._reading
        before, self._unread = self._reading, False
        reading = self._reader.read(self.text.text)
        lines = self.text.document.line_count
        if reading.trouble is not None:
            reading = replace(reading, counts=before.counts)
            if lines == self._line_count:  # what stood where is not far from where it stands
                where = reading.places or before.places
                reading = replace(reading, places=where, findings=before.findings, changed=before.changed)
        self._reading, self._line_count = reading, lines
        self._show()
        return reading

    def _sign(self, line: int) -> str:
        """The two marks beside a line."""
        reading = self._reading
        if reading.trouble is not None and reading.trouble.line == line:
            return SIGNS["error"] + " "
        found = reading.findings.get(line)
        worst = "" if not found else "error" if found[0].blocks else "warning"
        return SIGNS[worst] + ("●" if line in reading.changed else " ")

    def _show(self) -> None:
        self.text.refresh()
        self._heading.show(["sms-tui", "JSON", self._entitled], "", *self._reading.counts, count=True)
        self._tell()

    def _tell(self) -> None:
        """Say where the cursor is and what is found there, or why the text cannot be taken."""
        line, column = self.text.cursor_location
        reading = self._reading
        where = _("line {line}, column {column}").format(line=line + 1, column=column + 1)
        if (path := self._path(line)) is not None:
            where += f" · {format_path(path) or _('the task')}"
        if reading.trouble is not None:
            words = f"{SIGNS['error']} {reading.trouble}"
        else:
            words = " · ".join(
                f"{SIGNS['error' if finding.blocks else 'warning']} {finding.message}"
                for finding in reading.findings.get(line, ())
            )
        width = max(0, self.size.width - 2)
        if (where, words, width) != self._told:
            if words != self._told[1]:
                announce(self, words, "found")
            self._told = (where, words, width)
            look_again(self)
            style = "$error" if words.startswith(SIGNS["error"]) else "$warning"
            first = fitted(printable(where), width)
            shown = Content.assemble((first, "$dim"), "\n", (printable(words), style))
            self._status.update(shown, layout=False)

    def said(self) -> str:
        """What stands on the line of the cursor, and what is found there, for plain mode."""
        line = self.text.cursor_location[0]
        where = _("line {line}").format(line=line + 1)
        path = self._path(line)
        changed = [_("changed")] if line in self._reading.changed else []
        return listed([spoken(self._told[1]), where, format_path(path) if path else "", *changed])

    def _path(self, line: int) -> Path | None:
        """What stands on a line, as far as is known."""
        places = self._reading.places
        if places is None or line >= len(places.on_line):
            return None
        return (*self._reader.path, *places.on_line[line])

    # Moving

    def action_next_problem(self, step: int) -> None:
        reading = self._read()
        if reading.trouble is not None:
            self._show_trouble(reading)
        else:
            self._step(sorted(reading.findings), step, _("No problems in this text."))

    def action_next_change(self, step: int) -> None:
        self._step(sorted(self._read().changed), step, _("No changes in this text."))

    def _step(self, lines: list[int], step: int, nothing: str) -> None:
        here = self.text.cursor_location[0]
        if not lines:
            self._keys.say(nothing)
        elif step > 0:
            self.text.go_to(next((line for line in lines if line > here), lines[0]))
        else:
            self.text.go_to(next((line for line in reversed(lines) if line < here), lines[-1]))

    def _show_trouble(self, reading: Reading) -> None:
        if reading.trouble is not None:
            self.text.go_to(reading.trouble.line, reading.trouble.column)

    def help_lines(self) -> Iterator[Line]:
        """What stands on the line of the cursor, and what this screen is."""
        self._read()
        path = self._path(self.text.cursor_location[0])
        if path is not None and (spec := field_at(path)) is not None:
            yield from spec_lines(spec)
            yield [("", "")]
        yield [(_(_HELP), "")]

    # Editing and leaving

    def why_not(self, action: str) -> str:
        """Why an action does nothing now, in a sentence; "" where it does something."""
        reading = self._read()
        match action:
            case "start_over" if not self.changed:
                return _("This is the value as it is in the task.")
            case "next_problem" if reading.trouble is None and not reading.findings:
                return _("No problems in this text.")
            case "next_change" if not reading.changed:
                return _("No changes in this text.")
        return ""

    def action_start_over(self) -> None:
        if self.changed:
            self.text.put(self._original)
            self._read()
            self._keys.say(_("This is the value as it is in the task. Ctrl+z brings the text back."))

    def action_write_text(self) -> None:
        """Write what is selected, else the whole text, to a file."""
        text = self.text.selected_text or self.text.text
        ask_for_file(self, _("Write the text to which file?"), "text.json", lambda: text, self._keys.say)

    def action_review(self) -> None:
        self._leave(review=True)

    def action_leave(self) -> None:
        self._leave()

    def _leave(self, *, review: bool = False) -> None:
        """Leave with the changes; a text that cannot be taken is left only if that is agreed to."""
        reading = self._read()
        if reading.trouble is None:
            self.dismiss(Left(reading.changes, review=review))
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.dismiss(Left(text=self.text.text))
            else:
                self._show_trouble(reading)

        question = _(
            "The text cannot be taken: {trouble}.\n"
            "y leaves, and the text is kept for the next ctrl+e here.\n"
            "n goes back to mend it."
        ).format(trouble=reading.trouble)
        self.app.push_screen(ConfirmDialog(_("Leave the text"), question), answered)
