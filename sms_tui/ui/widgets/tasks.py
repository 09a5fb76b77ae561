"""The rows of the task list: one line a task, and the names of the columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from sms_tui.language import N_, _
from sms_tui.session.summary import TaskSummary
from sms_tui.ui.plain.words import listed
from sms_tui.ui.text import printable, short_date
from sms_tui.ui.widgets.painted import Part, fitted
from sms_tui.ui.widgets.rows import Rows

_COLUMNS = (
    (N_("state"), 16),
    (N_("name"), 26),
    (N_("type"), 6),
    (N_("os"), 8),
    (N_("progress"), 15),
    (N_("source → target"), 0),
    (N_("created"), 17),
)


_STAGES: Mapping[str, Collection[str]] = {
    "state-ready": ("READY",),
    "state-running": ("RUNNING", "SYNCING"),
    "state-stopped": ("ABORTING", "ABORT", "SKIPPING", "DELETING", "RESETING", "SYNC_F_ROLLBACKING"),
    "state-done": ("MIGRATE_SUCCESS", "SYNC_SUCCESS", "SYNC_F_ROLLBACK_SUCCESS"),
    "state-failed": ("MIGRATE_FAIL", "SYNC_FAIL"),
}
"""The states of a task, by what it means for the operator."""


class TaskTable(Rows):
    """The tasks that match the filter.

    `open_task` gets the id of a chosen one, `typed` a letter typed here; `end_near` is called when the cursor comes
    near the last task, with whether the operator wants to see the very last.
    """

    DEFAULT_CSS = """
    TaskTable > .rows--progress { color: $used; }
    TaskTable > .rows--state-ready { color: $state-ready; }
    TaskTable > .rows--state-running { color: $state-running; text-style: bold; }
    TaskTable > .rows--state-stopped { color: $state-stopped; }
    TaskTable > .rows--state-done { color: $state-done; }
    TaskTable > .rows--state-failed { color: $state-failed; text-style: bold; }
    """
    KEYS_WORK: ClassVar[str] = N_("In the list")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.open", N_("Open the task"))]

    def __init__(
        self,
        *,
        open_task: Callable[[str], None],
        typed: Callable[[str], None],
        end_near: Callable[[bool], None],
    ) -> None:
        super().__init__(id="tasks")
        self._open_task, self._typed, self._end_near = open_task, typed, end_near
        self._all: list[TaskSummary] = []
        self._shown: list[TaskSummary] = []
        self._words: list[str] = []

    def put(self, tasks: list[TaskSummary]) -> None:
        """Show these tasks; the cursor stays on its task."""
        self._all = tasks
        self._filter()

    def add(self, tasks: list[TaskSummary]) -> None:
        """Show these tasks too, below the others; nothing that is there moves."""
        self._all += tasks
        if found := self._matching(tasks):
            self._shown += found
            self.rows_changed()

    def narrow(self, wanted: str) -> None:
        """Show only tasks in which every word stands."""
        self._words = wanted.casefold().split()
        self._filter()

    @property
    def counts(self) -> tuple[int, int]:
        """How many tasks are shown, and how many there are."""
        return len(self._shown), len(self._all)

    def _matching(self, tasks: list[TaskSummary]) -> list[TaskSummary]:
        for word in self._words:
            tasks = [task for task in tasks if word in task.text]
        return tasks

    def _filter(self) -> None:
        at = self._shown[self.cursor].id if self._shown else ""
        before = len(self._shown)
        self._shown = list(self._matching(self._all))
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
        styles = {"state": stage(task.state), "progress": "progress"}
        cells = (
            task.state,
            task.name,
            task.type.removeprefix("MIGRATE_").lower(),
            task.os_type.capitalize(),
            progress_bar(task.progress),
            f"{task.source} → {task.target or _('new server')}",
            short_date(task.created),
        )
        for (name, __), cells_wide, text in zip(_COLUMNS, widths(width), cells, strict=True):
            style = self.named_style(found) if (found := styles.get(name)) else None
            if cells_wide:
                yield fitted(printable(f" {text}"), cells_wide), style

    def sentence(self, index: int) -> str:
        task = self._shown[index]
        progress = "" if task.progress is None else f"{task.progress} %"
        way = _("from {source} to {target}").format(source=task.source, target=task.target or _("new server"))
        words = (task.name, task.state, progress, task.os_type.capitalize(), task.type.removeprefix("MIGRATE_").lower())
        return listed(map(printable, (*words, way)))

    def activated(self, index: int) -> None:
        self.action_open()

    def on_key(self, event: events.Key) -> None:
        if event.character is not None and event.is_printable:
            event.stop()
            self._typed(event.character)

    def action_open(self) -> None:
        if self._shown:
            self._open_task(self._shown[self.cursor].id)

    def action_move(self, step: int) -> None:
        super().action_move(step)
        self._look_ahead(step > 0)

    def action_page(self, pages: int) -> None:
        super().action_page(pages)
        self._look_ahead(pages > 0)

    def action_edge(self, end: int) -> None:
        super().action_edge(end)
        if end:
            self._end_near(True)

    def _look_ahead(self, downwards: bool) -> None:
        """Have more tasks read while two screens of them are still to come."""
        if downwards and self.cursor + 2 * self.size.height >= len(self._shown):
            self._end_near(False)


class TaskHeader(Rows, can_focus=False):
    """The names of the columns."""

    def row_count(self) -> int:
        return 1

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        for (name, __), cells_wide in zip(_COLUMNS, widths(width), strict=True):
            if cells_wide:
                yield fitted(f" {_(name)}", cells_wide), self.named_style("heading")

    def selectable(self, index: int) -> bool:
        return False


def widths(width: int) -> list[int]:
    """The width of each column; on a narrow screen the least needed ones go, the widest takes what is left."""
    out = dict(_COLUMNS)
    for name in ("created", "type", "os"):
        if sum(out.values()) + 20 > width:
            out[name] = 0
    if sum(out.values()) + 16 > width:
        out["name"] = 20
    out["source → target"] = max(0, width - sum(out.values()))
    return [out[name] for name, __ in _COLUMNS]


def stage(state: str) -> str:
    """The style of a state, "" for one that is not known."""
    return next((stage for stage, states in _STAGES.items() if state in states), "")


def progress_bar(percent: int | None) -> str:
    """`█████░░░░░ 47 %`, empty for a task without sub-tasks."""
    if percent is None:
        return ""
    full = percent * 8 // 100
    return f"{'█' * full}{'░' * (8 - full)} {percent:>3} %"
