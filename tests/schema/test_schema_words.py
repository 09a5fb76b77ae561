"""What people read about kinds and fields, whom a field belongs to, and what it is counted in."""

from __future__ import annotations

from typing import Any

import pytest
from cases import every
from schema_reference import ROWS, TABLES, row_id

from sms_tui.schema.registry import ROOT, kinds

EVERY_FIELD = every(("kind", "row"), ROWS, ids=row_id)
EVERY_KIND = pytest.mark.parametrize("kind", TABLES)

GONE_WHEN_THE_SERVICE_TOOK_ITS_FIELDS_BACK = {
    "state", "connected", "create_date", "start_date", "finish_date", "estimate_complete_time", "remain_seconds",
    "total_time", "migrate_speed", "error_json", "float_ip", "target_snapshot_id", "sub_tasks",
}  # fmt: skip
BYTES = {
    "size",
    "used_size",
    "free_size",
    "nodesize",
    "sectorsize",
    "g_vol_used_size",
    "block_size",
    "size_per_cluster",
}
UNITS = {
    ("PutTaskReq", "speed_limit"): "Mbit/s",
    ("PutTaskReq", "migrate_speed"): "MB/s",
    ("SubTask", "migrate_speed"): "Mbit/s",
    ("PutTaskReq", "estimate_complete_time"): "epoch ms",
    ("PutTaskReq", "remain_seconds"): "s",
    ("PutTaskReq", "total_time"): "unit not documented",
    ("SubTask", "progress"): "%",
    ("PostSourceServerBody", "io_read_wait"): "ms",
    ("PostSourceServerBody", "memory"): "MB",
    ("TargetServer", "memory"): "MB",
    ("PostSourceServerBody", "cpu_quantity"): "vCPU",
    ("TargetServer", "cpu_quantity"): "vCPU",
}


@EVERY_KIND
def test_a_kind_has_a_label_and_a_sentence_of_help(kind: str) -> None:
    found = kinds()[kind]
    assert found.label
    assert found.label != kind
    assert found.help.endswith(".")
    assert "\n" not in found.help


@EVERY_FIELD
def test_a_field_has_a_label_and_help_that_says_more(kind: str, row: dict[str, Any]) -> None:
    field = kinds()[kind].fields[row["name"]]
    assert field.label
    assert field.label == field.label.strip()
    assert len(field.label) <= 30
    assert field.help.endswith(".")
    assert len(field.label) < len(field.help) <= 200
    assert field.help.rstrip(".").lower() not in (field.label.lower(), f"the {field.label.lower()}")


@EVERY_KIND
def test_no_two_fields_of_a_kind_read_the_same(kind: str) -> None:
    fields = kinds()[kind].fields.values()
    assert len({field.help for field in fields}) == len(fields)
    assert len({field.label for field in fields}) == len(fields)


def test_no_two_kinds_read_the_same() -> None:
    assert len({kind.label for kind in kinds().values()}) == len(TABLES)
    assert len({kind.help for kind in kinds().values()}) == len(TABLES)


@EVERY_FIELD
def test_words_for_enumerated_values_name_values_of_the_reference(kind: str, row: dict[str, Any]) -> None:
    meanings = kinds()[kind].fields[row["name"]].meanings
    assert set(meanings) <= {str(member) for member in row.get("enum", ())}
    assert all(meanings.values())


def test_numbers_in_enumerations_are_explained() -> None:
    assert dict(kinds()[ROOT].fields["priority"].meanings) == {"0": "low", "1": "standard", "2": "high"}


@EVERY_FIELD
def test_a_field_is_counted_in_the_unit_of_the_reference(kind: str, row: dict[str, Any]) -> None:
    name = row["name"]
    expected = UNITS.get((kind, name))
    if name in BYTES:
        expected = "bytes"
    elif name.endswith("_date"):
        expected = "epoch ms"
    assert kinds()[kind].fields[name].unit == expected


def test_the_count_of_inodes_that_is_called_a_size_is_explained() -> None:
    explained = [field for kind in kinds().values() for field in kind.fields.values() if field.name == "inode_size"]
    assert len(explained) == 3
    assert all("count" in field.help for field in explained)


def test_fields_a_later_edition_took_back_belong_to_the_service() -> None:
    fields = kinds()[ROOT].fields
    assert {name for name in fields if fields[name].owner == "service"} == {
        "id",
        *GONE_WHEN_THE_SERVICE_TOOK_ITS_FIELDS_BACK,
    }


def test_what_a_step_reports_belongs_to_the_service() -> None:
    assert {field.owner for field in kinds()["SubTask"].fields.values()} == {"service"}


def test_what_an_operator_decides_belongs_to_the_operator() -> None:
    for kind, names in {
        "PutTaskReq": ("name", "type", "priority", "speed_limit", "migration_ip", "target_server"),
        "TargetServer": ("name", "ip", "vm_id", "flavor", "disks"),
        "TargetDisk": ("name", "size", "disk_id", "device_use", "physical_volumes"),
    }.items():
        assert {kinds()[kind].fields[name].owner for name in names} == {"operator"}
