"""Repairs on offer: their words, and that each removes its finding and brings no error."""

from __future__ import annotations

import ast
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path as File
from typing import Any

import pytest
from document_material import TASKS
from hypothesis import given
from hypothesis import strategies as st
from storage_material import GIB, STORAGE

import sms_tui.schema.checks
from sms_tui.document.document import Document
from sms_tui.document.edits import InsertEntry, RemoveValue, SetValue
from sms_tui.document.fixes import offers
from sms_tui.document.mirror import preview
from sms_tui.exactjson import Json, dumps
from sms_tui.schema.checks.checker import check
from sms_tui.schema.paths import ABSENT, parse_path
from sms_tui.schema.problems import Problem
from sms_tui.simulator.seeds import seed_tasks
from sms_tui.simulator.seeds.windows import wrong_volume_size

NOW = 1_770_000_000.0
SOURCE, TARGET = "source_server.disks", "target_server.disks"
Findings = set[tuple[Any, ...]]


def tasks_by_name() -> dict[str, Any]:
    return {str(task["name"]): task for task in seed_tasks(NOW)}


def windows() -> Any:
    """Two disks: Disk 0 of 120 GiB with EFI and C:, Disk 1 of 500 GiB with D: of 499 GiB, 287 GiB of it used."""
    task = tasks_by_name()["finance-report-01"]
    return changed(task, (f"{SOURCE}[1].device_use", "BOOT"))


def linux() -> Any:
    """A volume group vg_data of 418 GiB with lv_app of 120 GiB, lv_pgdata of 240 and lv_log of 38."""
    return tasks_by_name()["crm-app-02"]


def changed(task: Any, *changes: tuple[str, Any]) -> Any:
    """The task after several edits, each a path as text and a value, ABSENT to remove it."""
    document = Document(task)
    for text, value in changes:
        path = parse_path(text)
        document.apply("edit", RemoveValue(path) if value is ABSENT else SetValue(path, value))
    return document.current


def offered(task: Any, path: str, code: str) -> list[str]:
    document = Document(task)
    (problem,) = (found for found in check(task) if (found.path, found.code) == (parse_path(path), code))
    return [offer.words for offer in offers(document, problem)]


def findings(task: Json, severity: str | None = None) -> Findings:
    return {(found.path, found.code) for found in check(task) if severity in (None, found.severity)}


def assert_offers_hold(task: Any) -> None:
    """Every offer for every finding removes that finding, brings no error, and can be undone."""
    document = Document(task)
    errors = findings(task, "error")
    for finding in document.findings:
        for offer in offers(document, finding):
            scratch = preview(document, offer.changes)
            assert (finding.path, finding.problem.code) not in findings(scratch.current), offer
            assert findings(scratch.current, "error") <= errors, offer
            assert "\n" not in offer.words
            scratch.undo()
            assert dumps(scratch.current) == dumps(task)
    assert document.current is task


CASES: list[tuple[str, Callable[[], Any], list[tuple[str, Any]], str, list[str]]] = [
    (
        "volumes-exceed-disk",
        windows,
        [(f"{TARGET}[1].physical_volumes[0].size", 5000 * GIB)],
        f"{TARGET}[1].size",
        [
            "set size of D: to 499 GiB as on the source",
            "shrink D: by 4500 GiB, its free_size to 213 GiB",
            "grow disk Disk 1 to 5000 GiB",
        ],
    ),
    (
        "volumes-exceed-disk",
        windows,
        [(f"{TARGET}[1].size", 499 * GIB - 1)],
        f"{TARGET}[1].size",
        [
            "shrink D: by 1 B, its free_size to 227633266687 bytes (212.0 GiB)",
            "grow disk Disk 1 to 499 GiB",
        ],
    ),
    (
        "volumes-exceed-disk",
        windows,
        [(f"{SOURCE}[1].size", 1)],
        f"{SOURCE}[1].size",
        ["grow disk Disk 1 to 499 GiB"],
    ),
    (
        "volumes-exceed-group",
        linux,
        [("target_server.volume_groups[0].logical_volumes[2].size", 138 * GIB)],
        "target_server.volume_groups[0].size",
        [
            "set size of lv_log to 38 GiB as on the source",
            "shrink lv_log by 80 GiB, its free_size to 49 GiB",
            "grow volume group vg_data to 498 GiB, its free_size to 0 B",
        ],
    ),
    (
        "used-exceeds-size",
        windows,
        [(f"{TARGET}[1].physical_volumes[0].size", 100 * GIB)],
        f"{TARGET}[1].physical_volumes[0].used_size",
        [
            "set size of D: to 499 GiB as on the source",
            "grow D: to 287 GiB, its free_size to 0 B",
        ],
    ),
    (
        "used-exceeds-size",
        windows,
        [(f"{TARGET}[1].physical_volumes[0].used_size", 600 * GIB + 1)],
        f"{TARGET}[1].physical_volumes[0].used_size",
        ["grow D: to 601 GiB, its free_size to 1073741823 bytes (1.0 GiB), and disk Disk 1 to 601 GiB"],
    ),
    (
        "used-and-free-differ",
        windows,
        [(f"{TARGET}[1].physical_volumes[0].free_size", 5)],
        f"{TARGET}[1].physical_volumes[0].free_size",
        ["set free_size to size - used_size (212 GiB)"],
    ),
    (
        "used-and-free-differ",
        windows,
        [(f"{TARGET}[1].physical_volumes[0].size", 400 * GIB)],
        f"{TARGET}[1].physical_volumes[0].free_size",
        ["set size of D: to 499 GiB as on the source", "set free_size to size - used_size (113 GiB)"],
    ),
    (
        "volumes-exceed-disk",
        windows,
        [(f"{TARGET}[1].physical_volumes[0].size", 5000 * GIB), (f"{TARGET}[1].physical_volumes[0].free_size", 0)],
        f"{TARGET}[1].size",
        [
            "set size of D: to 499 GiB as on the source, its free_size to 212 GiB",
            "shrink D: by 4500 GiB, its free_size to 213 GiB",
            "grow disk Disk 1 to 5000 GiB",
        ],
    ),
    (
        "target-disk-too-small",
        windows,
        [(f"{TARGET}[1].size", 100 * GIB)],
        f"{TARGET}[1].size",
        ["set size of disk Disk 1 to 500 GiB as on the source", "grow disk Disk 1 to 499 GiB"],
    ),
    (
        "no-target-disk",
        windows,
        [(f"{TARGET}[1]", ABSENT)],
        f"{SOURCE}[1]",
        ["add a target disk like Disk 1 of the source (500 GiB)"],
    ),
    ("os-disk-count", windows, [(f"{TARGET}[0].os_disk", False)], TARGET, ["mark Disk 0 as the system disk"]),
    (
        "os-disk-count",
        windows,
        [(f"{TARGET}[1].os_disk", True)],
        TARGET,
        ["keep Disk 0 as the system disk and set os_disk of Disk 1 to false"],
    ),
    (
        "os-types-differ",
        windows,
        [("target_server.os_type", "LINUX")],
        "target_server.os_type",
        ["copy os_type from the task (WINDOWS)"],
    ),
    (
        "os-types-differ",
        windows,
        [("target_server.os_type", "LINUX"), ("os_type", None)],
        "target_server.os_type",
        ["copy os_type from the source server (WINDOWS)"],
    ),
    (
        "os-types-differ",
        windows,
        [("os_type", "LINUX")],
        "target_server.os_type",
        ["set os_type of the task to WINDOWS, as both servers say", "copy os_type from the task (LINUX)"],
    ),
    (
        "required-for-os",
        linux,
        [("target_server.has_rsync", None), ("target_server.btrfs_list", ABSENT)],
        "target_server",
        ["set btrfs_list to [] and copy has_rsync from the source server"],
    ),
    ("required-for-os", linux, [("source_server.btrfs_list", None)], "source_server", ["set btrfs_list to []"]),
    ("required-for-os", linux, [("source_server.boot_loader", None)], "source_server", []),
    (
        "required-to-register",
        windows,
        [("source_server.os_type", None)],
        "source_server.os_type",
        ["copy os_type from the task (WINDOWS)"],
    ),
    ("required-to-register", windows, [("source_server.hostname", None)], "source_server.hostname", []),
    ("missing", windows, [("target_server.disks", ABSENT)], TARGET, ["set disks to []"]),
    (
        "missing",
        windows,
        [("target_server.os_type", ABSENT)],
        "target_server.os_type",
        ["copy os_type from the task (WINDOWS)"],
    ),
    (
        "missing",
        linux,
        [("target_server.volume_groups[0].logical_volumes[2].free_size", ABSENT)],
        "target_server.volume_groups[0].logical_volumes[2].free_size",
        ["set free_size to size - used_size (29 GiB)"],
    ),
    ("missing", windows, [("target_server.name", ABSENT)], "target_server.name", []),
    (
        "null-required",
        windows,
        [(f"{SOURCE}[0].physical_volumes", None)],
        f"{SOURCE}[0].physical_volumes",
        ["set physical_volumes to []"],
    ),
    ("null-required", windows, [("target_server.ip", None)], "target_server.ip", []),
    ("not-a-member", windows, [("type", "migrate_block")], "type", ["set type to MIGRATE_BLOCK"]),
    ("not-a-member", windows, [("os_type", "LINX")], "os_type", ["set os_type to LINUX"]),
    ("not-a-member", windows, [("source_server.state", "Waiting ")], "source_server.state", ["set state to waiting"]),
    ("not-a-member", windows, [("os_type", "AIX")], "os_type", []),
    ("too-large", windows, [("speed_limit", 20000)], "speed_limit", ["set speed_limit to 10000"]),
    ("too-large", windows, [("migrate_speed", Decimal("10000.5"))], "migrate_speed", ["set migrate_speed to 10000"]),
    ("too-small", windows, [(f"{TARGET}[0].size", -1)], f"{TARGET}[0].size", ["set size to 0 B"]),
    (
        "too-short",
        windows,
        [("enterprise_project_id", "")],
        "enterprise_project_id",
        ["set enterprise_project_id to null"],
    ),
    (
        "duplicate",
        windows,
        [(f"{TARGET}[0].physical_volumes[1].index", 1)],
        f"{TARGET}[0].physical_volumes[0].index",
        ["set index to 2"],
    ),
    ("duplicate", windows, [(f"{TARGET}[1].disk_index", "0")], f"{TARGET}[1].disk_index", ["set disk_index to 1"]),
    ("duplicate", windows, [(f"{TARGET}[1].name", "Disk 0")], f"{TARGET}[1].name", []),
    ("ended-early", windows, [("sub_tasks[2].progress", 40)], "sub_tasks[2].progress", ["set progress to 100"]),
    ("ends-before-start", windows, [("finish_date", 1)], "finish_date", []),
    ("unknown-key", windows, [(f"{TARGET}[0].sise", 1)], f"{TARGET}[0].sise", []),
    ("wrong-type", windows, [("speed_limit", "fast")], "speed_limit", []),
    ("too-long", windows, [("name", "x" * 300)], "name", []),
    ("not-ip", windows, [("migration_ip", "here")], "migration_ip", []),
]


@pytest.mark.parametrize(("code", "start", "edits", "path", "words"), CASES)
def test_what_is_offered_for_a_finding(code, start, edits, path, words):
    task = changed(start(), *edits)
    assert offered(task, path, code) == words
    assert_offers_hold(task)


def test_the_cases_here_cover_every_code_that_something_is_offered_for():
    from sms_tui.document import fixes

    assert set(fixes._RULES) <= {code for code, *_ in CASES}


def test_every_code_that_something_is_offered_for_is_one_the_checks_have():
    from sms_tui.document import fixes

    files = [*File(sms_tui.schema.checks.__path__[0]).glob("*.py"), File(sms_tui.schema.__path__[0]) / "judge.py"]
    texts = {
        node.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert set(fixes._RULES) <= texts


def test_the_demos_wrong_volume_size_is_repaired_by_the_first_offer_of_either_finding():
    for which in (0, 1):
        document = Document(wrong_volume_size(NOW))
        offer = offers(document, document.findings[which])[0]
        assert offer.words == "set size of D: to 200 GiB as on the source"
        document.apply(offer.words, *offer.changes)
        assert document.findings == []
        edit = document.undo()
        assert edit is not None
        assert edit.label == offer.words
        assert len(document.findings) == 2


@pytest.mark.parametrize("which", range(3))
def test_each_offer_for_the_demos_full_disk_leaves_nothing_that_offers_do_not_repair(which):
    document = Document(wrong_volume_size(NOW))
    offer = offers(document, document.findings[0])[which]
    document.apply(offer.words, *offer.changes)
    while document.findings:
        offer = offers(document, document.findings[0])[-1]
        before = len(document.findings)
        document.apply(offer.words, *offer.changes)
        assert len(document.findings) < before


def test_a_volume_is_not_offered_the_sources_size_if_that_is_too_small_for_what_it_uses():
    task = changed(
        windows(),
        (f"{TARGET}[1].physical_volumes[0].size", 600 * GIB),
        (f"{TARGET}[1].physical_volumes[0].used_size", 499 * GIB + 1),
    )
    assert offered(task, f"{TARGET}[1].size", "volumes-exceed-disk") == [
        "shrink D: by 100 GiB, its free_size to 1073741823 bytes (1.0 GiB)",
        "grow disk Disk 1 to 600 GiB",
    ]


def test_a_volume_is_not_shrunk_below_what_the_source_uses():
    task = changed(
        windows(),
        (f"{TARGET}[1].physical_volumes[0].used_size", 0),
        (f"{TARGET}[1].size", 286 * GIB),
    )
    assert offered(task, f"{TARGET}[1].size", "volumes-exceed-disk") == ["grow disk Disk 1 to 499 GiB"]


def test_a_disk_added_for_a_source_disk_does_not_become_a_second_system_disk():
    task = changed(windows(), (f"{TARGET}[0]", ABSENT), (f"{TARGET}[0].os_disk", True))
    document = Document(task)
    (problem,) = (found for found in check(task) if found.code == "no-target-disk")
    (offer,) = offers(document, problem)
    document.apply(offer.words, *offer.changes)
    assert document.value(parse_path(f"{TARGET}[1].os_disk")) is False
    assert "os-disk-count" not in {found.problem.code for found in document.findings}


def test_a_logical_volume_that_outgrows_its_group_takes_the_group_along():
    volumes = "target_server.volume_groups[0].logical_volumes"
    task = changed(linux(), (f"{volumes}[2].used_size", 50 * GIB), ("target_server.volume_groups[0].size", 400 * GIB))
    assert offered(task, f"{volumes}[2].used_size", "used-exceeds-size") == [
        "grow lv_log to 50 GiB, its free_size to 0 B, and volume group vg_data to 410 GiB, its free_size to 0 B"
    ]
    assert_offers_hold(task)


def test_the_sources_size_is_not_offered_twice_where_it_is_just_enough():
    task = changed(windows(), (f"{SOURCE}[1].used_size", 500 * GIB), (f"{TARGET}[1].size", 499 * GIB))
    assert offered(task, f"{TARGET}[1].size", "target-disk-too-small") == [
        "set size of disk Disk 1 to 500 GiB as on the source"
    ]


def test_a_next_index_is_one_that_no_other_entry_has():
    third = {"name": "E:", "index": 2, "size": 0}
    path = f"{TARGET}[0].physical_volumes"
    task = changed(windows(), (f"{path}[1].index", 1))
    document = Document(task)
    document.apply("add", InsertEntry((*parse_path(path), 2), third))
    assert offered(document.current, f"{path}[1].index", "duplicate") == ["set index to 3"]


def test_a_boot_volume_shows_the_system_disk_only_if_no_other_disk_has_one():
    boot, plain = {"physical_volumes": [{"device_use": "BOOT"}]}, {"physical_volumes": [{"device_use": "NORMAL"}]}

    def marks(*disks: Any) -> list[str]:
        numbered = [{**disk, "name": f"Disk {at}", "os_disk": False} for at, disk in enumerate(disks)]
        return offered({"target_server": {"disks": numbered}}, TARGET, "os-disk-count")

    assert marks(plain, boot) == ["mark Disk 1 as the system disk"]
    assert marks(boot, boot) == marks(plain, plain) == []
    root = {"physical_volumes": [{"mount_point": "/"}]}
    assert marks(boot, root) == ["mark Disk 1 as the system disk"]
    assert len(marks(root, root)) == 2


def test_a_finding_that_is_gone_already_is_offered_nothing_for():
    task = changed(windows(), (f"{TARGET}[1].size", 100 * GIB))
    gone = [problem for problem in check(task) if problem.path == parse_path(f"{TARGET}[1].size")]
    assert len(gone) == 2
    document = Document(windows())
    assert [offers(document, problem) for problem in gone] == [[], []]


@given(STORAGE)
def test_offers_hold_in_any_storage(task):
    assert_offers_hold(task)


@given(TASKS)
def test_offers_hold_in_any_task(task):
    assert_offers_hold(task)


@given(st.sampled_from(seed_tasks(NOW)), st.data())
def test_offers_hold_after_any_slip_of_the_hand(task, data):
    paths = [path for path, value in leaves(task) if isinstance(value, int | str) or value is None]
    slips = data.draw(st.lists(st.sampled_from(paths), min_size=1, max_size=3))
    document = Document(task)
    for path in slips:
        value = document.value(path)
        slip: list[Any] = [None, ABSENT, ""]
        if isinstance(value, int) and not isinstance(value, bool):
            slip += [value * 10, value // 10, value + 1, -value - 1, 2**63]
        elif isinstance(value, str):
            slip += [value.lower(), value[:-1], f"{value} "]
        made = data.draw(st.sampled_from(slip))
        if value is not ABSENT:
            document.apply("slip", RemoveValue(path) if made is ABSENT else SetValue(path, made))
    assert_offers_hold(document.current)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict | list) and value:
        steps = value.items() if isinstance(value, dict) else enumerate(value)
        return [leaf for step, below in steps for leaf in leaves(below, (*path, step))]
    return [(path, value)]


@given(STORAGE, STORAGE)
def test_a_finding_of_another_task_is_no_trouble(task, other):
    document = Document(other)
    for problem in check(task):
        for offer in offers(document, Problem(problem.path, "warning", problem.code, "")):
            assert offer.words
