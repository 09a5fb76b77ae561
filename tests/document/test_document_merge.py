"""The three-way merge: whose value stands, what is a conflict, what was changed meanwhile, what a pick makes of it."""

from __future__ import annotations

import time
from itertools import product

import pytest
from cases import every
from document_material import JSON, OBJECTS, TASKS, changes_of
from hypothesis import assume, given
from hypothesis import example as for_example
from hypothesis import strategies as st

from sms_tui.document.diff import diff
from sms_tui.document.edits import apply_all
from sms_tui.document.merge import merge, take
from sms_tui.document.ownership import churned, owner_at
from sms_tui.exactjson import dumps, loads, same
from sms_tui.schema.paths import ABSENT, value_at

DISKS = ("target_server", "disks")


def task(*disks, **fields):
    return {**fields, "target_server": {"disks": list(disks)}}


def disk(name, size=1, **fields):
    return {"name": name, "size": size, **fields}


def disks_of(body):
    return body["target_server"]["disks"]


def edited(data, body):
    """The task after a few random edits, sharing nothing with it."""
    for _ in range(data.draw(st.integers(0, 4))):
        body, _ = apply_all(body, [data.draw(changes_of(body))])
    return loads(dumps(body))


def conflicts(merged):
    return [(found.sort, found.path, found.base, found.mine, found.theirs) for found in merged.conflicts]


# One leaf

LEAVES = [("name",), ("target_server", "name"), ("state",), ("target_server", "id"), ("nobody knows",)]
SIDES = list(product([ABSENT, None, "", "a"], repeat=3))


def with_leaf(path, value):
    """A task with a value at the path, or without it."""
    body = {"os_type": "LINUX", "target_server": {"ip": None}}
    holder = body if len(path) == 1 else body["target_server"]
    if value is not ABSENT:
        holder[path[-1]] = value
    return body


@every(("path", "base", "mine", "theirs"), [(path, *sides) for path, sides in product(LEAVES, SIDES)])
def test_a_leaf_is_whose_changed_it_and_only_the_operators_own_can_be_a_conflict(path, base, mine, theirs):
    merged = merge(with_leaf(path, base), with_leaf(path, mine), with_leaf(path, theirs))
    clash = mine != base and theirs not in (base, mine)
    assert value_at(merged.merged, path) == (theirs if mine == base else mine)
    is_mine_to_say = path in LEAVES[:2]
    assert conflicts(merged) == ([("leaf", path, base, mine, theirs)] if clash and is_mine_to_say else [])
    told = [(path, "changed", base, theirs)] if theirs not in (base, mine) and is_mine_to_say else []
    assert [(seen.path, seen.sort, seen.old, seen.new) for seen in merged.meanwhile] == told
    for number, picked in product(range(len(merged.conflicts)), [ABSENT, None, "", "a", 5]):
        assert same(take(merged, {number: picked}), {**with_leaf(path, picked)})


@pytest.mark.parametrize(("mine", "theirs"), [(1, True), (1, 1.0), (0, False), ("", None), ([], None), ({}, [])])
def test_values_that_only_look_alike_are_a_conflict(mine, theirs):
    assert conflicts(merge({"name": "a"}, {"name": mine}, {"name": theirs})) == [("leaf", ("name",), "a", mine, theirs)]


def test_a_number_only_spelled_otherwise_by_me_is_no_conflict():
    merged = merge({"name": 0.0}, {"name": -0.0}, {"name": 5})
    assert (merged.merged, merged.conflicts) == ({"name": 5}, ())


def test_a_list_of_plain_values_is_one_leaf():
    base, mine, theirs = ({"target_server": {"name": "t", "btrfs_list": value}} for value in (["a"], ["a", "b"], ["c"]))
    assert conflicts(merge(base, mine, theirs)) == [
        ("leaf", ("target_server", "btrfs_list"), ["a"], ["a", "b"], ["c"]),
    ]


# Keys of objects


def test_each_side_keeps_the_keys_it_put_in_and_those_it_took_out_are_gone():
    base = {"a": 1, "b": 2, "c": 3, "d": 4}
    mine = {"a": 1, "mine": 0, "c": 3, "d": 4}
    theirs = {"a": 1, "b": 2, "theirs": 0, "c": 3}
    assert dumps(merge(base, mine, theirs).merged) == dumps({"a": 1, "theirs": 0, "mine": 0, "c": 3})


def test_the_order_of_their_keys_is_kept_and_mine_if_i_changed_it():
    base, turned = {"a": 1, "b": 2, "c": 3}, {"c": 3, "b": 2, "a": 1}
    assert dumps(merge(base, {**base, "b": 9}, turned).merged) == dumps({"c": 3, "b": 9, "a": 1})
    assert dumps(merge(base, turned, {**base, "b": 9}).merged) == dumps({"c": 3, "b": 9, "a": 1})


def test_an_object_that_both_put_in_is_merged_leaf_by_leaf():
    base = {"name": "a"}
    mine = {"name": "a", "target_server": {"ip": "1", "name": "x"}}
    theirs = {"name": "a", "target_server": {"ip": "2", "name": "x", "disks": []}}
    merged = merge(base, mine, theirs)
    assert conflicts(merged) == [("leaf", ("target_server", "ip"), ABSENT, "1", "2")]
    assert merged.merged["target_server"] == {"ip": "1", "name": "x", "disks": []}


def test_an_object_made_null_by_me_and_only_moved_by_the_service_is_null():
    base = {"target_server": {"id": "1", "ip": None}}
    gone, churn = {"target_server": None}, {"target_server": {"id": "2", "ip": None}}
    merged = merge(base, gone, churn)
    assert (merged.merged, merged.conflicts, merged.meanwhile) == (gone, (), ())
    theirs = {"target_server": {"id": "2", "ip": "1"}}
    assert [found.path for found in merge(base, gone, theirs).conflicts] == [("target_server",)]


# Entries of lists


def test_edits_of_two_entries_and_of_two_leaves_of_one_meet_without_a_conflict():
    base = task(disk("a", id=1), disk("b", id=2, used_size=0))
    mine = task(disk("a", id=1, size=5), disk("b", id=2, used_size=0, size=6))
    theirs = task(disk("a", id=1), disk("b", id=2, used_size=7))
    merged = merge(base, mine, theirs)
    assert conflicts(merged) == []
    assert disks_of(merged.merged) == [disk("a", id=1, size=5), disk("b", id=2, used_size=7, size=6)]
    assert [seen.path for seen in merged.meanwhile] == [(*DISKS, 1, "used_size")]


def test_the_same_leaf_of_an_entry_that_moved_is_the_conflict_at_its_place_in_the_merged_task():
    merged = merge(task(disk("a"), disk("b")), task(disk("a"), disk("b", 5)), task(disk("x"), disk("b", 6), disk("a")))
    assert conflicts(merged) == [("leaf", (*DISKS, 1, "size"), 1, 5, 6)]
    assert merged.where(merged.conflicts[0]) == "target_server › disks › b › size"


def test_an_entry_taken_out_by_one_and_left_alone_by_the_other_is_gone():
    base, less = task(disk("a"), disk("b")), task(disk("b"))
    assert merge(base, less, task(disk("a"), disk("b", 5))).merged == task(disk("b", 5))
    assert merge(base, task(disk("a"), disk("b", 5)), less).merged == task(disk("b", 5))


def test_an_entry_that_both_took_out_is_not_told_and_one_that_only_they_took_out_is():
    base, theirs = task(disk("a"), disk("b"), disk("c")), task(disk("c"))
    assert merge(base, task(disk("c", 5)), theirs).meanwhile == ()
    assert [seen.path for seen in merge(base, task(disk("b"), disk("c")), theirs).meanwhile] == [(*DISKS, 1)]


def test_an_entry_that_i_took_out_is_gone_though_the_service_moved_it_on():
    base, theirs = task(disk("a", id=None), disk("b")), task(disk("a", id=7, new_key=1), disk("b"))
    merged = merge(base, task(disk("b")), theirs)
    assert (disks_of(merged.merged), merged.conflicts, merged.meanwhile) == ([disk("b")], (), ())


def test_an_entry_that_i_took_out_and_they_edited_is_a_conflict_and_comes_back_where_it_stood():
    base = task(disk("a"), disk("b"), disk("c"), disk("d"))
    mine = task(disk("a"), disk("d", 9))
    theirs = task(disk("a"), disk("b", 5), disk("c", 6), disk("d"))
    merged = merge(base, mine, theirs)
    assert conflicts(merged) == [
        ("entry", (*DISKS, 1), disk("b"), ABSENT, disk("b", 5)),
        ("entry", (*DISKS, 1), disk("c"), ABSENT, disk("c", 6)),
    ]
    assert [merged.where(found) for found in merged.conflicts] == [
        "target_server › disks › b",
        "target_server › disks › c",
    ]
    assert disks_of(merged.merged) == [disk("a"), disk("d", 9)]
    assert disks_of(take(merged, {1: disk("c", 6)})) == [disk("a"), disk("c", 6), disk("d", 9)]
    both = {number: found.theirs for number, found in enumerate(merged.conflicts)}
    assert disks_of(take(merged, both)) == [disk("a"), disk("b", 5), disk("c", 6), disk("d", 9)]


def test_an_entry_that_i_edited_and_they_took_out_is_a_conflict_and_can_be_left_out():
    base, mine, theirs = task(disk("a"), disk("b")), task(disk("a", 5), disk("b", 6)), task(disk("b"))
    merged = merge(base, mine, theirs)
    assert conflicts(merged) == [("entry", (*DISKS, 0), disk("a"), disk("a", 5), ABSENT)]
    assert disks_of(merged.merged) == [disk("a", 5), disk("b", 6)]
    assert disks_of(take(merged, {0: ABSENT})) == [disk("b", 6)]


def test_new_entries_of_both_are_kept_theirs_in_their_place_and_mine_behind_what_it_follows():
    base, mine = task(disk("a"), disk("b")), task(disk("first"), disk("a"), disk("b"), disk("mine"))
    theirs = task(disk("a"), disk("between"), disk("b"), disk("theirs"))
    merged = merge(base, mine, theirs)
    assert [entry["name"] for entry in disks_of(merged.merged)] == ["first", "a", "between", "b", "theirs", "mine"]
    assert conflicts(merged) == []
    assert [(seen.sort, seen.path) for seen in merged.meanwhile] == [("added", (*DISKS, 1)), ("added", (*DISKS, 3))]


def test_an_entry_that_both_put_in_is_merged_leaf_by_leaf():
    base = task(disk("a"))
    mine, theirs = task(disk("a"), disk("n", 5, os="x")), task(disk("n", 6, id=3), disk("a"))
    merged = merge(base, mine, theirs)
    assert disks_of(merged.merged) == [{"name": "n", "size": 5, "id": 3, "os": "x"}, disk("a")]
    assert conflicts(merged) == [("leaf", (*DISKS, 0, "size"), ABSENT, 5, 6)]
    assert disks_of(take(merged, {0: 6}))[0]["size"] == 6


@pytest.mark.parametrize("filled_in", [{}, {"id": 7}, {"id": 7, "state": "new"}])
def test_my_new_entry_that_landed_already_is_not_put_in_twice(filled_in):
    for new in ({"size": 5}, disk("n", 5), disk("", 5)):
        merged = merge(task(disk("a")), task(disk("a"), new), task(disk("a"), {**new, **filled_in}))
        assert disks_of(merged.merged) == [disk("a"), {**new, **filled_in}]
        assert (merged.conflicts, merged.meanwhile) == ((), ())


def test_an_entry_renamed_by_me_and_edited_by_them_is_one_entry():
    merged = merge(task(disk("a"), disk("b")), task(disk("new"), disk("b")), task(disk("a", 5), disk("b")))
    assert disks_of(merged.merged) == [disk("new", 5), disk("b")]
    assert conflicts(merged) == []


def test_an_entry_renamed_by_me_to_the_name_of_one_they_put_in_does_not_stand_there_twice():
    merged = merge(task(disk("a")), task(disk("b")), task(disk("a"), disk("b")))
    assert disks_of(merged.merged) == [disk("b")]


def test_entries_without_an_identity_go_by_where_they_stand():
    merged = merge(task({"size": 1}, {"size": 2}), task({"size": 1}, {"size": 5}), task({"size": 4}, {"size": 2}))
    assert disks_of(merged.merged) == [{"size": 4}, {"size": 5}]


@pytest.mark.parametrize("mine_turned", [True, False])
def test_a_list_reordered_by_one_side_has_that_order_and_the_edits_of_both(mine_turned):
    base, turned = task(disk("a"), disk("b"), disk("c")), task(disk("c"), disk("a"), disk("b"))
    other = task(disk("a", 5), disk("b"), disk("c"), disk("d"))
    merged = merge(base, turned, other) if mine_turned else merge(base, other, turned)
    assert disks_of(merged.merged) == [disk("c"), disk("d"), disk("a", 5), disk("b")]
    assert conflicts(merged) == []


def test_a_list_reordered_alike_by_both_is_no_conflict():
    base, turned = task(disk("a"), disk("b"), disk("c")), task(disk("c"), disk("a"), disk("b"))
    merged = merge(base, turned, loads(dumps(turned)))
    assert (merged.merged, merged.conflicts, merged.meanwhile) == (turned, (), ())


def test_an_order_that_mine_has_too_is_not_told_though_its_entries_differ():
    base, turned = task(disk("a"), disk("b"), disk("c")), task(disk("c"), disk("a"), disk("b"))
    merged = merge(base, task(disk("c"), disk("a", 5), disk("b")), turned)
    assert (disks_of(merged.merged)[1], merged.meanwhile) == (disk("a", 5), ())
    assert [seen.sort for seen in merge(base, task(disk("a", 5), disk("b"), disk("c")), turned).meanwhile] == [
        "reordered"
    ]


def test_the_order_of_a_list_that_the_service_owns_is_no_conflict():
    base, mine, theirs = ({"sub_tasks": [{"id": number} for number in order]} for order in ("abc", "cab", "bac"))
    merged = merge(base, mine, theirs)
    assert (merged.merged, merged.conflicts) == (mine, ())


def test_a_list_put_in_two_orders_is_a_conflict_and_its_entries_are_merged_in_the_order_that_is_picked():
    base = task(disk("a"), disk("b"), disk("c"))
    mine, theirs = task(disk("c"), disk("a", 5), disk("b")), task(disk("b"), disk("a"), disk("c", 6))
    merged = merge(base, mine, theirs)
    assert conflicts(merged) == [("order", DISKS, disks_of(base), disks_of(mine), disks_of(theirs))]
    assert disks_of(merged.merged) == [disk("c", 6), disk("a", 5), disk("b")]
    assert disks_of(take(merged, {0: disks_of(theirs)})) == [disk("b"), disk("a", 5), disk("c", 6)]
    assert disks_of(take(merged, {0: disks_of(base)})) == [disk("a", 5), disk("b"), disk("c", 6)]


def test_conflicts_in_a_list_that_is_a_conflict_itself_are_picked_by_the_same_numbers():
    base = task(disk("a"), disk("b"), disk("c"))
    mine = task(disk("c", 3), disk("new"), disk("a", 5), disk("b"))
    theirs = task(disk("b"), disk("a", 6), disk("c", 7))
    merged = merge(base, mine, theirs)
    assert [found.path for found in merged.conflicts] == [DISKS, (*DISKS, 0, "size"), (*DISKS, 2, "size")]
    out = take(merged, {0: disks_of(theirs), 1: 7, 2: 8})
    assert disks_of(out) == [disk("b"), disk("a", 8), disk("c", 7), disk("new")]


# What the service owns


def test_what_the_service_moves_is_taken_over_and_never_told():
    base = {"state": "READY", "sub_tasks": [{"id": 1, "progress": 0}], "name": "a"}
    mine = {**base, "name": "b"}
    theirs = {"state": "RUNNING", "sub_tasks": [{"id": 2}, {"id": 1, "progress": 50}], "name": "a", "new": [1]}
    merged = merge(base, mine, theirs)
    assert merged.merged == {**theirs, "name": "b"}
    assert (merged.conflicts, merged.meanwhile) == ((), ())


def test_what_the_service_owns_and_i_edited_is_mine_leaf_by_leaf():
    base = {"sub_tasks": [{"id": 1, "progress": 0, "name": "x"}, {"id": 2}]}
    mine = {"sub_tasks": [{"id": 1, "progress": 100, "name": "x"}]}
    theirs = {"sub_tasks": [{"id": 1, "progress": 50, "name": "y"}, {"id": 2, "progress": 1}, {"id": 3}]}
    merged = merge(base, mine, theirs)
    assert merged.merged == {"sub_tasks": [{"id": 1, "progress": 100, "name": "y"}, {"id": 3}]}
    assert (merged.conflicts, merged.meanwhile) == ((), ())


def test_a_poll_takes_only_what_the_service_moved():
    base = task(disk("a", id=None), disk("b"), state="READY", name="n", speed_limit=1)
    theirs = task(disk("b", 5), disk("a", id=1), disk("c"), state="RUNNING", new=0, name="other")
    assert churned(base, theirs) == {
        **task(disk("a", id=1), disk("b"), state="RUNNING", name="n", speed_limit=1),
        "new": 0,
    }


def test_a_poll_that_shows_only_what_an_operator_did_leaves_the_very_same_task():
    base = task(disk("a"), disk("b"), name="n")
    assert churned(base, task(disk("b", 5), disk("c"), name="other")) is base


@given(TASKS, TASKS)
def test_a_poll_leaves_all_that_only_an_operator_changes_and_nothing_of_the_services(base, theirs):
    seen = churned(base, theirs)
    assert all(owner_at(change.path) == "service" for change in diff(base, seen))
    again = churned(seen, theirs)
    assert same(again, seen)
    assert not [change for change in diff(seen, theirs) if len(change.path) == 1 and owner_at(change.path) == "service"]


@given(TASKS)
def test_a_poll_of_the_same_task_is_the_very_same_task(base):
    assert churned(base, loads(dumps(base))) is base


# In general


@given(OBJECTS, OBJECTS)
def test_with_no_change_of_mine_the_merged_task_is_theirs_itself_and_the_other_way_round(base, other):
    assume(dumps(base) != dumps(other))
    assert merge(base, loads(dumps(base)), other).merged is other
    ours = merge(base, other, loads(dumps(base)))
    assert ours.merged is other
    assert (ours.conflicts, ours.meanwhile) == ((), ())


@given(st.data())
def test_the_same_edits_on_both_sides_are_no_conflict_and_nothing_happened_meanwhile(data):
    base = data.draw(TASKS)
    mine = edited(data, base)
    merged = merge(base, mine, loads(dumps(mine)))
    assert same(merged.merged, mine)
    assert (merged.conflicts, merged.meanwhile) == ((), ())


@given(st.data())
def test_random_edits_merge_without_a_stumble_and_every_pick_of_mine_makes_the_merged_task(data):
    base = data.draw(TASKS)
    mine, theirs = edited(data, base), edited(data, base)
    before = dumps([base, mine, theirs])
    merged = merge(base, mine, theirs)
    assert dumps([base, mine, theirs]) == before
    mine_all = {number: found.mine for number, found in enumerate(merged.conflicts)}
    assert dumps(take(merged, mine_all)) == dumps(merged.merged)
    for number, found in enumerate(merged.conflicts):
        assert merged.where(found)
        for picked in (found.base, found.theirs, ABSENT, data.draw(JSON)):
            dumps(take(merged, {number: picked}))


@given(st.lists(JSON | TASKS, min_size=3, max_size=3))
@for_example([[{}], [{"id": []}], [{"id": {}}]])
def test_values_of_the_wrong_sort_anywhere_are_merged_all_the_same(values):
    for key in ("target_server", "sub_tasks", "name", "nobody knows"):
        base, mine, theirs = ({key: value} for value in values)
        merged = merge(base, mine, theirs)
        dumps(take(merged, {number: found.theirs for number, found in enumerate(merged.conflicts)}))
        churned(base, theirs)


@given(st.data())
def test_with_all_conflicts_given_to_them_what_only_they_changed_is_as_they_have_it(data):
    base, theirs = data.draw(TASKS), data.draw(TASKS)
    mine = {**base, "name": "mine", "speed_limit": 5}
    merged = merge(base, mine, theirs)
    out = take(merged, {number: found.theirs for number, found in enumerate(merged.conflicts)})
    untouched = {"name", "speed_limit"}
    assert dumps({key: value for key, value in out.items() if key not in untouched}) == dumps(
        {key: value for key, value in theirs.items() if key not in untouched}
    )


class Untouchable(dict):
    """An object that must not be looked into."""

    def _refuse(self, *_):
        raise AssertionError("looked into what all share")

    __iter__ = __getitem__ = keys = items = values = get = _refuse


def test_what_all_three_share_is_not_looked_into():
    big = Untouchable(a=1)
    base = {"source_server": big, "name": "a", "speed_limit": 1}
    merged = merge(base, {**base, "name": "b"}, {**base, "speed_limit": 2})
    assert merged.merged["source_server"] is big
    assert (merged.merged["name"], merged.merged["speed_limit"]) == ("b", 2)


@pytest.mark.parametrize("key", ["name", "uuid", "size"])
def test_a_list_of_20000_entries_is_not_compared_each_with_each(key):
    base = [{key: number if key == "size" else str(number), "os": 0} for number in range(20_000)]
    mine, theirs = ([dict(entry) for entry in base] for _ in range(2))
    mine[7]["os"], theirs[19_000]["os"] = 1, 1
    mine.insert(10_000, {key: "mine"})
    del theirs[100:200]
    theirs.append({key: "theirs"})
    began = time.process_time()
    merged = merge(task(*base), task(*mine), task(*theirs))
    assert time.process_time() - began < 10
    out = disks_of(merged.merged)
    assert (len(out), out[7]["os"], merged.conflicts) == (19_902, 1, ())


def test_what_is_nested_beyond_any_task_is_merged_as_one_value():
    base, mine, theirs = ({"x": side} for side in ("a", "b", "c"))
    for _ in range(700):
        base, mine, theirs = {"name": base}, {"name": mine}, {"name": theirs}
    merged = merge(base, mine, theirs)
    assert [len(found.path) for found in merged.conflicts] == [100]
    assert same(take(merged, {0: merged.conflicts[0].theirs}), theirs)
