"""The drawings where there is room for two lines only."""

from __future__ import annotations

from picture_material import GIB, NOW, disk, golden, task_with, text, volume

from sms_tui.session.picture.disks import folded_map
from sms_tui.session.picture.time_axis import folded_timeline

TASK = task_with(
    source=[disk("sda", 40 * GIB, volume("/", 40 * GIB, 4 * GIB)), disk("sdb", 80 * GIB, volume("/srv", 80 * GIB))],
    target=[
        disk("vda", 40 * GIB, volume("/", 40 * GIB, 4 * GIB), relation_name="sda"),
        disk("vdb", 80 * GIB, volume("/srv", 80 * GIB), relation_name="sdb"),
        disk("vdc", 10 * GIB),
    ],
)


def names(focus):
    return ["".join(run.text for run in line)[:11] for line in folded_map(TASK, 60, focus=focus)]


def test_the_first_pair_is_drawn_where_nothing_is_in_focus():
    assert names(None) == [" source sda", " target vda"]


def test_a_disk_in_focus_is_drawn_with_its_partner_and_marked():
    assert names(("target_server", "disks", 1, "size")) == [" source sdb", "►target vdb"]
    assert names(("source_server", "disks", 1)) == ["►source sdb", " target vdb"]


def test_a_target_disk_that_takes_no_source_disk_stands_alone():
    assert names(("target_server", "disks", 2)) == ["►target vdc"]


def test_a_server_without_disks_is_told_of_in_the_line_of_its_disk():
    lines = folded_map({"target_server": {"disks": [disk("vda", GIB, volume("/", GIB))]}}, 40)
    assert text(lines) == golden("""
 source server: the task lists no disks
 target vda 1 GiB  ▐/ ext4 1 GiB???????▌
""")


def test_the_sub_task_that_goes_on_is_drawn_below_how_the_task_stands():
    steps = [
        {"name": "ONE", "progress": 100, "start_date": NOW - 60_000, "end_date": NOW - 30_000},
        {"name": "TWO", "progress": 50, "start_date": NOW - 30_000},
        {"name": "THREE", "progress": 0},
    ]
    task = {"state": "RUNNING", "sub_tasks": steps}
    assert "TWO" in text(folded_timeline(task, 60, NOW))
    assert "THREE" in text(folded_timeline(task, 60, NOW, focus=("sub_tasks", 2)))
    assert text(folded_timeline({"state": "READY"}, 60, NOW)) == " READY"
