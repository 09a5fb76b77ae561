"""Mirroring the source onto the target: what is laid over, what the target keeps, and that nothing of it is lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from storage_material import GIB, ORDERLY_STORAGE, STORAGE

from sms_tui.document.document import Document
from sms_tui.document.edits import SetValue
from sms_tui.document.mirror import LABEL, mirror, mirrored, preview
from sms_tui.document.placements import placements, unused_disks
from sms_tui.exactjson import dumps
from sms_tui.schema.checks.checker import check
from sms_tui.schema.paths import Path, parse_path, value_at
from sms_tui.simulator.seeds import seed_tasks
from sms_tui.simulator.seeds.windows import wrong_volume_size

NOW = 1_770_000_000.0
SEEDS = {str(task["name"]): task for task in seed_tasks(NOW)}
DISKS: Path = ("target_server", "disks")
DONE = "mirrored the source onto the target"
NOTHING = "nothing to do: the target has all that the source has"


def task_of(sources: Any, targets: Any) -> Any:
    return {"source_server": {"disks": sources}, "target_server": {"disks": targets}}


def disk(name: str | None, size: int, *volumes: Any, **more: Any) -> Any:
    return {"name": name, "size": size * GIB, "used_size": GIB, "physical_volumes": list(volumes), **more}


def volume(name: str | None, size: int, **more: Any) -> Any:
    return {"name": name, "size": size * GIB, "used_size": GIB, **more}


def target_disks(task: Any) -> list[Any]:
    document = Document(task)
    mirror(document)
    disks = document.value(DISKS)
    assert isinstance(disks, list)
    return disks


def volumes(task: Any) -> list[Any]:
    return target_disks(task)[0]["physical_volumes"]


def same_but(task: Any, path: str, value: Any) -> Any:
    document = Document(task)
    document.apply("edit", SetValue(parse_path(path), value))
    return document.current


class TestSampleTasks:
    @pytest.mark.parametrize("name", [name for name in SEEDS if "wrong" not in name and name != "MigrationTask"])
    def test_a_target_that_matches_its_source_is_left_as_it_is(self, name):
        document = Document(SEEDS[name])
        assert mirror(document) == NOTHING
        assert document.current is document.base
        assert document.undo() is None

    @pytest.mark.parametrize("name", [name for name in SEEDS if name != "MigrationTask"])
    def test_a_target_without_disks_and_groups_gets_those_of_its_source(self, name):
        task = same_but(SEEDS[name], "target_server.disks", [])
        task = same_but(task, "target_server.volume_groups", None)
        document = Document(task)
        assert mirror(document) == DONE
        assert [finding.path for finding in document.findings if not finding.inherited] == []
        assert [(place.lacks_for_size, place.missing_volumes) for place in placements(document.current)] == [
            (0, ())
        ] * len(SEEDS[name]["source_server"]["disks"])
        assert document.value(("target_server", "volume_groups")) == value_at(task, ("source_server", "volume_groups"))

    def test_the_demos_wrong_volume_size_is_made_right(self):
        document = Document(wrong_volume_size(NOW))
        assert mirror(document) == DONE
        assert document.findings == []
        (change,) = document.changes
        assert document.describe(change.path) == "target_server › disks › Disk 1 › D: › size"
        assert change.new == 200 * GIB

    def test_names_of_file_systems_become_objects_where_the_source_has_one_of_that_name(self):
        task = same_but(SEEDS["suse-build-07"], "target_server.btrfs_list", ["suse-builds", "other", "suse-system"])
        document = Document(task)
        mirror(document)
        systems = document.value(("target_server", "btrfs_list"))
        source = {system["name"]: system for system in value_at(task, ("source_server", "btrfs_list"))}
        assert systems == [source["suse-builds"], "other", source["suse-system"]]


class TestWhatIsLaidOver:
    def test_an_entry_keeps_its_identity_and_gets_the_layout(self):
        here = disk("/dev/vda", 10, partition_style="MBR", os_disk=False)
        here |= {"id": 7, "disk_id": "uuid", "disk_index": "4", "relation_name": "/dev/sda", "device_use": "OS"}
        there = disk("/dev/sda", 40, partition_style="GPT", os_disk=True, device_use="BOOT", relation_name="/dev/vdz")
        laid = {"size": 40 * GIB, "partition_style": "GPT", "os_disk": True}
        assert target_disks(task_of([there], [here])) == [{**here, **laid}]

    def test_a_new_disk_gets_the_sources_relation_and_the_next_numbers(self):
        there = [disk("/dev/sda", 1), disk("/dev/sdb", 2, relation_name="/dev/vdb", device_use="BOOT", os_disk=False)]
        here = [disk("/dev/sda", 1, disk_id="3", disk_index="0")]
        _, new = target_disks(task_of(there, here))
        assert new == {
            "device_use": "NORMAL",
            "disk_id": "4",
            "name": "/dev/sdb",
            "physical_volumes": [],
            "size": 2 * GIB,
            "used_size": GIB,
            "disk_index": "1",
            "os_disk": False,
            "relation_name": "/dev/vdb",
        }

    def test_a_new_system_disk_says_so(self):
        (new,) = target_disks(task_of([disk("a", 1, os_disk=True)], []))
        assert (new["os_disk"], new["device_use"]) == (True, "OS")

    def test_an_empty_disk_just_added_becomes_the_one_at_its_place(self):
        disks = target_disks(task_of([disk("a", 1), disk("b", 2)], [disk("a", 1), {"device_use": "NORMAL"}]))
        assert [found["name"] for found in disks] == ["a", "b"]
        assert disks[1]["size"] == 2 * GIB

    def test_a_smaller_size_is_raised_and_a_larger_one_kept(self):
        task = task_of([disk("a", 10), disk("b", 10)], [disk("a", 9), disk("b", 11)])
        assert [found["size"] // GIB for found in target_disks(task)] == [10, 11]

    def test_a_larger_volume_is_kept_as_long_as_the_disk_holds_it(self):
        here = disk("a", 20, volume("C:", 9), volume("D:", 8))
        assert [found["size"] // GIB for found in volumes(task_of([disk("a", 10, volume("C:", 5))], [here]))] == [9, 8]
        there = disk("a", 10, volume("C:", 5), volume("E:", 5))
        task = task_of([there], [here])
        assert [found["size"] // GIB for found in volumes(task)] == [5, 8, 5]
        assert target_disks(task)[0]["size"] == 20 * GIB

    def test_a_disk_grows_by_whole_gib_to_hold_what_both_servers_have(self):
        here = disk("a", 10, {**volume("X:", 0), "size": 9 * GIB + 1})
        (found,) = target_disks(task_of([disk("a", 10, volume("C:", 5))], [here]))
        assert found["size"] == 15 * GIB

    def test_free_size_follows(self):
        here = disk("a", 10, volume("C:", 2, free_size=GIB), volume("D:", 2))
        there = disk("a", 10, volume("C:", 5), volume("D:", 5), volume("E:", 0, free_size=5))
        found = volumes(task_of([there], [here]))
        assert found[0]["free_size"] == 4 * GIB
        assert "free_size" not in found[1]
        assert "free_size" not in found[2]

    def test_volumes_go_by_name_then_mount_point_then_index(self):
        here = disk("a", 9, volume("Y:", 1, index=2), volume("/dev/vda1", 1, mount_point="/", index=3), volume("C:", 1))
        there = disk(
            "a", 9, volume("C:", 2, index=9), volume("/dev/sda1", 3, mount_point="/", index=4), volume("D:", 4, index=2)
        )
        found = volumes(task_of([there], [here]))
        assert [(entry["name"], entry["size"] // GIB) for entry in found] == [("Y:", 4), ("/dev/vda1", 3), ("C:", 2)]

    def test_a_volume_without_an_index_gets_the_sources_unless_that_is_taken(self):
        here = disk("a", 9, volume("C:", 1), volume("D:", 1), volume("X:", 1, index=2), volume("E:", 1))
        there = disk("a", 9, volume("C:", 1, index=1), volume("D:", 1, index=2), volume("E:", 1))
        found = volumes(task_of([there], [here]))
        assert [entry.get("index") for entry in found] == [1, 3, 2, None]

    def test_a_new_volume_gets_an_index_that_is_free(self):
        here = disk("a", 9, volume("C:", 1, index=1), volume("D:", 1, index=2))
        there = disk("a", 9, volume("D:", 1, index=7), volume("E:", 1, index=2), volume("C:", 1))
        assert [entry["index"] for entry in volumes(task_of([there], [here]))] == [1, 2, 3]

    def test_volumes_without_a_name_or_mount_point_go_by_their_order_and_come_but_once(self):
        here = disk("a", 9, volume("C:", 1, index=1))
        there = disk("a", 9, volume(None, 2, index=1), volume("C:", 3, index=2))
        document = Document(task_of([there], [here]))
        mirror(document)
        found = document.value((*DISKS, 0, "physical_volumes"))
        assert [(entry["name"], entry["index"], entry["size"] // GIB) for entry in found] == [
            ("C:", 1, 3),
            (None, 2, 2),
        ]
        assert mirror(document) == NOTHING

    def test_a_volume_whose_name_the_target_cannot_have_is_not_laid(self):
        document = Document(task_of([disk("a", 9, volume("x" * 300, 1))], [disk("a", 9)]))
        assert mirror(document) == NOTHING

    def test_a_new_disk_does_not_take_a_name_that_a_target_disk_has(self):
        there = [disk("a", 1), disk("b", 1, relation_name="vdb")]
        _, new = target_disks(task_of(there, [disk("b", 1, relation_name="a")]))
        assert (new["name"], new["relation_name"]) == ("vdb", "vdb")

    def test_a_use_that_the_target_does_not_know_is_not_laid(self):
        there = disk("a", 9, volume("C:", 1, device_use="VOLUME_GROUP"), volume("D:", 1, device_use="BOOT"))
        here = disk("a", 9, volume("D:", 1, device_use="NORMAL"))
        found = volumes(task_of([there], [here]))
        assert {entry["name"]: entry["device_use"] for entry in found} == {"C:": "NORMAL", "D:": "BOOT"}

    def test_null_and_absent_on_the_source_are_left_alone(self):
        here = disk("a", 9, volume("C:", 1, file_system="NTFS"), partition_style="MBR")
        there = {"name": "a", "partition_style": None, "physical_volumes": None, "used_size": GIB}
        task = task_of([there], [here])
        task["target_server"]["volume_groups"] = [{"name": "vg"}]
        task["source_server"]["volume_groups"] = None
        assert mirrored(task) == []

    def test_components_of_a_group_stay_the_targets_own(self):
        def group(size: int, components: str, *logical: Any) -> Any:
            return {"name": "vg", "size": size, "free_size": size, "components": components, "logical_volumes": logical}

        task = task_of([], [])
        task["source_server"]["volume_groups"] = [group(10 * GIB, "/dev/sda2")]
        task["source_server"]["volume_groups"][0]["logical_volumes"] = [volume("root", 4, free_size=3 * GIB)]
        task["target_server"]["volume_groups"] = [{**group(12 * GIB, "/dev/vda2"), "logical_volumes": None}]
        document = Document(task)
        mirror(document)
        (found,) = document.value(("target_server", "volume_groups"))
        assert found == {
            "name": "vg",
            "size": 12 * GIB,
            "free_size": 8 * GIB,
            "components": "/dev/vda2",
            "logical_volumes": [
                {
                    "block_count": 0,
                    "block_size": 0,
                    "name": "root",
                    "size": 4 * GIB,
                    "used_size": GIB,
                    "free_size": 3 * GIB,
                }
            ],
        }


class TestWhatIsReported:
    def test_target_disks_of_no_source_disk_are_kept_and_named(self):
        task = task_of([disk("a", 1)], [disk("a", 1), disk("scratch", 5)])
        document = Document(task)
        assert mirror(document) == f"{NOTHING}; kept target disks that belong to no source disk: scratch"
        assert document.current is document.base

    def test_a_source_disk_that_no_new_disk_could_be_told_to_belong_to_is_named(self):
        document = Document(task_of([disk("a", 1), disk("a", 2)], [disk("b", 1, relation_name="a"), disk("a", 1)]))
        said = "; still without a target disk, until each has a name of its own: a"
        assert mirror(document).endswith(said)
        assert len(document.value(DISKS)) == 2

    @pytest.mark.parametrize("target", [None, "none", []])
    def test_without_a_target_server_there_is_nothing_to_do(self, target):
        document = Document({"source_server": {"disks": [disk("a", 1)]}, "target_server": target})
        assert mirror(document) == "nothing to do: there is no target server to mirror the source onto"

    def test_a_source_of_which_the_service_shows_no_disks_says_so(self):
        document = Document(SEEDS["MigrationTask"])
        said = "nothing to do: the source server lists no disks, volume groups or btrfs file systems"
        assert mirror(document) == said

    def test_one_undo_takes_it_all_back(self):
        task = same_but(SEEDS["crm-app-02"], "target_server.disks", [])
        document = Document(task)
        mirror(document)
        edit = document.undo()
        assert edit is not None
        assert edit.label == LABEL
        assert dumps(document.current) == dumps(task)
        assert document.undo() is None


def test_a_preview_shows_what_would_change_and_leaves_the_document_alone():
    document = Document(wrong_volume_size(NOW))
    document.apply("rename", SetValue(("name",), "other"))
    document.apply("rename", SetValue(("name",), "another"))
    document.undo()
    before = document.current
    scratch = preview(document, mirrored(document.current))
    assert [(change.path[-1], change.new) for change in scratch.changes] == [("size", 200 * GIB)]
    assert scratch.findings == []
    assert document.current is before
    assert len(document.findings) == 2
    assert document.redo() is not None


@given(STORAGE)
def test_any_task_is_mirrored_and_taken_back_exactly(task):
    document = Document(task)
    mirror(document)
    assert document.current.get("source_server") is task["source_server"]
    old, new = value_at(task, DISKS), document.value(DISKS)
    if isinstance(old, list):
        assert isinstance(new, list)
        for before, after in zip(old, new, strict=False):
            assert type(before) is type(after)
            if isinstance(before, dict) and before.get("name"):
                assert after["name"] == before["name"]
                assert after.get("relation_name") == before.get("relation_name")
            assert entries(before) <= entries(after)
        assert len(new) >= len(old)
    document.undo()
    assert dumps(document.current) == dumps(task)


def entries(found: Any) -> int:
    volumes = found.get("physical_volumes") if isinstance(found, dict) else None
    return len(volumes) if isinstance(volumes, list) else 0


@given(STORAGE)
def test_after_mirroring_a_source_disk_lacks_a_target_only_if_it_is_said(task):
    document = Document(task)
    said = mirror(document)
    lacking = [place for place in placements(document.current) if place.target is None]
    has_disks = isinstance(document.value(("source_server", "disks")), list)
    assert bool(lacking) == ("still without" in said)
    assert (has_disks and bool(unused_disks(document.current))) == ("kept" in said)


@given(ORDERLY_STORAGE)
def test_what_was_mirrored_holds_all_that_the_source_has_and_needs_no_mirroring_again(task):
    document = Document(task)
    mirror(document)
    for place in placements(document.current):
        assert place.target is not None
        assert (place.lacks_for_used, place.lacks_for_size) == (0, 0)
        assert place.missing_volumes == place.other_file_systems == ()
    assert mirrored(document.current) == []
    after = {(found.path, found.code) for found in check(document.current)}
    before = {(found.path, found.code) for found in check(task)}
    brought = {found for found in after - before if found[0][0] == "target_server"}
    assert {code for _, code in brought} <= {"os-disk-count", "required-for-os"}
