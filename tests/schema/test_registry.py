"""From a place in a task to its field and its kind."""

from __future__ import annotations

import pytest
from schema_reference import EXAMPLE

from sms_tui.schema.paths import Path, parse_path, value_at
from sms_tui.schema.registry import ROOT, field_at, kind, kind_at, kinds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ROOT),
        ("source_server", "PostSourceServerBody"),
        ("target_server", "TargetServer"),
        ("clone_server", "CloneServer"),
        ("sub_tasks[4]", "SubTask"),
        ("source_server.disks[0].physical_volumes[2]", "PhysicalVolume"),
        ("target_server.disks[0].physical_volumes[2]", "TargetPhysicalVolumes"),
        ("target_server.volume_groups[1].logical_volumes[0]", "LogicalVolumes"),
        ("source_server.btrfs_list[0].subvolumn[3]", "BtrfsSubvolumn"),
        ("target_server.networks[0]", "NetWork"),
    ],
)
def test_an_object_is_of_the_kind_its_place_asks_for(text: str, expected: str) -> None:
    found = kind_at(parse_path(text))
    assert found is kind(expected)


@pytest.mark.parametrize(
    "text",
    [
        "name",
        "sub_tasks",
        "compress_rate",
        "[0]",
        "sub_tasks[0][0]",
        "target_server.disks.size",
        "name.x",
        "source_server[0]",
    ],
)
def test_where_no_object_belongs_there_is_no_kind(text: str) -> None:
    assert kind_at(parse_path(text)) is None


def test_a_field_is_found_by_its_place() -> None:
    field = field_at(parse_path("target_server.disks[7].physical_volumes[1].size"))
    assert field is not None
    assert (field.kind, field.name, field.unit) == ("TargetPhysicalVolumes", "size", "bytes")


@pytest.mark.parametrize(
    "text", ["", "sub_tasks[0]", "compress_rate", "target_server.nothing", "name.size", "sub_tasks.progress"]
)
def test_where_no_field_stands_none_is_found(text: str) -> None:
    assert field_at(parse_path(text)) is None


def test_every_key_of_the_reference_s_example_is_a_known_field() -> None:
    places = list(_keys(()))
    assert len(places) > 100
    assert [place for place in places if field_at(place) is None] == []


def _keys(path: Path) -> list[Path]:
    here = value_at(EXAMPLE, path)
    if isinstance(here, dict):
        return [place for key in here for place in ((*path, key), *_keys((*path, key)))]
    return [place for at in range(len(here)) for place in _keys((*path, at))] if isinstance(here, list) else []


def test_the_registry_cannot_be_changed_by_a_caller() -> None:
    with pytest.raises(TypeError):
        kinds()["SubTask"] = kind(ROOT)
    with pytest.raises(TypeError):
        kind("SubTask").fields["more"] = kind(ROOT).fields["name"]
