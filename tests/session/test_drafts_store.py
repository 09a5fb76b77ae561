"""The drafts of a machine: listed, found, discarded, cleared away, and for nobody else to read."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from drafts_material import PATIENCE, PLACE, SPEED, TASK_ID, began, flushed, journal_file, loaded, the_key
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.document import Document
from sms_tui.document.edits import SetValue
from sms_tui.session.drafts.errors import DraftError
from sms_tui.session.drafts.holder import Holder, read_holder, this_process, written
from sms_tui.session.drafts.owner import Owner
from sms_tui.session.drafts.store import DraftStore
from sms_tui.session.drafts.subject import FILE, Subject

DAY = 24 * 60 * 60


class Clock:
    def __init__(self) -> None:
        self.now = 1_764_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> DraftStore:
    return DraftStore(tmp_path / "state", now=clock)


def drafted(store: DraftStore, place: str = PLACE, task_id: str = TASK_ID) -> str:
    """A draft of one edit; its key."""
    document = Document({"name": "web-01", "speed_limit": 0}, task_id)
    journal = store.journal(document, place, task_id, owner=None)
    document.apply("set speed_limit", SetValue(SPEED, 50))
    flushed(journal)
    assert journal.close(PATIENCE)
    return Subject(place, task_id).key


def modes(directory: Path) -> dict[str, int]:
    return {str(path.relative_to(directory)): stat.S_IMODE(path.stat().st_mode) for path in directory.rglob("*")}


def test_where_nothing_was_ever_drafted_there_is_nothing_and_nothing_is_made(store, tmp_path):
    assert store.summaries() == []
    assert store.find(PLACE, TASK_ID) is None
    store.purge()
    assert list(tmp_path.iterdir()) == []


def test_drafts_are_listed_the_last_changed_first_and_found_by_place_and_task(store, clock):
    first = drafted(store)
    clock.now += 60
    second = drafted(store, "https://other.example")
    clock.now += 60
    third = drafted(store, FILE, "/tasks/磁盘/web.json")
    assert [summary.key for summary in store.summaries()] == [third, second, first]
    assert len({first, second, third}) == 3
    found = store.find(PLACE, TASK_ID)
    assert found is not None
    assert (found.key, found.name, found.edits, found.where) == (first, "web-01", 1, "speed_limit")
    assert store.find(PLACE, "another") is None
    assert store.load(third).document().task_id == ""
    assert store.load(first).document().task_id == TASK_ID


@given(place=st.text(max_size=20), task_id=st.text(max_size=40))
def test_a_key_is_short_and_fit_for_a_file_name_and_the_shell(place, task_id):
    key = Subject(place, task_id).key
    assert 5 < len(key) <= 25
    assert key.isascii()
    assert all(character.isalnum() or character == "-" for character in key)
    assert key[0] != "-"


def test_a_key_begins_as_the_task_does(store):
    assert Subject(PLACE, "ef3b9722-07bd-40bc-921a-1d9c3b7d9f53").key.startswith("ef3b9722-07bd-4")
    assert Subject(FILE, "/home/op/web-01.json").key.startswith("web-01-json-")


def test_a_discarded_draft_is_in_the_trash_for_30_days(store, clock, tmp_path):
    key = drafted(store)
    content = journal_file(tmp_path / "state").read_bytes()
    trash = store.discard(key)
    assert store.summaries() == []
    assert trash.read_bytes() == content
    assert trash.parent == tmp_path / "state" / "drafts" / "trash"
    clock.now += 29 * DAY
    store.purge()
    assert trash.exists()
    clock.now += 2 * DAY
    store.purge()
    assert not trash.exists()


def test_two_drafts_of_one_task_discarded_in_the_same_second_are_both_in_the_trash(store):
    drafted(store)
    first = store.discard(drafted(store))
    assert store.discard(drafted(store)) != first


def test_clearing_away_takes_nothing_else_than_old_trash_and_what_was_never_finished(store, clock, tmp_path):
    drafted(store)
    drafts = tmp_path / "state" / "drafts"
    stranger = drafts / "trash" / "notes.journal"
    stranger.write_text("mine")
    unfinished = drafts / ".key.0123abcd.new"
    unfinished.write_text("half")
    os.utime(unfinished, (clock.now, clock.now))
    clock.now += DAY - 1
    store.purge()
    assert unfinished.exists()
    clock.now += 400 * DAY
    store.purge()
    assert not unfinished.exists()
    assert stranger.exists()
    assert len(store.summaries()) == 1


def test_a_draft_under_edit_is_not_discarded(store):
    document = Document({"speed_limit": 0}, TASK_ID)
    journal = began(store, document)
    document.apply("set", SetValue(SPEED, 5))
    flushed(journal)
    key = the_key(store)
    with pytest.raises(DraftError, match=rf"The draft {key} is being edited by .*\(process {os.getpid()}\); leave"):
        store.discard(key)
    journal.close(PATIENCE)
    store.discard(key)


def test_a_draft_that_is_not_there_is_said_so(store):
    drafted(store)
    for use in (store.load, store.discard):
        with pytest.raises(DraftError, match=r"The draft nothing-00 cannot be .*No such file"):
            use("nothing-00")


# Privacy


def test_directories_and_files_are_for_their_owner_alone_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        store = DraftStore(tmp_path / "deep" / "state")
        document = Document({"speed_limit": 0}, TASK_ID)
        journal = began(store, document)
        document.apply("set", SetValue(SPEED, 5))
        flushed(journal)
        key = the_key(store)
        assert modes(tmp_path / "deep") == {
            "state": 0o700,
            "state/drafts": 0o700,
            "state/drafts/trash": 0o700,
            f"state/drafts/{key}.journal": 0o600,
            f"state/drafts/{key}.owner": 0o600,
        }
        assert store.words == []
        journal.close(PATIENCE)
    finally:
        os.umask(before)


def test_what_was_opened_to_others_is_closed_with_a_word(store, tmp_path):
    key = drafted(store)
    drafts = tmp_path / "state" / "drafts"
    drafts.chmod(0o755)
    (drafts / f"{key}.journal").chmod(0o644)
    assert store.summaries()[0].usable
    assert modes(tmp_path / "state") == {
        "drafts": 0o700,
        "drafts/trash": 0o700,
        f"drafts/{key}.journal": 0o600,
    }
    assert store.words == [
        f"{drafts} was open to other users (mode 0755); it is closed now (0700).",
        f"{drafts}/{key}.journal was open to other users (mode 0644); it is closed now (0600).",
    ]


def test_what_belongs_to_somebody_else_is_refused(store, tmp_path, monkeypatch):
    key = drafted(store)
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    with pytest.raises(DraftError, match=r"/drafts belongs to .*, not to .* and is not touched"):
        store.summaries()
    with pytest.raises(DraftError, match=rf"{key}.journal belongs to"):
        store.load(key)
    with pytest.raises(DraftError, match="/state belongs to"):
        store.acquire(PLACE, TASK_ID)


def test_what_cannot_be_closed_to_others_is_refused(store, tmp_path, monkeypatch):
    key = drafted(store)
    journal_file(tmp_path / "state").chmod(0o644)
    monkeypatch.setattr(os, "fchmod", lambda descriptor, mode: None)  # as vfat does
    (summary,) = store.summaries()
    assert not summary.usable
    assert "is open to other users and cannot be closed to them: the file system keeps no modes." in summary.trouble
    with pytest.raises(DraftError, match="XDG_STATE_HOME"):
        store.load(key)


def test_a_link_in_place_of_a_draft_is_not_followed(store, tmp_path):
    key = drafted(store)
    path = journal_file(tmp_path / "state")
    elsewhere = path.rename(tmp_path / "elsewhere")
    path.symlink_to(elsewhere)
    (summary,) = store.summaries()
    assert (summary.key, summary.usable) == (key, False)
    assert summary.trouble.startswith("It cannot be read: ")


def test_nothing_but_the_task_and_its_edits_is_in_a_journal(store, tmp_path):
    drafted(store)
    rows = journal_file(tmp_path / "state").read_bytes().splitlines()
    facts, base, edit = (row.split(b" ", 3)[3] for row in rows[1:])
    assert set(json.loads(facts)) == {"program", "place", "task_id", "name", "started"}
    assert json.loads(base) == {"name": "web-01", "speed_limit": 0}
    assert set(json.loads(edit)) == {"label", "where", "at", "changes"}


def test_a_task_that_takes_many_parts_comes_back_whole(store):
    base = {"name": "n", "speed_limit": 0, "sub_tasks": [{"id": number, "text": "磁" * 50} for number in range(3000)]}
    document = Document(base, TASK_ID)
    journal = began(store, document)
    document.apply("set", SetValue(SPEED, 5))
    flushed(journal)
    assert loaded(store).base == base
    journal.close(PATIENCE)


# Who holds a task


def test_a_process_of_the_same_number_that_started_at_another_time_is_another(store, tmp_path):
    owner = store.acquire(PLACE, TASK_ID)
    assert isinstance(owner, Owner)
    (path,) = (tmp_path / "state" / "drafts").glob("*.owner")
    facts = json.loads(path.read_bytes())
    path.write_text(json.dumps({**facts, "started": f"{facts['started']}0"}))
    assert isinstance(store.acquire(PLACE, TASK_ID), Owner)
    with owner.holding() as mine:
        assert not mine


def test_a_session_on_another_machine_counts_as_alive(store, tmp_path):
    store.acquire(PLACE, TASK_ID)
    (path,) = (tmp_path / "state" / "drafts").glob("*.owner")
    facts = json.loads(path.read_bytes())
    path.write_text(json.dumps({**facts, "host": "elsewhere", "pid": 999_999_999}))
    holder = store.acquire(PLACE, TASK_ID)
    assert isinstance(holder, Holder)
    assert "on the machine elsewhere" in str(holder)


@given(data=st.binary(max_size=60) | st.just(b'{"pid":1}') | st.just(b"[]"))
def test_an_owner_file_that_says_nothing_names_nobody(data):
    assert read_holder(data) is None


def test_the_facts_about_a_session_are_read_as_they_were_written():
    mine = this_process(since=1, token="t")
    assert read_holder(written(mine)) == mine
    assert mine.is_alive
    assert read_holder(written(mine).replace(b'"since":1', b'"since":"1"')) is None


def test_a_draft_that_was_read_ahead_is_not_read_again_until_somebody_writes_it(store, monkeypatch, tmp_path):
    key = drafted(store)
    held = {"name": "web-01", "speed_limit": 7}
    store.read_ahead(PLACE, TASK_ID, held)
    with monkeypatch.context() as patched:
        patched.setattr(store, "_read", None)
        assert store.find(PLACE, TASK_ID).edits == 1
        draft = store.load(key)
    assert draft.base["name"] is held["name"]
    assert draft.document().value(SPEED) == 50
    os.utime(journal_file(tmp_path / "state"), (0, 0))
    assert store.load(key) is not draft


def test_there_is_nothing_to_read_ahead_where_there_is_no_draft(store):
    store.read_ahead(PLACE, TASK_ID, None)
    assert not store.is_large(PLACE, TASK_ID)
    assert store.find(PLACE, TASK_ID) is None
