"""Duplicates among the entries of a list, and mount points that two volumes of one server have."""

from __future__ import annotations

from typing import Any

import pytest
from check_tasks import changed, codes, linux_task, messages

from sms_tui.schema.checks.checker import check
from sms_tui.schema.paths import format_path

SOURCE_VOLUMES = "source_server.disks[0].physical_volumes"
TARGET_VOLUMES = "target_server.disks[0].physical_volumes"


@pytest.mark.parametrize(
    ("entries", "field", "value"),
    [
        ("target_server.disks", "id", 77),
        ("target_server.disks", "disk_id", "7"),
        ("target_server.disks", "disk_index", "7"),
        (TARGET_VOLUMES, "id", 0),
        (TARGET_VOLUMES, "index", 0),
        (TARGET_VOLUMES, "name", "sda9"),
        (TARGET_VOLUMES, "uuid", "A1B2-C3D4"),
        (SOURCE_VOLUMES, "index", 7),
        (SOURCE_VOLUMES, "name", "vda9"),
        (SOURCE_VOLUMES, "uuid", "A1B2-C3D4"),
        ("source_server.networks", "name", "eth9"),
        ("source_server.networks", "id", "9"),
        ("source_server.volume_groups[0].logical_volumes", "name", "root"),
        ("source_server.btrfs_list[0].subvolumn", "subvol_id", "9"),
        ("sub_tasks", "id", 9),
        ("sub_tasks", "name", "CLONE_VM"),
    ],
)
def test_a_value_two_siblings_share_is_a_warning_at_both(entries: str, field: str, value: Any) -> None:
    first, second = f"{entries}[0].{field}", f"{entries}[1].{field}"
    task = changed(linux_task(), (first, value), (second, value))
    found = [(format_path(problem.path), problem.severity, problem.code) for problem in check(task)]
    assert found == [(first, "warning", "duplicate"), (second, "warning", "duplicate")]


@pytest.mark.parametrize(
    ("first", "second"), [(None, None), ("", ""), ("sda9", "SDA9"), ("sda9", "sda8"), ("sda9", None)]
)
def test_no_value_and_different_values_are_not_shared(first: Any, second: Any) -> None:
    task = changed(linux_task(), (f"{TARGET_VOLUMES}[0].name", first), (f"{TARGET_VOLUMES}[1].name", second))
    assert check(task) == []


@pytest.mark.parametrize(("first", "second"), [(1, True), (1, "1"), (0, False), (1, 1.0)])
def test_values_of_different_types_are_not_the_same_value(first: Any, second: Any) -> None:
    task = changed(linux_task(), (f"{TARGET_VOLUMES}[0].id", first), (f"{TARGET_VOLUMES}[1].id", second))
    assert "duplicate" not in codes(task)


def test_disks_of_one_name_on_different_servers_are_no_siblings() -> None:
    task = changed(linux_task(), ("target_server.disks[0].name", "vda"), ("target_server.disks[1].name", "vdb"))
    assert check(task) == []


def test_the_other_is_named_by_its_name_or_by_its_place() -> None:
    task = changed(linux_task(), ("target_server.disks[1].id", 11), ("target_server.disks[1].name", "sda"))
    assert messages(task, "target_server.disks[1].id") == ["11 is also the id of target disk sda"]
    assert messages(task, "target_server.disks[1].name") == ["sda is also the name of disks[0]"]
    assert messages(task, "target_server.disks[0].name") == ["sda is also the name of disks[1]"]


def test_of_three_the_later_ones_point_at_the_first() -> None:
    steps = [{"id": 5, "name": name, "progress": 0} for name in ("A", "B", "C")]
    task = {"sub_tasks": steps}
    assert [problem.message for problem in check(task)] == [
        "5 is also the id of sub-task B",
        "5 is also the id of sub-task A",
        "5 is also the id of sub-task A",
    ]


@pytest.mark.parametrize(
    ("path", "mount"),
    [
        (f"{SOURCE_VOLUMES}[1].mount_point", "/boot"),
        ("source_server.disks[1].physical_volumes[0].mount_point", "/"),
        ("source_server.volume_groups[0].logical_volumes[0].mount_point", "/boot"),
        ("target_server.volume_groups[0].logical_volumes[1].mount_point", "/home"),
    ],
)
def test_a_mount_point_of_two_volumes_of_one_server_is_a_warning_at_both(path: str, mount: str) -> None:
    found = check(changed(linux_task(), (path, mount)))
    assert [(problem.code, problem.path[0], problem.path[-1]) for problem in found] == [
        ("duplicate", path.partition(".")[0], "mount_point")
    ] * 2
    assert path in {format_path(problem.path) for problem in found}


@pytest.mark.parametrize("mount", ["[SWAP]", "swap", "SWAP", "none", "", None, "/boot2"])
def test_swap_and_nothing_may_be_mounted_more_than_once(mount: Any) -> None:
    task = changed(
        linux_task(),
        (f"{SOURCE_VOLUMES}[0].mount_point", mount),
        ("source_server.disks[1].physical_volumes[0].mount_point", mount if mount != "/boot2" else "/boot3"),
    )
    assert check(task) == []


def test_a_mount_point_says_which_volume_of_which_disk_has_it_too() -> None:
    path = "source_server.volume_groups[0].logical_volumes[0].mount_point"
    task = changed(linux_task(), (path, "/boot"))
    assert messages(task, path) == ["/boot is also the mount point of source volume vda1 of source disk vda"]
