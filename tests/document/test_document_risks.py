"""What is dangerous about changes, and in which words and order it is said."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from cases import every
from document_material import JSON, TASKS, changes_of
from hypothesis import given
from hypothesis import strategies as st
from storage_material import STORAGE

from sms_tui.document.document import Document
from sms_tui.document.edits import Change, InsertEntry, MoveEntry, RemoveValue, SetValue
from sms_tui.document.risks import risks
from sms_tui.exactjson import Json
from sms_tui.schema.paths import Path, parse_path
from sms_tui.schema.registry import FieldSpec, field_at, kind, kinds

GIB = 2**30
NEVER = ("name", "speed_limit", "priority")
STATES = ("READY", "RUNNING", "SYNCING", "MIGRATE_SUCCESS", "ABORTING", "nobody knows", None)


def filled(kind_name: str, **said: Json) -> dict[str, Any]:
    """An object of a kind with a value in every field."""
    values = {spec.name: _value(spec) for spec in kind(kind_name).fields.values()}
    return {**values, **{name: value for name, value in said.items() if name in values}}


def _value(spec: FieldSpec) -> Json:
    if spec.of is not None:
        return filled(spec.of) if spec.type == "object" else [filled(spec.of)]
    if spec.enum:
        return spec.enum[0]
    samples: dict[str, Json] = {"string": "text", "boolean": False, "double": 5.5}
    return samples.get(spec.type, 5)


def disk(kind_name: str, number: int, *volumes: dict[str, Any], **said: Json) -> dict[str, Any]:
    names: dict[str, Json] = {"name": f"Disk {number}", "relation_name": f"Disk {number}", "id": number}
    sizes: dict[str, Json] = {"size": 200 * GIB, "used_size": 100 * GIB, "device_use": "NORMAL", "os_disk": False}
    return filled(kind_name, **{**names, **sizes, "physical_volumes": list(volumes), **said})


def volume(kind_name: str, name: str, **said: Json) -> dict[str, Any]:
    sizes: dict[str, Json] = {"size": 80 * GIB, "device_use": "NORMAL", "mount_point": name, "id": len(name)}
    return filled(kind_name, **{"name": name, **sizes, **said})


def server(kind_name: str, disk_kind: str, volume_kind: str) -> dict[str, Any]:
    """A server whose first disk holds the system and whose second holds data."""
    system = disk(disk_kind, 1, volume(volume_kind, "/", device_use="OS"), device_use="OS", os_disk=True)
    data = disk(disk_kind, 2, volume(volume_kind, "/data"), volume(volume_kind, "/var/lib"))
    logical = volume("LogicalVolumes", "lv0", mount_point="/srv")
    group = filled("VolumeGroups", name="vg0", size=90 * GIB, logical_volumes=[logical])
    btrfs = filled("BtrfsFileSystem", name="pool", size=70 * GIB, subvolumn=[filled("BtrfsSubvolumn", subvol_name="@")])
    return filled(kind_name, disks=[system, data], volume_groups=[group], btrfs_list=[btrfs])


def whole_task(state: Json = "READY") -> dict[str, Any]:
    """A task with a value in every field of every kind."""
    source = server("PostSourceServerBody", "ServerDisk", "PhysicalVolume")
    target = server("TargetServer", "TargetDisk", "TargetPhysicalVolumes")
    return filled("PutTaskReq", state=state, source_server=source, target_server=target)


def leaves(value: Json, path: Path = ()) -> list[Path]:
    """Every field that holds no objects."""
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [leaf for step, inner in below for leaf in leaves(inner, (*path, step))] or [path]


LEAVES = leaves(whole_task())


def said_of(*changes: Change, task: Any = None, state: Json = "READY", task_id: str = "t") -> list[str]:
    """The words for changes made to the whole task, or another."""
    document = Document(whole_task(state) if task is None else task, task_id)
    document.apply("edit", *changes)
    return [risk.words for risk in risks(document)]


def put(path: str, value: Json) -> SetValue:
    return SetValue(parse_path(path), value)


def gone(path: str) -> RemoveValue:
    return RemoveValue(parse_path(path))


def other(path: Path) -> SetValue:
    """Another value of the same type, a number larger by one."""
    here: Any = whole_task()
    for step in path:
        here = here[step]
    return SetValue(path, not here if isinstance(here, bool) else here + ("x" if isinstance(here, str) else 1))


def test_the_whole_task_has_every_field_of_the_reference():
    names = {(spec.kind, spec.name) for path in LEAVES if (spec := field_at(path)) is not None}
    assert names == {(spec.kind, spec.name) for one in kinds().values() for spec in one.fields.values() if not spec.of}


_STORAGE = ("disks", "volume_groups", "btrfs_list")


def expected(path: Path, state: str) -> str | None:
    """What another, larger value of a field is to be warned of with."""
    spec = field_at(path)
    assert spec is not None
    if path[1:3] == ("disks", 0):
        return ": the system is on it"
    if path[1:3] == ("disks", 1) and spec.name == "os_disk":
        return ": the system would be on it"
    if spec.name == "os_type" or path == ("type",):
        return f"Changes {spec.name} of the "
    if state != "READY" and path[0] == "target_server" and path[1] in _STORAGE:
        return f" while the task is {state}: data is being written to it"
    return ", which the service keeps" if spec.owner == "service" or path[0] == "sub_tasks" else None


@every(("path", "state"), [*product(LEAVES, ["READY", "RUNNING", "SYNCING"])])
def test_every_field_is_as_dangerous_as_its_place(path, state):
    words = said_of(other(path), state=state)
    danger = expected(path, state)
    if danger is None:
        assert words == []
    else:
        (only,) = words
        assert danger in only


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            put("target_server.disks[1].size", 100 * GIB),
            "Shrinks target disk Disk 2 from 200 GiB to 100 GiB: data beyond that is lost",
        ),
        (
            put("target_server.disks[0].size", 100 * GIB),
            "Shrinks target disk Disk 1 (the system is on it) from 200 GiB to 100 GiB: data beyond that is lost",
        ),
        (
            put("source_server.disks[1].size", 0),
            "Shrinks source disk Disk 2 from 200 GiB to 0 B: data beyond that is not copied",
        ),
        (
            put("target_server.disks[1].physical_volumes[0].size", 80 * GIB - 1),
            "Shrinks volume /data of target disk Disk 2 from 80 GiB to 85899345919 bytes (80.0 GiB): "
            "data beyond that is lost",
        ),
        (
            put("target_server.volume_groups[0].size", GIB),
            "Shrinks target volume group vg0 from 90 GiB to 1 GiB: data beyond that is lost",
        ),
        (
            put("source_server.volume_groups[0].logical_volumes[0].size", GIB),
            "Shrinks logical volume lv0 of source volume group vg0 from 80 GiB to 1 GiB: "
            "data beyond that is not copied",
        ),
        (
            put("target_server.volume_groups[0].logical_volumes[0].block_count", 4),
            "Shrinks logical volume lv0 of target volume group vg0: block_count from 5 to 4, "
            "and data beyond that is lost",
        ),
        (
            put("target_server.btrfs_list[0].size", 69 * GIB),
            "Shrinks target btrfs file system pool from 70 GiB to 69 GiB: data beyond that is lost",
        ),
        (
            put("target_server.disks[1].size", None),
            "Leaves target disk Disk 2 without a size; it was 200 GiB",
        ),
        (
            gone("source_server.disks[1].physical_volumes[1].size"),
            "Leaves volume /var/lib of source disk Disk 2 without a size; it was 80 GiB",
        ),
        (gone("target_server.disks[1]"), "Deletes target disk Disk 2 (200 GiB)"),
        (gone("source_server.disks[0]"), "Deletes source disk Disk 1 (200 GiB) (the system is on it)"),
        (
            gone("target_server.disks[1].physical_volumes[0]"),
            "Deletes volume /data (80 GiB) of target disk Disk 2",
        ),
        (
            gone("target_server.disks[0].physical_volumes[0]"),
            "Deletes volume / (80 GiB) of target disk Disk 1 (the system is on it)",
        ),
        (gone("target_server.volume_groups[0]"), "Deletes target volume group vg0 (90 GiB)"),
        (
            gone("target_server.volume_groups[0].logical_volumes[0]"),
            "Deletes logical volume lv0 (80 GiB) of target volume group vg0",
        ),
        (gone("source_server.btrfs_list[0]"), "Deletes source btrfs file system pool (70 GiB)"),
        (
            gone("target_server.btrfs_list[0].subvolumn[0]"),
            "Deletes subvolume @ of target btrfs file system pool",
        ),
        (
            put("target_server.disks[1].physical_volumes", None),
            "Deletes volume /data (80 GiB) of target disk Disk 2; and 1 more like it",
        ),
        (gone("target_server.volume_groups"), "Deletes target volume group vg0 (90 GiB)"),
        (
            put("target_server.disks", "none"),
            "Deletes target disk Disk 1 (200 GiB) (the system is on it); and 1 more like it",
        ),
        (
            put("target_server", None),
            "Deletes target disk Disk 1 (200 GiB) (the system is on it); and 3 more like it",
        ),
        (
            put("target_server.disks[0].physical_volumes[0].file_system", "xfs"),
            "Changes file_system of volume / of target disk Disk 1: the system is on it",
        ),
        (
            InsertEntry(parse_path("target_server.disks[0].physical_volumes[1]"), {"name": "/tmp"}),
            "Adds volume /tmp of target disk Disk 1: the system is on it",
        ),
        (
            put("target_server.disks[1].physical_volumes[0].device_use", "BOOT"),
            "Changes device_use of volume /data of target disk Disk 2: the system would be on it",
        ),
        (
            put("target_server.disks[0].nobody_knows", {"at": "all"}),
            "Changes nobody_knows of target disk Disk 1: the system is on it",
        ),
        (
            put("type", "MIGRATE_BLOCK"),
            "Changes type of the task from MIGRATE_FILE to MIGRATE_BLOCK: the data is copied in another way",
        ),
        (
            put("target_server.os_type", None),
            "Changes os_type of the target server from WINDOWS to null: it is set up as another system",
        ),
        (
            gone("source_server.os_type"),
            "Changes os_type of the source server from WINDOWS to absent: it is migrated as another system",
        ),
        (put("sub_tasks[0].progress", 6), "Changes sub_tasks › text › progress, which the service keeps"),
        (gone("sub_tasks[0]"), "Changes sub_tasks › text, which the service keeps"),
        (put("state", "READY!"), "Changes state, which the service keeps"),
        (put("sub_tasks", None), "Changes sub_tasks, which the service keeps"),
    ],
)
def test_a_dangerous_change_is_told_in_plain_words(change, words):
    assert said_of(change) == [words]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            put("target_server.disks[1].size", 300 * GIB),
            "Changes size of target disk Disk 2 while the task is SYNCING: data is being written to it",
        ),
        (
            InsertEntry(parse_path("target_server.disks[2]"), {"name": "Disk 3"}),
            "Adds target disk Disk 3 while the task is SYNCING: data is being written to it",
        ),
        (
            MoveEntry(parse_path("target_server.disks[1]"), 0),
            "Reorders disks of the target server while the task is SYNCING: data is being written to it",
        ),
        (
            MoveEntry(parse_path("target_server.disks[1].physical_volumes[1]"), 0),
            "Reorders physical_volumes of target disk Disk 2 while the task is SYNCING: data is being written to it",
        ),
    ],
)
def test_the_targets_disks_are_left_alone_while_data_is_written_to_them(change, words):
    assert said_of(change, state="SYNCING") == [words]
    assert said_of(change, state="READY") == []


@pytest.mark.parametrize(
    "change",
    [
        put("target_server.disks[1].size", 300 * GIB),
        put("target_server.disks[1].physical_volumes[0].mount_point", "/srv"),
        put("source_server.disks[1].device_use", "BOOT"),
        put("target_server.disks[1].used_size", 1),
        put("target_server.name", "new"),
        put("target_server.networks", []),
        put("clone_server.name", "new"),
        put("compress_rate", 5),
        InsertEntry(parse_path("target_server.disks[2]"), {"name": "Disk 3", "os_disk": True}),
        MoveEntry(parse_path("target_server.disks[1]"), 0),
    ],
)
def test_what_loses_nothing_before_the_start_is_no_risk(change):
    assert said_of(change) == []


def test_the_gravest_come_first():
    first_words = [
        words.partition(":")[0]
        for words in said_of(
            put("state", "READY"),
            put("name", "new"),
            put("target_server.volume_groups[0].free_size", 1),
            put("type", "MIGRATE_BLOCK"),
            put("target_server.disks[0].disk_id", "7"),
            put("source_server.disks[1].size", 100 * GIB),
            put("target_server.disks[1].size", 100 * GIB),
            put("target_server.disks[0].size", 100 * GIB),
            gone("source_server.btrfs_list[0]"),
            gone("target_server.disks[1].physical_volumes[0]"),
            state="RUNNING",
        )
    ]
    assert first_words == [
        "Deletes volume /data (80 GiB) of target disk Disk 2",
        "Deletes source btrfs file system pool (70 GiB)",
        "Shrinks target disk Disk 1 (the system is on it) from 200 GiB to 100 GiB",
        "Shrinks target disk Disk 2 from 200 GiB to 100 GiB",
        "Shrinks source disk Disk 2 from 200 GiB to 100 GiB",
        "Changes disk_id of target disk Disk 1",
        "Changes type of the task from MIGRATE_FILE to MIGRATE_BLOCK",
        "Changes free_size of target volume group vg0 while the task is RUNNING",
        "Changes state, which the service keeps",
    ]


def test_sizes_are_compared_by_identity_and_not_by_place():
    move = MoveEntry(parse_path("target_server.disks[1]"), 0)
    assert said_of(put("target_server.disks[1].size", 100 * GIB), move) == [
        "Shrinks target disk Disk 2 from 200 GiB to 100 GiB: data beyond that is lost"
    ]


def test_a_renamed_volume_goes_by_its_new_name():
    path = "target_server.disks[1].physical_volumes[0]"
    assert said_of(put(f"{path}.name", "/new"), put(f"{path}.size", 1)) == [
        "Shrinks volume /new of target disk Disk 2 from 80 GiB to 1 B: data beyond that is lost"
    ]


def test_a_name_that_is_very_long_is_cut():
    (words,) = said_of(put("target_server.disks[1].name", "x" * 10_000), put("target_server.disks[1].size", 1))
    assert words.startswith(f"Shrinks target disk {'x' * 59}… from 200 GiB")


def test_the_targets_file_systems_may_come_as_names():
    task = whole_task()
    task["target_server"]["btrfs_list"] = ["pool", "logs"]
    assert said_of(put("target_server.btrfs_list[0]", {"name": "pool"}), task=task) == []
    assert said_of(gone("target_server.btrfs_list[1]"), task=task) == ["Deletes target btrfs file system logs"]


def test_a_logical_volume_of_the_system_makes_its_group_the_systems():
    task = whole_task()
    task["target_server"]["volume_groups"][0]["logical_volumes"][0]["mount_point"] = "/"
    assert said_of(put("target_server.volume_groups[0].components", "/dev/vda3"), task=task) == [
        "Changes components of target volume group vg0: the system is on it"
    ]


def test_a_key_that_is_not_sent_is_no_risk_unless_a_file_is_written():
    assert said_of(gone("target_server")) == []
    assert said_of(gone("target_server"), task_id="")[0].startswith("Deletes target disk Disk 1")


def test_the_state_that_counts_is_the_services():
    growth = put("target_server.disks[1].size", 300 * GIB)
    running = said_of(growth, put("state", "READY"), state="RUNNING")
    assert running[0].startswith("Changes size of target disk Disk 2 while the task is RUNNING")
    assert said_of(growth, put("state", "RUNNING")) == ["Changes state, which the service keeps"]


@given(st.sampled_from(STATES), st.lists(st.tuples(st.sampled_from(NEVER), JSON), min_size=1, max_size=5))
def test_a_name_a_speed_limit_or_a_priority_is_never_dangerous(state, values):
    assert said_of(*(SetValue((key,), value) for key, value in values), state=state) == []


@given(st.data())
def test_any_change_of_any_task_has_at_most_one_risk_each_and_undone_it_has_none(data):
    document = Document(data.draw(STORAGE | TASKS), data.draw(st.sampled_from(["", "t"])))
    for _ in range(data.draw(st.integers(1, 5))):
        document.apply("edit", data.draw(changes_of(document.current)))
    found = [risk.path for risk in risks(document)]
    differences = [change.path for change in document.changes]
    assert all(found.count(path) <= differences.count(path) for path in found)
    while document.undo():
        pass
    assert risks(document) == []


@given(STORAGE, STORAGE)
def test_whatever_one_task_becomes_another_by_its_risks_are_told(old, new):
    document = Document(old)
    document.apply("edit", *(SetValue((key,), value) for key, value in new.items()))
    for risk in risks(document):
        assert risk.words[0].isupper()
        assert risk.path in [change.path for change in document.changes]
