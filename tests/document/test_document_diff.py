"""What differs between two tasks."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from document_material import JSON, TASKS, changes_of
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.diff import Difference, all_objects, diff
from sms_tui.document.edits import apply
from sms_tui.exactjson import Json, same
from sms_tui.schema.paths import ABSENT, value_at


def briefly(old: Json, new: Json) -> list[tuple[Any, ...]]:
    """Each difference as (sort, path, old, new), entries and lists without their values."""
    return [
        (found.sort, found.path, found.old, found.new) if found.sort == "changed" else (found.sort, found.path)
        for found in diff(old, new)
    ]


@given(JSON)
def test_nothing_differs_from_itself_or_from_its_copy(value):
    assert diff(value, value) == []
    assert diff(value, copy.deepcopy(value)) == []


@given(TASKS, TASKS)
def test_two_tasks_differ_exactly_if_they_are_not_the_same(old, new):
    assert (diff(old, new) == []) == same(old, new)


@given(st.data())
def test_a_change_shows_exactly_if_the_task_is_another(data):
    task = data.draw(TASKS)
    changed, _ = apply(task, data.draw(changes_of(task)))
    assert (diff(task, changed) == []) == same(task, changed)
    assert (diff(task, copy.deepcopy(changed)) == []) == same(task, changed)


@given(TASKS, TASKS)
def test_every_difference_stands_where_it_says(old, new):
    for found in diff(old, new):
        if found.sort == "removed":
            assert value_at(old, found.path) is found.old
            assert isinstance(value_at(new, found.holder), list)
        else:
            assert value_at(new, found.path) is found.new
            assert found.holder == found.path[:-1]


@given(TASKS, TASKS)
def test_the_differences_are_enough_to_make_the_newer_task_of_the_older(old, new):
    assert same(_patched(old, diff(old, new)), new)


def _patched(old: Json, differences: list[Difference]) -> Any:
    """The older task with the differences made: the lists first, from the outermost, then the leaves."""
    task: Any = copy.deepcopy(old)
    by_list: dict[Any, list[Difference]] = {}
    for found in differences:
        if found.sort in ("added", "removed"):
            by_list.setdefault(found.holder, []).append(found)
    whole = {found.path for found in differences if found.sort == "reordered"}
    for path in sorted(by_list.keys() | whole, key=len):
        if any(path[: len(above)] == above for above in whole - {path}):
            continue
        if path in whole:
            holder = _at(task, path[:-1])
            holder[path[-1]] = next(found.new for found in differences if found.path == path)
            continue
        entries = _at(task, path)
        for at in sorted((found.path[-1] for found in by_list[path] if found.sort == "removed"), reverse=True):
            del entries[at]
        for found in by_list[path]:
            if found.sort == "added":
                entries.insert(found.path[-1], found.new)
    for found in differences:
        if found.sort == "changed" and not any(found.path[: len(above)] == above for above in whole):
            holder = _at(task, found.holder)
            if found.new is ABSENT:
                del holder[found.path[-1]]
            else:
                holder[found.path[-1]] = found.new
    return task


def _at(task: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        task = task[step]
    return task


@pytest.mark.parametrize(
    ("old", "new"), [(1, 1.0), (1, True), (0, False), (0.0, False), ("", None), ("1", 1), ([], {})]
)
def test_values_that_only_look_alike_differ(old, new):
    assert briefly({"name": old}, {"name": new}) == [("changed", ("name",), old, new)]
    assert [type(found.new) for found in diff({"name": old}, {"name": new})] == [type(new)]


def test_null_absent_and_empty_are_three_things():
    states: list[dict[str, Json]] = [{"name": None}, {}, {"name": ""}]
    shown = {
        (str(a), str(b)): [(found.old, found.new) for found in diff(a, b)] for a in states for b in states if a is not b
    }
    assert shown == {
        ("{'name': None}", "{}"): [(None, ABSENT)],
        ("{'name': None}", "{'name': ''}"): [(None, "")],
        ("{}", "{'name': None}"): [(ABSENT, None)],
        ("{}", "{'name': ''}"): [(ABSENT, "")],
        ("{'name': ''}", "{'name': None}"): [("", None)],
        ("{'name': ''}", "{}"): [("", ABSENT)],
    }


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": 1}, {"a": 2}, [("changed", ("a",), 1, 2)]),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, [("changed", ("a", "c"), 2, 3)]),
        ({}, {"a": 1}, [("changed", ("a",), ABSENT, 1)]),
        ({"a": {}}, {"a": {"b": 1}}, [("changed", ("a", "b"), ABSENT, 1)]),
        ({"a": {"b": 1}}, {"a": {}}, [("changed", ("a", "b"), 1, ABSENT)]),
        ({"a": {"b": 1}}, {"a": None}, [("changed", ("a",), {"b": 1}, None)]),
        ({"a": [1, 2]}, {"a": [1, 3]}, [("changed", ("a",), [1, 2], [1, 3])]),
        ({"a": [1, 2]}, {"a": [2]}, [("changed", ("a",), [1, 2], [2])]),
        ({"a": [1]}, {"a": []}, [("changed", ("a",), [1], [])]),
        ({"a": []}, {"a": None}, [("changed", ("a",), [], None)]),
        ({"a": []}, {"a": ["x"]}, [("changed", ("a",), [], ["x"])]),
        ({"a": ["x"]}, {"a": [{"name": "x"}]}, [("changed", ("a",), ["x"], [{"name": "x"}])]),
    ],
    ids=[
        "value",
        "nested-value",
        "key-added",
        "nested-key-added",
        "object-emptied",
        "object-made-null",
        "text-list-edited",
        "text-list-shortened",
        "text-list-emptied",
        "empty-list-made-null",
        "text-list-begun",
        "names-made-objects",
    ],
)
def test_objects_differ_key_by_key_and_lists_of_plain_values_as_a_whole(old, new, expected):
    assert briefly(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("AB", "A", [("removed", (1,))]),
        ("ABC", "AC", [("removed", (1,))]),
        ("AB", "", [("removed", (0,)), ("removed", (1,))]),
        ("A", "AB", [("added", (1,))]),
        ("B", "AB", [("added", (0,))]),
        ("AB", "BA", [("reordered", ())]),
        ("ABC", "CA", [("reordered", ()), ("removed", (1,))]),
        ("AA", "A", [("removed", (1,))]),
        ("A", "AA", [("added", (1,))]),
        ("AB", "AX", [("changed", (1, "name"), "B", "X")]),
        ("AB", "BX", [("removed", (0,)), ("added", (1,))]),
    ],
    ids=[
        "last-deleted",
        "middle-deleted",
        "emptied",
        "appended",
        "put-first",
        "swapped",
        "swapped-and-deleted",
        "one-twin-deleted",
        "doubled",
        "renamed",
        "deleted-and-added",
    ],
)
def test_entries_come_go_and_move_as_a_whole(old, new, expected):
    lists = [{"disks": [{"name": name} for name in names]} for names in (old, new)]
    assert briefly(*lists) == [(sort, ("disks", *path), *values) for sort, path, *values in expected]


def test_what_was_removed_below_an_entry_that_moved_up_is_named_in_the_older_task():
    def disk(name: str, *volumes: str) -> Json:
        return {"name": name, "physical_volumes": [{"name": volume} for volume in volumes]}

    old = {"disks": [disk("Disk 1", "Y:", "Z:"), disk("Disk 2", "D:", "E:")]}
    new = {"disks": [disk("Disk 2", "E:")]}
    _, volume = diff(old, new)
    assert (volume.sort, volume.path, volume.holder) == (
        "removed",
        ("disks", 1, "physical_volumes", 0),
        ("disks", 0, "physical_volumes"),
    )
    assert volume.old == {"name": "D:"}


def test_an_entry_that_moved_and_was_edited_shows_both():
    old = {"disks": [{"id": 1, "size": 1}, {"id": 2, "size": 2}]}
    new = {"disks": [{"id": 2, "size": 20}, {"id": 1, "size": 1}]}
    assert briefly(old, new) == [("reordered", ("disks",)), ("changed", ("disks", 0, "size"), 2, 20)]


def test_differences_come_in_the_order_of_the_newer_task(example):
    new = copy.deepcopy(example)
    new["target_server"]["ip"] = "10.0.0.1"
    new["sub_tasks"].pop()
    new["name"] = "other"
    del new["float_ip"]
    paths = [found.path for found in diff(example, new)]
    assert paths == [("name",), ("sub_tasks", 4), ("target_server", "ip"), ("float_ip",)]


def test_what_no_edit_touched_at_the_ends_of_a_long_list_is_looked_at_in_one_of_both(monkeypatch):
    old = {"disks": [{"id": number} for number in range(1_000)]}
    new = {"disks": [*old["disks"][:500], {"id": "new"}, *old["disks"][501:]]}
    looked_at = []

    def looking(*lists):
        looked_at.append(list(map(len, lists)))
        return all_objects(*lists)

    monkeypatch.setattr("sms_tui.document.diff.all_objects", looking)
    assert briefly(old, new) == [("changed", ("disks", 500, "id"), 500, "new")]
    assert looked_at == [[1_000, 1]]
