"""Problems as the operator meets them: those that came with the task never stand in the way."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from document_material import TASKS, changes_of
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document import findings
from sms_tui.document.body import Body
from sms_tui.document.document import Document
from sms_tui.document.edits import InsertEntry, MoveEntry, RemoveValue, SetValue
from sms_tui.document.findings import Finding
from sms_tui.schema.checks.checker import check
from sms_tui.schema.paths import Path

SPEED = ("speed_limit",)
VOLUMES = ("target_server", "disks", 0, "physical_volumes")
TOO_LONG = "x" * 300


def found(document: Document, path: Path, code: str) -> Finding:
    (finding,) = (found for found in document.findings if (found.path, found.problem.code) == (path, code))
    return finding


def blocking(document: Document) -> list[Path]:
    return [finding.path for finding in document.findings if finding.blocks]


@given(TASKS)
def test_a_task_as_it_came_is_never_in_the_way(task):
    document = Document(task)
    assert blocking(document) == []
    assert [finding.problem for finding in document.findings] == check(task)
    assert all(finding.inherited for finding in document.findings)


@given(st.data())
def test_findings_are_those_of_the_task_as_it_is_however_it_came_to_be(data):
    task = data.draw(TASKS)
    looked_at, not_yet = Document(task), Document(task)
    for _ in range(data.draw(st.integers(1, 4))):
        _ = looked_at.findings
        first = data.draw(changes_of(looked_at.current))
        for document in (looked_at, not_yet):
            document.apply("edit", first)
    assert [finding.problem for finding in looked_at.findings] == check(looked_at.current)
    assert looked_at.findings == not_yet.findings


def test_two_entries_of_one_list_edited_at_once_are_both_checked(example):
    document = Document(example)
    assert blocking(document) == []
    document.apply("names", SetValue((*VOLUMES, 0, "name"), TOO_LONG), SetValue((*VOLUMES, 1, "name"), TOO_LONG))
    assert blocking(document) == [(*VOLUMES, 0, "name"), (*VOLUMES, 1, "name")]
    document.undo()
    assert blocking(document) == []


def test_an_error_that_came_with_the_task_says_so_and_does_not_block(example):
    document = Document(example | {"speed_limit": 20000})
    finding = found(document, SPEED, "too-large")
    assert finding.problem.severity == "error"
    assert (finding.inherited, finding.blocks) == (True, False)
    assert finding.message.endswith("(as loaded)")
    document.apply("elsewhere", SetValue(("name",), "other"))
    assert blocking(document) == []


@pytest.mark.parametrize("value", [20001, "x", True])
def test_an_error_that_the_operator_touched_blocks(example, value: Any):
    document = Document(example | {"speed_limit": 20000})
    document.apply("set", SetValue(SPEED, value))
    assert blocking(document) == [SPEED]
    document.undo()
    assert blocking(document) == []


def test_another_value_with_the_same_error_blocks(example):
    document = Document(example | {"name": TOO_LONG})
    document.apply("set", SetValue(("name",), "y" * 300))
    assert blocking(document) == [("name",)]


def test_a_number_of_another_type_is_touched_though_it_is_as_large(example):
    document = Document(example | {"speed_limit": 20000})
    document.apply("set", SetValue(SPEED, 20000.0))
    assert blocking(document) == [SPEED]


def test_a_required_key_that_was_absent_does_not_block_and_one_made_absent_does(example):
    del example["target_server"]["ip"]
    document = Document(example)
    assert found(document, ("target_server", "ip"), "missing").inherited
    document.apply("remove", RemoveValue(("target_server", "name")))
    assert blocking(document) == [("target_server", "name")]


def test_a_new_entry_without_a_required_key_blocks(example):
    document = Document(example)
    document.apply("add", InsertEntry(("sub_tasks", 5), {"name": "new"}))
    assert blocking(document) == [("sub_tasks", 5, "progress")]


@pytest.mark.parametrize("loaded", [None, "nothing"])
def test_a_new_object_without_its_required_keys_blocks_though_it_lacked_them_all_before(example, loaded):
    example["target_server"] = loaded
    document = Document(example)
    document.apply("add", SetValue(("target_server",), {"disks": []}))
    assert ("target_server", "ip") in blocking(document)
    assert ("target_server", "name") in blocking(document)


def test_an_entry_put_in_place_of_a_deleted_one_does_not_inherit_what_that_lacked():
    base: Body = {"sub_tasks": [{"id": 1, "name": "A"}]}
    document = Document(base)
    assert blocking(document) == []
    document.apply("delete", RemoveValue(("sub_tasks", 0)))
    document.apply("add", InsertEntry(("sub_tasks", 0), {}))
    assert blocking(document) == [("sub_tasks", 0, "progress")]


@pytest.fixture
def with_bad_volume(example) -> Document:
    example["target_server"]["disks"][0]["physical_volumes"][1]["name"] = TOO_LONG
    return Document(example)


def test_what_came_with_an_entry_stays_with_it_when_one_before_it_is_deleted(with_bad_volume):
    with_bad_volume.apply("delete", RemoveValue((*VOLUMES, 0)))
    assert found(with_bad_volume, (*VOLUMES, 0, "name"), "too-long").inherited


def test_what_came_with_an_entry_stays_with_it_when_it_is_moved(with_bad_volume):
    with_bad_volume.apply("move", MoveEntry((*VOLUMES, 1), 0))
    assert found(with_bad_volume, (*VOLUMES, 0, "name"), "too-long").inherited


def test_what_came_with_an_entry_stays_with_it_when_another_is_put_before_it(with_bad_volume):
    with_bad_volume.apply("add", InsertEntry((*VOLUMES, 0), {"name": TOO_LONG}))
    assert blocking(with_bad_volume) == [(*VOLUMES, 0, "name")]
    assert found(with_bad_volume, (*VOLUMES, 2, "name"), "too-long").inherited


def test_names_of_file_systems_that_the_service_sends_as_text_stay_inherited_when_one_is_deleted(example):
    example["target_server"]["btrfs_list"] = ["btrfs1", "btrfs2"]
    document = Document(example)
    document.apply("delete", RemoveValue(("target_server", "btrfs_list", 0)))
    assert found(document, ("target_server", "btrfs_list", 0), "wrong-type").inherited


def test_a_warning_that_an_edit_elsewhere_caused_did_not_come_with_the_task(example):
    document = Document(example)
    document.apply("shrink", SetValue((*VOLUMES, 1, "size"), 23170301951))
    assert not found(document, (*VOLUMES, 1, "used_size"), "used-exceeds-size").inherited


def test_a_list_that_came_too_long_does_not_block_an_edit_in_one_of_its_entries():
    volumes: list[Any] = [{"name": str(number), "size": 1} for number in range(256)]
    base: Body = {"source_server": {"volume_groups": [{"name": "vg", "logical_volumes": volumes}]}}
    path = ("source_server", "volume_groups", 0, "logical_volumes")
    document = Document(base)
    document.apply("resize", SetValue((*path, 0, "size"), 2))
    assert found(document, path, "too-many").inherited
    document.apply("add", InsertEntry((*path, 256), {**volumes[0], "name": "new"}))
    assert path in blocking(document)


@given(st.data())
def test_what_blocks_is_found_by_looking_at_what_was_edited_alone(data):
    document = Document(data.draw(TASKS))
    for _ in range(data.draw(st.integers(1, 4))):
        document.apply("edit", data.draw(changes_of(document.current)))
        expected = [finding for finding in document.findings if finding.blocks]
        assert sorted(document.inspector.blocking(document.changes), key=repr) == sorted(expected, key=repr)


@given(st.data())
def test_counts_and_places_agree_with_the_list_of_findings(data):
    document = Document(data.draw(TASKS))
    document.apply("edit", data.draw(changes_of(document.current)))
    all_findings = document.findings
    assert document.inspector.count() == len(all_findings)
    for finding in all_findings:
        assert finding in document.inspector.at(finding.path)
        assert document.inspector.count(finding.path[:1]) == sum(
            other.path[:1] == finding.path[:1] for other in all_findings
        )


@given(st.data(), st.integers(1, 9))
def test_a_check_in_pieces_overtaken_by_edits_ends_with_the_same_findings(data, steps):
    task = data.draw(TASKS)
    in_pieces, at_once = Document(task), Document(task)
    assert at_once.findings is not None
    while not in_pieces.inspector.done:
        in_pieces.inspector.work(steps)
        if data.draw(st.booleans()):
            change = data.draw(changes_of(in_pieces.current))
            for document in (in_pieces, at_once):
                document.apply("edit", change)
    assert in_pieces.findings == at_once.findings
    marks = [document.inspector.blocking(document.changes) for document in (in_pieces, at_once)]
    assert sorted(marks[0], key=repr) == sorted(marks[1], key=repr)


@given(st.data(), st.integers(1, 9), st.integers(0, 20))
def test_edits_too_large_to_be_checked_at_once_are_checked_in_pieces_and_end_with_the_same_findings(
    data, steps, at_once
):
    document = Document(data.draw(TASKS))
    document.inspector.work()
    with patch.object(findings, "_AT_ONCE", at_once):
        for _ in range(data.draw(st.integers(1, 4))):
            document.apply("edit", data.draw(changes_of(document.current)))
            for _ in range(data.draw(st.integers(0, 3))):
                document.inspector.work(steps)
            if data.draw(st.booleans()):
                document.follow({**document.base, "name": data.draw(st.text(max_size=2))})
        while not document.inspector.done:
            document.inspector.work(steps)
    again = Document(document.base)
    _ = again.findings
    again.replay(document.history)
    assert document.findings == again.findings
    assert [finding.problem for finding in document.findings] == check(document.current)


def test_what_was_checked_stays_checked_when_the_task_was_saved_or_read_again(example):
    document = Document(example)
    known = len(document.findings)
    document.apply("speed", SetValue(SPEED, -1))
    for start_over in (document.rebase, document.follow):
        start_over(document.current)
        assert document.inspector.done
        assert document.inspector.count() == known + 1 == len(document.findings)
