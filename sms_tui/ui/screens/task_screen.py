"""What the screens on a task under edit have in common."""

from __future__ import annotations

import asyncio
import gc
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events, on
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker

from sms_tui.document.document import Document
from sms_tui.garbage import uncollected
from sms_tui.language import N_, _
from sms_tui.schema.paths import Path
from sms_tui.session.session import Session
from sms_tui.ui.commands import key_of
from sms_tui.ui.forms.fields import FieldPane
from sms_tui.ui.marks import Marks
from sms_tui.ui.program import program_of
from sms_tui.ui.widgets.bars import KeyBar, TitleBar, in_steps

if TYPE_CHECKING:
    from sms_tui.document.clip import Clip


COMMON_KEYS = (
    *(("review", N_("Review")), ("undo", N_("Undo")), ("next_problem", N_("Problem"))),
    *(("help", N_("Help")), ("commands", N_("Commands")), ("quit", N_("Quit"))),
)
"""What the key bar has wherever a task is edited."""


@dataclass(slots=True)
class Hand:
    """What an operator takes along from screen to screen: what was cut or copied, whether fields of the service may be
    edited, and why nothing may be, "" if it may."""

    clip: Clip | None = None
    service_allowed: bool = False
    read_only: str = ""


_STEPS, _TURN = 50, 0.004
"""Steps of the check between two looks at the clock, and seconds between two at the keys."""
_MANY = 50_000
"""Steps after which the garbage collector shall leave alone what they made."""
_BREATH, _PAUSE, _STILL = 0.001, 0.02, 0.3
"""Seconds for which the check rests between its turns, as the thread that reads the keys runs only then; for which it
does while somebody types; and for which a key counts as typing."""
_TOLD_EVERY = 0.25
"""Seconds between two counts of what the check found so far."""


class TaskScreen(Screen[None]):
    """A screen that shows a task under edit, and has it checked once it is on the screen."""

    class Checked(Message):
        """The check of the whole task found more, or came to its end."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Textual's own paints the whole screen again; here what looks different with the keyboard paints itself."""

    def __init__(self, session: Session, document: Document) -> None:
        super().__init__()
        self._session, self._document = session, document
        self._marks = Marks(document)
        self._check: Worker[None] | None = None
        self._check_begun = False
        self._hand = Hand()
        self._heading = TitleBar()
        self._keys = KeyBar()

    # For subclasses

    @property
    def pane(self) -> FieldPane:
        """Where fields are edited."""
        raise NotImplementedError

    @property
    def place(self) -> Path:
        """The path under the cursor."""
        raise NotImplementedError

    def select(self, path: Path) -> bool:
        """Put the cursor on a path, if it is shown here; True if that is a field."""
        raise NotImplementedError

    def show_document(self, *, structure: bool = False) -> None:
        """Show what the document holds now; `structure` if entries may have come or gone."""
        raise NotImplementedError

    # Checking

    def on_mount(self) -> None:
        self.call_after_refresh(self._begin_check)

    def _begin_check(self) -> None:
        self._check_begun = True
        if not self._document.inspector.done:
            self._check = self.run_worker(self._check_all(), group="check", exit_on_error=True)

    async def _check_all(self) -> None:
        told, known, steps, inspector = time.monotonic(), 0, 0, self._document.inspector
        with uncollected():
            while not inspector.done:
                until = time.monotonic() + _TURN
                while not inspector.done and time.monotonic() < until:
                    inspector.work(_STEPS)
                    steps += _STEPS
                await asyncio.sleep(_PAUSE if self._is_typing else _BREATH)
                if time.monotonic() > told + _TOLD_EVERY:
                    told = time.monotonic()
                    if known != (known := inspector.count()):
                        self.post_message(self.Checked())
            if steps > _MANY:
                gc.freeze()
        self.post_message(self.Checked())

    @property
    def _is_typing(self) -> bool:
        """Whether a key was pressed a moment ago, and may be followed by another."""
        return time.monotonic() < program_of(self).key_time + _STILL

    def _check_on(self) -> None:
        """Have checked in pieces what an edit left to be checked, for it changed very much."""
        if self._check_begun and (self._check is None or self._check.is_finished):
            self._begin_check()

    async def until_checked(self) -> None:
        """Wait for the end of the check; the screen goes on being painted."""
        if self._check is not None and not self._check.is_finished:
            await self._check.wait()

    @on(Checked)
    def _show_checked(self) -> None:
        self.show_document()

    # For all

    def why_not(self, action: str) -> str:
        """Why an action of this screen does nothing now, in a sentence; "" where it does something."""
        return ""

    def on_paste(self, event: events.Paste) -> None:
        """Tell where text goes that was pasted where nothing takes it."""
        event.stop()
        words = _("Text is pasted into a field (Enter first), a cut or copied entry by {key}.")
        self.hint(words.format(key=key_of(self, "paste")), alert=True)

    def refuses(self, action: str) -> bool:
        """Whether an action does nothing now; the operator is told why."""
        reason = self.why_not(action)
        if reason:
            self.hint(reason)
        return bool(reason)

    @property
    def changeable(self) -> bool:
        """Whether anything may be edited."""
        return not self._hand.read_only

    def hint(self, words: str, *, alert: bool = False, whole: bool = True) -> None:
        """Say something in place of the keys, until the next key; not `whole` if its end stands elsewhere, too."""
        self._keys.say(words, alert=alert, whole=whole)

    def _show_heading(self) -> None:
        task, task_id, marks = self._document.current, self._document.task_id, self._marks
        name, state = (word if isinstance(word := task.get(key), str) else "" for key in ("name", "state"))
        shown = ["sms-tui", in_steps(name), f"{task_id[:8]}…" if task_id else "", state, self._session.place]
        checking = "" if self._document.inspector.done else _("checking · ")
        self._heading.show(shown, checking, marks.errors, marks.warnings, marks.changes, count=True)
