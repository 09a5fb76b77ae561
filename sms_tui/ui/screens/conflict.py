"""What both sides changed: base, mine and theirs side by side, and one of them, or another value, to be picked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from sms_tui.document.identity import entry_name
from sms_tui.document.merge import Conflict
from sms_tui.language import N_, _, ngettext
from sms_tui.schema.paths import ABSENT, Value
from sms_tui.schema.registry import field_at
from sms_tui.session.outcomes import Conflicted
from sms_tui.ui.commands import key_of
from sms_tui.ui.forms.input import FieldInput
from sms_tui.ui.forms.parse import editable_text, parse
from sms_tui.ui.plain.words import listed, placed, spoken
from sms_tui.ui.text import one_line, printable, with_unit
from sms_tui.ui.widgets.bars import KeyBar, TitleBar
from sms_tui.ui.widgets.lines import Line
from sms_tui.ui.widgets.painted import Part, fitted
from sms_tui.ui.widgets.rows import Rows

_SIDES = ("base", "mine", "theirs")
_NAMES = {"base": N_("as loaded"), "mine": N_("mine"), "theirs": N_("theirs, now"), "another": N_("another value")}
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class _Row:
    """One line: the heading of a conflict, one of its sides, or the value written instead."""

    conflict: int
    side: str


class Sides(Rows):
    """The conflicts, the sides of each under its name. `picked` holds the value chosen for each, by its number."""

    def __init__(self, conflicted: Conflicted, *, chosen: Callable[[], None], pick_here: Callable[[], None]) -> None:
        super().__init__()
        self._merge, self._chosen, self._pick_here = conflicted.merge, chosen, pick_here
        self._lines = [
            _Row(number, side)
            for number, conflict in enumerate(self._merge.conflicts)
            for side in ("heading", *_SIDES, *(("another",) if _is_plain(conflict) else ()), "")
        ]
        self.picked: dict[int, tuple[str, Value]] = {}

    @property
    def conflict(self) -> tuple[int, Conflict]:
        """The conflict under the cursor, with its number."""
        number = self._lines[self.cursor].conflict
        return number, self._merge.conflicts[number]

    @property
    def side(self) -> str:
        return self._lines[self.cursor].side

    @property
    def left(self) -> int:
        """How many are not decided yet."""
        return len(self._merge.conflicts) - len(self.picked)

    def pick(self, side: str, value: Value) -> None:
        """Decide the conflict under the cursor, and go to the next that is not."""
        number, __ = self.conflict
        self.picked[number] = (side, value)
        self.refresh_changed()
        open_ = [other for other in range(len(self._merge.conflicts)) if other not in self.picked]
        target = next((other for other in open_ if other > number), open_[0] if open_ else None)
        if target is not None:
            self.cursor = self._lines.index(_Row(target, "mine"))
        self._chosen()

    def row_count(self) -> int:
        return len(self._lines)

    def selectable(self, index: int) -> bool:
        return 0 <= index < len(self._lines) and self._lines[index].side not in ("", "heading")

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        row = self._lines[index]
        conflict = self._merge.conflicts[row.conflict]
        if row.side == "heading":
            sign, style = (" ", "dim") if row.conflict in self.picked else ("✗", "error")
            yield f"{sign} ", self.named_style(style)
            yield printable(self._merge.where(conflict)), self.named_style("title")
            if conflict.sort == "order":
                yield _("  the order of its entries"), None
        elif row.side:
            side, value = self.picked.get(row.conflict, ("", ABSENT))
            sign = "●" if side == row.side else "○"
            yield f"    {sign} ", self.named_style("changed")
            yield fitted(_(_NAMES[row.side]), 14), self.named_style("dim")
            if row.side == "another":
                none = _("{key} writes one").format(key=key_of(self.screen, "another"))
                yield (_shown(conflict, value) if side == "another" else none), None
            else:
                yield _shown(conflict, getattr(conflict, row.side)), None

    def sentence(self, index: int) -> str:
        row = self._lines[index]
        conflict = self._merge.conflicts[row.conflict]
        if not row.side:
            return ""
        if row.side == "heading":
            left = "" if row.conflict in self.picked else _("not decided")
            return listed([spoken(printable(self._merge.where(conflict))), left])
        side, value = self.picked.get(row.conflict, ("", ABSENT))
        shown = _shown(conflict, value if row.side == "another" else getattr(conflict, row.side))
        words = (
            _("{key} writes one").format(key=key_of(self.screen, "another")) if row.side == "another" != side else shown
        )
        return listed([f"{_(_NAMES[row.side])}: {spoken(words)}", _("chosen") if side == row.side else ""])

    def said(self) -> str:
        number, conflict = self.conflict
        where = spoken(printable(self._merge.where(conflict)))
        return placed(listed([self.sentence(self.cursor), where]), number, len(self._merge.conflicts))

    def activated(self, index: int) -> None:
        self._pick_here()


class ConflictScreen(Screen[Mapping[int, Value] | None]):
    """Has every conflict decided, then leaves with the values by number; Esc leaves with None and nothing is merged."""

    HELP: ClassVar[str] = N_(
        "You and somebody else changed the same. For each value pick yours, theirs, what was loaded, "
        "or write another. Nothing is merged or sent before all are decided and the review is agreed "
        "to."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "pick('mine')", N_("Keep mine"), id="mine"),
        Binding("t", "pick('theirs')", N_("Take theirs"), id="theirs"),
        Binding("b", "pick('base')", N_("Go back to what was loaded"), id="as_loaded"),
        Binding("w", "write", N_("Write another value"), id="another"),
        Binding("enter,space", "pick_here", N_("Pick the side under the cursor")),
        Binding("ctrl+s", "done", N_("Go on to the review"), id="review"),
        Binding("escape", "leave", N_("Back to the task, with nothing merged")),
    ]

    def __init__(self, conflicted: Conflicted) -> None:
        super().__init__()
        self._merge = conflicted.merge
        self._sides = Sides(conflicted, chosen=self._tell, pick_here=self.action_pick_here)
        self._input = FieldInput(typed=lambda text: None, id="another")
        self._input.prompt = _("Another value")
        self._heading, self._keys = TitleBar(), KeyBar()

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self._sides
        yield self._input
        yield self._keys

    def on_mount(self) -> None:
        self._sides.cursor = 2
        self.set_focus(self._sides)
        self._show_heading()
        self._show_keys()

    def _show_keys(self) -> None:
        if self._input.display:
            self._keys.show(("Enter", _("Take it")), ("Esc", _("Leave")))
            return
        self._keys.show(
            *(("mine", _("Mine")), ("theirs", _("Theirs")), ("as_loaded", _("As loaded")), ("another", _("Another"))),
            *(("review", _("Review")), ("Esc", _("Leave")), ("help", _("Help"))),
        )

    def help_lines(self) -> Iterator[Line]:
        """The values of the conflict under the cursor, whole, and what can be done."""
        __, conflict = self._sides.conflict
        yield [(printable(self._merge.where(conflict)), "heading")]
        for side in _SIDES:
            shown = _shown(conflict, getattr(conflict, side))
            yield [(f"{fitted(_(_NAMES[side]), 14)} ", "dim"), (shown, "")]
        yield [("", "")]
        yield [(_(self.HELP), "")]

    def _show_heading(self) -> None:
        count = len(self._merge.conflicts)
        what = ngettext(
            "{count} value was changed by somebody else too, nothing is sent",
            "{count} values were changed by somebody else too, nothing is sent",
            count,
        )
        self._heading.show(["sms-tui", _("Conflict"), what.format(count=count)])

    def _tell(self) -> None:
        left = self._sides.left
        self._keys.say(
            _("{left} left to decide.").format(left=left) if left else _("All decided: ctrl+s goes on to the review.")
        )

    def action_pick(self, side: str) -> None:
        self._sides.pick(side, getattr(self._sides.conflict[1], side))

    def action_pick_here(self) -> None:
        if self._input.display:
            self._take_typed()
        elif self._sides.side == "another":
            self.action_write()
        else:
            self.action_pick(self._sides.side)

    def why_not(self, action: str) -> str:
        """Why an action does nothing now, in a sentence; "" where it does something."""
        match action:
            case "write" if not _is_plain(self._sides.conflict[1]):
                return _("An entry, a list or an object is taken whole: {mine}, {theirs} or {base}.").format(
                    **self._letters
                )
            case "done" if self._sides.left:
                return _("{left} left to decide: {mine}, {theirs}, {base} or {another} for each.").format(
                    left=self._sides.left, **self._letters
                )
        return ""

    @property
    def _letters(self) -> dict[str, str]:
        """The keys that decide."""
        names = {"mine": "mine", "theirs": "theirs", "base": "as_loaded", "another": "another"}
        return {place: key_of(self, name) for place, name in names.items()}

    def action_write(self) -> None:
        """Ask for a value that is neither mine nor theirs."""
        __, conflict = self._sides.conflict
        if reason := self.why_not("write"):
            self._keys.say(reason, alert=True)
            return
        self._input.display = True
        self._input.put(editable_text(conflict.mine))
        self._input.action_end()
        self.set_focus(self._input)
        self._show_keys()

    def _take_typed(self) -> None:
        spec = field_at(self._sides.conflict[1].path)
        text = self._input.value
        self._close_input()
        self._sides.pick("another", parse(text, spec) if spec is not None else text)

    def _close_input(self) -> None:
        self._input.display = False
        self.set_focus(self._sides)
        self._show_keys()

    def action_done(self) -> None:
        if reason := self.why_not("done"):
            self._keys.say(reason, alert=True)
        else:
            self.dismiss({number: value for number, (_, value) in self._sides.picked.items()})

    def action_leave(self) -> None:
        if self._input.display:
            self._close_input()
        else:
            self.dismiss(None)


def _is_plain(conflict: Conflict) -> bool:
    values = (conflict.base, conflict.mine, conflict.theirs)
    return conflict.sort == "leaf" and not any(isinstance(value, dict | list) for value in values)


def _shown(conflict: Conflict, value: Value) -> str:
    if isinstance(value, list) and conflict.sort == "order":
        names = ", ".join(printable(entry_name(entry, at)) for at, entry in enumerate(value[:_LONGEST]))
        return f"{names}{', …' if len(value) > _LONGEST else ''}"
    if isinstance(value, dict | list):
        return one_line(value)
    if value is ABSENT and conflict.sort == "entry":
        return _("taken out")
    return with_unit(value, field_at(conflict.path))
