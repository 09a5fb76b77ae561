"""What the screens on a task under edit have in common."""

from __future__ import annotations

from dataclasses import dataclass

from textual.screen import Screen

from sms_tui.document import Document
from sms_tui.document.clip import Clip
from sms_tui.schema.paths import Path
from sms_tui.session import Session
from sms_tui.ui.forms.fields import FieldPane
from sms_tui.ui.marks import Marks
from sms_tui.ui.widgets.bars import KeyBar, TitleBar


@dataclass(slots=True)
class Hand:
    """What an operator takes along from screen to screen: what was cut or copied, whether fields of the service may be
    edited, and why nothing may be, "" if it may."""

    clip: Clip | None = None
    service_allowed: bool = False
    read_only: str = ""


class TaskScreen(Screen[None]):
    """A screen that shows a task under edit."""

    def __init__(self, session: Session, document: Document) -> None:
        super().__init__()
        self._session, self._document = session, document
        self._marks = Marks()
        self._marks.read(document)
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

    # For all

    @property
    def changeable(self) -> bool:
        """Whether anything may be edited."""
        return not self._hand.read_only

    def hint(self, words: str, *, alert: bool = False) -> None:
        """Say something in place of the keys, until the next key."""
        self._keys.say(words, alert=alert)

    def _show_heading(self) -> None:
        task, task_id, marks = self._document.current, self._document.task_id, self._marks
        words = [task.get("name"), f"{task_id[:8]}…" if task_id else "", task.get("state"), self._session.place]
        shown = ["sms-tui", *(word for word in words if isinstance(word, str))]
        self._heading.show(shown, marks.errors, marks.warnings, marks.changes, count=True)
