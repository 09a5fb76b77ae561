"""The task list: read as far as it is looked at, filtered as you type."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import Worker

from sms_tui.api.errors import ApiError, CredentialsRefused
from sms_tui.language import N_, _, pgettext
from sms_tui.session.listing import Listing
from sms_tui.session.session import Session
from sms_tui.session.summary import TaskSummary
from sms_tui.ui.forms.input import FieldInput
from sms_tui.ui.link import link_of
from sms_tui.ui.plain.hearing import announce
from sms_tui.ui.program import program_of
from sms_tui.ui.widgets.bars import KeyBar, TitleBar
from sms_tui.ui.widgets.tasks import TaskHeader, TaskTable, progress_bar

_WIDE = 90
"""Columns from which on the heading has room for more than what changes."""


class ListingSession(Session, Protocol):
    """A session on a place that holds many tasks."""

    def listing(self) -> Listing:
        """All tasks, page by page."""


class TaskListScreen(Screen[None]):
    """The tasks of a place. The table has the keyboard; a letter goes to the filter.

    A page is read when the cursor comes near the end of those that are there; all of them when a filter is typed,
    which would else miss some, or the End key is pressed. Esc stops that.
    """

    HELP: ClassVar[str] = N_(
        "The tasks of this service, a page at a time. Typing filters by name, state, server and id; "
        "every word has to stand in a row. The list reads itself again while it is short."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+f", "filter", N_("Filter; so does typing"), id="filter"),
        Binding("escape", "clear", N_("Stop reading, clear the filter")),
        Binding("ctrl+r", "reload", N_("Read the list again"), id="reload"),
        Binding("enter", "open", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("end", "end", show=False, priority=True),
    ]

    def __init__(self, session: ListingSession, *, open_task: Callable[[str], None], every: float | None) -> None:
        super().__init__()
        self._session, self._every = session, every
        self._heading, self._keys = TitleBar(), KeyBar()
        self._header = TaskHeader()
        self.table = TaskTable(open_task=open_task, typed=self._begin_filter, end_near=self._end_near)
        self._input = FieldInput(typed=self._narrow, id="filter")
        self._input.prompt = _("Filter")
        self._listing = session.listing()
        self._goal: float = 1
        self._worker: Worker[None] | None = None
        self._renewed: int | None = None
        self._halted = False
        self._polls = 0

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self._header
        yield self.table
        yield self._input
        yield self._keys

    def on_mount(self) -> None:
        self.set_focus(self.table)
        self._show_keys()
        self._show_heading()
        self._read_to(1)
        if self._every is not None:
            self.set_interval(self._every, self._poll)

    # Reading

    @property
    def reading(self) -> bool:
        """Whether pages are on their way."""
        return self._worker is not None and not self._worker.is_finished

    @property
    def is_busy(self) -> bool:
        """Whether Esc has something to stop or to clear."""
        return self.reading or self._input.display

    def _end_near(self, last: bool) -> None:
        if last:
            self._halted = False
        self._read_to(math.inf if last or self._input.value else self.table.counts[1] + 1)

    def _read_to(self, tasks: float) -> None:
        """Read until so many tasks are there, or all there are; not after a failure, nor after Esc."""
        if self._halted:
            return
        self._goal = max(self._goal, tasks)
        if not self._listing.complete and self.table.counts[1] < self._goal and not self.reading:
            self._worker = self.run_worker(self._read_on(), group="list")
            self._show_heading()

    async def _read_on(self) -> None:
        try:
            while self.table.counts[1] < self._goal and (page := await anext(self._listing, None)) is not None:
                self.table.add(page)
                self._show_heading()
        except ApiError as error:
            self._failed(error, partial(self._go_on, self._goal))
        self._goal = 1
        self._worker = None
        self._show_heading()
        announce(self, self._counted(), "count")

    def _go_on(self, goal: float) -> None:
        """Read on after a failure."""
        self._halted = False
        self._read_to(goal)

    def _poll(self) -> None:
        """Read a short list again; a long one would cost the line more than it tells."""
        self._polls += 1
        if link_of(self).quiet or self._polls % link_of(self).patience:
            return
        if self.is_current and not (self.reading or self._halted) and self._listing.pages == 1:
            self.action_reload()

    def action_reload(self) -> None:
        """Read as many tasks again as are there, and show them when all have come."""
        self._stop()
        self._halted = False
        self._worker = self.run_worker(
            self._reload(self._session.listing(), max(1, self.table.counts[1])), group="list"
        )

    async def _reload(self, listing: Listing, goal: int) -> None:
        found: list[TaskSummary] = []
        try:
            while len(found) < goal and (page := await anext(listing, None)) is not None:
                found += page
                self._renewed = len(found)
                self._show_heading()
            self._listing = listing
            self.table.put(found)
        except ApiError as error:
            self._failed(error, self.action_reload)
        self._worker = self._renewed = None
        self._show_heading()
        announce(self, self._counted(), "count")
        if self._input.value:
            self._read_to(math.inf)

    def _stop(self) -> bool:
        """Stop reading; whether there was anything to stop."""
        if self._worker is None or not self.reading:
            return False
        self._worker.cancel()
        self._worker, self._goal, self._renewed = None, 1, None
        self._show_heading()
        return True

    def _failed(self, error: ApiError, again: Callable[[], None]) -> None:
        """Say why reading failed; refused credentials are asked for, and it goes on `again` with others.

        Before the first page there is nothing to stay for: the program ends.
        """
        if self._listing.count is None:
            program_of(self).fail(error)
            return
        self._halted = True
        say = partial(
            self.say, str(error) if self._listing.complete else _("{error} End reads on.").format(error=error)
        )
        if isinstance(error, CredentialsRefused):
            program_of(self).ask_credentials(again, say)
        else:
            say()

    # Showing

    def say(self, message: str) -> None:
        """Show a message in place of the keys."""
        self._keys.say(message, alert=True)

    def _show_keys(self) -> None:
        self._keys.show(
            *(("Enter", _("Open")), (pgettext("key bar", "type"), _("Filter"))),
            *([("Esc", _("Show all"))] if self._input.display else []),
            *(("reload", _("Reload")), ("help", _("Help")), ("commands", _("Commands")), ("quit", _("Quit"))),
        )

    def _show_heading(self) -> None:
        program = "sms-tui" if self.size.width >= _WIDE else ""
        self._heading.show([program, _("Tasks"), self._session.place, self._counted()])

    def _counted(self) -> str:
        """`1,200 of 10,000 tasks`, what of them is shown, and how far reading came while it goes on."""
        shown, there = self.table.counts
        if self._listing.count is None:
            return _("loading…")
        count = max(there, self._listing.count)
        read = _("{there} of {count} tasks") if not self._listing.complete else _("{there} tasks")
        read = read.format(there=f"{there:,}", count=f"{count:,}")
        if self._input.value:
            words = _("{shown} of {read}") if self._listing.complete else _("{shown} match in {read}")
            read = words.format(shown=f"{shown:,}", read=read)
        if self._renewed is not None and there > self._renewed:
            return f"{progress_bar(self._renewed * 100 // there)}   {read}"
        if self.reading and self._renewed is None and not self._listing.complete:
            return f"{progress_bar(there * 100 // max(1, count))}   {read}"
        return read

    # Keys

    def _narrow(self, text: str) -> None:
        self.table.narrow(text)
        self._input.display = bool(text) or self.focused is self._input
        if text:
            self._halted = False
            self._read_to(math.inf)
            if nothing := _why_empty(self.table, self._listing, text):
                self._keys.say(nothing)
        self._show_heading()
        self._show_keys()

    def action_filter(self) -> None:
        self._input.display = True
        self._show_keys()
        self.set_focus(self._input, scroll_visible=False)

    def _begin_filter(self, letter: str) -> None:
        self.action_filter()
        self._input.insert_text_at_cursor(letter)

    def action_clear(self) -> None:
        """Stop reading; where nothing is read, clear the filter."""
        if self._stop():
            if not self._listing.complete:
                self._halted = True
                self.say(_("Reading stopped. End reads on."))
            return
        self._input.value = ""
        self._input.display = False
        self._show_keys()
        self.set_focus(self.table, scroll_visible=False)

    def action_open(self) -> None:
        if nothing := _why_empty(self.table, self._listing, self._input.value):
            self._keys.say(nothing)
        self.table.action_open()

    def action_move(self, step: int) -> None:
        self.table.action_move(step)

    def action_end(self) -> None:
        self.table.action_edge(1)


def _why_empty(table: TaskTable, listing: Listing, wanted: str) -> str:
    """Why there is no task to open, "" if there is one, or may be one to come."""
    if table.counts[0] or not listing.complete:
        return ""
    return _("No task matches the filter.") if wanted else _("There are no tasks here.")
