"""JSON text that is not taken in yet is in the draft: as it was typed last, or last but once."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from drafts_material import PATIENCE, PLACE, TASK_ID, FailingFiles, began, flushed, journal_file, loaded
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.document import Document
from sms_tui.document.edits import SetValue
from sms_tui.exactjson import Json
from sms_tui.schema.paths import Path as Place
from sms_tui.session.drafts.errors import DraftError
from sms_tui.session.drafts.owner import Owner
from sms_tui.session.drafts.store import DraftStore

TASK: dict[str, Json] = {"name": "n", "speed_limit": 0, "target_server": {"disks": [{"id": 1}, {"id": 2}]}}
PLACES: list[Place] = [(), ("target_server",), ("target_server", "disks", 1)]

typed = st.tuples(st.sampled_from(PLACES), st.none() | st.text(max_size=20))
flow = st.lists(st.tuples(st.just("type"), typed) | st.tuples(st.just("edit"), st.integers(0, 9)), max_size=12)


@pytest.fixture
def store(tmp_path: Path) -> DraftStore:
    return DraftStore(tmp_path)


def texts_of(store: DraftStore) -> dict[Place, str | None]:
    return {path: kept.text for path, kept in loaded(store).texts.items()} if store.summaries() else {}


@given(flow, st.integers(1, 4))
def test_the_texts_that_are_not_taken_in_come_back_with_what_they_were_laid_out_from(steps, flushes):
    with tempfile.TemporaryDirectory() as state:
        store = DraftStore(Path(state))
        document = Document(TASK, TASK_ID)
        journal = began(store, document)
        expected: dict[Place, tuple[str, Json]] = {}
        for number, (what, given_) in enumerate(steps):
            if what == "edit":
                document.apply("speed", SetValue(("speed_limit",), given_))
            else:
                path, text = given_
                _, origin = expected.pop(path, ("", document.value(path)))
                journal.typed(path, text, origin)
                if text is not None:
                    expected[path] = (text, origin)
            if number % flushes == 0:
                flushed(journal)
        assert journal.close(PATIENCE)
        assert bool(store.summaries()) == bool(expected or document.history)
        if store.summaries():
            texts = loaded(store).texts
            assert {path: (kept.text, kept.origin) for path, kept in texts.items()} == expected


def test_a_torn_text_leaves_the_one_before_it_wherever_it_is_torn(store, tmp_path):
    journal = began(store, Document(TASK, TASK_ID))
    journal.typed((), "first", TASK)
    flushed(journal)
    before = journal_file(tmp_path).read_bytes()
    journal.typed((), "first and more", TASK)
    flushed(journal)
    whole = journal_file(tmp_path).read_bytes()
    assert whole.startswith(before)
    for end in range(len(before), len(whole)):
        journal_file(tmp_path).write_bytes(whole[:end])
        assert texts_of(store) == {(): "first"}
    journal_file(tmp_path).write_bytes(whole)
    assert texts_of(store) == {(): "first and more"}


def test_a_disk_that_fails_at_any_call_leaves_the_last_text_or_the_last_but_one():
    with tempfile.TemporaryDirectory() as state:
        calls = typing(Path(state), FailingFiles())
    for fails_at in range(1, calls + 1):
        with tempfile.TemporaryDirectory() as state:
            typing(Path(state), FailingFiles(fails_at))


def typing(state: Path, files: FailingFiles) -> int:
    """Type, and look at the disk after every write as a later session would; how many calls that made."""
    store = DraftStore(state, files)
    owner: Owner | None = None
    try:
        got = store.acquire(PLACE, TASK_ID)
        assert isinstance(got, Owner)
        owner = got
    except DraftError:
        pass  # then it is asked for at the first write
    journal = store.journal(Document(TASK, TASK_ID), PLACE, TASK_ID, owner=owner)
    possible: list[dict[Place, str | None]] = [{}]
    for text in ("a", "ab", "abc"):
        journal.typed((), text, TASK)
        possible.append({(): text})
        if journal.flush(PATIENCE):
            possible = possible[-1:]
        assert texts_of(DraftStore(state)) in possible
    journal.close(PATIENCE)
    return files.calls


def test_typing_in_a_long_text_does_not_pile_up(store, tmp_path):
    journal = began(store, Document(TASK, TASK_ID))
    text = "x" * 500_000
    for number in range(30):
        journal.typed((), f"{text}{number}", TASK)
        flushed(journal)
    assert journal_file(tmp_path).stat().st_size < 6 * 2**20
    assert texts_of(store) == {(): f"{text}29"}


def test_a_settled_draft_stays_while_a_text_is_not_taken_in(store):
    document = Document(TASK, TASK_ID)
    journal = began(store, document)
    journal.typed(("target_server",), "{", TASK["target_server"])
    document.apply("speed", SetValue(("speed_limit",), 5))
    flushed(journal)
    document.rebase(document.current)
    journal.settle()
    flushed(journal)
    (summary,) = store.summaries()
    assert (summary.edits, summary.texts) == (0, ("target_server",))
    journal.typed(("target_server",), None, TASK["target_server"])
    assert journal.close(PATIENCE)
    assert store.summaries() == []
