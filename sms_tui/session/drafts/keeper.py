"""The thread that writes a draft: it alone touches the disk, and no event loop waits for it or holds it up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import NamedTuple, TypeAlias

from sms_tui.document.body import Body
from sms_tui.language import N_, _, why
from sms_tui.session.drafts.errors import DraftError
from sms_tui.session.drafts.steps import Again, Entry, Step
from sms_tui.session.drafts.writing import DraftFile, TakenOverError

_QUIET = 0.15
"""Seconds without another step after which what came is written."""
_LATEST = 0.5
"""Seconds after a step at which it is written, however many follow; the promise is 0.8 with the writing."""
_AGAIN = 5.0
"""Seconds after which a write that failed is tried again, whether anything changed or not."""

_MEANWHILE = N_("Editing goes on, but what is changed now is lost if this program ends before it is submitted.")


class Rebased(NamedTuple):
    """Another task counts as loaded, and these edits lead from it to how the task is now."""

    base: Body
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Settled:
    """What the draft was for is done."""


@dataclass(slots=True)
class _Asked:
    """A wish to have all before it written now, answered by releasing a lock: unlike an Event, that can be waited for
    in a signal handler whatever it interrupts."""

    ends: bool = False
    written: bool = False
    _answered: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._answered.acquire()

    def answer(self, *, written: bool) -> None:
        self.written = written
        self._answered.release()

    def wait(self, timeout: float) -> bool:
        return self._answered.acquire(timeout=timeout) and self.written


Message: TypeAlias = Step | Again | Rebased | Settled


class Keeper:
    """Takes messages from any thread and brings them to the disk.

    `trouble` says why that fails at the moment, "" if it does not; `on_trouble` is called, in the thread, when it
    changes. `ended` is set once the draft is let go.
    """

    def __init__(self, file: DraftFile) -> None:
        self._file = file
        self._messages: SimpleQueue[Message | _Asked] = SimpleQueue()  # its put may interrupt itself: signals
        self._asked: list[_Asked] = []
        self._given_up = False
        self.ended = False
        self.trouble = ""
        self.on_trouble: Callable[[], None] = _nobody
        self._thread = threading.Thread(target=self._keep, name="draft", daemon=True)
        self._thread.start()

    def put(self, message: Message) -> None:
        self._messages.put(message)

    def ask(self, timeout: float, *, end: bool = False) -> bool:
        """Have all that was put written now, and with `end` the draft let go; whether it was, within so many seconds.

        A signal handler may ask, and any thread, while another one asks.
        """
        if self.ended:
            return not self.trouble
        asked = _Asked(end)
        self._messages.put(asked)
        return asked.wait(timeout)

    def _keep(self) -> None:
        while not self.ended:
            self._gather()
            self._write()
            if any(asked.ends for asked in self._asked):
                self._end()
            for asked in self._asked:
                asked.answer(written=not self.trouble)
            self._asked.clear()

    def _gather(self) -> None:
        """Take what comes until it pauses, has waited long enough, or somebody asks for it to be written."""
        try:
            message = self._messages.get(timeout=_AGAIN if self.trouble else None)
        except Empty:
            return
        deadline = time.monotonic() + _LATEST
        while not isinstance(message, _Asked):
            self._take(message)
            left = max(deadline - time.monotonic(), 0.0)
            try:
                message = self._messages.get(timeout=min(_QUIET, left))
            except Empty:
                return
        self._asked.append(message)

    def _take(self, message: Message) -> None:
        match message:
            case Rebased(base, entries):
                self._file.rebase(base, entries)
            case Settled():
                self._file.settle()
            case step:
                self._file.take(step)

    def _write(self) -> None:
        if self._given_up:
            return
        try:
            self._file.write()
        except TakenOverError as error:
            self._given_up = True
            self._say(
                _(
                    "{holder} took this draft over: what you change here is not kept any more. Submit it, or leave."
                ).format(holder=error)
            )
        except DraftError as error:
            self._say(_("Drafts cannot be kept. {reason}").format(reason=f"{error} {_(_MEANWHILE)}"))
        except Exception as error:  # whatever it is, editing goes on and the operator is told
            self._say(
                _("Drafts cannot be kept: {reason}. {meanwhile}").format(reason=_reason(error), meanwhile=_(_MEANWHILE))
            )
        else:
            self._say("")

    def _end(self) -> None:
        try:
            self._file.close()
        except (OSError, DraftError) as error:
            self._say(_("The draft could not be closed: {reason}.").format(reason=_reason(error)))
        self.ended = True

    def _say(self, trouble: str) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            self.on_trouble()


def _nobody() -> None:
    """Nobody listens yet, or any more."""


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return why(error)
    return f"{type(error).__name__} {error}".strip()
