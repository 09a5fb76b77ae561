"""A document that follows the task where it came from: history carried over, and whoever listens told of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from document_material import KEYS, SCALARS, TASKS, changes_of
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.diff import diff
from sms_tui.document.document import Document, following
from sms_tui.document.edits import EditError, InsertEntry, RemoveValue, SetValue, apply_all
from sms_tui.document.merge import merge
from sms_tui.document.news import News
from sms_tui.document.ownership import churned, owner_at
from sms_tui.document.patch import changes_between
from sms_tui.exactjson import dumps, loads, same

SPEED = ("speed_limit",)
DISK = ("target_server", "disks", 0)
VOLUME = (*DISK, "physical_volumes", 1)


def moved_on(task, *changes):
    """The task as it is read again later, sharing nothing with the one before."""
    return loads(dumps(apply_all(task, changes)[0]))


def all_undone(document):
    while document.undo():
        pass
    return document.current


def all_redone(document):
    while document.redo():
        pass
    return document.current


@st.composite
def edited_documents(draw):
    """A document with some edits made and some of them taken back."""
    document = Document(draw(TASKS))
    for number in range(draw(st.integers(0, 5))):
        count = draw(st.integers(1, 2))
        changes, task = [], document.current
        for _ in range(count):
            changes.append(draw(changes_of(task)))
            task, _ = apply_all(task, changes[-1:])
        document.apply(f"edit {number}", *changes)
    for _ in range(draw(st.integers(0, 3))):
        document.undo()
    return document


@st.composite
def later_tasks(draw, task):
    """Any task, or the one given after a few edits of somebody else."""
    if draw(st.booleans()):
        return draw(TASKS)
    for _ in range(draw(st.integers(0, 3))):
        task, _ = apply_all(task, [draw(changes_of(task))])
    return loads(dumps(task))


@given(st.data())
def test_after_following_all_undos_end_at_the_task_of_now_and_all_redos_lead_back(data):
    document = data.draw(edited_documents())
    theirs = data.draw(later_tasks(document.base))
    expected = merge(document.base, document.current, theirs)
    result = document.follow(theirs)
    assert result.conflicts == expected.conflicts
    assert same(document.current, expected.merged)
    assert dumps(document.base) == dumps(theirs)
    now = dumps(document.current)
    last = dumps(all_redone(document))
    assert dumps(all_undone(document)) == dumps(theirs)
    assert dumps(all_redone(document)) == last
    for _ in range(10):
        if dumps(document.current) == now:
            break
        document.undo()
    else:
        pytest.fail("history does not go through the task as it was before the undos")


@given(st.data())
def test_every_edit_keeps_its_place_and_its_label_or_is_gone(data):
    document = data.draw(edited_documents())
    before = [edit.label for edit in document.history]
    document.follow(data.draw(later_tasks(document.base)))
    after = [edit.label for edit in document.history]
    rest = iter(before)
    assert all(label in rest for label in after)


@given(st.data())
def test_every_state_of_history_is_that_state_merged_what_was_undone_included(data):
    document = data.draw(edited_documents())
    base, theirs = document.base, data.draw(later_tasks(document.base))
    place = len(document.history)
    states = [all_redone(document)]
    while document.undo():
        states.insert(0, document.current)
    for _ in range(place):
        document.redo()
    wanted = [merge(base, state, theirs).merged for state in states]
    document.follow(theirs)
    assert same(document.current, wanted[place])
    assert same(all_redone(document), wanted[-1])
    seen = [document.current]
    while document.undo():
        seen.insert(0, document.current)
    missing = iter(seen)
    assert all(any(same(state, other) for other in missing) for state in _distinct(wanted))


def _distinct(states):
    """The states without those that are the same as the one before."""
    return states[:1] + [after for before, after in pairwise(states) if not same(before, after)]


@given(st.data())
def test_what_the_service_moved_never_comes_back_as_a_change(data):
    document = Document(data.draw(TASKS))
    for number in range(data.draw(st.integers(1, 4))):
        key, value = data.draw(st.sampled_from(["name", "speed_limit", "type"])), data.draw(SCALARS)
        document.apply(f"edit {number}", SetValue((key,), value))
    theirs = churned(document.base, data.draw(TASKS))
    document.follow(loads(dumps(theirs)))
    while True:
        assert not [change for change in diff(document.base, document.current) if owner_at(change.path) == "service"]
        if document.undo() is None:
            break


def test_an_entry_put_back_by_an_undo_has_what_the_service_moved_meanwhile(example):
    document = Document(example)
    document.apply("delete", RemoveValue(VOLUME))
    document.follow(moved_on(example, SetValue((*VOLUME, "id"), 77)))
    assert len(document.value(VOLUME[:-1])) == 1
    document.undo()
    assert document.value((*VOLUME, "id")) == 77
    assert document.changes == []


@given(st.data())
def test_findings_are_those_of_a_document_of_the_task_of_now(data):
    document = data.draw(edited_documents())
    if data.draw(st.booleans()):
        assert isinstance(document.findings, list)
    document.follow(data.draw(later_tasks(document.base)))
    fresh = Document(document.base)
    fresh.apply("all at once", *changes_between(document.base, document.current))
    assert dumps(fresh.current) == dumps(document.current)
    assert document.findings == fresh.findings
    document.undo()
    fresh = Document(document.base)
    fresh.apply("all at once", *changes_between(document.base, document.current))
    assert document.findings == fresh.findings


def test_the_same_task_read_again_changes_nothing_not_even_a_run_of_typing(example):
    document = Document(example)
    document.apply("type", SetValue(SPEED, 5), run=SPEED)
    base, current = document.base, document.current
    result = document.follow(loads(dumps(example)))
    assert (result.merged, result.conflicts, result.meanwhile) == (current, (), ())
    assert document.base is base
    assert document.current is current
    document.apply("type", SetValue(SPEED, 50), run=SPEED)
    assert len(document.history) == 1


def test_following_ends_a_run_of_typing_and_keeps_what_was_typed(example):
    document = Document(example)
    document.apply("type", SetValue(SPEED, 5), run=SPEED)
    document.follow(moved_on(example, SetValue(("state",), "SYNCING")))
    document.apply("type", SetValue(SPEED, 50), run=SPEED)
    document.undo()
    assert document.value(SPEED) == 5
    document.undo()
    assert document.value(SPEED) == example["speed_limit"]


def test_without_edits_the_document_is_the_task_of_now_and_shares_what_is_the_same(example):
    document = Document(example)
    document.follow(moved_on(example, SetValue(SPEED, 7)))
    assert document.current is document.base
    assert document.current["source_server"] is example["source_server"]
    assert (document.history, document.changes) == ((), [])


def test_an_edit_that_they_made_too_is_gone_and_the_others_stay(example):
    document = Document(example)
    document.apply("speed", SetValue(SPEED, 5))
    document.apply("name", SetValue(("name",), "other"))
    document.follow(moved_on(example, SetValue(SPEED, 5)))
    assert [edit.label for edit in document.history] == ["name"]
    document.undo()
    assert document.changes == []


def test_where_both_changed_the_same_mine_stands_and_an_undo_shows_theirs(example):
    document = Document(example)
    document.apply("speed", SetValue(SPEED, 5))
    result = document.follow(moved_on(example, SetValue(SPEED, 7)))
    assert [found.path for found in result.conflicts] == [SPEED]
    assert document.value(SPEED) == 5
    assert document.loaded_value(SPEED) == 7
    document.undo()
    assert document.value(SPEED) == 7
    document.redo()
    assert document.value(SPEED) == 5


def test_an_edit_follows_its_entry_to_where_it_stands_now(example):
    document = Document(example)
    document.apply("size", SetValue((*VOLUME, "size"), 5))
    document.undo()
    document.follow(moved_on(example, InsertEntry((*VOLUME[:-1], 0), {"name": "new", "id": 9})))
    edit = document.redo()
    assert edit is not None
    assert edit.path == (*VOLUME[:-1], 2, "size")
    assert document.value(edit.path) == 5


# Listening


class Journal:
    """Keeps what it is told, as the record of a document."""

    def __init__(self):
        self.base, self.edits, self.heard = None, [], []

    def applied(self, edit, *, joined):
        self.heard.append("joined" if joined else "applied")
        self.edits = [*(self.edits[:-1] if joined else self.edits), edit]

    def dropped(self):
        self.heard.append("dropped")
        self.edits.pop()

    def undone(self):
        self.heard.append("undone")
        self.edits.pop()

    def redone(self, edit):
        self.heard.append("redone")
        self.edits.append(edit)

    def rebased(self, base, edits):
        self.heard.append("rebased")
        self.base, self.edits = base, list(edits)


def listened(document):
    journal = Journal()
    journal.base = document.base
    document.listen(journal)
    return journal


@given(st.data())
def test_what_a_listener_was_told_makes_the_same_document_again(data):
    document = Document(data.draw(TASKS))
    journal = listened(document)
    for _ in range(data.draw(st.integers(1, 12))):
        match data.draw(st.sampled_from(["edit", "type", "type", "end", "undo", "redo", "follow", "rebase"])):
            case "edit":
                document.apply("edit", data.draw(changes_of(document.current)))
            case "type":
                key = data.draw(KEYS)
                position = data.draw(st.none() | st.integers(0, len(document.current)))
                document.apply(f"type {key}", SetValue((key,), data.draw(SCALARS), position), run=key)
            case "end":
                document.end_run()
            case "undo":
                document.undo()
            case "redo":
                document.redo()
            case "follow":
                document.follow(data.draw(later_tasks(document.base)))
            case "rebase":
                document.rebase(data.draw(TASKS))
        assert journal.base is document.base
        assert tuple(journal.edits) == document.history
        again = Document(loads(dumps(journal.base)))
        again.replay(journal.edits)
        assert dumps(again.current) == dumps(document.current)
        assert [edit.label for edit in again.history] == [edit.label for edit in journal.edits]


def test_a_listener_hears_how_each_edit_came_about(example):
    document = Document(example)
    journal = listened(document)
    document.apply("type", SetValue(SPEED, 5), run=SPEED)
    document.apply("type", SetValue(SPEED, 50), run=SPEED)
    document.apply("type", SetValue(SPEED, example["speed_limit"]), run=SPEED)
    document.apply("nothing", SetValue(SPEED, example["speed_limit"]))
    document.apply("name", SetValue(("name",), "other"))
    document.undo()
    document.undo()
    document.redo()
    document.redo()
    document.follow(loads(dumps(example)))
    document.follow(moved_on(example, SetValue(("state",), "SYNCING")))
    document.rebase(example)
    assert journal.heard == ["applied", "joined", "dropped", "applied", "undone", "redone", "rebased", "rebased"]


def test_a_field_typed_into_its_place_comes_back_there_when_its_edit_is_made_again():
    document = Document({"a": 1, "b": 2})
    for text in ("n", "ne", "new"):
        document.apply("type", SetValue(("x",), text, 1 if text == "n" else None), run="x")
    assert dumps(document.current) == '{"a":1,"x":"new","b":2}'
    document.undo()
    document.redo()
    assert dumps(document.current) == '{"a":1,"x":"new","b":2}'


def test_replaying_edits_that_do_not_fit_keeps_those_that_did(example):
    edited = Document(example)
    edited.apply("speed", SetValue(SPEED, 5))
    edited.apply("delete", RemoveValue(VOLUME))
    document = Document({"speed_limit": 0})
    with pytest.raises(EditError):
        document.replay(edited.history)
    assert document.current == {"speed_limit": 5}


@given(st.data())
def test_what_was_worked_out_beside_the_document_is_what_it_follows_by_and_of_no_use_once_it_was_edited(data):
    task = data.draw(TASKS)
    document, other = Document(task), Document(task)
    for each in (document, other):
        each.apply("mine", SetValue(("name",), "mine"))
    theirs = moved_on(task, data.draw(changes_of(task)))
    planned = following(document, theirs)
    if data.draw(st.booleans()):
        for each in (document, other):
            each.apply("more", SetValue(("priority",), 2))
        assert not planned.fits(document.base, document.current)
    document.follow(theirs, planned)
    other.follow(theirs)
    assert same(document.current, other.current)
    assert same(document.base, other.base)
    assert [edit.label for edit in document.history] == [edit.label for edit in other.history]
    assert same(all_undone(document), all_undone(other))


def test_news_tell_what_others_changed_and_what_the_service_moved(example):
    document = Document(example)
    document.apply("speed", SetValue(SPEED, 7))
    held = moved_on(example, SetValue(("priority",), 2), SetValue(("state",), "SYNCING"))
    news = News.of(document, held)
    assert news.places == [("priority",)]
    assert news.fits(document)
    planned = news.moved_in(document)
    assert planned is news.moved is not None
    document.apply("speed", SetValue(SPEED, 8))
    assert not news.fits(document)
    planned = news.moved_in(document)
    assert planned is not None
    document.follow(planned.result.theirs, planned)
    assert (document.value(("state",)), document.value(("priority",)), document.value(SPEED)) == ("SYNCING", 1, 8)
