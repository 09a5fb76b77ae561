"""The Textual app: opens the list or one task, and closes without losing or leaking anything."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static
from textual.worker import WorkerFailed

from sms_tui.api.errors import ApiError, CredentialsRefused
from sms_tui.document.document import Document
from sms_tui.language import N_, _, ngettext
from sms_tui.session.drafts.store import DraftStore
from sms_tui.session.errors import FileError
from sms_tui.session.session import Session
from sms_tui.ui.commanding import Commanding
from sms_tui.ui.drafting import Desk, DeskSetter
from sms_tui.ui.keys import tell_alt_keys_apart, time_keys_when_they_are_read
from sms_tui.ui.link import LinkMeter
from sms_tui.ui.loading import Loading
from sms_tui.ui.painting import USUAL, Themed
from sms_tui.ui.plain.speaking import Speaking
from sms_tui.ui.renewing import Renewing
from sms_tui.ui.screens.editor import EditorScreen
from sms_tui.ui.served import is_served
from sms_tui.ui.signals import Signals
from sms_tui.ui.text import printable
from sms_tui.ui.themes import Themes
from sms_tui.ui.touring import Touring
from sms_tui.ui.widgets.bars import key_bars

if TYPE_CHECKING:
    from sms_tui.ui.dialogs.palette import Entry
    from sms_tui.ui.screens.task_list import ListingSession, TaskListScreen

EXIT_UNREADABLE, EXIT_FAILED, EXIT_INTERRUPTED = 2, 3, 130


class SmsTui(Speaking, Themed, Renewing, Commanding, Touring):
    """The program on a terminal. Give it a session and what to open: a task's id, or None for the list.

    `tour` is whether the tour of the demo is shown; None where there is none.
    """

    CSS_PATH = "app.tcss"
    TITLE = "sms-tui"
    KEYS_WORK: ClassVar[str] = N_("Everywhere")
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", N_("Quit"), priority=True, id="quit")]

    class Opened(Message):
        """A task was read."""

        def __init__(self, document: Document) -> None:
            super().__init__()
            self.document = document

    class NotOpened(Message):
        """A task could not be read."""

        def __init__(self, task_id: str, error: Exception) -> None:
            super().__init__()
            self.task_id, self.error = task_id, error

    def __init__(
        self,
        session: Session,
        task_id: str | None = None,
        *,
        listing: ListingSession | None = None,
        every: float | None = None,
        poll: float | None = None,
        drafts: DraftStore | None = None,
        resume: bool = False,
        themes: Themes | None = None,
        theme: str = USUAL,
        ascii: bool = False,
        plain: bool = False,
        diff: bool = True,
        link_meter: bool = False,
        keymap: Mapping[str, str] = MappingProxyType({}),
        tour: bool | None = None,
    ) -> None:
        super().__init__(session)
        self.dress(themes or Themes(), theme, ascii=ascii or plain)
        if plain:
            self.speak()
        self.link = LinkMeter(on=link_meter, quiet=plain)
        if link_meter:
            from sms_tui.ui.metered import MeteredDriver

            self.driver_class = MeteredDriver
        if is_served():
            from sms_tui.ui.page import PageDriver

            self.driver_class = PageDriver
        self.paint(diff=diff)
        tell_alt_keys_apart()
        time_keys_when_they_are_read()
        self.animation_level = "none"
        self._task_id = task_id
        self._tasks: TaskListScreen | None = None
        self._listing, self._every, self._poll = listing, every, poll
        self._keys = keymap
        self.has_tour = tour is not None
        if tour:
            from sms_tui.ui.tour import Tour

            self.tour = Tour()
        self._loading = Loading(self, self._opening_cancelled)
        self._desks = DeskSetter(self, session, drafts, self.begin, resumes=resume)
        self._signals = Signals(self, self.flush_drafts)
        self.failure: str = ""

    def on_mount(self) -> None:
        self.set_keymap(dict(self._keys))
        self._signals.install()
        self._session.on_waiting(self.told_to_wait)
        if self._listing is not None and self._task_id is None:
            self._open_list(self._listing)
        else:
            self.open_task(self._task_id or "")

    def _open_list(self, listing: ListingSession) -> None:
        from sms_tui.ui.screens.task_list import TaskListScreen

        self._tasks = TaskListScreen(listing, open_task=self.open_task, every=self._every)
        self.push_screen(self._tasks)

    def compose(self) -> ComposeResult:
        yield Static(_(" Opening {task_id}…").format(task_id=self._task_id or self._session.place), markup=False)

    def further_commands(self) -> Iterator[Entry]:
        """What can be done anywhere and has no key."""
        from sms_tui.ui.dialogs.palette import Entry

        for name in self.themes.names():
            yield Entry(
                _("Theme: {name}").format(name=printable(name)),
                "",
                partial(self.choose, name),
                preview=partial(self.wear, name),
            )
        if self._session.renews:
            yield Entry(_("Read the credentials again"), "", self.action_credentials)
        yield from self.tour_commands()
        yield from self.speaking_commands()

    def key_pressed(self) -> None:
        if (voice := self.voice_of(self.screen)) is not None:
            voice.key_pressed()
        for bar in key_bars(self.screen):
            bar.unsay()
            bar.gauge(self.link.words)
        if isinstance(self.screen, EditorScreen):
            self.screen.show_churn()

    def on_paste(self) -> None:
        """Tell that what was pasted went nowhere."""
        self.say(_("Nothing here takes pasted text."), alert=True)

    # Opening and leaving

    def open_task(self, task_id: str) -> None:
        """Read a task and show it in the editor."""
        worker = self.run_worker(self._open(task_id), exclusive=True, group="open")
        self._loading.begin(task_id or self._session.place, worker)

    async def _open(self, task_id: str) -> None:
        try:
            document = await self._session.open(task_id, self._loading.has_come)
        except (ApiError, FileError) as error:
            await self._desks.read_ahead(task_id, None, self._loading.goes_on)
            self.post_message(self.NotOpened(task_id, error))
        else:
            await self._desks.read_ahead(task_id, document.current, self._loading.goes_on)
            self.post_message(self.Opened(document))

    def _opening_cancelled(self) -> None:
        if self._tasks is not None:
            self._tasks.say(_("Opening was cancelled."))
        else:
            self.exit(return_code=EXIT_INTERRUPTED)

    def on_sms_tui_opened(self, event: Opened) -> None:
        self._loading.end()
        if not isinstance(self.screen, EditorScreen):
            self._desks.begin(event.document)

    def begin(self, desk: Desk | None) -> None:
        """Open the editor on a desk; without one there is nothing to open."""
        if desk is not None:
            self.push_screen(EditorScreen(self._session, desk, poll=self._poll))
        elif self.screen is not self._tasks:
            self.exit()

    def flush_drafts(self) -> None:
        """Have every draft on the disk now."""
        for screen in self.screen_stack:
            if isinstance(screen, EditorScreen):
                screen.flush()

    def credentials_renewed(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, EditorScreen):
                screen.follow_again()

    def settle_drafts(self) -> None:
        """Let every draft go whose edits the task has by now."""
        for screen in self.screen_stack:
            if isinstance(screen, EditorScreen):
                screen.settle()

    def on_sms_tui_not_opened(self, event: NotOpened) -> None:
        self._loading.end()
        if isinstance(event.error, CredentialsRefused) and self.screen is self._tasks:
            self.ask_credentials(partial(self.open_task, event.task_id), partial(self._not_opened, event.error))
        elif not self._desks.offer(event.task_id, event.error):
            self._not_opened(event.error)

    def _not_opened(self, error: Exception) -> None:
        if self._tasks is not None and self.screen is self._tasks:
            self._tasks.say(str(error))
        else:
            self.fail(error)

    def fail(self, error: Exception) -> None:
        """End the program because there is nothing to show."""
        self.failure = str(error)
        self.exit(return_code=EXIT_UNREADABLE if isinstance(error, FileError) else EXIT_FAILED)

    def action_leave(self) -> None:
        """Leave the editor for the list; without a list there is nowhere to go."""
        if not isinstance(self.screen, EditorScreen):
            return
        if self._listing is None or self._task_id is not None:
            self.screen.hint(_("Ctrl+q quits."))
            return
        self._unless_unsent(_("Leave"), self.pop_screen)

    async def action_quit(self) -> None:
        self._unless_unsent(_("Quit"), self.exit)

    def _unless_unsent(self, word: str, then: Callable[[], object]) -> None:
        self.flush_drafts()  # so that the question is true
        editors = [screen for screen in self.screen_stack if isinstance(screen, EditorScreen)]
        unsent, kept = sum(editor.unsent for editor in editors), all(editor.keeps_draft for editor in editors)
        texts = sum(editor.texts for editor in editors)
        if unsent == 0 and texts == 0:
            for editor in editors:
                editor.forget_idle_edits()
            then()
            return
        from sms_tui.ui.dialogs.confirm import ConfirmDialog
        from sms_tui.ui.screens.review import ReviewScreen

        if isinstance(self.screen, ConfirmDialog):
            return

        if isinstance(self.screen, ReviewScreen) and self.screen.sending:
            question = _("The change is on its way, and nobody will see whether it lands. {word} all the same?").format(
                word=word
            )
        else:
            question = _about_texts(word, texts, unsent, kept) if texts else _about_changes(word, unsent, kept)

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
            lines = "".join(traceback.format_exception(error)).splitlines()
            self.panic(Text("\n".join(map(printable, lines))))  # as a str it would be read as markup


def _about_changes(word: str, unsent: int, kept: bool) -> str:
    """The question before leaving changes that are not sent, which a draft may keep."""
    stays = ngettext(
        "{count} change is not sent. {leave}? It stays as a draft.",
        "{count} changes are not sent. {leave}? They stay as a draft.",
        unsent,
    )
    goes = ngettext(
        "{count} change is not sent. {leave} and drop it?",
        "{count} changes are not sent. {leave} and drop them?",
        unsent,
    )
    return (stays if kept else goes).format(count=unsent, leave=word)


def _about_texts(word: str, texts: int, unsent: int, kept: bool) -> str:
    """The question before leaving texts of the JSON view that are not taken in, which a draft may keep."""
    what = ngettext(
        "A JSON text was not taken into the task", "{count} JSON texts were not taken into the task", texts
    ).format(count=texts)
    if unsent:
        what += ngettext(", and {count} change is not sent", ", and {count} changes are not sent", unsent).format(
            count=unsent
        )
    fate = _("{what}. {leave}? All of it stays as a draft.")
    if not kept and unsent:
        fate = _("{what}. {leave} and drop all of it?")
    elif not kept:
        fate = ngettext("{what}. {leave} and drop it?", "{what}. {leave} and drop them?", texts)
    return fate.format(what=what, leave=word)
