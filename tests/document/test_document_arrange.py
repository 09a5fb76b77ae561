"""Several entries at once: duplicated, deleted, moved, set."""

from __future__ import annotations

from typing import Any

import pytest
from arrange_material import (
    DISKS,
    FULL_TASKS,
    disk,
    entries_of,
    marks,
    names,
    numbered,
    top_lists,
    volume,
    without_parts,
)
from document_material import TASKS
from hypothesis import assume, given
from hypothesis import strategies as st

from sms_tui.document.arrange import delete_all, duplicate, move, set_on_all
from sms_tui.document.document import Document
from sms_tui.document.edits import EditError
from sms_tui.exactjson import dumps
from sms_tui.schema.checks.checker import check
from sms_tui.schema.paths import ABSENT, Path, value_at
from sms_tui.schema.registry import kind_at

VOLUMES = (*DISKS, 0, "physical_volumes")


@pytest.fixture
def document(example) -> Document:
    return Document(example)


def operations(document: Document, paths: list[Path]) -> dict[str, Any]:
    return {
        "duplicate": lambda: duplicate(document, paths),
        "delete": lambda: delete_all(document, paths),
        "up": lambda: move(document, paths, -1),
        "down": lambda: move(document, paths, 1),
        "name": lambda: set_on_all(document, paths, "name", "x"),
    }


@given(st.data(), st.sampled_from(["duplicate", "delete", "up", "down", "name"]), FULL_TASKS | TASKS)
def test_whatever_is_done_is_one_edit_that_undo_takes_back_exactly(data, what, task):
    assume(entries_of(task))
    document = Document(task)
    assert document.findings is not None  # so that the checks have to follow the edit
    try:
        operations(document, data.draw(marks(task)))[what]()
    except EditError:
        assert document.current is document.base
        return
    assert [finding.problem for finding in document.findings] == check(document.current)
    done = dumps(document.current)
    document.undo()
    assert dumps(document.current) == dumps(task)
    assert document.undo() is None
    document.redo()
    assert dumps(document.current) == done


# Deleting


@given(st.data(), FULL_TASKS)
def test_exactly_what_is_marked_is_deleted(data, task):
    assume(entries_of(task))
    document, paths = Document(task), data.draw(marks(task))
    delete_all(document, paths)
    gone = {entry for path in paths for entry in _with_all_in_it(task, path)}
    assert len(entries_of(document.current)) == len(entries_of(task)) - len(gone)
    for list_path in top_lists(task):
        kept = [entry for at, entry in enumerate(value_at(task, list_path)) if (*list_path, at) not in gone]
        assert [without_parts(e) for e in document.value(list_path)] == [without_parts(e) for e in kept]


def _with_all_in_it(task: Any, path: Path) -> list[Path]:
    return [entry for entry in entries_of(task) if entry[: len(path)] == path]


def test_entries_of_several_lists_are_deleted_together_and_the_way_leads_to_what_took_the_first_place():
    document = numbered("one", "two", "three", "four")
    done = delete_all(document, [volume(3, 0), *disk(0, 2), volume(2, 1)])
    assert names(document, DISKS) == ["two", "four"]
    assert names(document, (*DISKS, 1, "physical_volumes")) == ["four-b"]
    assert done.label == "delete 3 entries"
    assert done.paths == (volume(1, 0),)


@pytest.mark.parametrize(
    ("marked", "there"), [([0], (*DISKS, 0)), ([2], (*DISKS, 1)), ([1, 2], (*DISKS, 0)), ([0, 1, 2], DISKS)]
)
def test_after_a_deletion_the_way_leads_to_a_place_that_is_there(marked, there):
    document = numbered("one", "two", "three")
    assert delete_all(document, disk(*marked)).paths == (there,)
    assert document.value(there) is not ABSENT


@pytest.mark.parametrize(
    ("paths", "reason"),
    [
        ([], "No entry is marked"),
        ([("target_server",)], "Mark only entries of lists: target_server is none"),
        ([(*DISKS, 0), DISKS], "Mark only entries of lists: target_server › disks is none"),
        ([()], "the task is none"),
        ([(*DISKS, 0), (*DISKS, 1)], r"There is nothing at target_server.disks\[1\]"),
    ],
)
@pytest.mark.parametrize("what", ["duplicate", "delete", "up"])
def test_what_is_no_entry_is_refused_with_the_reason_and_nothing_changes(document, what, paths, reason):
    with pytest.raises(EditError, match=reason):
        operations(document, paths)[what]()
    assert document.current is document.base


# Moving


@pytest.mark.parametrize(
    ("marked", "step", "order", "now"),
    [
        ([2], -1, "acbde", [1]),
        ([2], 1, "abdce", [3]),
        ([1, 2], 1, "adbce", [2, 3]),
        ([3, 2], -1, "acdbe", [1, 2]),
        ([0, 1, 3], -1, "abdce", [0, 1, 2]),
        ([0, 2], -1, "acbde", [0, 1]),
        ([1, 4], 1, "acbde", [2, 4]),
        ([0, 2, 4], 1, "badce", [1, 3, 4]),
    ],
)
def test_entries_move_by_one_and_never_past_each_other(marked, step, order, now):
    document = numbered(*"abcde")
    done = move(document, disk(*marked), step)
    assert "".join(names(document, DISKS)) == order
    assert done.paths == tuple(disk(*now))


@pytest.mark.parametrize(("marked", "step"), [([0], -1), ([0, 1], -1), ([4], 1), ([3, 4], 1), ([0, 1, 2, 3, 4], 1)])
def test_what_is_at_the_edge_does_not_move_and_says_so(marked, step):
    document = numbered(*"abcde")
    with pytest.raises(EditError, match=f"cannot move further {'up' if step < 0 else 'down'}"):
        move(document, disk(*marked), step)
    assert document.current is document.base


def test_a_disk_and_a_volume_of_another_move_together_and_their_paths_are_right():
    document = numbered("one", "two")
    done = move(document, [volume(1, 0), *disk(0), volume(0, 0)], 1)
    assert names(document, DISKS) == ["two", "one"]
    assert done.paths == (volume(0, 1), *disk(1))
    assert names(document, (*DISKS, 0, "physical_volumes")) == ["two-b", "two-a"]
    assert names(document, (*DISKS, 1, "physical_volumes")) == ["one-a", "one-b"]


def test_undo_of_a_move_leads_to_the_entry_that_moved():
    document = numbered("one", "two")
    move(document, disk(1), -1)
    edit = document.undo()
    assert edit is not None
    assert edit.path == (*DISKS, 1)
    assert edit.label == "move two up"


@given(st.sets(st.integers(0, 7), min_size=1), st.sampled_from([-1, 1]))
def test_a_move_keeps_the_order_of_what_moves_and_of_what_does_not(marked, step):
    document = numbered(*"abcdefgh")
    meant = ["abcdefgh"[at] for at in sorted(marked)]
    edge = range(len(marked)) if step < 0 else range(8 - len(marked), 8)
    if marked == set(edge):
        with pytest.raises(EditError, match="cannot move"):
            move(document, disk(*marked), step)
        return
    done = move(document, disk(*marked), step)
    order = names(document, DISKS)
    assert [name for name in order if name in meant] == meant
    assert [name for name in order if name not in meant] == [name for name in "abcdefgh" if name not in meant]
    assert [document.value(path)["name"] for path in done.paths] == meant
    for at in marked:
        now = order.index("abcdefgh"[at])
        assert now == at + step or (now == at and at in edge)


# One value for all


def test_a_value_is_set_on_all_marked_disks_and_volumes_as_one_edit(document):
    done = set_on_all(document, [(*DISKS, 0), (*VOLUMES, 1), (*VOLUMES, 0)], "size", 5)
    assert document.value((*DISKS, 0, "size")) == 5
    assert [volume["size"] for volume in document.value(VOLUMES)] == [5, 5]
    assert done.label == "set size of 3 entries"
    assert done.paths == ((*DISKS, 0), (*VOLUMES, 1), (*VOLUMES, 0))
    document.undo()
    assert document.current == document.base


def test_a_field_that_is_left_out_of_all_is_absent_even_where_it_was_before(document):
    paths = [(*VOLUMES, 0), (*VOLUMES, 1)]
    set_on_all(document, [paths[0]], "uuid", ABSENT)
    set_on_all(document, paths, "uuid", ABSENT)
    assert all("uuid" not in document.value(path) for path in paths)
    set_on_all(document, paths, "uuid", ABSENT)
    document.undo()
    assert "uuid" in document.value(paths[1])
    assert "uuid" not in document.value(paths[0])


def test_objects_that_are_no_entries_can_be_set_too(document):
    set_on_all(document, [(), ("source_server",), ("target_server",)], "os_type", "LINUX")
    assert {document.value((*path, "os_type")) for path in [(), ("source_server",), ("target_server",)]} == {"LINUX"}
    set_on_all(document, [("source_server",), ("target_server",)], "firmware", ABSENT)
    document.undo()
    assert document.current == document.base


@pytest.mark.parametrize(
    ("paths", "reason"),
    [
        ([], "Nothing is marked"),
        ([(*DISKS, 0), (*VOLUMES, 0)], "Disk 1 › Z: has no field disk_id"),
        ([(*DISKS, 0), ()], "The task has no field disk_id"),
        ([(*DISKS, 1)], "has no field disk_id"),
        ([("clone_server",)], "clone_server has no field"),
    ],
)
def test_an_object_without_the_field_is_refused_and_nothing_changes(document, paths, reason):
    with pytest.raises(EditError, match=reason):
        set_on_all(document, paths, "disk_id", "1")
    assert document.current is document.base


@given(st.data(), FULL_TASKS)
def test_only_the_named_field_of_what_is_marked_is_set(data, task):
    assume(entries_of(task))
    document, paths = Document(task), data.draw(marks(task))
    assume(all("name" in kind_at(path).fields for path in paths))
    set_on_all(document, paths, "name", "the same")
    for path in entries_of(task):
        before, now = without_parts(value_at(task, path)), without_parts(document.value(path))
        assert now == ({**before, "name": "the same"} if path in paths else before)
