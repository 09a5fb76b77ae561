"""Entries duplicated: what a copy says, and where it stands."""

from __future__ import annotations

from typing import Any

import pytest
from arrange_material import (
    DISKS,
    FULL_TASKS,
    IDENTIFYING,
    disk,
    entries_of,
    marks,
    names,
    numbered,
    outermost,
    told_apart,
    top_lists,
    volume,
    without_parts,
)
from hypothesis import assume, given
from hypothesis import strategies as st

from sms_tui.document.arrange import duplicate
from sms_tui.document.document import Document
from sms_tui.document.edits import EditError
from sms_tui.exactjson import Json
from sms_tui.schema.paths import value_at


@pytest.fixture
def document(example) -> Document:
    return Document(example)


@given(st.data(), FULL_TASKS)
def test_a_copy_says_the_same_as_its_original_but_for_what_identifies_it(data, task):
    assume(entries_of(task))
    document, paths = Document(task), outermost(data.draw(marks(task)))
    done = duplicate(document, paths)
    originals = [
        path for owner in dict.fromkeys(path[:-1] for path in paths) for path in sorted(paths) if path[:-1] == owner
    ]
    for path, original in zip(done.paths, originals, strict=True):
        assert told_apart(document.current, path)
        assert _said(document.value(path)) == _said(value_at(task, original))
        assert document.value(path).keys() <= value_at(task, original).keys()
        assert len(document.value(path).get("physical_volumes", [])) == len(
            value_at(task, original).get("physical_volumes", [])
        )


def _said(entry: Json) -> Json:
    """What an entry says apart from what identifies it, and its volumes."""
    assert isinstance(entry, dict)
    return {name: value for name, value in entry.items() if name not in (*IDENTIFYING, "physical_volumes")}


@given(st.data(), FULL_TASKS)
def test_entries_that_are_not_meant_stay_as_they_are_in_their_order(data, task):
    assume(entries_of(task))
    document, paths = Document(task), data.draw(marks(task))
    made = set(duplicate(document, paths).paths)
    for list_path in top_lists(task):
        left = [entry for at, entry in enumerate(document.value(list_path)) if (*list_path, at) not in made]
        assert [without_parts(e) for e in left] == [without_parts(e) for e in value_at(task, list_path)]


def test_a_duplicate_of_the_reference_disk_is_a_second_disk_without_the_ids_of_the_first(document):
    done = duplicate(document, [(*DISKS, 0)])
    assert done.label == "duplicate Disk 1"
    assert done.paths == ((*DISKS, 1),)
    original, copy = document.value(DISKS)
    assert copy["name"] == "Disk 2"
    assert copy["disk_id"] == copy["disk_index"] == "1"
    assert "id" not in copy
    assert [volume["name"] for volume in copy["physical_volumes"]] == ["D:", "E:"]
    assert [volume["index"] for volume in copy["physical_volumes"]] == [1, 2]
    assert all("id" not in volume and "uuid" not in volume for volume in copy["physical_volumes"])
    assert copy["size"] == original["size"]
    assert original is document.base["target_server"]["disks"][0]


def test_the_volumes_of_a_linux_disk_are_called_after_its_copy():
    partitions: list[Json] = [{"name": "/dev/vdb1", "uuid": "a"}, {"name": "/dev/vdb2", "uuid": None}]
    document = Document({"source_server": {"disks": [{"name": "/dev/vdb", "physical_volumes": partitions}]}})
    duplicate(document, [("source_server", "disks", 0)])
    copy = document.value(("source_server", "disks", 1))
    assert copy == {
        "name": "/dev/vdc",
        "physical_volumes": [{"name": "/dev/vdc1"}, {"name": "/dev/vdc2", "uuid": None}],
    }


@pytest.mark.parametrize(
    ("path", "entry", "copy"),
    [
        (("sub_tasks", 0), {"id": 7, "name": "SSL_CONFIG", "progress": 5}, {"name": "SSL_CONFIG_2", "progress": 5}),
        (
            ("source_server", "networks", 0),
            {"id": "n", "name": "eth0", "mac": "fa:16:3e:12:34:56", "ip": "10.0.0.2", "mtu": 1500},
            {"name": "eth1", "mac": None, "ip": None, "mtu": 1500},
        ),
        (
            ("target_server", "btrfs_list", 0),
            {"name": "btrfs1", "uuid": "u", "subvolumn": [{"uuid": "parent", "subvol_id": "256"}]},
            {"name": "btrfs2", "uuid": None, "subvolumn": [{"uuid": "parent", "subvol_id": "256"}]},
        ),
        (
            ("target_server", "btrfs_list", 0, "subvolumn", 0),
            {"uuid": "parent", "subvol_id": "256", "subvol_name": "@home", "subvol_mount_path": "/home"},
            {"uuid": "parent", "subvol_id": "257", "subvol_name": "@home_2", "subvol_mount_path": "/home"},
        ),
        (
            ("target_server", "volume_groups", 0),
            {"name": "vg0", "logical_volumes": [{"name": "root"}]},
            {"name": "vg1", "logical_volumes": [{"name": "root"}]},
        ),
        (
            ("source_server", "disks", 0),
            {"name": "Disk 0", "relation_name": "/dev/vda", "os_disk": True},
            {"name": "Disk 1", "os_disk": True},
        ),
        (("target_server", "disks", 0), {"name": "", "disk_id": "5f0c-EVS"}, {"name": ""}),
        (("target_server", "btrfs_list", 0), "btrfs1", "btrfs1"),
    ],
)
def test_what_identifies_an_entry_is_left_out_or_null_where_required_or_counted_on(path, entry, copy):
    task: Any = [entry]
    for step in reversed(path[:-1]):
        task = {step: task} if isinstance(step, str) else [task]
    document = Document(task)
    duplicate(document, [path])
    assert document.value((*path[:-1], 1)) == copy
    assert document.value(path) == entry


def test_a_drive_letter_that_another_disk_has_is_not_given_again():
    disks: list[Json] = [{"physical_volumes": [{"name": "D:"}]}, {"physical_volumes": [{"name": "E:"}]}]
    document = Document({"source_server": {"disks": disks}})
    duplicate(document, [("source_server", "disks", 0, "physical_volumes", 0)])
    assert names(document, ("source_server", "disks", 0, "physical_volumes")) == ["D:", "F:"]


def test_copies_of_neighbours_stand_together_and_count_on():
    document = numbered("Disk 1", "Disk 2", "x", "Disk 9")
    done = duplicate(document, disk(3, 1, 0))
    assert names(document, DISKS) == ["Disk 1", "Disk 2", "Disk 3", "Disk 4", "x", "Disk 9", "Disk 10"]
    assert done.label == "duplicate 3 target disks"
    assert done.paths == tuple(disk(2, 3, 6))


def test_a_volume_inside_a_marked_disk_goes_along_with_it_and_paths_follow_the_shift():
    document = numbered("Disk 1", "Disk 2")
    done = duplicate(document, [volume(0, 1), *disk(0), volume(1, 0)])
    assert names(document, DISKS) == ["Disk 1", "Disk 3", "Disk 2"]
    assert [len(entry["physical_volumes"]) for entry in document.value(DISKS)] == [2, 2, 3]
    assert done.paths == (*disk(1), volume(2, 1))
    assert document.value(done.paths[1])["name"] == "Disk 2-a_2"


@pytest.mark.parametrize(
    ("list_path", "most"),
    [(("sub_tasks",), 65535), (("target_server", "volume_groups", 0, "logical_volumes"), 255)],
)
def test_a_list_that_would_grow_too_long_is_not_duplicated_into_and_nothing_changes(list_path, most):
    entries: Json = [{"name": f"Entry {number}"} for number in range(most - 1)]
    task: Any = entries
    for step in reversed(list_path):
        task = {step: task} if isinstance(step, str) else [task]
    document = Document({**task, "source_server": {"disks": [{"name": "Disk 1"}]}})
    with pytest.raises(EditError, match=rf"{list_path[-1]} is full: {most} entries is the most"):
        duplicate(document, [("source_server", "disks", 0), (*list_path, 0), (*list_path, 1)])
    assert document.current is document.base
    duplicate(document, [(*list_path, 0)])
    assert document.value((*list_path, 1)) == {"name": f"Entry {most - 1}"}
