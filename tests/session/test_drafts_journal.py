"""What is edited is on the disk soon after, and comes back as it was: task, history, redo."""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from pathlib import Path

import pytest
from drafts_material import (
    ACTIONS,
    PATIENCE,
    PLACE,
    SPEED,
    TASK_ID,
    TASKS,
    act,
    began,
    flushed,
    journal_file,
    loaded,
    the_key,
    walk,
)
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.document import Document
from sms_tui.document.edits import RemoveValue, SetValue
from sms_tui.exactjson import dumps
from sms_tui.session.drafts.files import Files
from sms_tui.session.drafts.holder import Holder
from sms_tui.session.drafts.store import DraftStore

PROMISE = 1.0
"""Seconds after which a change is on the disk at the latest."""
NOW = 1_764_000_000_500


@pytest.fixture
def store(tmp_path: Path) -> DraftStore:
    return DraftStore(tmp_path)


@given(task=TASKS, actions=st.lists(ACTIONS, max_size=15), flushes=st.integers(1, 4))
def test_whatever_was_edited_comes_back_with_its_undo_and_redo(task, actions, flushes):
    with tempfile.TemporaryDirectory() as state:
        store = DraftStore(Path(state))
        document = Document(task, TASK_ID)
        journal = began(store, document)
        followed = False
        for number, action in enumerate(actions):
            act(document, *action)
            followed = followed or action[0] == "follow"
            if number % flushes == 0:
                flushed(journal)
        assert journal.close(PATIENCE)
        found = store.summaries()
        assert bool(found) == bool(document.history)
        if found:
            draft = store.load(found[0].key)
            assert draft.trouble == ""
            assert [edit.label for edit in draft.edits] == [edit.label for edit in document.history]
            live, back = walk(document), walk(draft.document())
            # What was taken back before another task was loaded is not kept; all that stands is.
            assert back[: len(document.history) + 2] == live[: len(document.history) + 2]
            assert followed or back == live


@given(task=TASKS, before=st.lists(ACTIONS, max_size=8), after=st.lists(ACTIONS, max_size=8))
def test_a_draft_that_is_gone_on_with_is_kept_as_one_that_never_stopped(task, before, after):
    with tempfile.TemporaryDirectory() as state:
        store = DraftStore(Path(state))
        first = Document(task, TASK_ID)
        journal = began(store, first)
        for action in before:
            act(first, *action)
        journal.close(PATIENCE)
        if not store.summaries():
            return
        draft = loaded(store)
        second = draft.document()
        journal = began(store, second, resumed=draft)
        for action in after:
            act(second, *action)
        flushed(journal)
        assert dumps(loaded(store).document().current) == dumps(second.current)
        assert dumps(loaded(store).base) == dumps(second.base)
        assert list((Path(state) / "drafts" / "trash").iterdir()) == []
        journal.close(PATIENCE)


def test_opening_a_task_makes_no_draft(store, example, tmp_path):
    journal = began(store, Document(example))
    flushed(journal)
    assert store.summaries() == []
    assert list(tmp_path.rglob("*.journal")) == []
    assert journal.close(PATIENCE)


def test_closing_a_task_that_nobody_edited_makes_nothing(store, example, tmp_path):
    journal = store.journal(Document(example), PLACE, TASK_ID, owner=None)
    journal.settle()
    assert journal.close(PATIENCE)
    assert list(tmp_path.iterdir()) == []


def test_what_was_typed_back_before_it_was_written_makes_no_draft(store, example):
    document = Document(example)
    journal = began(store, document)
    document.apply("type", SetValue(SPEED, 5), run=SPEED)
    document.apply("type", SetValue(SPEED, 0), run=SPEED)
    flushed(journal)
    assert store.summaries() == []


def test_a_change_is_on_the_disk_without_anybody_asking_and_while_the_event_loop_is_stuck(tmp_path, example):
    synced = threading.Event()

    class Told(Files):
        def sync_directory(self, path: Path) -> None:
            super().sync_directory(path)
            synced.set()

    async def stuck() -> float:
        document = Document(example)
        began(DraftStore(tmp_path, Told()), document)
        start = time.monotonic()
        document.apply("set", SetValue(SPEED, 5))
        assert synced.wait(PATIENCE)
        return time.monotonic() - start

    assert asyncio.run(stuck()) < PROMISE
    assert [edit.label for edit in loaded(DraftStore(tmp_path)).edits] == ["set"]


def test_typing_without_a_pause_is_on_the_disk_before_it_ends(tmp_path, example):
    written = threading.Event()

    class Told(Files):
        def sync(self, descriptor: int) -> None:
            super().sync(descriptor)
            written.set()

    document = Document(example)
    began(DraftStore(tmp_path, Told()), document)
    start = time.monotonic()
    number = 0
    while not written.is_set():
        number += 1
        document.apply("type", SetValue(("name",), f"n{number}"), run="name")
        assert time.monotonic() - start < PATIENCE
    assert time.monotonic() - start < PROMISE


def test_a_run_of_typing_is_one_edit_with_the_last_text(store, example):
    document = Document(example)
    journal = began(store, document)
    for text in ("a", "ab", "abc"):
        document.apply("type", SetValue(("name",), text), run="name")
        flushed(journal)
    (edit,) = loaded(store).edits
    assert edit.changes == (SetValue(("name",), "abc"),)


def test_typing_that_begins_and_goes_on_between_two_writes_is_one_edit_more(store, example):
    document = Document(example)
    journal = began(store, document)
    document.apply("set", SetValue(SPEED, 5))
    flushed(journal)
    for text in ("a", "ab"):
        document.apply("type", SetValue(("name",), text), run="name")
    flushed(journal)
    assert [edit.label for edit in loaded(store).edits] == ["set", "type"]


def test_a_summary_says_where_and_when_the_last_edit_was(tmp_path, example):
    store = DraftStore(tmp_path, now=lambda: NOW / 1000)
    document = Document(example)
    journal = began(store, document)
    document.apply("size", SetValue(("target_server", "disks", 0, "size"), 1))
    flushed(journal)
    (summary,) = store.summaries()
    assert (summary.place, summary.task_id, summary.name) == (PLACE, TASK_ID, example["name"])
    assert (summary.edits, summary.where, summary.changed) == (1, "target_server › disks › Disk 1 › size", NOW)
    document.apply("delete", RemoveValue(("target_server", "disks", 0, "physical_volumes", 1)))
    flushed(journal)
    (summary,) = store.summaries()
    assert (summary.edits, summary.where) == (2, "target_server › disks › Disk 1 › Y:")
    document.undo()
    document.undo()
    flushed(journal)
    (summary,) = store.summaries()
    assert (summary.edits, summary.where) == (0, "")


def test_a_closed_draft_without_edits_goes_and_one_with_edits_stays(store, example):
    document = Document(example)
    journal = began(store, document)
    document.apply("set", SetValue(SPEED, 5))
    flushed(journal)
    assert journal.close(PATIENCE)
    assert len(store.summaries()) == 1
    draft = loaded(store)
    document = draft.document()
    journal = began(store, document, resumed=draft)
    document.undo()
    flushed(journal)
    assert journal.close(PATIENCE)
    assert store.summaries() == []


@pytest.mark.parametrize("flushes_first", [False, True])
def test_an_edit_taken_back_does_not_come_back_because_the_service_moved_the_task(store, example, flushes_first):
    document = Document(example)
    journal = began(store, document)
    document.apply("set", SetValue(SPEED, 5))
    flushed(journal)
    document.undo()
    if flushes_first:
        flushed(journal)
    document.follow({**example, "state": "SYNCING"})
    flushed(journal)
    assert [summary.edits for summary in store.summaries()] == [0]
    assert journal.close(PATIENCE)
    assert store.summaries() == []


def test_a_task_that_is_loaded_anew_leaves_the_draft_until_it_is_settled(store, example):
    document = Document(example)
    journal = began(store, document)
    document.apply("set", SetValue(SPEED, 5))
    flushed(journal)
    document.rebase(document.current)
    flushed(journal)
    assert len(loaded(store).edits) == 1
    journal.settle()
    flushed(journal)
    assert store.summaries() == []
    document.apply("set", SetValue(SPEED, 6))
    flushed(journal)
    assert loaded(store).base == {**example, "speed_limit": 5}


def test_settling_does_not_take_edits_that_came_since(store, example):
    document = Document(example)
    journal = began(store, document)
    document.apply("set", SetValue(SPEED, 5))
    flushed(journal)
    document.rebase(document.current)
    document.apply("meanwhile", SetValue(SPEED, 6))
    journal.settle()
    flushed(journal)
    assert [edit.label for edit in loaded(store).edits] == ["meanwhile"]
    document.apply("later", SetValue(("name",), "x"))
    flushed(journal)
    assert [edit.label for edit in loaded(store).edits] == ["meanwhile", "later"]


def test_an_edit_right_after_settling_is_kept(store, example):
    document = Document(example)
    journal = began(store, document)
    document.apply("set", SetValue(SPEED, 5))
    flushed(journal)
    document.rebase(document.current)
    journal.settle()
    document.apply("later", SetValue(SPEED, 6))
    flushed(journal)
    assert [edit.label for edit in loaded(store).edits] == ["later"]


def test_a_draft_that_nobody_went_on_with_is_never_written_over(store, example, tmp_path):
    document = Document(example)
    journal = began(store, document)
    document.apply("old", SetValue(SPEED, 5))
    journal.close(PATIENCE)
    old = journal_file(tmp_path).read_bytes()
    document = Document(example)
    journal = began(store, document)
    document.apply("new", SetValue(SPEED, 6))
    flushed(journal)
    assert [edit.label for edit in loaded(store).edits] == ["new"]
    (in_trash,) = (tmp_path / "drafts" / "trash").iterdir()
    assert in_trash.read_bytes() == old


def test_a_journal_that_was_removed_under_the_editor_is_written_again(store, example, tmp_path):
    document = Document(example)
    journal = began(store, document)
    document.apply("first", SetValue(SPEED, 5))
    flushed(journal)
    journal_file(tmp_path).unlink()
    document.apply("second", SetValue(SPEED, 6))
    flushed(journal)
    assert [edit.label for edit in loaded(store).edits] == ["first", "second"]


def test_edits_from_before_the_journal_are_in_it(store, example):
    document = Document(example)
    document.apply("before", SetValue(SPEED, 5))
    journal = began(store, document)
    document.apply("after", SetValue(SPEED, 6))
    flushed(journal)
    assert [edit.label for edit in loaded(store).edits] == ["before", "after"]


def test_a_task_that_moved_before_its_draft_is_gone_on_with_is_the_new_beginning(tmp_path, example):
    store = DraftStore(tmp_path, now=lambda: NOW / 1000)
    document = Document(example)
    journal = began(store, document)
    document.apply("delete", RemoveValue(("target_server", "disks", 0, "physical_volumes", 1)))
    journal.close(PATIENCE)
    later = DraftStore(tmp_path)
    draft = loaded(later)
    document = draft.document()
    document.follow({**example, "state": "SYNCING"})
    journal = began(later, document, resumed=draft)
    document.apply("set", SetValue(SPEED, 6))
    flushed(journal)
    draft = loaded(later)
    assert draft.base["state"] == "SYNCING"
    assert [(edit.label, edit.where) for edit in draft.edits] == [
        ("delete", "target_server › disks › Disk 1 › Y:"),
        ("set", "speed_limit"),
    ]
    assert draft.edits[0].at == NOW < draft.edits[1].at
    assert dumps(draft.document().current) == dumps(document.current)


def test_a_session_that_took_the_draft_over_is_left_alone_and_the_first_is_told(store, example):
    document = Document(example)
    journal = began(store, document)
    document.apply("mine", SetValue(SPEED, 5))
    flushed(journal)
    second = store.take_over(PLACE, TASK_ID)
    draft = loaded(store)
    other = store.journal(theirs := draft.document(), PLACE, TASK_ID, owner=second, resumed=draft)
    document.apply("too late", SetValue(SPEED, 6))
    assert not journal.flush(PATIENCE)
    assert "took this draft over" in journal.trouble
    theirs.apply("theirs", SetValue(SPEED, 7))
    flushed(other)
    document.apply("still too late", SetValue(SPEED, 8))
    assert not journal.flush(PATIENCE)
    journal.close(PATIENCE)
    assert [edit.label for edit in loaded(store).edits] == ["mine", "theirs"]
    assert isinstance(store.acquire(PLACE, TASK_ID), Holder), "the first session released what is the second's"


def test_without_an_owner_the_right_to_write_is_asked_for_at_the_first_edit(store, example):
    other = store.acquire(PLACE, TASK_ID)
    document = Document(example)
    journal = store.journal(document, PLACE, TASK_ID, owner=None)
    document.apply("set", SetValue(SPEED, 5))
    assert not journal.flush(PATIENCE)
    assert f"(process {other._holder.pid})" in journal.trouble
    assert store.summaries() == []
    other.release()
    document = Document(example)
    journal = store.journal(document, PLACE, TASK_ID, owner=None)
    document.apply("set", SetValue(SPEED, 5))
    flushed(journal)
    assert store.find(PLACE, TASK_ID).key == the_key(store)


def test_a_flush_gives_up_on_a_disk_that_hangs(tmp_path, example):
    hangs, goes_on = threading.Event(), threading.Event()

    class Hanging(Files):
        def sync(self, descriptor: int) -> None:
            hangs.set()
            assert goes_on.wait(PATIENCE)

    document = Document(example)
    journal = began(DraftStore(tmp_path, Hanging()), document)
    document.apply("set", SetValue(SPEED, 5))
    assert hangs.wait(PATIENCE)
    assert not journal.flush(0.01)
    goes_on.set()
    flushed(journal)
