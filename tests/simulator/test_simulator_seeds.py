"""The sample tasks: each must look like life, and only the one meant to be wrong may be wrong."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sms_tui.simulator.rules import violations
from sms_tui.simulator.seeds import reference_task, seed_tasks

NOW = 1_760_000_000.0
SEEDS: dict[str, Any] = {str(task["name"]): task for task in seed_tasks(NOW)}
WRONG = "erp-db-01 (wrong volume size)"
REFERENCE = "MigrationTask"
INVENTED = [name for name in SEEDS if name != REFERENCE]


def findings(task: Any) -> list[str]:
    """What does not add up in a task."""
    found: list[str] = []
    for side in ("source_server", "target_server"):
        server = task[side]
        disks = server.get("disks", [])
        if disks and len([disk for disk in disks if disk["os_disk"]]) != 1:
            found.append(f"{side}: not one OS disk")
        for disk in disks:
            found += _disk_findings(f"{side} {disk['name']}", disk)
        for group in server.get("volume_groups") or []:
            found += _group_findings(f"{side} {group['name']}", group, disks)
    return found


def _disk_findings(where: str, disk: Any) -> Iterator[str]:
    volumes = disk["physical_volumes"]
    if sum(volume["size"] for volume in volumes) > disk["size"]:
        yield f"{where}: volumes exceed the disk"
    if disk["used_size"] > disk["size"]:
        yield f"{where}: used exceeds size"
    for volume in volumes:
        yield from _size_findings(f"{where} {volume['name']}", volume)


def _group_findings(where: str, group: Any, disks: Any) -> Iterator[str]:
    volumes = group["logical_volumes"]
    if sum(volume["size"] for volume in volumes) + group["free_size"] != group["size"]:
        yield f"{where}: volumes and free space are not the group"
    parts = {volume["name"]: volume["size"] for disk in disks for volume in disk["physical_volumes"]}
    if sum(parts[name] for name in group["components"].split(";")) < group["size"]:
        yield f"{where}: larger than what it is made of"
    for volume in volumes:
        yield from _size_findings(f"{where} {volume['name']}", volume)


def _size_findings(where: str, volume: Any) -> Iterator[str]:
    if volume["used_size"] > volume["size"]:
        yield f"{where}: used exceeds size"
    if "free_size" in volume and volume["free_size"] != volume["size"] - volume["used_size"]:
        yield f"{where}: used and free are not the size"


def lists_in(value: Any) -> Iterator[list[Any]]:
    if isinstance(value, list):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from lists_in(part)


@pytest.mark.parametrize("name", SEEDS)
def test_a_sample_breaks_no_field_rule_but_where_meant(name: str) -> None:
    meant = {"finance-report-01": ["source_server.disks[1].device_use must be one of 'BOOT', 'OS'"]}
    assert [found.message for found in violations(SEEDS[name], {})] == meant.get(name, [])


@pytest.mark.parametrize("name", [name for name in SEEDS if name != WRONG])
def test_a_sample_adds_up(name: str) -> None:
    assert findings(SEEDS[name]) == []


def test_the_broken_sample_is_repaired_by_taking_one_digit_away() -> None:
    (task,) = [task for task in seed_tasks(NOW) if task["name"] == WRONG]
    assert findings(task) == [
        "target_server Disk 1: volumes exceed the disk",
        "target_server Disk 1 D:: used and free are not the size",
    ]
    broken: Any = task
    volume = broken["target_server"]["disks"][1]["physical_volumes"][0]
    volume["size"] = int(str(volume["size"])[:-1])
    assert findings(task) == []
    assert volume["size"] == broken["source_server"]["disks"][1]["physical_volumes"][0]["size"]


def test_the_reference_sample_is_the_references_example_with_its_id() -> None:
    example = json.loads(Path(__file__).parents[1].joinpath("data", "reference_example.json").read_text("utf-8"))
    assert reference_task() == {"id": "ef3b9722-07a0-40ae-89b0-889ee96d0001", **example}


@pytest.mark.parametrize("name", SEEDS)
def test_siblings_differ_in_everything_that_identifies_them(name: str) -> None:
    for entries in lists_in(SEEDS[name]):
        for key in ("id", "uuid", "name", "index", "disk_index", "relation_name", "mount_point", "mac", "subvol_id"):
            values = [entry[key] for entry in entries if isinstance(entry, dict) and entry.get(key) is not None]
            assert len(values) == len(set(values)), (key, values)


@pytest.mark.parametrize("name", SEEDS)
def test_sub_tasks_are_numbered_one_after_the_other_and_ended_ones_are_at_100(name: str) -> None:
    steps = SEEDS[name]["sub_tasks"]
    assert [step["id"] for step in steps] == list(range(steps[0]["id"], steps[0]["id"] + len(steps)))
    assert all((step["end_date"] is not None) == (step["progress"] == 100) for step in steps)


@pytest.mark.parametrize("name", INVENTED)
def test_the_target_has_the_disks_and_volumes_of_the_source(name: str) -> None:
    def layout(server: Any) -> Any:
        return [
            (
                disk["name"],
                disk["size"],
                disk["partition_style"],
                [volume["name"] for volume in disk["physical_volumes"]],
            )
            for disk in server["disks"]
        ]

    task = SEEDS[name]
    assert layout(task["source_server"]) == layout(task["target_server"])
    assert task["source_server"]["disks"]
    assert task["os_type"] == task["source_server"]["os_type"] == task["target_server"]["os_type"]


@pytest.mark.parametrize("name", INVENTED)
def test_addresses_are_private(name: str) -> None:
    task = SEEDS[name]
    addresses = [task["migration_ip"], task["source_server"]["ip"], task["target_server"]["ip"]]
    addresses += [card["ip"] for card in task["source_server"]["networks"]]
    assert all(ipaddress.ip_address(address).is_private for address in addresses if address)


@pytest.mark.parametrize("name", SEEDS)
def test_dates_are_in_order_and_nothing_started_later_than_now(name: str) -> None:
    task = SEEDS[name]
    dates = [date for key in ("create_date", "start_date", "finish_date") if (date := task[key]) is not None]
    assert dates == sorted(dates)
    assert all(date <= NOW * 1000 for date in dates)


def test_the_samples_show_what_a_task_can_be() -> None:
    tasks = list(SEEDS.values())
    assert {"READY", "RUNNING", "SYNCING", "MIGRATE_SUCCESS", "MIGRATE_FAIL", "ABORT"} <= {t["state"] for t in tasks}
    assert {(t["os_type"], t["type"]) for t in tasks} == {
        ("WINDOWS", "MIGRATE_BLOCK"),
        ("LINUX", "MIGRATE_FILE"),
        ("LINUX", "MIGRATE_BLOCK"),
    }
    assert max(len(t["target_server"]["disks"]) for t in tasks) == 24
    assert json.loads(SEEDS["nfs-share-01"]["error_json"])["error_code"] == "SMS.0515"
    assert len({t["id"] for t in tasks}) == len(tasks) >= 12


def test_samples_are_built_anew_each_time() -> None:
    first, second = seed_tasks(NOW), seed_tasks(NOW)
    assert first == second
    mutable = [id(part) for tasks in (first, second) for part in _parts(tasks)]
    assert len(mutable) == len(set(mutable))


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        yield value
        for part in value.values() if isinstance(value, dict) else value:
            yield from _parts(part)
