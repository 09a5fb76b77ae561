"""Rules that look beyond one object: sums, the system disk, pairs of disks, what one OS needs."""

from __future__ import annotations

from typing import Any

import pytest
from check_tasks import EXAMPLE, GIB, changed, codes, linux_task, messages

from sms_tui.schema.checks.checker import check
from sms_tui.schema.paths import ABSENT, format_path

SOURCE, TARGET = "source_server.disks", "target_server.disks"


def found(*changes: tuple[str, Any]) -> list[tuple[str, str]]:
    """Where a warning stands, and which, once the task in order has been changed."""
    problems = check(changed(linux_task(), *changes))
    return [(format_path(problem.path), problem.code) for problem in problems if problem.severity == "warning"]


@pytest.mark.parametrize("disk", [f"{SOURCE}[0]", f"{TARGET}[0]"])
def test_volumes_that_sum_to_more_than_their_disk(disk: str) -> None:
    assert found((f"{disk}.physical_volumes[1].size", 39 * GIB)) == []
    assert found((f"{disk}.physical_volumes[1].size", 39 * GIB + 1)) == [(f"{disk}.size", "volumes-exceed-disk")]
    task = changed(linux_task(), (f"{disk}.physical_volumes[1].size", 40 * GIB))
    assert messages(task, f"{disk}.size") == [
        "42949672960 (40 GiB) is less than its volumes sum to, 44023414784 (41 GiB)"
    ]


def test_logical_volumes_that_sum_to_more_than_their_group() -> None:
    group = "target_server.volume_groups[0]"
    assert found((f"{group}.size", 16 * GIB)) == []
    assert found((f"{group}.size", 16 * GIB - 1)) == [(f"{group}.size", "volumes-exceed-group")]


def test_sizes_that_are_no_sizes_are_not_summed() -> None:
    volumes = f"{TARGET}[0].physical_volumes"
    assert found((f"{volumes}[1].size", str(99 * GIB)), (f"{volumes}[0].size", 2**70)) == []


@pytest.mark.parametrize("disks", [SOURCE, TARGET])
def test_one_system_disk_is_needed(disks: str) -> None:
    assert found((f"{disks}[0].os_disk", False)) == [(disks, "os-disk-count")]
    assert found((f"{disks}[1].os_disk", True)) == [(disks, "os-disk-count")]
    assert found((f"{disks}[1].os_disk", ABSENT)) == []
    assert found((f"{disks}[0].os_disk", ABSENT), (f"{disks}[1].os_disk", None)) == []
    task = changed(linux_task(), (f"{disks}[1].os_disk", True))
    assert messages(task, disks) == ["2 disks have os_disk true; one disk is to have it, the system disk"]


class TestPairsOfDisks:
    def test_a_target_disk_must_hold_what_is_used_of_its_source(self) -> None:
        assert found((f"{SOURCE}[1].used_size", 40 * GIB)) == []
        task = changed(linux_task(), (f"{SOURCE}[1].size", 99 * GIB), (f"{SOURCE}[1].used_size", 41 * GIB))
        assert codes(task) == ["target-disk-too-small"]
        assert messages(task, f"{TARGET}[1].size") == [
            "42949672960 (40 GiB) is less than what is used of source disk vdb, 44023414784 (41 GiB)"
        ]

    def test_a_used_size_beyond_its_own_disk_is_one_problem_and_the_target_another(self) -> None:
        assert found((f"{SOURCE}[1].used_size", 41 * GIB)) == [
            (f"{SOURCE}[1].used_size", "used-exceeds-size"),
            (f"{TARGET}[1].size", "target-disk-too-small"),
        ]

    def test_pairs_follow_the_relation_before_the_name_and_the_name_before_the_place(self) -> None:
        big = ((f"{SOURCE}[0].used_size", 41 * GIB), (f"{SOURCE}[0].size", 99 * GIB))
        crossed = ((f"{TARGET}[0].relation_name", "vdb"), (f"{TARGET}[1].relation_name", "vda"))
        assert found(*big, *crossed) == [(f"{TARGET}[1].size", "target-disk-too-small")]
        named = ((f"{TARGET}[0].name", "vdb"), (f"{TARGET}[1].name", "vda"))
        assert found(*big, *named) == [(f"{TARGET}[0].size", "target-disk-too-small")]
        unrelated = ((f"{TARGET}[0].relation_name", None), (f"{TARGET}[1].relation_name", ""))
        assert found(*big, *named, *unrelated) == [(f"{TARGET}[1].size", "target-disk-too-small")]
        assert found(*big, *unrelated) == [(f"{TARGET}[0].size", "target-disk-too-small")]

    def test_the_source_may_name_the_relation_too(self) -> None:
        big = ((f"{SOURCE}[0].used_size", 41 * GIB), (f"{SOURCE}[0].size", 99 * GIB))
        unrelated = ((f"{TARGET}[0].relation_name", None), (f"{TARGET}[1].relation_name", None))
        crossed = ((f"{SOURCE}[0].relation_name", "sdb"), (f"{SOURCE}[1].relation_name", "sda"))
        assert found(*big, *unrelated, *crossed) == [(f"{TARGET}[1].size", "target-disk-too-small")]

    def test_a_source_disk_without_a_target_is_a_warning_there(self) -> None:
        task = linux_task()
        only = changed(task, (TARGET, task["target_server"]["disks"][:1]))
        assert [(format_path(problem.path), problem.code) for problem in check(only)] == [
            (f"{SOURCE}[1]", "no-target-disk")
        ]

    def test_two_targets_of_one_source_leave_the_other_source_without(self) -> None:
        assert found((f"{TARGET}[1].relation_name", "vda")) == [(f"{SOURCE}[1]", "no-target-disk")]

    @pytest.mark.parametrize("disks", [SOURCE, TARGET])
    def test_nothing_is_missed_where_one_side_lists_no_disks(self, disks: str) -> None:
        assert found((disks, [])) == []


class TestWhatOneSystemNeeds:
    @pytest.mark.parametrize("server", ["source_server", "target_server"])
    def test_one_warning_names_all_that_is_missing(self, server: str) -> None:
        task = changed(
            linux_task(),
            (f"{server}.has_rsync", None),
            (f"{server}.boot_loader", ABSENT),
            (f"{server}.btrfs_list", None),
        )
        assert [problem.code for problem in check(task)] == ["required-for-os"]
        assert set(messages(task, server)[0].split("; ")) == {
            "Linux needs btrfs_list, has_rsync and boot_loader",
            "where there are no btrfs_list, write []",
        }

    def test_an_empty_list_is_an_answer(self) -> None:
        assert found(("source_server.volume_groups", [])) == []

    def test_another_system_needs_other_fields(self) -> None:
        task = changed(linux_task(), *((path, "WINDOWS") for path in ("os_type", "source_server.os_type")))
        assert messages(task, "source_server") == [
            "Windows needs driver_files, system_services, account_rights and system_dir"
        ]

    def test_the_task_says_the_system_where_the_server_does_not(self) -> None:
        lacking = ("source_server.has_rsync", None), ("source_server.os_type", ABSENT)
        assert found(*lacking) == [("source_server", "required-for-os")]
        assert found(*lacking, ("os_type", None), ("target_server.os_type", "LINUX")) == []

    def test_linux_needs_an_mtu_of_each_card(self) -> None:
        cards = "target_server.networks"
        task = changed(linux_task(), (f"{cards}[0].mtu", None), (f"{cards}[1].mtu", ABSENT))
        assert messages(task, cards) == ["Linux needs mtu, which 2 network cards have not"]
        assert found((f"{cards}[0].mtu", None)) == [(cards, "required-for-os")]
        assert found((f"{cards}[0].mtu", 0)) == []
        windows = changed(task, *((f"{place}os_type", "WINDOWS") for place in ("", "source_server.", "target_server.")))
        assert messages(windows, cards) == []


class TestOneSystemThroughout:
    def test_a_server_that_differs_from_the_task(self) -> None:
        task = changed(EXAMPLE, ("source_server.os_type", "LINUX"))
        assert messages(task, "source_server.os_type") == ["LINUX is not the os_type of the task, WINDOWS"]
        assert "os-types-differ" not in codes(EXAMPLE)

    def test_both_servers_are_compared_with_the_task(self) -> None:
        differing = [
            problem.path[0]
            for problem in check(changed(EXAMPLE, ("os_type", "LINUX")))
            if problem.code == "os-types-differ"
        ]
        assert differing == ["source_server", "target_server"]

    def test_without_a_word_from_the_task_the_servers_are_compared(self) -> None:
        task = changed(EXAMPLE, ("os_type", ABSENT), ("source_server.os_type", "LINUX"))
        assert messages(task, "target_server.os_type") == ["WINDOWS is not the os_type of the source server, LINUX"]
        assert "os-types-differ" not in codes(task, "source_server.os_type")

    @pytest.mark.parametrize("nothing", [None, "", ABSENT])
    def test_nothing_said_is_no_difference(self, nothing: Any) -> None:
        assert "os-types-differ" not in codes(changed(EXAMPLE, ("source_server.os_type", nothing)))
