"""Where source disks go: the pairs are those of the checks, and what falls short is told in bytes and paths."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from storage_material import GIB, STORAGE

from sms_tui.document.placements import Placement, placements, unused_disks
from sms_tui.schema.checks.checker import check
from sms_tui.schema.paths import Path, value_at

SOURCE: Path = ("source_server", "disks")
TARGET: Path = ("target_server", "disks")


def task_of(sources: Any, targets: Any) -> Any:
    return {"source_server": {"disks": sources}, "target_server": {"disks": targets}}


@pytest.mark.parametrize(
    ("source", "target", "by"),
    [
        ({"name": "sda"}, {"name": "vda", "relation_name": "sda"}, "relation"),
        ({"name": "sda", "relation_name": "vda"}, {"name": "vda"}, "relation"),
        ({"name": "sda"}, {"name": "sda"}, "name"),
        ({"name": "sda"}, {"name": "vda"}, None),
        ({"name": ""}, {"name": "x"}, None),
    ],
)
def test_what_pairs_a_disk_with_one_that_stands_elsewhere(source, target, by):
    (place,) = placements(task_of([source], ["odd", target]))[:1]
    wanted = ((*TARGET, 1), by) if by else ((*TARGET, 0), "place")
    assert (place.target, place.by) == wanted


def test_a_source_disk_that_none_takes_and_a_target_disk_that_takes_none():
    task = task_of([{"name": "a"}, {"name": "b"}], [{"name": "b"}, {"relation_name": "b"}])
    assert placements(task) == [Placement((*SOURCE, 0)), Placement((*SOURCE, 1), (*TARGET, 0), "name")]
    assert unused_disks(task) == [(*TARGET, 1)]


def test_where_a_target_disk_falls_short():
    source = {
        "name": "a",
        "size": 10 * GIB,
        "used_size": 6 * GIB,
        "physical_volumes": [
            {"name": "C:", "file_system": "NTFS"},
            {"name": "D:", "file_system": "NTFS"},
            {"name": "E:", "file_system": "ntfs"},
            {"name": "F:", "file_system": "NTFS"},
        ],
    }
    target = {
        "name": "a",
        "size": 4 * GIB,
        "physical_volumes": [
            {"name": "E:", "file_system": "NTFS"},
            {"name": "C:", "file_system": "FAT32"},
            {"name": "F:", "file_system": None},
        ],
    }
    volumes, others = (*SOURCE, 0, "physical_volumes"), (*TARGET, 0, "physical_volumes")
    assert placements(task_of([source], [target])) == [
        Placement(
            (*SOURCE, 0),
            (*TARGET, 0),
            "name",
            lacks_for_used=2 * GIB,
            lacks_for_size=6 * GIB,
            missing_volumes=((*volumes, 1),),
            other_file_systems=(((*volumes, 0), (*others, 1)),),
        )
    ]


@pytest.mark.parametrize("size", [None, "5", -1, 10 * GIB])
def test_a_size_that_is_not_known_or_enough_lacks_nothing(size):
    task = task_of([{"name": "a", "size": 10 * GIB, "used_size": 1}], [{"name": "a", "size": size}])
    assert placements(task)[0].lacks_for_size == 0


@given(STORAGE)
def test_pairs_are_those_of_the_checks(task):
    found = {(problem.path, problem.code) for problem in check(task)}
    places = placements(task)
    disks = value_at(task, SOURCE)
    assert [place.source for place in places] == [(*SOURCE, at) for at in range(len(places))]
    assert len(places) == (len(disks) if isinstance(disks, list) else 0)
    targets = value_at(task, TARGET)
    for place in places:
        lacks_target = place.target is None and isinstance(targets, list) and targets != []
        if isinstance(value_at(task, place.source), dict):
            assert ((place.source, "no-target-disk") in found) == lacks_target
        if place.target is not None:
            too_small = ((*place.target, "size"), "target-disk-too-small") in found
            assert too_small == (place.lacks_for_used > 0)
    taken = {place.target for place in places} - {None}
    all_targets = range(len(targets)) if isinstance(targets, list) else ()
    assert {*taken, *unused_disks(task)} == {(*TARGET, at) for at in all_targets}
