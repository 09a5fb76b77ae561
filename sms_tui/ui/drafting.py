"""Beginning to edit a task: whose it is at the moment, and whether a draft of it waits."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from sms_tui.language import _, ngettext
from sms_tui.schema.paths import ABSENT
from sms_tui.session.drafts.holder import Holder
from sms_tui.session.drafts.owner import Owner
from sms_tui.session.errors import FileError
from sms_tui.ui.text import printable

if TYPE_CHECKING:
    from sms_tui.document.body import Body
    from sms_tui.document.document import Document
    from sms_tui.session.drafts.journal import Journal
    from sms_tui.session.drafts.reading import LoadedDraft
    from sms_tui.session.drafts.steps import Typed
    from sms_tui.session.drafts.store import DraftStore, DraftSummary
    from sms_tui.session.session import Session
    from sms_tui.ui.app import SmsTui


class Desk(NamedTuple):
    """What the editor starts from. `journal` keeps the draft, None where nothing is kept; `read_only` says why nothing
    can be changed, "" if it can; `warning` is to be seen all the time; `note` is to be told first."""

    document: Document
    journal: Journal | None = None
    read_only: str = ""
    warning: str = ""
    note: str = ""
    alert: bool = False
    texts: tuple[Typed, ...] = ()
    """JSON texts that were not taken in."""


class DeskSetter:
    """Asks what has to be asked before a task is edited, then hands a Desk to `ready`; None if the operator left.

    `resumes` goes on with a draft unasked.
    """

    def __init__(
        self,
        app: SmsTui,
        session: Session,
        drafts: DraftStore | None,
        ready: Callable[[Desk | None], None],
        *,
        resumes: bool = False,
    ) -> None:
        self._resumes = resumes
        self._app, self._session, self._drafts, self._hand_over = app, session, drafts, ready

    async def read_ahead(self, task_id: str, held: Body | None, begun: Callable[[], None]) -> None:
        """Read a large draft of a task before anything is asked, in a thread; `begun` is called if there is one."""
        if self._drafts is None:
            return
        place, known_as = self._session.subject(task_id)
        if self._drafts.is_large(place, known_as):
            begun()
            await asyncio.to_thread(self._drafts.read_ahead, place, known_as, held)

    def begin(self, document: Document) -> None:
        """Start with the task as it was read."""
        if self._drafts is None:
            self._hand_over(Desk(document))
            return
        place, task_id = self._session.subject(document.task_id)
        owner: Owner | Holder | None = None
        try:
            owner = self._drafts.acquire(place, task_id)
            found = self._drafts.find(place, task_id)
        except FileError as error:
            self._start_unkept(document, error, owner)
            return
        if isinstance(owner, Holder):
            self._ask_holder(document, owner, found)
        else:
            self._ask_draft(document, owner, found)

    def offer(self, task_id: str, error: Exception) -> bool:
        """The task could not be read: offer its draft, if there is one, to look at and go on with; whether there is."""
        if self._drafts is None:
            return False
        place, known_as = self._session.subject(task_id)
        try:
            found = self._drafts.find(place, known_as)
            if found is None or not found.usable or not found.holds:
                return False
            owner = self._drafts.acquire(place, known_as)
        except FileError:
            return False
        if isinstance(owner, Holder):
            return False

        def answered(key: str | None) -> None:
            if key == "r":
                self._resume(None, owner, found)
            else:
                self._leave(owner)

        question = _("{reason}\n\nA draft of it is here. {told}").format(
            reason=printable(str(error)), told=_told(found)
        )
        self._ask(_("The task cannot be read"), question, {"r": _("resume the draft")}, answered)
        return True

    def _ask(
        self, title: str, question: str, choices: Mapping[str, str], answered: Callable[[str | None], None]
    ) -> None:
        from sms_tui.ui.dialogs.choice import ChoiceDialog

        self._app.push_screen(ChoiceDialog(title, question, choices), answered)

    def _leave(self, owner: Owner) -> None:
        _let_go(owner)
        self._hand_over(None)

    # Somebody else

    def _ask_holder(self, document: Document, holder: Holder, found: DraftSummary | None) -> None:
        def answered(key: str | None) -> None:
            if key == "o":
                why = _("This task is being edited by {holder}; open it again to take it over.").format(holder=holder)
                self._hand_over(Desk(document, read_only=why))
            elif key == "t":
                self._take_over(document)
            else:
                self._hand_over(None)

        since = _clock(holder.since)
        question = _("This task is being edited by {holder} since {since}.").format(
            holder=printable(str(holder)), since=since
        )
        if found is not None and found.edits:
            unsent = ngettext(" {count} edit is not sent.", " {count} edits are not sent.", found.edits)
            question += unsent.format(count=found.edits)
        choices = {"o": _("open read-only"), "t": _("take over, with the draft")}
        self._ask(_("Somebody is editing this task"), question, choices, answered)

    def _take_over(self, document: Document) -> None:
        assert self._drafts is not None
        place, task_id = self._session.subject(document.task_id)
        owner: Owner | None = None
        try:
            owner = self._drafts.take_over(place, task_id)
            found = self._drafts.find(place, task_id)
        except FileError as error:
            self._start_unkept(document, error, owner)
            return
        self._ask_draft(document, owner, found)

    # A draft

    def _ask_draft(self, document: Document, owner: Owner, found: DraftSummary | None) -> None:
        if found is None or not (found.holds or found.trouble):
            self._start(document, owner)
            return
        if found.usable and not found.trouble and not found.texts and self._has_landed(document, found):
            self._discard(document, owner, found, _("All that was drafted is in the task by now. "))
            return

        def answered(key: str | None) -> None:
            if key == "r":
                self._resume(document, owner, found)
            elif key == "l":
                self._look(document, owner, found)
            elif key == "d":
                self._discard(document, owner, found)
            else:
                self._leave(owner)

        if self._resumes and found.holds:
            self._resume(document, owner, found)
            return
        choices = {"r": _("resume"), "l": _("look"), "d": _("discard")} if found.holds else {"d": _("discard")}
        self._ask(_("A draft of this task is here"), _told(found), choices, answered)

    def _start(self, document: Document, owner: Owner, note: str = "") -> None:
        self._hand_over(Desk(document, self._journal(document, owner), note=note))

    def _start_unkept(self, document: Document, error: FileError, owner: Owner | Holder | None) -> None:
        """Start although the drafts cannot be reached; the journal tries again with every edit."""
        journal = self._journal(document, owner if isinstance(owner, Owner) else None)
        self._hand_over(Desk(document, journal, warning=str(error)))

    def _journal(self, document: Document, owner: Owner | None, resumed: LoadedDraft | None = None) -> Journal:
        assert self._drafts is not None
        place, task_id = self._session.subject(document.task_id)
        return self._drafts.journal(document, place, task_id, owner=owner, resumed=resumed)

    def _resume(self, held: Document | None, owner: Owner, found: DraftSummary) -> None:
        from sms_tui.session.catching_up import catch_up
        from sms_tui.session.outcomes import Conflicted, Moved

        loaded = self._loaded(found)
        if loaded is None:
            self._leave(owner)
            return
        document = loaded.document()
        journal = self._journal(document, owner, loaded)
        texts = tuple(loaded.texts.values())
        said = _("Resumed {edits}. {texts}").format(
            edits=_counted(len(loaded.edits)), texts=f"{_resumed_texts(document, texts)}{loaded.trouble}"
        )
        said = said.rstrip()
        news = catch_up(document, held.current) if held is not None else None
        if isinstance(news, Conflicted):
            said = _("{said} Somebody else changed the same meanwhile: ctrl+s asks what shall stand.").format(said=said)
        elif isinstance(news, Moved):
            said = _("{said} Meanwhile somebody else changed {count} more; that is merged.").format(
                said=said, count=len(news.meanwhile)
            )
        self._hand_over(Desk(document, journal, note=said, alert=bool(news or loaded.trouble), texts=texts))

    def _look(self, document: Document, owner: Owner, found: DraftSummary) -> None:
        from sms_tui.ui.dialogs.changes import ChangesDialog
        from sms_tui.ui.review_text import change_lines

        loaded = self._loaded(found)
        if loaded is None:
            self._leave(owner)
            return
        drafted = loaded.document()
        lines = change_lines(drafted, drafted.changes)
        dialog = ChangesDialog(_("The draft, from the task it was made from"), lines, read_only=True)
        self._app.push_screen(dialog, lambda seen: self._ask_draft(document, owner, found))

    def _has_landed(self, document: Document, found: DraftSummary) -> bool:
        """Whether the task has every change of a draft: the program ended between a submit and its last word."""
        from sms_tui.session.catching_up import catch_up

        assert self._drafts is not None
        try:
            drafted = self._drafts.load(found.key).document()
        except FileError:
            return False
        if not drafted.changes:
            return False
        catch_up(drafted, document.current)
        return not drafted.changes

    def _discard(self, document: Document, owner: Owner, found: DraftSummary, why: str = "") -> None:
        assert self._drafts is not None
        try:
            _let_go(owner)
            trash = self._drafts.discard(found.key)
            self._drafts.purge()
            again = self._drafts.acquire(*self._session.subject(document.task_id))
        except FileError as error:
            self._start_unkept(document, error, None)
            return
        note = why + _("The draft is kept for 30 days as {trash}.").format(trash=trash)
        if isinstance(again, Owner):
            self._start(document, again, note)
        else:
            self._ask_holder(document, again, None)

    def _loaded(self, found: DraftSummary) -> LoadedDraft | None:
        assert self._drafts is not None
        try:
            return self._drafts.load(found.key)
        except FileError as error:
            self._app.fail(error)
            return None


def _let_go(owner: Owner) -> None:
    """Leave a draft to others; where that cannot be written, they see that this process has ended."""
    with contextlib.suppress(OSError, FileError):
        owner.release()


def _told(found: DraftSummary) -> str:
    """`Resume at target_server › disks › Disk 2 › size, 4 edits, 02:58`."""
    if not found.holds:
        return _("No edit of it can be used. {trouble} Discarding keeps it in the trash for 30 days.").format(
            trouble=printable(found.trouble)
        )
    texts = _("JSON text of {names} that is not taken in").format(names=printable(", ".join(found.texts)))
    if not found.edits:
        words = _("Resume {texts}, {time}.").format(texts=texts, time=_clock(found.changed))
    else:
        words = _("Resume at {where}, {edits}, {time}.").format(
            where=printable(found.where), edits=_counted(found.edits), time=_clock(found.changed)
        )
        words += _(" There is {texts}.").format(texts=texts) if found.texts else ""
    return f"{words} {printable(found.trouble)}".rstrip()


def _resumed_texts(document: Document, texts: tuple[Typed, ...]) -> str:
    """What to do about texts that were not taken in."""
    if not texts:
        return ""
    gone = [typed.where for typed in texts if document.value(typed.path) is ABSENT]
    names = printable(", ".join(typed.where for typed in texts))
    words = _("JSON text of {names} is not taken in: ctrl+e there shows it. ").format(names=names)
    if gone:
        lost = _("{names} is not there any more; drafts show prints it. ")
        words += lost.format(names=printable(", ".join(gone)))
    return words


def _counted(edits: int) -> str:
    return ngettext("{count} edit", "{count} edits", edits).format(count=edits)


def _clock(ms: int) -> str:
    """The time of day, with the date unless it is today."""
    moment, today = time.localtime(ms / 1000), time.localtime()
    return time.strftime("%H:%M" if moment[:3] == today[:3] else "%Y-%m-%d %H:%M", moment)
