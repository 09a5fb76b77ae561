"""The drawings in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from picture_material import GIB, NOW, TASKS, disk, golden, task_with, text, volume

from sms_tui.schema.paths import ABSENT, value_at
from sms_tui.session.picture.told import told_disks, told_steps


def test_a_disk_is_a_sentence_and_so_is_what_its_volumes_hold():
    task = task_with(
        source=[disk("sda", 40 * GIB, volume("/", 30 * GIB, 4 * GIB), used_size=31 * GIB)],
        target=[disk("vda", 20 * GIB, volume("/", 30 * GIB), relation_name="sda")],
    )
    assert text(told_disks(task)) == golden("""
Source sda, 40 GiB: / 30 GiB, 10 GiB unallocated
  / ext4: 4 GiB of 30 GiB used
Target vda, 20 GiB: / 30 GiB, 0 B unallocated, vda: its volumes take 10 GiB more than it has, at least 31 GiB
""")


def test_sub_tasks_are_told_in_their_order():
    steps = [
        {"name": "ONE", "progress": 100, "start_date": NOW - 60_000, "end_date": NOW - 30_000},
        {"name": "TWO", "progress": 50, "start_date": NOW - 30_000},
        {"name": "THREE", "progress": 0},
    ]
    assert text(told_steps({"state": "RUNNING", "sub_tasks": steps}, NOW)) == golden("""
RUNNING, 50 %
ONE: 100 %, 30 s
TWO: 50 %, 30 s, goes on
THREE: 0 %, not started
""")


@given(TASKS, st.integers(0, 2**63))
def test_any_task_can_be_told_and_its_paths_lead_somewhere(task, now):
    for line in (*told_disks(task), *told_steps(task, now)):
        (run,) = line
        assert run.text.isprintable()
        if run.path is not None and isinstance(run.path[-1], int):
            assert value_at(task, run.path) is not ABSENT
