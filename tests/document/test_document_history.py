"""Undo, redo and runs of typing."""

from __future__ import annotations

import pytest
from document_material import TASKS, changes_of, naively
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sms_tui.document.document import Document
from sms_tui.document.edits import Change, EditError, InsertEntry, MoveEntry, RemoveValue, SetValue
from sms_tui.exactjson import Json, dumps, same
from sms_tui.schema.checks.checker import check
from sms_tui.schema.paths import value_at

SPEED = ("speed_limit",)


def typed(document: Document, *values: Json, path: tuple[str | int, ...] = SPEED) -> None:
    """What the form does for each keystroke in a field."""
    for value in values:
        document.apply(f"set {document.describe(path)}", SetValue(path, value), run=path)


@given(st.data())
def test_undo_to_the_start_and_redo_to_the_end_are_exact(data):
    document = Document(data.draw(TASKS))
    start = dumps(document.current)
    for _ in range(data.draw(st.integers(1, 6))):
        changes = [data.draw(changes_of(document.current))]
        document.apply("edit", *changes)
    end = dumps(document.current)
    while document.undo():
        pass
    assert dumps(document.current) == start
    while document.redo():
        pass
    assert dumps(document.current) == end


@given(st.data())
def test_an_edit_of_several_changes_is_taken_back_as_one(data):
    document = Document(data.draw(TASKS))
    start, task = dumps(document.current), document.current
    changes = []
    for _ in range(data.draw(st.integers(2, 4))):
        changes.append(data.draw(changes_of(task)))
        task = naively(task, changes[-1])
    document.apply("several", *changes)
    assert dumps(document.current) in (dumps(task), start)
    document.undo()
    assert dumps(document.current) == start


def test_keystrokes_in_one_field_are_one_undo(example):
    document = Document(example)
    typed(document, 5, 50, 500)
    edit = document.undo()
    assert edit is not None
    assert edit.label == "set speed_limit"
    assert document.current == example
    assert document.undo() is None
    document.redo()
    assert document.value(SPEED) == 500


def test_keystrokes_in_a_field_that_was_absent_are_one_undo_that_makes_it_absent(example):
    document = Document(example)
    typed(document, "a", "ab", path=("enterprise_project_id",))
    document.undo()
    assert dumps(document.current) == dumps(example)


def test_two_fields_typed_in_are_two_undos_whatever_their_run_is_called(example):
    document = Document(example)
    document.apply("first", SetValue(SPEED, 5), run="typing")
    document.apply("second", SetValue(("name",), "a"), run="typing")
    document.undo()
    assert document.current == example


def test_a_field_left_and_entered_again_is_two_undos(example):
    document = Document(example)
    typed(document, 5, 50)
    document.end_run()
    typed(document, 7)
    document.undo()
    assert document.value(SPEED) == 50


def test_typing_back_to_the_start_leaves_nothing_to_undo(example):
    document = Document(example)
    typed(document, 5, 50, 5, 0)
    assert document.current == example
    assert document.undo() is None


def test_typing_back_does_not_eat_the_edit_before(example):
    document = Document(example)
    typed(document, 5)
    document.end_run()
    typed(document, 50, 5)
    assert document.undo() is not None
    assert document.value(SPEED) == 0


def test_after_typing_back_the_next_keystroke_starts_an_edit_of_its_own(example):
    document = Document(example)
    document.apply("rename", SetValue(("name",), "other"))
    typed(document, 5, 0, 7, 70)
    edit = document.undo()
    assert edit is not None
    assert edit.label == "set speed_limit"
    assert document.value(SPEED) == 0
    assert document.value(("name",)) == "other"
    document.redo()
    assert document.value(SPEED) == 70


def test_an_undo_in_the_middle_of_typing_ends_the_run(example):
    document = Document(example)
    typed(document, 5)
    document.undo()
    typed(document, 6)
    document.undo()
    assert document.current == example
    assert document.undo() is None


def test_a_new_edit_ends_what_could_be_redone_and_setting_the_same_value_does_not(example):
    document = Document(example)
    document.apply("set", SetValue(SPEED, 5))
    document.undo()
    document.apply("the same again", SetValue(SPEED, 0))
    assert document.redo() is not None
    document.undo()
    document.apply("another", SetValue(SPEED, 6))
    assert document.redo() is None


def test_setting_an_object_to_itself_in_another_order_is_no_edit_and_keeps_the_order():
    document = Document({"server": {"a": 1, "b": 2}})
    document.apply("set", SetValue(("server",), {"b": 2, "a": 1}))
    assert dumps(document.current) == '{"server":{"a":1,"b":2}}'
    assert document.undo() is None


def test_typing_back_to_the_start_gives_the_start_back_to_the_letter():
    document = Document({"server": {"a": 1, "b": 2}})
    typed(document, "x", {"b": 2, "a": 1}, path=("server",))
    assert dumps(document.current) == '{"server":{"a":1,"b":2}}'


def test_moving_an_entry_to_where_it_stands_is_no_edit():
    document = Document({"disks": [{"id": 1}, {"id": 2}]})
    document.apply("move", MoveEntry(("disks", 1), 1))
    assert document.undo() is None


@pytest.mark.parametrize(("old", "new"), [(1, True), (1, 1.0), (0.0, 0), ("", None), ([], None), ({}, [])])
def test_values_that_only_look_alike_are_an_edit(old, new):
    document = Document({"name": old})
    document.apply("set", SetValue(("name",), new))
    assert dumps(document.current) == dumps({"name": new})
    assert document.undo() is not None
    assert dumps(document.current) == dumps({"name": old})


def test_where_an_undo_leads_is_where_something_came_back(example):
    document = Document(example)
    volume = ("target_server", "disks", 0, "physical_volumes", 1)
    document.apply("delete", RemoveValue(volume))
    edit = document.undo()
    assert edit is not None
    assert edit.path == volume


def test_starting_over_ends_history_and_forgets_what_was_found(example):
    document = Document(example)
    document.apply("bad", SetValue(SPEED, 99999))
    assert any(finding.blocks for finding in document.findings)
    assert document.changes
    document.undo()
    document.redo()
    held = {**document.current, "name": "other"}
    document.rebase(held)
    assert document.current is document.base is held
    assert (document.undo(), document.redo(), document.changes) == (None, None, [])
    assert [finding.inherited for finding in document.findings if finding.path == SPEED] == [True]
    typed(document, 5)
    document.undo()
    assert document.current == held


class Editing(RuleBasedStateMachine):
    """A document against deep copies: a list of states, a place in it, and where a run began."""

    @initialize(task=TASKS)
    def load(self, task):
        self.start = dumps(task)
        self.document = Document(task)
        self.past: list[Json] = []
        self.future: list[Json] = []
        self.now: Json = task
        self.run: tuple[str | int, ...] | None = None

    def _make(self, change: Change, run: tuple[str | int, ...] | None) -> None:
        after = naively(self.now, change)
        goes_on = run is not None and run == self.run
        before = self.past[-1] if goes_on else self.now
        self.run = None
        if _leaves_as_it_was(before, change):
            if goes_on:
                self.now = self.past.pop()
            return
        if not goes_on:
            self.past.append(self.now)
        self.now, self.future, self.run = after, [], run

    @rule(data=st.data())
    def edit(self, data):
        change = data.draw(changes_of(self.now))
        self.document.apply("edit", change)
        self._make(change, None)

    @rule(value=st.sampled_from([0, 5, 50, "x"]), field=st.sampled_from(["speed_limit", "name"]))
    def type_a_key(self, value, field):
        change = SetValue((field,), value)
        self.document.apply("type", change, run=(field,))
        self._make(change, (field,))

    @rule()
    def leave_the_field(self):
        self.document.end_run()
        self.run = None

    @rule()
    def undo(self):
        assert (self.document.undo() is not None) == bool(self.past)
        self.run = None
        if self.past:
            self.future.append(self.now)
            self.now = self.past.pop()

    @rule()
    def redo(self):
        assert (self.document.redo() is not None) == bool(self.future)
        self.run = None
        if self.future:
            self.past.append(self.now)
            self.now = self.future.pop()

    @precondition(lambda self: isinstance(value_at(self.now, ("target_server", "disks")), list))
    @rule()
    def change_what_does_not_fit(self):
        before = self.document.current
        with pytest.raises(EditError):
            self.document.apply("bad", SetValue(("name",), "half"), InsertEntry(("target_server", "disks", 99), {}))
        assert self.document.current is before

    @rule()
    def look(self):
        """Findings are kept up to date only once somebody looked at them."""
        assert self.document.findings is not None

    @invariant()
    def the_task_is_what_the_copies_say(self):
        assert dumps(self.document.current) == dumps(self.now)

    @invariant()
    def the_loaded_task_never_changes(self):
        assert dumps(self.document.base) == self.start

    @invariant()
    def changes_are_those_of_the_task_as_it_is_now(self):
        assert (self.document.changes == []) == same(self.document.base, self.now)

    @rule()
    def findings_are_those_of_the_task_as_it_is_now(self):
        assert [finding.problem for finding in self.document.findings] == check(self.now)


def _leaves_as_it_was(before: Json, change: Change) -> bool:
    if isinstance(change, MoveEntry):
        return change.path[-1] == change.to
    if not isinstance(change, SetValue):
        return False
    holder = value_at(before, change.path[:-1])
    was_there = isinstance(holder, list) or change.path[-1] in holder
    return was_there and same(value_at(before, change.path), change.value)


TestEditing = Editing.TestCase
TestEditing.settings = settings(stateful_step_count=25)
