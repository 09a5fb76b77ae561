"""The disk fails at any call, once or for good: the draft is the last or last-but-one edit, and the operator knows."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import tempfile
import threading
from pathlib import Path

import pytest
from drafts_material import PATIENCE, PLACE, SPEED, TASK_ID, FailingFiles, edits, flushed, loaded

from sms_tui.document.document import Document
from sms_tui.document.edits import SetValue
from sms_tui.exactjson import Json, dumps
from sms_tui.session.drafts.errors import DraftError
from sms_tui.session.drafts.files import Files
from sms_tui.session.drafts.owner import Owner
from sms_tui.session.drafts.store import DraftStore

TASK: dict[str, Json] = {"name": "n", "speed_limit": 0, "priority": 0, "disks": [{"id": 1}]}


def calls_in_all() -> int:
    """How many calls a session makes whose disk never fails."""
    with tempfile.TemporaryDirectory() as state:
        files = FailingFiles()
        session(Path(state), files)
        return files.calls


def session(state: Path, files: FailingFiles) -> None:
    """Edit and flush, and look at the disk after every flush as a later session would."""
    store = DraftStore(state, files)
    owner: Owner | None = None
    with contextlib.suppress(DraftError):  # then it is asked for at the first write
        got = store.acquire(PLACE, TASK_ID)
        assert isinstance(got, Owner)
        owner = got
    document = Document(TASK, TASK_ID)
    journal = store.journal(document, PLACE, TASK_ID, owner=owner)
    states = [dumps(TASK)]
    on_disk = 0
    for do in edits(document):
        do()
        states.append(dumps(document.current))
        failures = len(files.failed)
        written = journal.flush(PATIENCE)
        assert written == (journal.trouble == "") == (len(files.failed) == failures)
        if not written:
            assert journal.trouble.startswith("Drafts cannot be kept")
            assert os.strerror(errno.ENOSPC) in journal.trouble
        kept = kept_on(state)
        if written:
            on_disk = len(states) - 1
        assert kept in states[on_disk:], (files.failed, on_disk, kept)
    journal.close(PATIENCE)
    assert kept_on(state) in states[on_disk:]


def kept_on(state: Path) -> str:
    """The task in the draft, as a session with a sound disk reads it; as loaded if there is no draft."""
    store = DraftStore(state)
    if not (summaries := store.summaries()):
        return dumps(TASK)
    (summary,) = summaries
    assert summary.usable
    return dumps(store.load(summary.key).document().current)


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for-good"])
def test_whichever_call_fails_the_draft_is_the_last_or_last_but_one_edit(tmp_path, for_good):
    calls = calls_in_all()
    assert calls > 60
    kinds = set()
    for number in range(1, calls + 1):
        files = FailingFiles(number, for_good=for_good)
        session(tmp_path / str(number), files)
        assert files.failed
        kinds |= set(files.failed)
    expected = {"create", "write", "sync", "rename", "sync_directory", "identity", "open", "read", "make_directory"}
    assert expected - kinds == set()


@pytest.mark.parametrize("call", range(1, 30))
def test_trouble_is_over_as_soon_as_the_disk_works_again(tmp_path, call):
    files = FailingFiles(call)
    store = DraftStore(tmp_path, files)
    document = Document(TASK, TASK_ID)
    journal = store.journal(document, PLACE, TASK_ID, owner=None)
    document.apply("first", SetValue(SPEED, 1))
    document.apply("second", SetValue(SPEED, 2))
    journal.flush(PATIENCE)
    document.apply("third", SetValue(SPEED, 3))
    journal.flush(PATIENCE)
    assert files.failed
    flushed(journal)
    assert journal.trouble == ""
    assert [edit.label for edit in loaded(DraftStore(tmp_path)).edits] == ["first", "second", "third"]
    left = [path.name for path in (tmp_path / "drafts").iterdir() if path.suffix == ".new"]
    assert left == [] or files.failed == ["remove"]


async def test_every_change_of_trouble_is_reported_once_on_the_event_loop(tmp_path):
    files = FailingFiles(1, for_good=True)
    document = Document(TASK, TASK_ID)
    journal = DraftStore(tmp_path, files).journal(document, PLACE, TASK_ID, owner=None)
    heard: asyncio.Queue[str] = asyncio.Queue()
    listening = asyncio.create_task(journal.run(heard.put_nowait))
    document.apply("first", SetValue(SPEED, 1))
    told = await asyncio.wait_for(heard.get(), PATIENCE)
    assert told == (
        "Drafts cannot be kept: No space left on device. Editing goes on, but what is changed now is lost if this "
        "program ends before it is submitted."
    )
    document.apply("second", SetValue(SPEED, 2))
    assert not await asyncio.to_thread(journal.flush, PATIENCE)
    files.fails_at = 0
    document.apply("third", SetValue(SPEED, 3))
    assert await asyncio.to_thread(journal.flush, PATIENCE)
    assert await asyncio.wait_for(heard.get(), PATIENCE) == ""
    assert heard.empty()
    listening.cancel()
    assert len(loaded(DraftStore(tmp_path)).edits) == 3


def test_a_write_that_failed_is_tried_again_though_nothing_changes(tmp_path, monkeypatch):
    monkeypatch.setattr("sms_tui.session.drafts.keeper._AGAIN", 0.01)
    files = FailingFiles(8)
    document = Document(TASK, TASK_ID)
    journal = DraftStore(tmp_path, files).journal(document, PLACE, TASK_ID, owner=None)
    troubles: list[str] = []
    over = threading.Event()

    def heard() -> None:
        troubles.append(journal.trouble)
        if not journal.trouble:
            over.set()

    journal._keeper.on_trouble = heard
    document.apply("first", SetValue(SPEED, 1))
    assert over.wait(PATIENCE)
    assert len(troubles) == 2
    assert len(loaded(DraftStore(tmp_path)).edits) == 1


def test_a_home_where_nothing_can_be_written_is_told_and_editing_goes_on(tmp_path):
    (tmp_path / "state").write_text("a file where the directory should be")
    store = DraftStore(tmp_path / "state")
    with pytest.raises(DraftError, match=r"Drafts cannot be kept in .*/state/drafts: "):
        store.acquire(PLACE, TASK_ID)
    document = Document(TASK, TASK_ID)
    journal = store.journal(document, PLACE, TASK_ID, owner=None)
    document.apply("first", SetValue(SPEED, 1))
    assert not journal.flush(PATIENCE)
    assert journal.trouble.startswith("Drafts cannot be kept: ")
    assert document.value(SPEED) == 1
    journal.close(PATIENCE)


def test_a_fault_of_our_own_is_told_and_ends_nothing(tmp_path):
    class Broken(Files):
        def create(self, path: Path) -> int:
            raise RuntimeError("a mistake")

    document = Document(TASK, TASK_ID)
    journal = DraftStore(tmp_path, Broken()).journal(document, PLACE, TASK_ID, owner=None)
    document.apply("first", SetValue(SPEED, 1))
    assert not journal.flush(PATIENCE)
    assert journal.trouble.startswith("Drafts cannot be kept: RuntimeError a mistake. ")
    assert not journal.flush(PATIENCE), "the thread has ended"
