"""The task list: one line a task, filtered as you type."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from typing import ClassVar, Protocol

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from sms_tui.api.errors import ApiError
from sms_tui.document import Body
from sms_tui.session import Session, TaskSummary, summarize
from sms_tui.ui.forms.input import FieldInput
from sms_tui.ui.text import printable, short_date
from sms_tui.ui.widgets.bars import KeyBar, TitleBar
from sms_tui.ui.widgets.rows import Part, Rows, fitted

_COLUMNS = (
    ("state", 16),
    ("name", 26),
    ("type", 6),
    ("os", 8),
    ("progress", 15),
    ("source → target", 0),
    ("created", 17),
)


class ListingSession(Session, Protocol):
    """A session on a place that holds many tasks."""

    def tasks(self, **filters: str) -> AsyncIterator[list[Body]]:
        """All tasks, page by page. Raises ApiError."""


class TaskTable(Rows):
    """The tasks that match the filter; `open_task` gets the id of a chosen one, `typed` a letter typed here."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", show=False)]

    def __init__(self, *, open_task: Callable[[str], None], typed: Callable[[str], None]) -> None:
        super().__init__(id="tasks")
        self._open_task, self._typed = open_task, typed
        self._all: list[TaskSummary] = []
        self._shown: list[TaskSummary] = []
        self._wanted = ""

    def put(self, tasks: list[TaskSummary]) -> None:
        """Show these tasks; the cursor stays on its task."""
        self._all = tasks
        self._filter()

    def narrow(self, wanted: str) -> None:
        """Show only tasks in which every word stands."""
        self._wanted = wanted.casefold()
        self._filter()

    @property
    def counts(self) -> tuple[int, int]:
        """How many tasks are shown, and how many there are."""
        return len(self._shown), len(self._all)

    def _filter(self) -> None:
        at = self._shown[self.cursor].id if self._shown else ""
        words = self._wanted.split()
        before = len(self._shown)
        self._shown = [task for task in self._all if all(word in task.text for word in words)]
        index = next((place for place, task in enumerate(self._shown) if task.id == at), 0)
        if before != len(self._shown):
            self.rows_changed()
        if index != self.cursor:
            self.cursor = index
        self.refresh_changed()

    def row_count(self) -> int:
        return len(self._shown)

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        task = self._shown[index]
        bad = task.state.endswith("FAIL")
        cells = (
            task.state,
            task.name,
            task.type.removeprefix("MIGRATE_").lower(),
            task.os_type.capitalize(),
            progress_bar(task.progress),
            f"{task.source} → {task.target or 'new server'}",
            short_date(task.created),
        )
        for (name, _), cells_wide, text in zip(_COLUMNS, widths(width), cells, strict=True):
            style = self.named_style("error") if bad and name == "state" else None
            if cells_wide:
                yield fitted(printable(f" {text}"), cells_wide), style

    def activated(self, index: int) -> None:
        self.action_open()

    def on_key(self, event: events.Key) -> None:
        if event.character is not None and event.is_printable:
            event.stop()
            self._typed(event.character)

    def action_open(self) -> None:
        if self._shown:
            self._open_task(self._shown[self.cursor].id)


def widths(width: int) -> list[int]:
    """The width of each column; on a narrow screen the least needed ones go, the widest takes what is left."""
    out = dict(_COLUMNS)
    for name in ("created", "type", "os"):
        if sum(out.values()) + 20 > width:
            out[name] = 0
    if sum(out.values()) + 16 > width:
        out["name"] = 20
    out["source → target"] = max(0, width - sum(out.values()))
    return [out[name] for name, _ in _COLUMNS]


def progress_bar(percent: int | None) -> str:
    """`█████░░░░░ 47 %`, empty for a task without sub-tasks."""
    if percent is None:
        return ""
    full = percent * 8 // 100
    return f"{'█' * full}{'░' * (8 - full)} {percent:>3} %"


class TaskListScreen(Screen[None]):
    """The tasks of a place. The table has the keyboard; a letter goes to the filter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+f", "filter", "Filter"),
        Binding("escape", "clear", "Clear the filter"),
        Binding("ctrl+r", "reload", "Read the list again"),
        Binding("enter", "open", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    class Loaded(Message):
        """A page of tasks, or the last of them, arrived."""

        def __init__(self, tasks: list[TaskSummary], complete: bool) -> None:
            super().__init__()
            self.tasks, self.complete = tasks, complete

    class Failed(Message):
        """The list could not be read."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    def __init__(self, session: ListingSession, *, open_task: Callable[[str], None], every: float | None) -> None:
        super().__init__()
        self._session, self._every = session, every
        self._heading, self._keys = TitleBar(), KeyBar()
        self._header = TaskHeader()
        self.table = TaskTable(open_task=open_task, typed=self._begin_filter)
        self._input = FieldInput(typed=self._narrow, id="filter")
        self.loaded = False

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self._header
        yield self.table
        yield self._input
        yield self._keys

    def on_mount(self) -> None:
        self.set_focus(self.table)
        self._keys.show(("Enter", "Open"), ("type", "Filter"), ("^r", "Reload"), ("^p", "Commands"), ("^q", "Quit"))
        self.action_reload()
        if self._every is not None:
            self.set_interval(self._every, self._poll)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_heading)

    def _poll(self) -> None:
        if self.is_current:
            self.action_reload()

    def action_reload(self) -> None:
        self.run_worker(self._load(), exclusive=True, group="list")

    async def _load(self) -> None:
        found: list[TaskSummary] = []
        try:
            async for page in self._session.tasks():
                found += [summarize(task) for task in page]
                if not self.loaded:
                    self.post_message(self.Loaded(list(found), complete=False))
        except ApiError as error:
            self.post_message(self.Failed(error))
            return
        self.post_message(self.Loaded(found, complete=True))

    def on_task_list_screen_loaded(self, event: Loaded) -> None:
        self.loaded = self.loaded or event.complete
        self.table.put(event.tasks)
        self._show_heading()

    def on_task_list_screen_failed(self, event: Failed) -> None:
        if self.loaded:
            self.say(str(event.error))
        else:
            self.app.fail(event.error)  # type: ignore[attr-defined]

    def say(self, message: str) -> None:
        """Show a message in place of the keys."""
        self._keys.say(message, alert=True)

    def _show_heading(self) -> None:
        shown, total = self.table.counts
        count = "loading…" if not self.loaded else f"{shown} of {total} tasks" if shown != total else f"{total} tasks"
        self._heading.show(["sms-tui", "Tasks", self._session.place, count])

    def _narrow(self, text: str) -> None:
        self.table.narrow(text)
        self._input.display = bool(text) or self.focused is self._input
        self._show_heading()

    def action_filter(self) -> None:
        self._input.display = True
        self.set_focus(self._input, scroll_visible=False)

    def _begin_filter(self, letter: str) -> None:
        self.action_filter()
        self._input.insert_text_at_cursor(letter)

    def action_clear(self) -> None:
        self._input.value = ""
        self._input.display = False
        self.set_focus(self.table, scroll_visible=False)

    def action_open(self) -> None:
        self.table.action_open()

    def action_move(self, step: int) -> None:
        self.table.action_move(step)


class TaskHeader(Rows, can_focus=False):
    """The names of the columns."""

    def row_count(self) -> int:
        return 1

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        for (name, _), cells_wide in zip(_COLUMNS, widths(width), strict=True):
            if cells_wide:
                yield fitted(f" {name}", cells_wide), self.named_style("heading")

    def selectable(self, index: int) -> bool:
        return False
