"""What a new entry starts with."""

from __future__ import annotations

from typing import Any

import pytest
from arrange_material import FULL_TASKS, lists_of, told_apart
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.document import Document
from sms_tui.document.fresh import new_entry
from sms_tui.document.structure import add, addition_at
from sms_tui.schema.checks.checker import check
from sms_tui.schema.paths import value_at
from sms_tui.schema.registry import kind_at

TARGET = ("target_server",)


@pytest.mark.parametrize(
    ("of", "name", "siblings", "made"),
    [
        ("TargetDisk", "disks", None, {"device_use": "NORMAL", "disk_index": "0"}),
        (
            "TargetDisk",
            "disks",
            [{"name": "Disk 1", "disk_id": "0", "disk_index": "0"}],
            {"device_use": "NORMAL", "disk_id": "1", "name": "Disk 2", "disk_index": "1"},
        ),
        (
            "TargetDisk",
            "disks",
            [{"name": "/dev/vdb", "disk_id": "an id"}, {"name": "/dev/vda", "disk_id": None}],
            {"device_use": "NORMAL", "name": "/dev/vdc"},
        ),
        ("TargetPhysicalVolumes", "physical_volumes", [], {"device_use": "NORMAL", "index": 1}),
        (
            "TargetPhysicalVolumes",
            "physical_volumes",
            [{"index": 3, "name": "D:", "size": 5}, {"index": 2, "name": "data"}, {"index": True, "name": 7}],
            {"device_use": "NORMAL", "index": 4},
        ),
        ("NetWork", "networks", [{"name": "eth0", "mac": "fa:16:3e:12:34:56"}, {"name": ""}, "?"], {"name": "eth1"}),
        ("VolumeGroups", "volume_groups", [{"name": "data"}], {}),
        ("VolumeGroups", "volume_groups", [{"name": "vg1"}, {"name": "vg0"}], {"name": "vg2"}),
    ],
)
def test_a_new_entry_goes_on_where_the_last_one_left_off(of, name, siblings, made):
    task: Any = {
        "target_server": {name: siblings, "disks": [{name: siblings}] if name == "physical_volumes" else siblings}
    }
    list_path = (*TARGET, "disks", 0, name) if name == "physical_volumes" else (*TARGET, name)
    entry = new_entry(task, list_path, of)
    assert entry == made
    assert list(entry) == [key for key in kind_at((*list_path, 0)).fields if key in made]


@given(st.data(), FULL_TASKS)
def test_what_is_added_says_nothing_that_a_sibling_says_and_nothing_wrong(data, task):
    document = Document(task)
    paths = [*lists_of(task), ("source_server", "networks"), ("target_server", "btrfs_list")]
    addition = addition_at(document, data.draw(st.sampled_from(paths)))
    assert addition is not None
    add(document, addition)
    assert told_apart(document.current, addition.path)
    entry = value_at(document.current, addition.path)
    assert isinstance(entry, dict)
    wrong = [problem for problem in check(document.current) if problem.path[:-1] == addition.path]
    assert [problem for problem in wrong if problem.path[-1] in entry and problem.severity == "error"] == []
