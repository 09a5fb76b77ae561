"""Where each source disk goes, as it is read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from picture_material import GIB, TASKS, disk, golden, task_with, text, volume

from sms_tui.schema.paths import ABSENT, value_at
from sms_tui.session.picture.lines import cells
from sms_tui.session.picture.places import placing


def test_every_shortcoming_stands_under_its_disk():
    task = task_with(
        source=[
            disk("sda", 40 * GIB, volume("/", 20 * GIB), volume("/var", 20 * GIB), used_size=30 * GIB),
            disk("system disk", 100 * GIB, volume("/data", 100 * GIB), used_size=10 * GIB),
            disk("sdc", 8 * GIB),
        ],
        target=[
            disk("sda", 25 * GIB, volume("/", 20 * GIB, file_system="xfs")),
            disk("vdb", 80 * GIB, volume("/data", 80 * GIB), relation_name="system disk"),
            disk("spare", 10 * GIB, relation_name="sda"),
        ],
    )
    assert text(placing(task, 80)) == golden("""
  ! sda  40 GiB           →  sda  25 GiB  by name
      5 GiB too small for what is used of the source disk
      lacks volume /var  20 GiB
      file system ext4 → xfs of /  20 GiB
  ! system disk  100 GiB  →  vdb  80 GiB  by relation_name
      20 GiB smaller than the source disk
  ! sdc  8 GiB            no target disk takes it
    spare  10 GiB  takes no source disk
""")


def test_a_task_without_source_disks_says_so():
    assert text(placing({}, 80)) == "There are no source disks."


def test_in_ascii_no_other_character_is_used():
    task = task_with(source=[disk("a" * 90, 40 * GIB)], target=[disk("b", 50 * GIB)])
    assert text(placing(task, 80, ascii=True)).isascii()


@given(task=TASKS, width=st.integers(1, 120))
def test_of_any_task_lines_fit_and_lead_to_what_is_there(task, width):
    for line in placing(task, width):
        assert sum(cells(run.text) for run in line) <= width
        assert all(value_at(task, run.path) is not ABSENT for run in line if run.path is not None)
