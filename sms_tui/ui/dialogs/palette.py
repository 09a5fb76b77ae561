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
from textual.screen import ModalScreen

from sms_tui.language import N_, _
from sms_tui.ui.forms.input import FieldInput
from sms_tui.ui.widgets.rows import Part, Rows, fitted

_USUAL = N_("Enter runs one · Esc leaves")


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do: what it is called, the key that does it too, and how it is done.

    `preview` shows how the screen would look then; it tells why it cannot be, "" if it can.
    """

    words: str
    key: str
    run: Callable[[], object]
    preview: Callable[[], str] | None = None


class _Commands(Rows, can_focus=False):
    """The commands in which every word typed stands."""

    def __init__(
        self, commands: Sequence[Command], *, choose: Callable[[], None], moved: Callable[[Command | None], None]
    ) -> None:
        super().__init__()
        self._all, self._choose, self._moved = commands, choose, moved
        self.found: Sequence[Command] = commands

    def narrow(self, wanted: str) -> None:
        words = wanted.casefold().split()
        self.found = [command for command in self._all if all(word in command.words.casefold() for word in words)]
        self.rows_changed()
        self.cursor = 0

    def cursor_moved(self, old: int, new: int) -> None:
        self._moved(self.found[new] if self.found else None)

    def row_count(self) -> int:
        return len(self.found)

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        command = self.found[index]
        yield fitted(f" {command.words}", width - 16), None
        yield fitted(command.key, 16), self.named_style("dim")

    def activated(self, index: int) -> None:
        self._choose()


class PaletteDialog(ModalScreen[Command | None]):
    """Choose a command; it is run once the palette is gone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+p", "dismiss(None)", show=False),
        Binding("enter", "choose", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    def __init__(self, commands: Sequence[Command], title: str = "") -> None:
        super().__init__()
        self._heading = title or _("Commands")
        self._list = _Commands(commands, choose=self.action_choose, moved=self._preview)
        self._input = FieldInput(typed=self._list.narrow)

    def compose(self) -> ComposeResult:
        self._box = Vertical(classes="tall")
        with self._box:
            self._box.border_title = self._heading
            self._box.border_subtitle = _(_USUAL)
            yield self._input
            yield self._list

    def on_mount(self) -> None:
        self._theme = self.app.theme
        self.set_focus(self._input)

    def _preview(self, command: Command | None) -> None:
        """Show how the screen would look after a command, else how it looked before."""
        trouble = command.preview() if command is not None and command.preview is not None else None
        if trouble != "":
            self.app.theme = self._theme
        self._box.border_subtitle = Content(trouble or _(_USUAL))

    def dismiss(self, result: Command | None = None) -> AwaitComplete:
        if result is None:
            self.app.theme = self._theme
        return super().dismiss(result)

    def action_choose(self) -> None:
        found = self._list.found
        self.dismiss(found[self._list.cursor] if found else None)

    def action_move(self, step: int) -> None:
        self._list.action_move(step)

    def action_page(self, pages: int) -> None:
        self._list.action_page(pages)
