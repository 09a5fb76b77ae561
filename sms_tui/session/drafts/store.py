"""All drafts of the operator on this machine."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sms_tui.language import _, why
from sms_tui.session.drafts.coding import Facts
from sms_tui.session.drafts.errors import DraftError
from sms_tui.session.drafts.files import Files, Identity
from sms_tui.session.drafts.holder import Holder
from sms_tui.session.drafts.journal import Journal, entry_of
from sms_tui.session.drafts.keeper import Keeper
from sms_tui.session.drafts.owner import Owner, acquire, holder_of
from sms_tui.session.drafts.places import Places, is_old_trash
from sms_tui.session.drafts.privacy import closed_directory, closed_file
from sms_tui.session.drafts.steps import History
from sms_tui.session.drafts.subject import Subject
from sms_tui.session.drafts.writing import DraftFile

if TYPE_CHECKING:
    from sms_tui.document.body import Body
    from sms_tui.document.document import Document
    from sms_tui.session.drafts.reading import LoadedDraft

_LARGE = 4_000_000
"""Bytes from which on a draft is to be read ahead, in a thread."""
_DAYS_IN_TRASH = 30
_SECONDS_UNFINISHED = 24 * 60 * 60
"""After that nobody still writes a journal that was never put in its place."""


class DraftSummary(NamedTuple):
    """One draft in a list. `where` is the place of the last edit that stands, `changed` epoch milliseconds.

    `texts` is where JSON text was typed that is not taken in. `trouble` says what is wrong with it, "" if nothing;
    with `usable` false nothing but `key` and the time is known.
    """

    key: str
    place: str
    task_id: str
    name: str
    edits: int
    where: str
    changed: int
    trouble: str = ""
    usable: bool = True
    texts: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether there is anything in it to go on with."""
        return bool(self.edits or self.texts)


class _Ahead(NamedTuple):
    """A draft that was read before it is asked for; it is this one as long as the file looks the same."""

    path: Path
    stamp: tuple[int, ...]
    summary: DraftSummary | None
    draft: LoadedDraft


class DraftStore:
    """The drafts below a state directory. `words` says what had to be closed to other users, for the operator."""

    def __init__(self, state: Path, files: Files | None = None, *, now: Callable[[], float] = time.time) -> None:
        self._files = files or Files()
        self._places = Places(state, self._files)
        self._now = now
        self._ahead: _Ahead | None = None

    @property
    def words(self) -> list[str]:
        return self._places.words

    def summaries(self) -> list[DraftSummary]:
        """All drafts, the last changed first. Raises DraftError where the directory cannot be read."""
        found = (self._summary(path) for path in self._listed("*.journal"))
        return sorted((summary for summary in found if summary is not None), key=lambda draft: -draft.changed)

    def find(self, place: str, task_id: str) -> DraftSummary | None:
        """The draft of a task, None if there is none. Raises DraftError."""
        path = self._places.journal(Subject(place, task_id).key)
        if path not in self._listed(path.name):
            return None
        ahead = self._read_ahead(path)
        return self._summary(path) if ahead is None else ahead.summary

    def is_large(self, place: str, task_id: str) -> bool:
        """Whether there is a draft of a task that takes long enough to read to be seen."""
        stamp = _stamped(self._places.journal(Subject(place, task_id).key))
        return stamp is not None and stamp[0] >= _LARGE

    def read_ahead(self, place: str, task_id: str, held: Body | None) -> None:
        """Read the draft of a task, for a thread to do; who asks for it afterwards has it at once.

        What is in the task as it is `held` by now is shared with it, so that comparing the two costs what differs.
        """
        from sms_tui.document.sharing import shared

        path = self._places.journal(Subject(place, task_id).key)
        stamp, self._ahead, draft = _stamped(path), None, None
        with contextlib.suppress(DraftError):
            draft = self.load(Subject(place, task_id).key)
            base = draft.base if held is None else shared(held, draft.base)
            draft = draft._replace(base=base)
        if stamp is not None and draft is not None:
            self._ahead = _Ahead(path, stamp, self._summary(path), draft)

    def _read_ahead(self, path: Path) -> _Ahead | None:
        ahead = self._ahead
        return ahead if ahead is not None and (ahead.path, ahead.stamp) == (path, _stamped(path)) else None

    def load(self, key: str) -> LoadedDraft:
        """A draft to go on with. Raises DraftError where nothing of it can be used."""
        from sms_tui.session.drafts.reading import load

        path = self._places.journal(key)
        if (ahead := self._read_ahead(path)) is not None:
            return ahead.draft
        try:
            data, identity = self._read(path)
            return load(data, key, identity)
        except OSError as error:
            raise DraftError(
                _("The draft {key} cannot be read: {reason}.").format(key=key, reason=why(error))
            ) from None
        except DraftError as error:
            raise DraftError(
                _("The draft {key} cannot be used. {reason} It is kept as {path}.").format(
                    key=key, reason=error, path=path
                )
            ) from None

    def discard(self, key: str) -> Path:
        """Put a draft into the trash; where it is then. Raises DraftError, also while a session edits it."""
        path, trash = self._places.journal(key), self._places.in_trash(key, self._now())
        try:
            self._places.prepare()
            if (holder := holder_of(self._places.owner(key), self._files)) is not None:
                raise DraftError(
                    _("The draft {key} is being edited by {holder}; leave the task there first.").format(
                        key=key, holder=holder
                    )
                )
            self._files.rename(path, trash)
        except OSError as error:
            raise DraftError(
                _("The draft {key} cannot be moved to {trash}: {reason}.").format(
                    key=key, trash=trash, reason=why(error)
                )
            ) from None
        return trash

    def purge(self) -> None:
        """Remove what was put into the trash 30 days ago, and journals that were never finished; what cannot be removed
        now is another time. Raises DraftError where the directory cannot be read."""
        now = self._now()
        old = [path for path in self._listed("trash/*.journal") if is_old_trash(path.name, now, _DAYS_IN_TRASH)]
        unfinished = [path for path in self._listed(".*.new") if now - _modified(path) > _SECONDS_UNFINISHED]
        for path in (*old, *unfinished):
            with contextlib.suppress(OSError):
                self._files.remove(path)

    # Editing

    def acquire(self, place: str, task_id: str) -> Owner | Holder:
        """The right to edit a task, or who has it. Raises DraftError where drafts cannot be kept."""
        return self._acquired(Subject(place, task_id), by_force=False)

    def take_over(self, place: str, task_id: str) -> Owner:
        """The right to edit a task, whoever had it. Raises DraftError where drafts cannot be kept."""
        owner = self._acquired(Subject(place, task_id), by_force=True)
        assert isinstance(owner, Owner)
        return owner

    def journal(
        self, document: Document, place: str, task_id: str, *, owner: Owner | None, resumed: LoadedDraft | None = None
    ) -> Journal:
        """Keep a document from now on; `resumed` is the draft that it was made from.

        Without an owner the right to edit is asked for at the first write.
        """
        now = int(self._now() * 1000)
        name = document.base.get("name")
        began = now if resumed is None else resumed.facts.started
        facts = Facts(Subject(place, task_id), name if isinstance(name, str) else "", began)
        file = DraftFile(
            self._places,
            facts,
            document.base,
            files=self._files,
            owner=owner,
            history=_history(document, resumed, now),
            identity=None if resumed is None else resumed.identity,
        )
        return Journal(document, Keeper(file), now=self._now)

    def _acquired(self, subject: Subject, *, by_force: bool) -> Owner | Holder:
        try:
            self._places.prepare()
            return acquire(self._places.owner(subject.key), self._files, by_force=by_force)
        except OSError as error:
            raise DraftError(
                _("Drafts cannot be kept in {drafts}: {reason}.").format(drafts=self._places.drafts, reason=why(error))
            ) from None

    # Reading

    def _listed(self, pattern: str) -> list[Path]:
        """The files that are called like this. Raises DraftError."""
        try:
            if not self._places.drafts.exists():
                return []
            if word := closed_directory(self._places.drafts):
                self.words.append(word)
            return sorted(self._places.drafts.glob(pattern))
        except OSError as error:
            raise DraftError(
                _("{drafts} cannot be read: {reason}.").format(drafts=self._places.drafts, reason=why(error))
            ) from None

    def _summary(self, path: Path) -> DraftSummary | None:
        """None if the file has gone meanwhile."""
        from sms_tui.session.drafts.reading import read_contents

        key = path.name.removesuffix(".journal")
        try:
            contents = read_contents(self._read(path)[0])
        except FileNotFoundError:
            return None
        except OSError as error:
            return _unusable(key, path, _("It cannot be read: {reason}.").format(reason=why(error)))
        except DraftError as error:
            return _unusable(key, path, str(error))
        facts, history = contents.facts, contents.history
        where = history.done[-1].where if history.done else ""
        changed = history.changed or facts.started
        subject = facts.subject
        edits = len(history.done)
        texts = tuple(typed.where for typed in history.texts.values())
        return DraftSummary(
            key, subject.place, subject.task_id, facts.name, edits, where, changed, contents.trouble, texts=texts
        )

    def _read(self, path: Path) -> tuple[bytes, Identity]:
        descriptor = self._files.open(path)
        try:
            if word := closed_file(descriptor, path):
                self.words.append(word)
            identity = self._files.identity(descriptor)
            assert identity is not None
            return self._files.read(descriptor), identity
        finally:
            self._files.close(descriptor)


def _history(document: Document, resumed: LoadedDraft | None, now: int) -> History:
    """What led to a document: as the draft tells it, unless that is not where the document stands any more."""
    before = History() if resumed is None else resumed.history
    if resumed is not None and document.base is resumed.base and len(document.history) == len(before.done):
        return before
    current = document.current
    return before.on_another_task([entry_of(edit, current, current, now) for edit in document.history])


def _unusable(key: str, path: Path, trouble: str) -> DraftSummary:
    return DraftSummary(key, "", "", "", 0, "", int(_modified(path) * 1000), trouble, usable=False)


def _stamped(path: Path) -> tuple[int, ...] | None:
    """How large a file is, and what changes when somebody writes it."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def _modified(path: Path) -> float:
    """When a file was last written, in seconds; 0 if it has gone."""
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0
