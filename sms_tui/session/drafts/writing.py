"""The journal of one draft on the disk, as the one that writes it sees it. Synchronous, for one thread at a time."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sms_tui.document.body import Body
from sms_tui.language import _
from sms_tui.schema.paths import ABSENT
from sms_tui.session.drafts.coding import Facts, base_records, facts_record, step_record
from sms_tui.session.drafts.files import Files, Identity
from sms_tui.session.drafts.holder import Holder
from sms_tui.session.drafts.owner import Owner, acquire
from sms_tui.session.drafts.places import Places
from sms_tui.session.drafts.records import START, Mark, Record, lines, title
from sms_tui.session.drafts.steps import Again, Entry, History, Made, Step, Typed

_MOST_TEXT = 4 * 2**20
"""Bytes of texts after which a journal is written anew: each is there whole, and only the last of them counts."""


class TakenOverError(Exception):
    """Another session writes this draft now; `holder` is who, None if it has ended already."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__(str(holder or _("Another session")))
        self.holder = holder


class _Tail(NamedTuple):
    """The journal open for what comes next, and how far it goes."""

    descriptor: int
    mark: Mark
    texts: int = 0
    """Bytes of the texts among what was appended."""


class DraftFile:
    """Steps are taken in memory, then written: appended, or with the loaded task and all before them where there is no
    journal yet, the loaded task is another, or the last write failed.

    `identity` is the file this goes on from; any other that stands there is moved to the trash, never written over.
    """

    def __init__(
        self,
        places: Places,
        facts: Facts,
        base: Body,
        *,
        files: Files,
        owner: Owner | None = None,
        history: History | None = None,
        identity: Identity | None = None,
    ) -> None:
        self._places, self._files, self._owner = places, files, owner
        self._facts, self._base = facts, base
        self._key = facts.subject.key
        self._path = places.journal(self._key)
        self._history = history or History()
        self._identity = identity
        self._tail: _Tail | None = None
        self._held = identity is not None and self._history.holds
        self._steps: list[Step] = []
        self._waiting = False
        self._settled = False

    def take(self, step: Step | Again) -> None:
        """A step to be written next."""
        if isinstance(step, Again):
            step = self._history.step(step)
        elif isinstance(step, Typed):
            step = self._history.slimmed(step)
        self._history.take(step)
        before = self._steps[-1] if self._steps else None
        if isinstance(step, Made) and step.joined and isinstance(before, Made):
            self._steps[-1] = Made(step.entry, before.joined)
        elif isinstance(step, Typed) and isinstance(before, Typed) and step.path == before.path:
            self._steps[-1] = step._replace(origin=before.origin) if step.origin is ABSENT else step
        else:
            self._steps.append(step)
        self._waiting, self._settled = True, False

    def rebase(self, base: Body, entries: Sequence[Entry]) -> None:
        """Another task counts as loaded. Where that leaves none of the edits, the journal stays until it is settled."""
        is_done = bool(self._history.done) and not entries
        self._base, self._history = base, self._history.on_another_task(entries)
        self._steps.clear()
        self._let_go()
        self._waiting, self._settled = self._history.holds or (self._waiting and not is_done), False

    def settle(self) -> None:
        """What the draft was for is done: it goes, unless there are edits again, or texts not taken in."""
        self._settled = not self._history.holds

    def write(self) -> None:
        """Bring everything to the disk. Raises OSError, DraftError, TakenOverError; the next call tries again."""
        if self._settled:
            self._remove()
        elif self._waiting and (self._history or self._identity is not None):
            try:
                if self._tail is None or self._tail.texts > _MOST_TEXT or not self._append(self._tail):
                    self._write_anew()
            except BaseException:
                self._let_go()
                raise
            self._held = self._history.holds
        self._steps.clear()
        self._waiting = self._settled = False

    def close(self) -> None:
        """Let the file and the right to write it go; a draft that holds nothing any more is removed.

        Raises OSError, DraftError.
        """
        try:
            if not self._held and not self._history.holds:
                with contextlib.suppress(TakenOverError):
                    self._remove()
        finally:
            self._let_go()
            if self._owner is not None:
                self._owner.release()

    def _append(self, tail: _Tail) -> bool:
        """Write the steps behind the last one; false if the journal is not there any more."""
        data, mark = lines(tail.mark, map(step_record, self._steps))
        with self._holding():
            if self._files.identity(self._path) != self._identity:
                return False
            self._files.write(tail.descriptor, data)
            self._files.sync(tail.descriptor)
        texts = len(data) if any(isinstance(step, Typed) for step in self._steps) else 0
        self._tail = _Tail(tail.descriptor, mark, tail.texts + texts)
        return True

    def _write_anew(self) -> None:
        """Write the journal whole beside where it belongs, then put it there."""
        self._let_go()
        self._places.prepare()
        beside = self._places.beside(self._key, os.urandom(4).hex())
        descriptor = self._files.create(beside)
        try:
            mark = self._write_whole(descriptor)
            self._files.sync(descriptor)
            with self._holding():
                self._put_in_place(beside)
            self._files.sync_directory(self._path.parent)
        except BaseException:
            self._files.close(descriptor)
            with contextlib.suppress(OSError):
                self._files.remove(beside)
            raise
        self._tail = _Tail(descriptor, mark)

    def _write_whole(self, descriptor: int) -> Mark:
        self._files.write(descriptor, title())
        mark = START
        for record in self._records():
            data, mark = lines(mark, (record,))
            self._files.write(descriptor, data)
        return mark

    def _records(self) -> Iterator[Record]:
        yield facts_record(self._facts)
        yield from base_records(self._base)
        yield from map(step_record, self._history.steps())

    def _put_in_place(self, beside: Path) -> None:
        there = self._files.identity(self._path)
        if there is not None and there != self._identity:
            self._files.link(self._path, self._places.in_trash(self._key, time.time()))
        identity = self._files.identity(beside)
        self._files.rename(beside, self._path)
        self._identity = identity

    def _remove(self) -> None:
        """Remove the journal if it is the one that this wrote or went on from."""
        if self._identity is None:
            return
        with self._holding():
            if self._files.identity(self._path) == self._identity:
                self._files.remove(self._path)
                self._files.sync_directory(self._path.parent)
        self._let_go()
        self._identity = None

    @contextmanager
    def _holding(self) -> Iterator[None]:
        """Make sure of the right to write. Raises TakenOverError, OSError, DraftError."""
        if self._owner is None:
            self._places.prepare()
            got = acquire(self._places.owner(self._key), self._files)
            if isinstance(got, Holder):
                raise TakenOverError(got)
            self._owner = got
        with self._owner.holding() as mine:
            if mine:
                yield
                return
        raise TakenOverError(self._owner.successor())

    def _let_go(self) -> None:
        if self._tail is not None:
            self._files.close(self._tail.descriptor)
            self._tail = None
