"""Adding and deleting."""

from __future__ import annotations

import contextlib

import pytest
from document_material import SCALARS, TASKS, containers
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.document import Document
from sms_tui.document.edits import EditError
from sms_tui.document.structure import Addition, add, addition_at, delete, new_object
from sms_tui.exactjson import dumps
from sms_tui.schema.registry import kinds

TARGET = ("target_server",)
DISKS = (*TARGET, "disks")
VOLUMES = (*DISKS, 0, "physical_volumes")
GROUPS = (*TARGET, "volume_groups")


@pytest.fixture
def document(example) -> Document:
    return Document(example)


@pytest.mark.parametrize(
    ("path", "addition"),
    [
        (DISKS, Addition((*DISKS, 1), "TargetDisk")),
        ((*DISKS, 0), Addition((*VOLUMES, 2), "TargetPhysicalVolumes")),
        (VOLUMES, Addition((*VOLUMES, 2), "TargetPhysicalVolumes")),
        ((*VOLUMES, 0), Addition((*VOLUMES, 1), "TargetPhysicalVolumes")),
        (GROUPS, Addition((*GROUPS, 0), "VolumeGroups")),
        ((*TARGET, "networks"), Addition((*TARGET, "networks", 0), "NetWork")),
        (("source_server", "disks"), Addition(("source_server", "disks", 0), "ServerDisk")),
        (("sub_tasks", 1), Addition(("sub_tasks", 2), "SubTask")),
        (("clone_server",), Addition(("clone_server",), "CloneServer")),
        (TARGET, None),
        ((), None),
        (("name",), None),
        (("nobody knows",), None),
        ((*VOLUMES, 0, "size"), None),
    ],
)
def test_what_can_be_added_where(document, path, addition):
    assert addition_at(document, path) == addition


def test_a_list_of_the_wrong_sort_is_not_added_to():
    document = Document({"target_server": {"disks": "none", "btrfs_list": ["btrfs1"]}, "clone_server": "x"})
    assert addition_at(document, DISKS) is None
    assert addition_at(document, ("clone_server",)) is None
    beside = (*TARGET, "btrfs_list", 1)
    assert addition_at(document, (*TARGET, "btrfs_list", 0)) == Addition(beside, "BtrfsFileSystem")


@pytest.mark.parametrize("where", [DISKS, (*DISKS, 0), (*VOLUMES, 0), GROUPS, (*TARGET, "networks"), ("clone_server",)])
def test_what_was_added_stands_where_it_was_announced_and_one_undo_takes_it_back(document, where):
    addition = addition_at(document, where)
    assert addition is not None
    add(document, addition)
    assert new_object(addition.of).items() <= document.value(addition.path).items()
    edit = document.undo()
    assert edit is not None
    assert edit.label.startswith("add ")
    assert document.current is not document.base
    assert dumps(document.current) == dumps(document.base)
    assert document.undo() is None


@pytest.mark.parametrize("nothing", [{"networks": None}, {}])
def test_the_first_entry_of_a_list_that_is_null_or_absent_makes_the_list(nothing):
    document = Document({"target_server": nothing})
    addition = addition_at(document, (*TARGET, "networks"))
    assert addition is not None
    add(document, addition)
    assert document.value((*TARGET, "networks")) == [{}]
    document.undo()
    assert document.current == {"target_server": nothing}


def test_two_entries_added_are_two_objects(document):
    for _ in range(2):
        add(document, Addition((*DISKS, 1), "TargetDisk"))
    assert document.value((*DISKS, 1)) is not document.value((*DISKS, 2))


@pytest.mark.parametrize(
    ("path", "of", "most"),
    [
        (("source_server", "disks"), "ServerDisk", 65535),
        (("source_server", "volume_groups", 0, "logical_volumes"), "LogicalVolumes", 255),
    ],
)
def test_a_full_list_takes_no_more_and_says_why(path, of, most):
    full = [{}] * most
    document = Document({"source_server": {"disks": full, "volume_groups": [{"logical_volumes": full[:255]}]}})
    with pytest.raises(EditError, match=rf"{path[-1]} is full: {most} entries"):
        add(document, Addition((*path, 0), of))
    assert document.changes == []
    delete(document, (*path, 0))
    add(document, Addition((*path, 0), of))
    assert len(document.value(path)) == most


def test_an_addition_that_no_longer_fits_changes_nothing(document):
    with pytest.raises(EditError, match="beyond the end"):
        add(document, Addition((*DISKS, 7), "TargetDisk"))
    assert document.changes == []


@pytest.mark.parametrize(
    ("of", "made"),
    [
        ("TargetDisk", {"device_use": "NORMAL"}),
        ("ServerDisk", {"physical_volumes": []}),
        ("BtrfsFileSystem", {"subvolumn": []}),
        ("LogicalVolumes", {"block_count": 0, "block_size": 0}),
        ("TargetServer", {"disks": []}),
        ("CloneServer", {}),
    ],
)
def test_a_new_object_starts_with_defaults_and_required_lists(of, made):
    assert new_object(of) == made


@pytest.mark.parametrize("of", list(kinds()))
def test_what_a_new_object_starts_with_is_never_wrong_in_itself(of):
    fields = kinds()[of].fields
    for name, value in new_object(of).items():
        spec = fields[name]
        assert value == spec.default or (value == [] and spec.required)


def test_a_deleted_entry_is_named_and_one_undo_brings_it_back(document):
    assert delete(document, (*VOLUMES, 0)) == "Deleted Z:."
    assert [volume["name"] for volume in document.value(VOLUMES)] == ["Y:"]
    edit = document.undo()
    assert edit is not None
    assert edit.label == "delete Z:"
    assert dumps(document.current) == dumps(document.base)


def test_a_deleted_object_is_null_not_absent():
    document = Document({"clone_server": {"name": "clone"}})
    assert delete(document, ("clone_server",)).endswith("is null now.")
    assert document.current == {"clone_server": None}


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ((), "Only entries"),
        (("name",), "Only entries"),
        (DISKS, "Only entries"),
        (("nobody knows",), "Only entries"),
        (("clone_server",), "clone_server is not there"),
        ((*DISKS, 1), "nothing at target_server.disks"),
    ],
)
def test_what_cannot_be_deleted_says_so_and_stays(document, path, reason):
    with pytest.raises(EditError, match=reason):
        delete(document, path)
    assert document.current is document.base


@given(TASKS, st.data())
def test_anywhere_in_any_task_adding_and_deleting_work_or_say_why_not(task, data):
    path, _ = data.draw(st.sampled_from(list(containers(task))))
    path = (*path, *data.draw(st.sampled_from([(), ("disks",), ("sub_tasks",), ("clone_server",), (0,), ("name",)])))
    document = Document(task)
    addition = addition_at(document, path)
    if addition is not None:
        try:
            add(document, addition)
        except EditError:
            assert document.current is document.base
        else:
            assert new_object(addition.of).items() <= document.value(addition.path).items()
    with contextlib.suppress(EditError):
        delete(document, path)
    while document.undo():
        pass
    assert dumps(document.current) == dumps(task)


@given(SCALARS)
def test_a_task_whose_parts_are_plain_values_is_not_added_into(value):
    document = Document({"target_server": value, "sub_tasks": value})
    for path in [TARGET, ("sub_tasks",)]:
        assert (addition_at(document, path) is None) == (value is not None)
