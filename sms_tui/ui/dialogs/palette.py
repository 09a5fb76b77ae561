"""The command palette: every command by its name, found by typing.

Our own, because Textual's sends 60 kB to open, and ends the program if a key comes before its list was laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from sms_tui.language import _
from sms_tui.ui.forms.input import FieldInput
from sms_tui.ui.widgets.rows import Part, Rows, fitted


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do: what it is called, the key that does it too, and how it is done."""

    words: str
    key: str
    run: Callable[[], object]


class _Commands(Rows, can_focus=False):
    """The commands in which every word typed stands."""

    def __init__(self, commands: Sequence[Command], *, choose: Callable[[], None]) -> None:
        super().__init__()
        self._all, self._choose = commands, choose
        self.found: Sequence[Command] = commands

    def narrow(self, wanted: str) -> None:
        words = wanted.casefold().split()
        self.found = [command for command in self._all if all(word in command.words.casefold() for word in words)]
        self.cursor = 0
        self.rows_changed()

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
        self._list = _Commands(commands, choose=self.action_choose)
        self._input = FieldInput(typed=self._list.narrow)

    def compose(self) -> ComposeResult:
        with Vertical(classes="tall") as box:
            box.border_title = self._heading
            box.border_subtitle = _("Enter runs one · Esc leaves")
            yield self._input
            yield self._list

    def on_mount(self) -> None:
        self.set_focus(self._input)

    def action_choose(self) -> None:
        found = self._list.found
        self.dismiss(found[self._list.cursor] if found else None)

    def action_move(self, step: int) -> None:
        self._list.action_move(step)

    def action_page(self, pages: int) -> None:
        self._list.action_page(pages)
