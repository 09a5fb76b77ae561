"""The Textual app: opens the list or one task, and closes without losing or leaking anything."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import WorkerFailed

from sms_tui.api.errors import ApiError
from sms_tui.document import Document
from sms_tui.session import FileError, Session
from sms_tui.ui.dialogs.confirm import ConfirmDialog
from sms_tui.ui.dialogs.palette import Command, PaletteDialog
from sms_tui.ui.keys import OrderedKeys, described_keys, tell_alt_keys_apart
from sms_tui.ui.screens.editor import EditorScreen
from sms_tui.ui.screens.review import ReviewScreen
from sms_tui.ui.screens.task_list import ListingSession, TaskListScreen
from sms_tui.ui.signals import Signals
from sms_tui.ui.themes import load_themes
from sms_tui.ui.widgets.bars import KeyBar

EXIT_FAILED = 3


class SmsTui(OrderedKeys):
    """The program on a terminal. Give it a session and what to open: a task's id, or None for the list."""

    CSS_PATH = "app.tcss"
    TITLE = "sms-tui"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+p", "commands", show=False, priority=True),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    class Opened(Message):
        """A task was read."""

        def __init__(self, document: Document) -> None:
            super().__init__()
            self.document = document

    class NotOpened(Message):
        """A task could not be read."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    def __init__(
        self,
        session: Session,
        task_id: str | None = None,
        *,
        listing: ListingSession | None = None,
        every: float | None = None,
        theme: str = "sms-dark",
    ) -> None:
        super().__init__()
        tell_alt_keys_apart()
        self.animation_level = "none"
        self._session, self._task_id = session, task_id
        self._listing, self._every = listing, every
        self._theme_name = theme
        self._signals = Signals(self)
        self.failure: str = ""

    def on_mount(self) -> None:
        for theme in load_themes():
            self.register_theme(theme)
        self.theme = self._theme_name
        self._signals.install()
        if self._listing is not None and self._task_id is None:
            self.push_screen(TaskListScreen(self._listing, open_task=self.open_task, every=self._every))
        else:
            self.open_task(self._task_id or "")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of ours for themes that do not know them: what is said in passing, and the lines of boxes."""
        return {"dim": "#8a8a8a", "line": "#6c6c6c"}

    def compose(self) -> ComposeResult:
        yield Static(f" Opening {self._task_id or self._session.place}…", markup=False)

    def _commands(self) -> Iterator[Command]:
        """What the screen's keys do, then what can be done anywhere."""
        for binding in described_keys(self.screen):
            key = binding.key_display or binding.key
            yield Command(binding.description, key, partial(self.run_action, binding.action, self.screen))
        for name in sorted(self.available_themes):
            if name.startswith("sms-"):
                yield Command(f"Theme: {name.removeprefix('sms-')}", "", partial(setattr, self, "theme", name))
        yield Command("Quit", "ctrl+q", partial(self.run_action, "quit"))

    def action_commands(self) -> None:
        """Open the command palette, unless a question is open."""
        if isinstance(self.screen, ModalScreen):
            return

        def chosen(command: Command | None) -> None:
            if command is not None:
                self.call_later(command.run)

        self.push_screen(PaletteDialog(list(self._commands())), chosen)

    def key_pressed(self) -> None:
        for bar in self.screen.query(KeyBar):
            bar.unsay()

    # Opening and leaving

    def open_task(self, task_id: str) -> None:
        """Read a task and show it in the editor."""
        self.run_worker(self._open(task_id), exclusive=True, group="open")

    async def _open(self, task_id: str) -> None:
        try:
            self.post_message(self.Opened(await self._session.open(task_id)))
        except (ApiError, FileError) as error:
            self.post_message(self.NotOpened(error))

    def on_sms_tui_opened(self, event: Opened) -> None:
        if not isinstance(self.screen, EditorScreen):
            self.push_screen(EditorScreen(self._session, event.document))

    def on_sms_tui_not_opened(self, event: NotOpened) -> None:
        if isinstance(self.screen, TaskListScreen):
            self.screen.say(str(event.error))
        else:
            self.fail(event.error)

    def fail(self, error: Exception) -> None:
        """End the program because there is nothing to show."""
        self.failure = str(error)
        self.exit(return_code=EXIT_FAILED)

    def action_leave(self) -> None:
        """Leave the editor for the list; without a list there is nowhere to go."""
        if not isinstance(self.screen, EditorScreen):
            return
        if self._listing is None or self._task_id is not None:
            self.screen.hint("Ctrl+q quits.")
            return
        self._unless_unsent("Leave", self.pop_screen)

    async def action_quit(self) -> None:
        self._unless_unsent("Quit", self.exit)

    def _unless_unsent(self, word: str, then: Callable[[], object]) -> None:
        unsent = sum(screen.unsent for screen in self.screen_stack if isinstance(screen, EditorScreen))
        if unsent == 0:
            then()
            return
        if isinstance(self.screen, ConfirmDialog):
            return
        if isinstance(self.screen, ReviewScreen) and self.screen.sending:
            question = f"The change is on its way, and nobody will see whether it lands. {word} all the same?"
        elif unsent == 1:
            question = f"1 change is not sent. {word} and drop it?"
        else:
            question = f"{unsent} changes are not sent. {word} and drop them?"

        def answered(yes: bool | None) -> None:
            if yes:
                then()

        self.push_screen(ConfirmDialog(word, question), answered)

    # Ending

    async def on_unmount(self) -> None:
        await self._session.close()

    def _fatal_error(self) -> None:
        """Print a crash without local variables: they may hold a token. Textual's own would print them."""
        error = self._exception
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        if error is not None:
            self.panic("".join(traceback.format_exception(error)))
