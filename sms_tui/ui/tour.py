"""The tour of the demo: five steps, told in a line above the screen, each done by doing it.

It takes no key and waits for nobody. Esc in the list ends it, as does its command in the palette.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, NamedTuple

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from sms_tui.document.document import can_redo
from sms_tui.language import N_, _
from sms_tui.ui.commands import named_keys
from sms_tui.ui.plain.hearing import announce
from sms_tui.ui.screens.editor import EditorScreen
from sms_tui.ui.widgets.bars import TitleBar

TASK: Final = "erp-db-01"
"""How the name of the task begins that the tour is about."""

_OPEN = N_("open {task} with Enter: one of its volumes is wrong. Esc skips this.")
_RISKY = N_("5 of 5: this shrinks a volume: type the task's name. It is only the demo.")
_WORDS = (
    N_("1 of 5: find a field. Press {find}, type speed_limit, then Enter."),
    N_("2 of 5: {next_problem} goes to what is wrong. {repair} offers repairs, Enter takes one."),
    N_("3 of 5: {undo} takes the repair back, {redo} makes it again."),
    N_("4 of 5: {review} shows exactly what would be sent."),
    N_("5 of 5: {submit} sends it, here to the simulator only. {back} would go back."),
    N_("done. {help} helps anywhere, {keys} has every key, {commands} every command."),
)
_REVIEW, _SUBMIT, _END = 3, 4, 5
Place = Literal["list", "task", "review", ""]


class Sight(NamedTuple):
    """What the operator has before him, as far as it matters to the tour."""

    place: Place
    found: bool = False
    problems: int = 0
    changed: bool = False
    undone: bool = False
    risky: bool = False
    sent: bool = False


class Tour:
    """How far the operator has come."""

    def __init__(self) -> None:
        self.step = 0
        self._most, self._undone = 0, False

    def look(self, sight: Sight) -> None:
        """Go on, past every step that is done."""
        self._most = max(self._most, sight.problems)
        while self.step < _END and self._is_done(sight):
            self.step += 1

    def _is_done(self, sight: Sight) -> bool:
        repaired = sight.problems < self._most
        self._undone = self.step == 2 and (self._undone or sight.undone)
        done = (
            sight.found,
            repaired,
            self._undone and repaired,
            sight.place == "review" and sight.changed,
            sight.place == "review" and sight.sent,
        )
        return done[self.step]

    def words(self, sight: Sight, keys: Mapping[str, str]) -> str:
        """What to do next, "" where the tour has nothing to say."""
        if sight.place == "list":
            return _(_OPEN).format(task=TASK) if self.step < _END else ""
        if sight.place == "review" and (self.step < _SUBMIT or (self.step == _SUBMIT and not sight.changed)):
            return ""
        step = _REVIEW if sight.place == "task" and self.step == _SUBMIT else self.step
        return _(_RISKY) if step == _SUBMIT and sight.risky else _(_WORDS[step]).format_map(keys)


class TourBar(Static):
    """The line that tells the step; a click on it ends the tour."""

    def __init__(self, skip: Callable[[], None]) -> None:
        super().__init__(markup=False)
        self._skip, self._told = skip, ""

    def tell(self, words: str) -> None:
        """Show what to do."""
        if words != self._told:
            self._told = words
            self.display = bool(words)
            announce(self, words)
            self.update(Content.assemble((f" {_('Tour')} ", "bold reverse $heading"), (f" {words}", "bold")))

    def on_mount(self) -> None:
        announce(self, self._told)

    def on_click(self) -> None:
        self._skip()


def tell_step(tour: Tour, screen: Screen[Any], end: Callable[[], None]) -> None:
    """See what was done, and tell the next step on the screen that is seen; `end` ends the tour."""
    where = place(screen)
    if not where:
        return
    sight = _sight(screen, where)
    tour.look(sight)
    if tour.step == _END and where == "list":
        end()
        return
    words = tour.words(sight, {name: keys[0] for name, keys in named_keys(screen).items() if keys})
    bars = screen.query(TourBar)
    if bars:
        bars.first().tell(words)
    elif words:
        bar = TourBar(end)
        bar.tell(words)
        screen.mount(bar, after=screen.query_one(TitleBar))


def place(screen: Screen[Any]) -> Place:
    """Where the operator is, "" where the tour has nothing to say."""
    name = type(screen).__name__
    if name == "TaskListScreen":
        return "list"
    if isinstance(screen, EditorScreen):
        return "task" if str(screen.document.current.get("name")).startswith(TASK) else ""
    return "review" if name == "ReviewScreen" and place(screen.app.screen_stack[-2]) == "task" else ""


def _sight(screen: Screen[Any], where: Place) -> Sight:
    """What a screen shows."""
    editor = next((there for there in reversed(screen.app.screen_stack) if isinstance(there, EditorScreen)), None)
    if editor is None or where == "list":
        return Sight(where)
    document = editor.document
    return Sight(
        where,
        found=editor.has_found,
        problems=document.inspector.count() if document.inspector.done else 0,
        changed=bool(document.changes),
        undone=can_redo(document),
        risky=bool(getattr(screen, "is_risky", False)),
        sent=bool(getattr(screen, "has_sent", False)),
    )
