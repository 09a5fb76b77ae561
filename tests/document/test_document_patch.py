"""The changes between two values: they make one exactly the other, and are as small as what differs."""

from __future__ import annotations

import time

import pytest
from document_material import JSON, OBJECTS, TASKS, changes_of
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.edits import InsertEntry, MoveEntry, RemoveValue, SetValue, apply_all
from sms_tui.document.patch import MOST_IN_A_LIST, changes_between
from sms_tui.document.sharing import shared
from sms_tui.exactjson import dumps, loads

DISKS = ("target_server", "disks")


def made(old, new):
    return apply_all(old, changes_between(old, new))[0]


@given(TASKS, TASKS)
def test_the_changes_make_one_task_exactly_another_and_their_inverse_makes_it_exactly_the_first(old, new):
    after, inverse = apply_all(old, changes_between(old, new))
    assert dumps(after) == dumps(new)
    assert dumps(apply_all(after, inverse)[0]) == dumps(old)


@given(OBJECTS, OBJECTS)
def test_the_changes_make_any_object_exactly_another(old, new):
    assert dumps(made(old, new)) == dumps(new)


@given(JSON, JSON)
def test_the_changes_make_any_value_at_a_path_exactly_another(old, new):
    task, _ = apply_all({"at": [{"here": old}]}, changes_between(old, new, ("at", 0, "here")))
    assert dumps(task) == dumps({"at": [{"here": new}]})


@given(st.data())
def test_the_changes_make_exactly_what_a_few_edits_made(data):
    old = new = data.draw(TASKS)
    for _ in range(data.draw(st.integers(0, 5))):
        new, _ = apply_all(new, [data.draw(changes_of(new))])
    assert dumps(made(old, new)) == dumps(new)


@given(TASKS, st.randoms())
def test_entries_and_keys_in_any_order_come_into_theirs(task, random):
    entries = [{"name": str(number), **task} for number in range(8)]
    new = random.sample(entries, k=random.randint(0, 8))
    new = [dict(random.sample(list(entry.items()), k=len(entry))) for entry in new]
    assert dumps(made({"disks": entries}, {"disks": new})) == dumps({"disks": new})


@given(TASKS)
def test_a_task_and_its_like_have_no_changes_between_them(task):
    assert changes_between(task, loads(dumps(task))) == []


def test_one_leaf_is_one_change_at_its_path(example):
    volume = (*DISKS, 0, "physical_volumes", 1, "size")
    new, _ = apply_all(example, [SetValue(volume, 5)])
    assert changes_between(example, loads(dumps(new))) == [SetValue(volume, 5)]


def test_entries_are_known_by_identity():
    old = {"disks": [{"id": 1, "size": 1}, {"id": 2, "size": 9}, {"id": 3}]}
    new = {"disks": [{"id": 3}, {"id": 1, "size": 2}, {"id": 4}]}
    assert changes_between(old, new) == [
        RemoveValue(("disks", 1)),
        MoveEntry(("disks", 1), 0),
        InsertEntry(("disks", 2), {"id": 4}),
        SetValue(("disks", 1, "size"), 2),
    ]


def test_a_key_that_comes_gets_its_place_and_one_that_moves_is_taken_out_first():
    old, new = {"a": 1, "b": 2, "c": 3}, {"c": 3, "a": 1, "x": None, "b": 2}
    assert changes_between(old, new) == [
        RemoveValue(("c",)),
        SetValue(("c",), 3, 0),
        SetValue(("x",), None, 2),
    ]


def test_a_list_of_plain_values_is_set_whole():
    assert changes_between({"x": ["a", "b"]}, {"x": ["b"]}) == [SetValue(("x",), ["b"])]


@pytest.mark.parametrize(("old", "new"), [(0.0, -0.0), (1, 1.0), (1, True), (None, ""), ([], {}), ([{}], [[]])])
def test_values_that_only_look_alike_are_told_apart(old, new):
    assert dumps(made({"x": old}, {"x": new})) == dumps({"x": new})


class Untouchable(dict):
    """An object that must not be looked into."""

    def _refuse(self, *_):
        raise AssertionError("looked into what both sides share")

    __iter__ = __getitem__ = keys = items = values = get = _refuse


def test_what_is_the_same_object_is_not_looked_into():
    big = Untouchable(a=1)
    assert changes_between({"big": big, "x": 1}, {"big": big, "x": 2}) == [SetValue(("x",), 2)]


def test_a_list_in_which_more_changes_than_is_worth_single_steps_is_set_whole():
    old = {"disks": [{"id": number, "size": 0} for number in range(MOST_IN_A_LIST + 1)]}
    new = {"disks": [{**entry, "size": 1} for entry in old["disks"]]}
    assert changes_between(old, new) == [SetValue(("disks",), new["disks"])]
    new["disks"][0] = old["disks"][0]
    assert len(changes_between(old, new)) == MOST_IN_A_LIST


@pytest.mark.parametrize("turn", [reversed, lambda entries: entries[::2], lambda entries: entries[7:] + entries[:7]])
def test_a_list_of_20000_entries_is_not_compared_each_with_each(turn):
    old = {"disks": [{"id": number, "size": 0} for number in range(20_000)]}
    new = {"disks": [dict(entry) for entry in turn(old["disks"])]}
    began = time.process_time()
    assert made(old, new) == new
    assert time.process_time() - began < 10


def test_what_is_nested_beyond_any_task_is_one_value():
    old, new = {}, {}
    for _ in range(700):
        old, new = {"x": old}, {"x": new, "y": 1}
    assert dumps(made(old, new)) == dumps(new)
    assert len(changes_between(old, new)) <= 101


@given(TASKS, TASKS)
def test_sharing_changes_nothing_of_the_newer_task(old, new):
    before = dumps(new)
    assert dumps(shared(old, new)) == before
    assert dumps(new) == before


@given(TASKS)
def test_a_like_task_shared_is_the_very_same(task):
    assert shared(task, loads(dumps(task))) is task


def test_sharing_keeps_each_part_that_did_not_change(example):
    newer = loads(dumps(example))
    newer["speed_limit"] = 7
    newer["target_server"]["disks"][0]["physical_volumes"].insert(0, {"name": "new"})
    out = shared(example, newer)
    assert dumps(out) == dumps(newer)
    assert out["source_server"] is example["source_server"]
    old_volumes = example["target_server"]["disks"][0]["physical_volumes"]
    assert out["target_server"]["disks"][0]["physical_volumes"][1:] == old_volumes
    assert out["target_server"]["disks"][0]["physical_volumes"][1] is old_volumes[0]


@pytest.mark.parametrize("pair", [({"a": 1, "b": 2}, {"b": 2, "a": 1}), ([0.0], [-0.0]), ([1], [True]), ({"a": 1}, {})])
def test_what_is_not_exactly_the_same_is_not_shared(pair):
    old, new = pair
    assert dumps(shared(old, new)) == dumps(new) != dumps(old)
