"""Who edits a task on this machine: a small file beside the draft, looked at and changed under a lock."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sms_tui.language import _
from sms_tui.session.drafts.errors import DraftError
from sms_tui.session.drafts.files import Files
from sms_tui.session.drafts.holder import Holder, read_holder, this_process, written
from sms_tui.session.drafts.privacy import closed_file

_PATIENCE = 2.0
"""Seconds for another session to let the lock go; it holds it for one write."""


class Owner:
    """The right to write one draft, until somebody takes it over."""

    def __init__(self, path: Path, holder: Holder, files: Files) -> None:
        self._path, self._holder, self._files = path, holder, files

    @contextmanager
    def holding(self) -> Iterator[bool]:
        """Keep others from taking over for a moment; whether nobody did before. Raises OSError, DraftError."""
        with ExitStack() as stack:
            try:
                descriptor = stack.enter_context(_locked(self._path, self._files, create=False))
            except FileNotFoundError:
                descriptor = None
            yield descriptor is not None and self._is_mine(descriptor)

    def successor(self) -> Holder | None:
        """Who took over, as far as that is still to be found. Raises OSError, DraftError."""
        holder = holder_of(self._path, self._files)
        return None if holder is None or holder.token == self._holder.token else holder

    def release(self) -> None:
        """Let the draft go, unless somebody took it over. Raises OSError, DraftError."""
        with self.holding() as mine:
            if mine:
                self._files.remove(self._path)

    def _is_mine(self, descriptor: int) -> bool:
        found = read_holder(self._files.read(descriptor))
        return found is not None and found.token == self._holder.token


def acquire(path: Path, files: Files, *, by_force: bool = False) -> Owner | Holder:
    """The right to write a draft, or who has it; whoever has died or, `by_force`, whoever has it loses it.

    Raises OSError, DraftError.
    """
    with _locked(path, files, create=True) as descriptor:
        holder = read_holder(files.read(descriptor))
        if holder is not None and holder.is_alive and not by_force:
            return holder
        mine = this_process(since=int(time.time() * 1000), token=os.urandom(8).hex())
        files.overwrite(descriptor, written(mine))
        return Owner(path, mine, files)


def holder_of(path: Path, files: Files) -> Holder | None:
    """Who is alive and edits the task of a draft, None if nobody. Raises OSError, DraftError."""
    try:
        with _locked(path, files, create=False) as descriptor:
            holder = read_holder(files.read(descriptor))
    except FileNotFoundError:
        return None
    return holder if holder is not None and holder.is_alive else None


@contextmanager
def _locked(path: Path, files: Files, *, create: bool) -> Iterator[int]:
    """The owner's file, open and locked. Raises FileNotFoundError unless it may be created."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        descriptor = files.open(path, create=create)
        try:
            closed_file(descriptor, path)
            _lock(descriptor, path, deadline)
            if files.identity(path) == files.identity(descriptor):  # else it was removed before we had the lock
                yield descriptor
                return
        finally:
            files.close(descriptor)


def _lock(descriptor: int, path: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise DraftError(
                    _("{path} is locked by a session that does not answer; end that one first.").format(path=path)
                ) from None
            time.sleep(0.01)
