"""What the tests of drafts are made of: a store, tasks and edits, and a disk of which any call may fail."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from sms_tui.document.body import Body
from sms_tui.document.document import Document
from sms_tui.document.edits import InsertEntry, MoveEntry, RemoveValue, SetValue
from sms_tui.exactjson import Json, dumps
from sms_tui.session.drafts.files import Files
from sms_tui.session.drafts.holder import Holder
from sms_tui.session.drafts.journal import Journal
from sms_tui.session.drafts.owner import Owner
from sms_tui.session.drafts.reading import LoadedDraft
from sms_tui.session.drafts.store import DraftStore

PLACE, TASK_ID = "https://sms.example:8443", "ef3b9722-0001"
SPEED = ("speed_limit",)
PATIENCE = 20.0
"""Seconds after which a thread or process that does not answer is given up."""


def began(store: DraftStore, document: Document, resumed: LoadedDraft | None = None) -> Journal:
    """A journal of a document, by the one who may write it."""
    owner = store.acquire(PLACE, TASK_ID)
    assert isinstance(owner, Owner)
    return store.journal(document, PLACE, TASK_ID, owner=owner, resumed=resumed)


def flushed(journal: Journal) -> None:
    assert journal.flush(PATIENCE), journal.trouble


def the_key(store: DraftStore) -> str:
    """The key of the only draft there is."""
    (summary,) = store.summaries()
    return summary.key


def loaded(store: DraftStore) -> LoadedDraft:
    return store.load(the_key(store))


def journal_file(state: Path) -> Path:
    """The only journal there is."""
    (path,) = (state / "drafts").glob("*.journal")
    return path


def walk(document: Document) -> list[tuple[str, str]]:
    """All there is to know of a document: the task now and each step back, then each step on again, with labels."""
    steps = [("base", dumps(document.base)), ("now", dumps(document.current))]
    back = 0
    while edit := document.undo():
        steps.append((f"undo {edit.label}", dumps(document.current)))
        back += 1
    on = 0
    while edit := document.redo():
        steps.append((f"redo {edit.label}", dumps(document.current)))
        on += 1
    for _ in range(on - back):
        document.undo()
    return steps


# Random editing

_NUMBERS = st.sampled_from([0, 1, 2**63 - 1, 10**25, 0.0, -0.0, 1.5, Decimal("0.1000000000000000055"), True, None])
_TEXT = st.sampled_from(["", "a", "磁盘", "\ud800", 'quote " and \\', "line\nbreak\r\u2028", "\x00"])
VALUES: st.SearchStrategy[Json] = _NUMBERS | _TEXT | st.just([]) | st.just({"id": 1, "size": 0})
_DISK = st.fixed_dictionaries({"id": st.integers(1, 5), "size": VALUES})
TASKS: st.SearchStrategy[Body] = st.fixed_dictionaries(
    {"speed_limit": VALUES, "name": _TEXT, "disks": st.lists(_DISK, max_size=3)}
)
ACTIONS = st.tuples(
    st.sampled_from(["type", "type", "leave", "set", "remove", "insert", "move", "several", "undo", "redo", "follow"]),
    VALUES,
)


def act(document: Document, action: str, value: Json) -> None:
    """Do what an operator does, or the service under the operator's hands; what does not fit is left out."""
    disks = document.current.get("disks")
    count = len(disks) if isinstance(disks, list) else 0
    if action == "type":
        document.apply("type", SetValue(SPEED, value), run=SPEED)
    elif action == "leave":
        document.end_run()
    elif action == "set":
        document.apply("set", SetValue(("a key",), value, 0))
    elif action == "remove" and "name" in document.current:
        document.apply("remove", RemoveValue(("name",)))
    elif action == "insert" and isinstance(disks, list):
        document.apply("insert", InsertEntry(("disks", count), {"id": 100 + count, "size": value}))
    elif action == "move" and count > 1:
        document.apply("move", MoveEntry(("disks", 0), count - 1))
    elif action == "several" and count:
        document.apply("several", SetValue(("disks", 0, "size"), value), RemoveValue(("disks", count - 1)), run="both")
    elif action == "undo":
        document.undo()
    elif action == "redo":
        document.redo()
    elif action == "follow":
        document.follow({**document.base, "state": value})


def edits(document: Document) -> list[Callable[[], object]]:
    """A story of an edit, typing, an undo, a redo and typing back, a step at a time."""
    return [
        lambda: document.apply("first", SetValue(SPEED, 5)),
        lambda: document.apply("type", SetValue(("name",), "a"), run="name"),
        lambda: document.apply("type", SetValue(("name",), "ab"), run="name"),
        lambda: document.undo(),
        lambda: document.redo(),
        lambda: document.apply("priority", SetValue(("priority",), 1), run="priority"),
        lambda: document.follow({**document.base, "state": "RUNNING"}),
        lambda: document.apply("last", SetValue(SPEED, 7)),
    ]


# A disk that fails


class FailingFiles(Files):
    """The real disk, of which the call number `fails_at` (from 1) is refused: that one alone, or all from it on."""

    def __init__(self, fails_at: int = 0, *, for_good: bool = False) -> None:
        self.fails_at, self.for_good = fails_at, for_good
        self.calls = 0
        self.failed: list[str] = []

    def __getattribute__(self, name: str):
        found = super().__getattribute__(name)
        if name not in vars(Files) or name == "close":
            return found

        def called(*arguments, **options):
            self.calls += 1
            if self.calls == self.fails_at or (self.for_good and 0 < self.fails_at < self.calls):
                self.failed.append(name)
                if name == "write":
                    descriptor, data = arguments
                    os.write(descriptor, data[: len(data) // 2])
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return found(*arguments, **options)

        return called


def held_by(got: Owner | Holder) -> Holder:
    assert isinstance(got, Holder)
    return got
