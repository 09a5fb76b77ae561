"""Choosing one of the values of an enumeration."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from sms_tui.exactjson import Json
from sms_tui.language import N_, _
from sms_tui.schema.paths import ABSENT, Value
from sms_tui.schema.registry import FieldSpec
from sms_tui.ui.dialogs.dialog import Dialog
from sms_tui.ui.helping import spec_lines
from sms_tui.ui.text import shown
from sms_tui.ui.widgets.lines import Line
from sms_tui.ui.widgets.painted import Part
from sms_tui.ui.widgets.rows import Rows


@dataclass(frozen=True, slots=True)
class Choice:
    """What was picked: a value, null or ABSENT."""

    value: Value


def choices(spec: FieldSpec, current: Value) -> list[tuple[Value, str]]:
    """The values a field takes with what they mean: its members, what it holds now even if unknown, null, absent."""
    members: tuple[Json, ...] = (True, False) if spec.type == "boolean" else spec.enum or ()
    found: list[tuple[Value, str]] = [(member, spec.meanings.get(str(member), "")) for member in members]
    if current is not ABSENT and current is not None and not any(_is(current, member) for member in members):
        found.insert(0, (current, _("as it came, not in the reference")))
    return [*found, (None, _("no value")), (ABSENT, _("leave the key out"))]


class _Choices(Rows):
    """The values, one a row."""

    KEYS_WORK: ClassVar[str] = N_("Here")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "choose", N_("Choose the value"), show=False)]

    def __init__(self, values: list[tuple[Value, str]], *, choose: Callable[[Value], object]) -> None:
        super().__init__()
        self._values, self._choose = values, choose

    def row_count(self) -> int:
        return len(self._values)

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        value, meaning = self._values[index]
        yield f" {shown(value)}   ", None
        yield meaning, self.named_style("dim")

    def activated(self, index: int) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        self._choose(self._values[self.cursor][0])


class PickerDialog(Dialog[Choice | None]):
    """Pick a value with the arrows and Enter; Esc leaves it as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", N_("Leave the field as it was"), show=False)
    ]

    def __init__(self, spec: FieldSpec, current: Value) -> None:
        super().__init__()
        self._spec = spec
        values = choices(spec, current)
        self._rows = _Choices(values, choose=lambda value: self.dismiss(Choice(value)))
        self._start = next((index for index, (value, _) in enumerate(values) if _is(value, current)), 0)

    def help_lines(self) -> Iterable[Line]:
        """What the field is, and what its values mean."""
        return spec_lines(self._spec)

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = self._spec.label
            box.border_subtitle = _("Enter chooses · Esc leaves it")
            yield self._rows

    def on_mount(self) -> None:
        self._rows.styles.height = min(self._rows.row_count(), 16)
        self._rows.cursor = self._start
        self.set_focus(self._rows)


def _is(left: Value, right: Value) -> bool:
    return left is right or (type(left) is type(right) and left == right)
