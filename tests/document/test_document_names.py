"""What people call the entries of lists and the ways to them."""

from __future__ import annotations

import pytest
from document_material import TASKS, containers
from hypothesis import given

from sms_tui.document.document import Document
from sms_tui.document.edits import SetValue
from sms_tui.document.identity import describe, entry_name, identity

DISK = ("target_server", "disks", 0)


@pytest.mark.parametrize(
    ("path", "described"),
    [
        ((), ""),
        (("speed_limit",), "speed_limit"),
        (DISK, "target_server › disks › Disk 1"),
        ((*DISK, "physical_volumes", 1, "size"), "target_server › disks › Disk 1 › Y: › size"),
        ((*DISK, "physical_volumes"), "target_server › disks › Disk 1 › physical_volumes"),
        ((*DISK, "physical_volumes", 9, "size"), "target_server › disks › Disk 1 › [9] › size"),
        (("sub_tasks", 1, "progress"), "sub_tasks › SSL_CONFIG › progress"),
        (("clone_server", "vm_id"), "clone_server › vm_id"),
        (("nowhere", 3, "x"), "nowhere › [3] › x"),
    ],
)
def test_a_path_is_told_by_the_names_of_what_it_leads_through(example, path, described):
    assert Document(example).describe(path) == described


def test_a_path_is_told_by_the_names_of_now(example):
    document = Document(example)
    document.apply("rename", SetValue((*DISK, "name"), "System"))
    assert document.describe((*DISK, "size")) == "target_server › disks › System › size"


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ({"id": 1, "name": "Y:"}, "Y:"),
        ({"id": 1, "name": ""}, "1"),
        ({"id": 0, "name": None}, "0"),
        ({"name": 5}, "5"),
        ({"name": True, "uuid": "u"}, "u"),
        ({"subvol_name": "@home"}, "@home"),
        ({"name": ["x"]}, "[3]"),
        ({}, "[3]"),
        ("btrfs1", "btrfs1"),
        ("", "[3]"),
        (7, "[3]"),
        (None, "[3]"),
    ],
)
def test_an_entry_is_called_by_its_name_else_by_its_id_else_by_its_place(entry, name):
    assert entry_name(entry, 3) == name


@given(TASKS)
def test_every_path_of_every_task_can_be_told(task):
    for path, _ in containers(task):
        assert isinstance(describe((*path, "x", 0), task), str)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"id": 1}, {"id": "1"}),
        ({"id": 1}, {"id": True}),
        ({"id": 1}, {"uuid": 1}),
        ({"name": "1"}, {"id": "1"}),
        ({"disk_id": "0", "index": 1}, {"disk_id": "0", "disk_index": 1}),
        ("1", 1),
        ("id", {"id": "id"}),
    ],
)
def test_identities_of_different_sorts_or_types_are_different(one, other):
    assert identity(one) != identity(other)


@pytest.mark.parametrize(
    "entry", [{}, {"id": None}, {"name": ""}, {"name": ["x"]}, {"disk_id": "0"}, None, 1.5, [], ""]
)
def test_what_nothing_identifies_has_no_identity(entry):
    assert identity(entry) is None
