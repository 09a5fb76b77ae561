"""The command palette: every command by its name, found by typing.

Our own, because Textual's sends 60 kB to open, and ends the program if a key comes before its list was laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from sms_tui.language import N_, _
from sms_tui.ui.dialogs.dialog import Dialog
from sms_tui.ui.forms.input import FieldInput
from sms_tui.ui.plain.words import listed, spoken
from sms_tui.ui.widgets.note import Note
from sms_tui.ui.widgets.painted import Part, fitted
from sms_tui.ui.widgets.rows import Rows

_USUAL = N_("Enter runs one · Esc leaves")
_KEYS_WIDE = 17
"""Cells for the keys of an entry, where any has some."""
_AROUND, _REASON_LINES = 3, 2
"""Lines beside those of the entries: the frame and what is typed, and the reason in full where there is one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to do: what it is called, the keys that do it too, how it is done, and why it does nothing now, "" if
    it does something.

    `preview` shows how the screen would look then; it tells why it cannot be, "" if it can.
    """

    words: str
    keys: str
    run: Callable[[], object]
    why_not: str = ""
    preview: Callable[[], str] | None = None


class _Entries(Rows, can_focus=False):
    """The entries in which every word typed stands; those that do nothing now are in brackets, with the reason."""

    def __init__(self, entries: Sequence[Entry], *, choose: Callable[[], None], moved: Callable[[], None]) -> None:
        super().__init__()
        self._all, self._choose, self._moved = entries, choose, moved
        self.found: Sequence[Entry] = entries
        self._keys_wide = _KEYS_WIDE if any(entry.keys for entry in entries) else 0

    def narrow(self, wanted: str) -> None:
        words = wanted.casefold().split()
        self.found = [entry for entry in self._all if all(word in entry.words.casefold() for word in words)]
        self.rows_changed()
        self.start()

    def start(self) -> None:
        """Put the cursor on the first entry that does something."""
        self.cursor = next((at for at, entry in enumerate(self.found) if not entry.why_not), 0)

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self.found[self.cursor] if self.found else None

    def cursor_moved(self, old: int, new: int) -> None:
        self._moved()

    def row_count(self) -> int:
        return len(self.found)

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        entry = self.found[index]
        dim = self.named_style("dim")
        words = f" ({entry.words}) {entry.why_not}" if entry.why_not else f" {entry.words}"
        yield fitted(words, width - self._keys_wide), dim if entry.why_not else None
        yield fitted(f" {entry.keys}", self._keys_wide), dim

    def sentence(self, index: int) -> str:
        entry = self.found[index]
        why_not = _("Not now: {why_not}").format(why_not=entry.why_not) if entry.why_not else ""
        return listed([spoken(entry.words), entry.keys, why_not])

    def activated(self, index: int) -> None:
        self._choose()


class PaletteDialog(Dialog[Entry | None]):
    """Choose something to do; it is done once the palette is gone. What does nothing now says why."""

    HELP: ClassVar[str] = N_(
        "Type a few letters of what you want to do. A command in brackets does nothing now, and says "
        "why. Beside each stand the keys that do it without the palette."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", N_("Leave"), show=False),
        Binding("enter", "choose", N_("Run the command"), show=False),
        Binding("up", "move(-1)", N_("Up"), show=False),
        Binding("down", "move(1)", N_("Down"), show=False),
        Binding("pageup", "page(-1)", N_("A page up"), show=False),
        Binding("pagedown", "page(1)", N_("A page down"), show=False),
    ]

    def __init__(self, entries: Sequence[Entry], title: str = "") -> None:
        super().__init__()
        self._heading = title or _("Commands")
        self._list = _Entries(entries, choose=self.action_choose, moved=self._tell)
        self._input = FieldInput(typed=self._list.narrow)
        self._input.prompt = self._heading
        self._reason = Note(classes="reason")

    def compose(self) -> ComposeResult:
        self._box = Vertical(classes="tall")
        reasons = any(entry.why_not for entry in self._list.found)
        self._reason.display = reasons
        self._box.styles.height = len(self._list.found) + _AROUND + (_REASON_LINES if reasons else 0)
        with self._box:
            self._box.border_title = self._heading
            self._box.border_subtitle = _(_USUAL)
            yield self._input
            yield self._list
            yield self._reason

    def on_mount(self) -> None:
        self._theme = self.app.theme
        self.set_focus(self._input)
        self._list.start()

    def _tell(self) -> None:
        """Say in full why the entry under the cursor does nothing now, and show what it would look like."""
        entry = self._list.entry
        self._reason.update(
            _("Not now: {why_not}").format(why_not=entry.why_not) if entry is not None and entry.why_not else "",
            layout=False,
        )
        self._preview(entry)

    def _preview(self, entry: Entry | None) -> None:
        """Show how the screen would look after an entry, else how it looked before."""
        trouble = entry.preview() if entry is not None and entry.preview is not None else None
        if trouble != "":
            self.app.theme = self._theme
        self._box.border_subtitle = Content(trouble or _(_USUAL))

    def dismiss(self, result: Entry | None = None) -> AwaitComplete:
        if result is None:
            self.app.theme = self._theme
        return super().dismiss(result)

    def action_choose(self) -> None:
        entry = self._list.entry
        if entry is None or not entry.why_not:
            self.dismiss(entry)

    def action_move(self, step: int) -> None:
        self._list.action_move(step)

    def action_page(self, pages: int) -> None:
        self._list.action_page(pages)
