"""Sessions in processes of their own, which tell on standard output how far they are and wait to be ended."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import NoReturn

from drafts_material import PATIENCE, PLACE, SPEED, TASK_ID, edits

from sms_tui.document.document import Document
from sms_tui.document.edits import SetValue
from sms_tui.exactjson import Json
from sms_tui.session.drafts.files import Files
from sms_tui.session.drafts.holder import Holder
from sms_tui.session.drafts.journal import Journal
from sms_tui.session.drafts.owner import Owner
from sms_tui.session.drafts.store import DraftStore

TASK: dict[str, Json] = {"name": "n", "speed_limit": 0, "priority": 0, "disks": [{"id": 1}]}


def tell(*words: object) -> None:
    os.write(1, f"{' '.join(map(str, words))}\n".encode())


def wait_for_ever() -> NoReturn:
    reading, _ = os.pipe()
    while True:
        os.read(reading, 1)


class StoppingFiles(Files):
    """The real disk; before the call number `stops_at`, or in the middle of it if it writes, the process stops."""

    def __init__(self, stops_at: int) -> None:
        self.stops_at, self.calls, self.flushed = stops_at, 0, 0

    def __getattribute__(self, name: str):
        found = super().__getattribute__(name)
        if name not in vars(Files) or name == "close":
            return found

        def called(*arguments, **options):
            self.calls += 1
            if self.calls == self.stops_at:
                if name == "write":
                    descriptor, data = arguments
                    os.write(descriptor, data[: len(data) // 2])
                tell("stopped", os.getpid(), self.flushed)
                wait_for_ever()
            return found(*arguments, **options)

        return called


def began(store: DraftStore) -> tuple[Document, Journal]:
    owner = store.acquire(PLACE, TASK_ID)
    assert isinstance(owner, Owner)
    document = Document(TASK, TASK_ID)
    return document, store.journal(document, PLACE, TASK_ID, owner=owner)


def edits_and_stops(state: Path, stops_at: int) -> None:
    """Make the edits, each flushed; stop at a call of the disk."""
    files = StoppingFiles(stops_at)
    document, journal = began(DraftStore(state, files))
    for do in edits(document):
        do()
        assert journal.flush(PATIENCE)
        files.flushed += 1
    tell("finished", os.getpid(), files.flushed)
    wait_for_ever()


def stops_wherever_told(state: Path) -> None:
    """For every line of standard input a process of its own that stops at that call."""
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            edits_and_stops(state / line.strip(), int(line))
        os.waitpid(pid, 0)
        tell("ended")


def holds(state: Path) -> None:
    """Open the task and say how that went; then edit, or end, as told on standard input."""
    store = DraftStore(state)
    got = store.acquire(PLACE, TASK_ID)
    tell("refused", got.pid) if isinstance(got, Holder) else tell("holds", os.getpid())
    for line in sys.stdin:
        if line == "take over\n":
            got = store.take_over(PLACE, TASK_ID)
            tell("holds", os.getpid())
        elif line == "mine\n":
            with got.holding() if isinstance(got, Owner) else nullcontext(False) as mine:
                tell("yes" if mine else "no")
        elif line == "release\n" and isinstance(got, Owner):
            got.release()
            tell("released")


def races(state: Path) -> None:
    """For every line of standard input try to open the task once; say whether it was let in, and leave again."""
    store = DraftStore(state)
    tell("ready")
    for _ in sys.stdin:
        got = store.acquire(PLACE, TASK_ID)
        tell("in" if isinstance(got, Owner) else "out")
        sys.stdin.readline()
        if isinstance(got, Owner):
            got.release()
        tell("left")


def is_signalled_while_it_flushes(state: Path) -> None:
    """Be in a flush of the main thread when SIGTERM comes, whose handler flushes too and ends the process."""

    class Waiting(Files):
        def sync(self, descriptor: int) -> None:
            tell("syncing")
            sys.stdin.readline()
            super().sync(descriptor)

    document, journal = began(DraftStore(state, Waiting()))

    def ended(number: int, frame: object) -> None:
        document.apply("in the handler", SetValue(SPEED, 2))
        tell("signalled")
        os._exit(0 if journal.flush(PATIENCE) else 1)

    signal.signal(signal.SIGTERM, ended)
    document.apply("before", SetValue(SPEED, 1))
    journal.flush(PATIENCE)
    wait_for_ever()


if __name__ == "__main__":
    globals()[sys.argv[1]](Path(sys.argv[2]))
