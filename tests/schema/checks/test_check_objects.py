"""Rules about one object by itself."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from check_tasks import EXAMPLE, GIB, changed, codes, linux_task, messages

from sms_tui.schema.checks.checker import check
from sms_tui.schema.paths import ABSENT, parse_path
from sms_tui.schema.problems import Problem

TARGET_DISK = "target_server.disks[0]"
TARGET_VOLUME = "target_server.disks[0].physical_volumes[0]"
LOGICAL = "source_server.volume_groups[0].logical_volumes[0]"
CARD = "target_server.networks[0]"
BTRFS = "source_server.btrfs_list[0]"


def test_a_task_in_order_has_no_problems() -> None:
    assert check(linux_task()) == []


def test_an_empty_task_has_no_problems() -> None:
    assert check({}) == []


def test_the_references_example_gives_three_warnings() -> None:
    assert check(EXAMPLE) == [
        Problem(
            ("source_server",),
            "warning",
            "required-for-os",
            "Windows needs driver_files, system_services, account_rights and system_dir",
        ),
        Problem(
            ("target_server",),
            "warning",
            "required-for-os",
            "Windows needs driver_files, system_services and account_rights",
        ),
        Problem(("target_server", "ip"), "warning", "null-required", "required by the reference, and null"),
    ]


@pytest.mark.parametrize(
    ("task", "message"),
    [
        ([], "a task must be an object, this is a list"),
        ("{}", "a task must be an object, this is text"),
        (None, "a task must be an object, this is null"),
        (Decimal("0.1"), "a task must be an object, this is a number with decimals"),
    ],
)
def test_a_task_that_is_no_object_gives_one_error(task: Any, message: str) -> None:
    assert check(task) == [Problem((), "error", "wrong-type", message)]


def test_an_entry_that_is_no_object_is_an_error_at_the_entry() -> None:
    task = changed(linux_task(), ("target_server.btrfs_list", ["/dev/vda1", None]))
    entries = [problem for problem in check(task) if problem.severity == "error"]
    assert [(problem.path[-1], problem.message) for problem in entries] == [
        (0, "must be an object, is text"),
        (1, "must be an object, is null"),
    ]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (f"{TARGET_VOLUME}.size", -1, "too-small"),
        (f"{TARGET_VOLUME}.name", 3, "wrong-type"),
        (f"{TARGET_DISK}.partition_style", "APM", "not-a-member"),
        (f"{LOGICAL}.inode_size", ABSENT, "missing"),
        ("source_server.disks[0].physical_volumes", ABSENT, "missing"),
        ("sub_tasks", [{"progress": 0}] * 65536, "too-many"),
    ],
)
def test_field_rules_reach_every_object_and_are_errors(path: str, value: Any, code: str) -> None:
    task = changed(linux_task(), (path, value))
    assert ("error", code) in {
        (problem.severity, problem.code) for problem in check(task) if problem.path == parse_path(path)
    }


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        # null where the reference requires a value
        ("target_server.disks", None, "null-required"),
        (f"{CARD}.name", None, "null-required"),
        (f"{CARD}.id", None, None),
        ("target_server.name", "", None),
        # text that cannot be sent
        ("name", "\ud800", "lone-surrogate"),
        # required when a source is registered
        ("source_server.hostname", None, "required-to-register"),
        ("source_server.os_version", "", "required-to-register"),
        ("source_server.hostname", "web", None),
        ("target_server.hostname", None, None),
        ("source_server.disks[0].partition_style", None, "required-to-register"),
        (f"{TARGET_DISK}.partition_style", None, None),
        # keys the reference does not have
        ("speedlimit", 1, "unknown-key"),
        ("snapshot_ids", "", "unknown-key"),
        ("compress_rate", 1, None),
        ("network_check_info", {}, None),
        ("use_ipv6", False, None),
        (f"{CARD}.ipv6", "", "unknown-key"),
        # sizes
        (f"{TARGET_VOLUME}.used_size", GIB + 1, "used-exceeds-size"),
        (f"{TARGET_VOLUME}.used_size", GIB, None),
        (f"{TARGET_DISK}.used_size", 40 * GIB + 1, "used-exceeds-size"),
        ("source_server.disks[1].physical_volumes[0].used_size", 8 * GIB + 1, "used-exceeds-size"),
        (f"{LOGICAL}.used_size", 10 * GIB + 1, "used-exceeds-size"),
        (f"{LOGICAL}.free_size", 9 * GIB + 1, "used-and-free-differ"),
        (f"{TARGET_VOLUME}.free_size", GIB // 2 - 1, "used-and-free-differ"),
        (f"{TARGET_VOLUME}.free_size", GIB // 2, None),
        (f"{TARGET_VOLUME}.free_size", None, None),
        # dates
        ("finish_date", 1598435783999, "ends-before-start"),
        ("finish_date", 1598435784000, None),
        ("finish_date", 0, None),
        ("sub_tasks[0].end_date", 1598435783999, "ends-before-start"),
        ("sub_tasks[0].progress", 99, "ended-early"),
        ("sub_tasks[1].progress", 0, None),
        # addresses
        ("migration_ip", "10.0.0.256", "not-ip"),
        ("migration_ip", "fe80::1", None),
        ("migration_ip", "", None),
        ("migration_ip", None, None),
        ("float_ip", "x", "not-ip"),
        ("source_server.ip", "192.168.0", "not-ip"),
        ("target_server.ip", "10.0.0.7 ", "not-ip"),
        (f"{CARD}.ip", "a.b.c.d", "not-ip"),
        (f"{CARD}.gateway", "192.168.0.1/24", "not-ip"),
        (f"{CARD}.gateway", "0.0.0.0", None),
        (f"{CARD}.netmask", "255.0.255.0", "not-netmask"),
        (f"{CARD}.netmask", "0.0.0.255", "not-netmask"),
        (f"{CARD}.netmask", "129", "not-netmask"),
        (f"{CARD}.netmask", "mask", "not-netmask"),
        (f"{CARD}.netmask", "255.255.240.0", None),
        (f"{CARD}.netmask", "/64", None),
        (f"{CARD}.netmask", "ffff:ffff::", None),
        (f"{CARD}.mac", "fa:16:3e:12:34", "not-mac"),
        (f"{CARD}.mac", "fa:16-3e:12:34:56", "not-mac"),
        (f"{CARD}.mac", "FA-16-3E-12-34-56", None),
        # UUIDs as Windows, ext4, FAT, NTFS, MBR, LVM and the reference's masked example write them
        (f"{TARGET_VOLUME}.uuid", "\\\\?\\Volume{586b7157-0000-0000-0000-100000000000}\\", None),
        (f"{TARGET_VOLUME}.uuid", "{586B7157-0000-0000-0000-100000000000}", None),
        (f"{TARGET_VOLUME}.uuid", "A1B2-C3D4", None),
        (f"{TARGET_VOLUME}.uuid", "01D6A5F0B7C8D9E0", None),
        (f"{TARGET_VOLUME}.uuid", "586b7157-01", None),
        (f"{TARGET_VOLUME}.uuid", "Zb3xQ1-1abc-2def-3ghi-4jkl-5mno-6pqrst", None),
        (f"{TARGET_VOLUME}.uuid", "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxx0001", None),
        (f"{TARGET_VOLUME}.uuid", "586b7157-0000-0000-0000-10000000000", "not-uuid"),
        (f"{TARGET_VOLUME}.uuid", "Volume{586b7157", "not-uuid"),
        ("vm_template_id", "no UUID at all", None),
        # numbers, yes and no written as text
        (f"{BTRFS}.default_subvolid", "five", "not-number-in-text"),
        (f"{BTRFS}.subvolumn[0].subvol_id", "２", "not-number-in-text"),
        (f"{BTRFS}.subvolumn[0].parent_id", "-5", "not-number-in-text"),
        (f"{BTRFS}.subvolumn[0].is_snapshot", "maybe", "not-truth-in-text"),
        (f"{BTRFS}.subvolumn[0].is_snapshot", "True", None),
        (f"{BTRFS}.subvolumn[0].is_snapshot", "0", None),
        (f"{BTRFS}.subvolumn[0].is_snapshot", "", None),
    ],
)  # fmt: skip
def test_one_object_by_itself(path: str, value: Any, code: str | None) -> None:
    found = check(changed(linux_task(), (path, value)))
    assert [(problem.severity, problem.code) for problem in found] == ([("warning", code)] if code else [])
    assert all(problem.path == parse_path(path) for problem in found)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (f"{TARGET_VOLUME}.used_size", 2 * GIB, "used_size 2147483648 (2 GiB) is more than size 1073741824 (1 GiB)"),
        ("speedlimit", 1, "never sent: an update has no such key; did you mean speed_limit?"),
        ("zzz", 1, "never sent: an update has no such key"),
        (f"{TARGET_DISK}.sizee", 1, "unknown to the reference, sent as it is; did you mean size?"),
        ("sub_tasks[0].progress", 99, "99 %, yet end_date says that it ended 2020-08-26 09:56:40 UTC"),
        (
            "finish_date",
            1598435783999,
            "finish_date 2020-08-26 09:56:23.999 UTC is before start_date 2020-08-26 09:56:24 UTC",
        ),
        (f"{CARD}.mac", "x\x1b", '"x\\u001b" is not a MAC address, such as fa:16:3e:12:34:56'),
        (
            f"{TARGET_VOLUME}.free_size",
            GIB,
            "used_size and free_size make 1610612736 (1.5 GiB), size is 1073741824 (1 GiB)",
        ),
    ],
)
def test_messages_carry_the_figures(path: str, value: Any, message: str) -> None:
    assert messages(changed(linux_task(), (path, value)), path) == [message]


def test_a_used_size_beyond_the_size_is_not_reported_a_second_time_as_a_wrong_sum() -> None:
    task = changed(linux_task(), (f"{LOGICAL}.used_size", 11 * GIB))
    assert codes(task) == ["used-exceeds-size"]


@pytest.mark.parametrize("side", ["source_server", "target_server"])
@pytest.mark.parametrize(
    ("size", "message"),
    [
        (40, "40 (40 B) is less than 1 MiB; for 40 GiB write 40G"),
        (65535, "65535 (64.0 KiB) is less than 1 MiB; for 64.0 TiB write 65535G"),
        (65536, "65536 (64 KiB) is less than 1 MiB"),
        (2**20 - 1, "1048575 (1.0 MiB) is less than 1 MiB"),
        (2**20, None),
        (0, None),
    ],
)
def test_a_disk_of_a_few_bytes_lacks_its_unit(side: str, size: int, message: str | None) -> None:
    found = [problem for problem in check({side: {"disks": [{"size": size}]}}) if problem.code == "tiny-disk"]
    assert [problem.message for problem in found] == ([] if message is None else [message])
    assert all(problem.severity == "warning" and problem.path == (side, "disks", 0, "size") for problem in found)


def test_a_small_volume_is_no_disk_without_its_unit() -> None:
    volumes = [{"name": "v", "size": 40}]
    assert "tiny-disk" not in codes({"target_server": {"disks": [{"size": 2**30, "physical_volumes": volumes}]}})
