"""One change: what it makes, what takes it back, what it costs."""

from __future__ import annotations

import copy
import time
from typing import Any

import pytest
from document_material import JSON, OBJECTS, TASKS, changes_of, containers, naively
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.document import Document
from sms_tui.document.edits import (
    Change,
    Edit,
    EditError,
    InsertEntry,
    MoveEntry,
    RemoveValue,
    SetValue,
    apply,
    apply_all,
    touched,
)
from sms_tui.exactjson import dumps
from sms_tui.schema.paths import value_at

VOLUMES = ("target_server", "disks", 0, "physical_volumes")


@given(OBJECTS)
def test_a_task_nobody_touched_comes_out_as_it_went_in(task):
    document = Document(copy.deepcopy(task))
    _ = document.findings, document.changes
    assert dumps(document.current) == dumps(task)


@given(st.data())
def test_a_change_makes_what_it_says_and_its_inverse_takes_it_back_key_order_included(data):
    task = data.draw(TASKS)
    change = data.draw(changes_of(task))
    before = dumps(task)
    changed, inverse = apply(task, change)
    assert dumps(changed) == dumps(naively(task, change))
    assert dumps(task) == before, "the task itself was changed"
    assert dumps(apply(changed, inverse)[0]) == before


@given(st.data())
def test_many_changes_at_once_are_what_one_after_the_other_makes(data):
    task = alone = data.draw(TASKS)
    before, changes, inverses = dumps(task), [], []
    for __ in range(data.draw(st.integers(1, 8))):
        change = data.draw(changes_of(alone))
        alone, inverse = apply(alone, change)
        changes.append(change)
        inverses.append(inverse)
    together, undone = apply_all(task, changes)
    assert dumps(together) == dumps(alone)
    assert dumps([str(change) for change in undone]) == dumps([str(change) for change in reversed(inverses)])
    assert dumps(apply_all(together, undone)[0]) == before
    assert dumps(together) == dumps(alone), "undoing changed what it began with"
    assert dumps(task) == before, "the task itself was changed"


def test_a_change_of_every_entry_copies_their_list_once():
    disks = [{"name": f"Disk {at}", "size": at} for at in range(20_000)]
    task = {"target_server": {"disks": disks}}
    changes = [SetValue(("target_server", "disks", at, "size"), at + 1) for at in range(len(disks))]
    began = time.process_time()
    changed, undone = apply_all(task, changes)
    assert value_at(apply_all(changed, undone)[0], ("target_server", "disks")) == disks
    assert time.process_time() - began < 5  # with a copy for each it takes a quarter of a minute


@given(st.data())
def test_a_change_copies_only_what_is_on_its_path(data):
    task = data.draw(TASKS)
    change = data.draw(changes_of(task))
    changed, _ = apply(task, change)
    before = {id(container): path for path, container in containers(task)}
    held_by_change = {id(container) for _, container in containers(getattr(change, "value", None))}
    for path, container in containers(changed):
        if id(container) not in before and id(container) not in held_by_change:
            assert path == change.path[: len(path)], "a copy beside the path"
    on_the_path = {change.path[:length] for length in range(len(change.path))}
    for path, container in containers(task):
        if path not in on_the_path and path[: len(change.path)] != change.path:
            assert any(container is other for _, other in containers(changed)), f"{path} was copied"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (SetValue((), {}), "the task as a whole"),
        (SetValue(("clone_server", "name"), "x"), "clone_server.name does not fit"),
        (SetValue(("name", "x", "y"), 1), "nothing at name.x"),
        (SetValue((*VOLUMES, 2), {}), "nothing at target_server.disks"),
        (SetValue((*VOLUMES, "size"), 1), "does not fit"),
        (SetValue(("target_server", 0), 1), "does not fit"),
        (SetValue((*VOLUMES, -1), {}), "nothing at"),
        (RemoveValue(("connected",)), "connected is absent already"),
        (RemoveValue((*VOLUMES, 2)), "nothing at"),
        (InsertEntry((*VOLUMES, 3), {}), "beyond the end"),
        (InsertEntry(("name",), {}), "is a key"),
        (MoveEntry((*VOLUMES, 0), 2), "beyond the list"),
        (MoveEntry((*VOLUMES, 0), -1), "beyond the list"),
        (MoveEntry(("name",), 0), "is a key"),
    ],
)
def test_a_change_that_does_not_fit_says_so_and_nothing_of_its_edit_is_made(example, change, reason):
    document = Document(example)
    document.apply("before", SetValue(("speed_limit",), 5))
    document.apply("after", SetValue(("speed_limit",), 6))
    document.undo()
    before = document.current
    with pytest.raises(EditError, match=reason):
        document.apply("two changes", SetValue(("name",), "half"), change)
    assert document.current is before
    assert document.redo() is not None, "the edits that were undone are gone"
    assert [document.undo(), document.undo(), document.undo()][-1] is None, "the edit that failed is in the history"


def test_an_edit_of_one_volume_leaves_everything_beside_it_the_same_object(example):
    document = Document(example)
    document.apply("size", SetValue((*VOLUMES, 1, "size"), 1))
    for path in [("source_server",), ("sub_tasks",), (*VOLUMES, 0), ("target_server", "volume_groups")]:
        assert document.value(path) is value_at(example, path), path
    for length in range(1, len(VOLUMES) + 2):
        path = (*VOLUMES, 1)[:length]
        assert document.value(path) is not value_at(example, path), path


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([SetValue(("a", 0, "b"), 1)], ("a", 0, "b")),
        ([RemoveValue(("a", "b"))], ("a", "b")),
        ([RemoveValue(("a", 0))], ("a",)),
        ([InsertEntry(("a", 0), 1)], ("a",)),
        ([MoveEntry(("a", 0), 1)], ("a",)),
        ([SetValue(("a", 0, "b"), 1), SetValue(("a", 0, "c"), 1)], ("a", 0)),
        ([SetValue(("a", 0), 1), SetValue(("b",), 1)], ()),
        ([], ()),
    ],
)
def test_what_has_to_be_checked_again_is_the_nearest_place_that_holds_all_changes(changes: list[Change], expected: Any):
    assert touched(changes) == expected


def test_an_edit_leads_to_where_an_entry_was_moved():
    assert Edit("move", (MoveEntry(("disks", 0), 2),)).path == ("disks", 2)


@given(st.data())
def test_what_a_document_holds_is_never_changed_in_place(data):
    task = data.draw(TASKS)
    document = Document(task)
    seen = [(document.current, dumps(document.current))]
    for _ in range(data.draw(st.integers(1, 5))):
        document.apply("edit", data.draw(changes_of(document.current)))
        seen.append((document.current, dumps(document.current)))
    while document.undo():
        pass
    assert [dumps(state) for state, _ in seen] == [text for _, text in seen]


@given(st.data(), JSON)
def test_putting_back_gives_a_value_its_loaded_state_key_order_included(data, value):
    task = data.draw(TASKS.filter(bool))
    key = data.draw(st.sampled_from(list(task)))
    for change in (RemoveValue((key,)), SetValue((key,), value)):
        document = Document(task)
        document.apply("edit", change)
        document.put_back((key,))
        assert list(document.current) == list(task)
        assert document.changes == []
