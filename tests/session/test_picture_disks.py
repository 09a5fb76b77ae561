"""The disk map, as it is read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from picture_material import GIB, NOW, disk, golden, task_with, text, volume

from sms_tui.schema.checks.checker import check
from sms_tui.session.picture.disks import DiskMap
from sms_tui.session.picture.shares import shares
from sms_tui.simulator.seeds import reference_task, running, storage, windows

SYSTEM = ("target_server", "disks", 0)


def test_the_reference_task():
    assert text(DiskMap().lines(reference_task(), 80)) == golden("""
 source server: the task lists no disks of it
 target Disk 1 40 GiB  ▐Z▌▐Y: NTFS 39.5 GiB████████████░░░░░░░░░░░░░░░░░░░░░░░░▌
 █ used   ░ free   a cell is 718.6 MiB   volumes under 2.1 GiB are drawn wider
""")


def test_the_reference_task_in_ascii_with_the_field_being_typed_marked():
    focus = (*SYSTEM, "physical_volumes", 1, "size")
    assert text(DiskMap().lines(reference_task(), 80, ascii=True, focus=focus)) == golden("""
 source server: the task lists no disks of it
>target Disk 1 40 GiB  [Z]>Y: NTFS 39.5 GiB############........................<
 # used   . free   a cell is 718.6 MiB   volumes under 2.1 GiB are drawn wider
""")


def test_volume_groups_stand_over_the_first_disk_that_holds_them():
    assert text(DiskMap().lines(running.file_with_lvm(NOW / 1000), 100)) == golden("""
 source vg_data  418 GiB  ▐lv_app████░░░░░░░░░▌▐lv_pgdata ext4 240 GiB███████░░░░░░░░░░░░▌▐lv_l▌····
 source /dev/sda  80 GiB  ▐1▌▐a2▌▐3▌▐4▌·
 target vg_data  418 GiB  ▐lv_app████░░░░░░░░░▌▐lv_pgdata ext4 240 GiB███████░░░░░░░░░░░░▌▐lv_l▌····
 target /dev/sda  80 GiB  ▐1▌▐a2▌▐3▌▐4▌·
                                       ╵ at least 77 GiB
 source /dev/sdb 200 GiB  ▐/dev/sdb1 › vg_data 199 GiB██████▌
 target /dev/sdb 200 GiB  ▐/dev/sdb1 › vg_data 199 GiB██████▌
                                                            ╵ at least 199 GiB
 source /dev/sdc 200 GiB  ▐/dev/sdc1 › vg_data 199 GiB███░░░▌
 target /dev/sdc 200 GiB  ▐/dev/sdc1 › vg_data 199 GiB███░░░▌
                                                            ╵ at least 199 GiB
 █ used   ░ free   · unallocated   a cell is 5.6 GiB   volumes under 16.9 GiB are drawn wider
""")


def test_btrfs_with_captions_for_what_has_no_room():
    assert text(DiskMap().lines(storage.btrfs_subvolumes(NOW / 1000), 80, captions=True)) == golden("""
 source /dev/sda 120 GiB  ▐1▌▐sda2░▌▐3▌
                          /dev/sda1 ext4 1 GiB, /dev/sda2 btrfs 110 GiB
                          /dev/sda3 swap 8 GiB
 target /dev/sda 120 GiB  ▐1▌▐sda2░▌▐3▌
                                      ╵ at least 119 GiB
                          /dev/sda1 ext4 1 GiB, /dev/sda2 btrfs 110 GiB
                          /dev/sda3 swap 8 GiB
 source /dev/sdb 500 GiB  ▐/dev/sdb1 btrfs 499 GiB█████████████████░░░░░░░░░░░░▌
 target /dev/sdb 500 GiB  ▐/dev/sdb1 btrfs 499 GiB█████████████████░░░░░░░░░░░░▌
                                                              at least 499 GiB ╵
 █ used   ░ free   a cell is 9.3 GiB   volumes under 27.8 GiB are drawn wider
""")


def test_a_volume_ten_times_too_large_sticks_out_of_its_disk():
    drawn = DiskMap().lines(windows.wrong_volume_size(NOW / 1000), 80)
    assert text(drawn) == golden("""
 source Disk 0 100 GiB  ▐S▌▐C:███░░░░░░▌
 target Disk 0 100 GiB  ▐S▌▐C:███░░░░░░▌
                                       ╵ at least 99.5 GiB
 source Disk 1 300 GiB  ▐D: NTFS 200 GiB████░░░░░░░░░░▌▐E:█░░░░░░░░▌···
 target Disk 1 300 GiB ≈▐D: NTFS 2.0 TiB█████░░░░░░░░░░░░░░░░░░░░░░░░░░┃!!!!▌▐E▌
                                                  at least 280 GiB ╵
        !! Disk 1: its volumes take 1.7 TiB more than it has
 █ used   ░ free   · unallocated   ! more than there is   a cell is 6.4 GiB
 volumes under 19.1 GiB are drawn wider   ≈ not to scale
""")
    over = "".join(run.text for run in drawn[4] if run.role == "over")
    assert over == "┃!!!!▌▐E▌"


def test_a_surplus_that_has_room_keeps_the_scale():
    full = disk("Disk 1", 40 * GIB, volume("C:", 30 * GIB, 10 * GIB), volume("D:", 20 * GIB, 5 * GIB))
    assert text(DiskMap().lines({"target_server": {"disks": [full]}}, 80)) == golden("""
 source server: the task lists no disks of it
 target Disk 1 40 GiB  ▐███████████C: ext4 30 GiB░░░░░░░▌▐D:███░░░░░┃!!!!!!!!!▌
        !! Disk 1: its volumes take 10 GiB more than it has
 █ used   ░ free   ! more than there is   a cell is 910.2 MiB
""")


def test_chinese_names_take_two_cells_and_are_kept_in_ascii():
    volumes = volume("财务归档", 60 * GIB, 20 * GIB), volume("备份", 30 * GIB)
    task = {"source_server": {"disks": [disk("数据盘", 100 * GIB, *volumes)]}}
    assert text(DiskMap().lines(task, 80)) == golden("""
 target server: the task lists no disks of it
 source 数据盘 100 GiB  ▐███████████财务归档 ext4 60 GiB░▌▐备份 30 GiB???▌······
 █ used   ░ free   ? use not known   · unallocated   a cell is 1.8 GiB
""")
    assert text(DiskMap().lines(task, 80, ascii=True)) == golden("""
 target server: the task lists no disks of it
 source 数据盘 100 GiB  [###########财务归档 ext4 60 GiB.][备份 30 GiB???]______
 # used   . free   ? use not known   _ unallocated   a cell is 1.8 GiB
""")


def test_a_target_that_is_too_small_has_its_mark_beyond_its_end():
    task = task_with(
        source=[disk("a", 40 * GIB, used_size=30 * GIB)],
        target=[disk("a", 20 * GIB, volume("C:", 20 * GIB, 25 * GIB))],
    )
    drawn = DiskMap().lines(task, 80)
    assert text(drawn).splitlines()[1:3] == [
        " target a 20 GiB  ▐C: ext4 20 GiB██████████████!▌",
        "                                                at least 30 GiB !",
    ]
    assert drawn[2][-1].role == "over"


def test_sizes_that_cannot_be_reckoned_with_are_unknown():
    odd = disk("x", "40G", volume("C:", None, 10), volume("D:", -5, 5), volume("E:", 10 * GIB, 5 * GIB))
    task = {"source_server": None, "target_server": {"disks": [odd, disk("y", 2**63), None, "z"]}}
    assert text(DiskMap().lines(task, 80)).splitlines()[1:5] == [
        " target x   ?  ▐C▌▐D▌▐E: ext4 10 GiB███████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░▌",
        " target y   ?",
        " target [2] ?",
        " target z   ?",
    ]


def test_where_no_size_is_known_no_scale_is_told():
    shown = text(DiskMap().lines(task_with(target=[disk("Disk 0", None, volume("C:", None))]), 80))
    assert "not to scale" in shown
    assert "a cell is" not in shown
    assert "drawn wider" not in shown


def test_where_there_is_no_room_for_bars_the_volumes_are_listed():
    assert text(DiskMap().lines(reference_task(), 30)).splitlines() == [
        " source server: the task lists",
        " no disks of it",
        " target Disk 1 40 GiB",
        "    Z: NTFS 500 MiB",
        "    Y: NTFS 39.5 GiB",
    ]


def test_of_many_disks_those_around_the_focus_are_drawn_and_the_rest_counted():
    task = task_with(target=[disk(f"d{at}", 10 * GIB) for at in range(24)])
    drawn = text(DiskMap().lines(task, 80, most=3, focus=("target_server", "disks", 10, "size"))).splitlines()
    assert [line.split()[:2] for line in drawn[2:5]] == [["target", "d9"], ["►target", "d10"], ["target", "d11"]]
    assert drawn[1] == " 9 more disks before these"
    assert drawn[5] == " 12 more disks after these"


def test_of_more_volumes_than_can_be_seen_the_last_are_one_block():
    volumes = [volume(f"v{at}", GIB, 0) for at in range(200)]
    _, line, remark, *_ = text(DiskMap().lines(task_with(target=[disk("d", 200 * GIB, *volumes)]), 80)).splitlines()
    assert line.count("▐") == 20
    assert line.endswith("▐v▌▐v▌▐+?▌")
    assert remark == "        d: the last 181 volumes share one block, there are too many"


@pytest.mark.parametrize(
    ("place", "marked"),
    [((), []), (("size",), []), (("physical_volumes", 1), ["►v◄"]), (("physical_volumes", 199, "size"), ["►+?◄"])],
)
def test_that_block_is_marked_for_the_volumes_in_it_only(place, marked):
    volumes = [volume(f"v{at}", GIB, 0) for at in range(200)]
    task = task_with(target=[disk("d", 200 * GIB, *volumes)])
    line = text(DiskMap().lines(task, 80, focus=(*SYSTEM, *place))).splitlines()[1]
    assert re.findall("►[^▐▌◄ ]+◄", line) == marked


def test_every_block_leads_to_what_it_stands_for():
    line = DiskMap().lines(reference_task(), 80)[1]
    assert {run.path for run in line} == {
        SYSTEM,
        (*SYSTEM, "physical_volumes", 0),
        (*SYSTEM, "physical_volumes", 1),
    }
    assert "".join(run.text for run in line if run.path == (*SYSTEM, "physical_volumes", 0)) == "▐Z▌"


def test_the_map_follows_an_edit():
    task = reference_task()
    before = DiskMap().lines(task, 80)
    task["target_server"]["disks"][0]["physical_volumes"][1]["size"] //= 2
    after = text(DiskMap().lines(task, 80))
    assert text(before) != after
    assert "19.8 GiB" in after
    assert "·" in after


def test_a_group_whose_components_name_nothing_says_so():
    group = {"name": "vg0", "size": GIB, "components": "/dev/sdx1", "logical_volumes": [volume("data", GIB, 0)]}
    task = task_with(target=[disk("/dev/vda", GIB, volume("/dev/vda1", GIB, 0))], volume_groups=[group])
    assert "vg0: its components name none of the volumes above" in text(DiskMap().lines(task, 80))
    group["components"] = "/dev/vda1"
    drawn = text(DiskMap().lines(task, 80))
    assert "its components" not in drawn
    assert "› vg0" in drawn


@pytest.mark.parametrize("used", [0, 1, 10 * GIB, 39 * GIB, 40 * GIB - 1, 40 * GIB])
def test_a_part_that_is_there_has_a_cell_however_small_it_is(used):
    line = DiskMap().lines(task_with(target=[disk("d", 40 * GIB, volume("v", 40 * GIB, used))]), 80)[1]
    drawn = "".join(run.text for run in line)
    assert ("█" in drawn) is (used > 0)
    assert ("░" in drawn) is (used < 40 * GIB)


SIZES = st.lists(st.integers(0, 2**63 - 1), min_size=1, max_size=40)


@given(SIZES, st.integers(0, 4), st.integers(0, 300))
def test_cells_are_shared_out_in_proportion_and_none_gets_less_than_its_least(sizes, least, cells):
    out = shares(sizes, [least] * len(sizes), cells)
    if least * len(sizes) > cells:
        assert sum(out) == cells
        return
    assert all(share >= least for share in out)
    assert sum(out) == cells or not any(sizes)
    whole = sum(sizes)
    for size, share in zip(sizes, out, strict=True):
        assert share <= max(least, size * cells // whole + 1 if whole else 0)


_LABELS = st.sampled_from(["a", "b", "c", "d", "", None])
_DISKS = st.lists(st.fixed_dictionaries({"name": _LABELS, "relation_name": _LABELS}), max_size=6)


@given(_DISKS, _DISKS)
def test_a_target_stands_under_the_source_disk_that_the_checks_measure_it_by(sources, targets):
    sources = [{**one, "used_size": 1000 + place} for place, one in enumerate(sources)]
    targets = [{**one, "size": 0} for one in targets]
    found: dict[int, int] = {}
    for problem in check(task_with(source=sources, target=targets)):
        if problem.code == "target-disk-too-small":
            used = next(place for place in range(len(sources)) if f"{1000 + place} (" in problem.message)
            found[problem.path[2]] = used
    lines = DiskMap().lines(task_with(source=sources, target=targets), 80)
    drawn = [line[0].path for line in lines if line[0].path and len(line[0].path) == 3]
    above = {path[2]: drawn[: drawn.index(path)] for path in drawn if path[0] == "target_server"}
    for place in range(len(targets)):
        if place in found:
            owner = [path for path in above[place] if path[0] == "source_server"][-1]
            assert owner == ("source_server", "disks", found[place])
        else:
            assert len([path for path in above[place] if path[0] == "source_server"]) == len(sources)
