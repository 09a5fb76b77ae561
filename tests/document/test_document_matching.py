"""Which entry is which, and where a value of one task stands in another."""

from __future__ import annotations

import copy
import time
from random import Random
from unittest.mock import patch

import pytest
from document_material import TASKS, changes_of, containers
from hypothesis import given, settings
from hypothesis import strategies as st

from sms_tui.document import matching, runs
from sms_tui.document.diff import diff
from sms_tui.document.document import Document
from sms_tui.document.edits import InsertEntry, RemoveValue, SetValue, apply, touched
from sms_tui.document.matching import Counterparts, edited_in_place, keeps_its_places, pair_entries, reordered
from sms_tui.exactjson import same
from sms_tui.schema.paths import ABSENT, value_at

Y, Z = {"name": "Y:", "size": 1}, {"name": "Z:", "size": 2}


@pytest.mark.parametrize(
    ("older", "newer", "pairs"),
    [
        ([], [], []),
        ([Y, Z], [Y, Z], [(0, 0), (1, 1)]),
        ([Y, Z], [Z], [(0, None), (1, 0)]),
        ([Y, Z], [Y], [(0, 0), (1, None)]),
        ([Y, Z], [], [(0, None), (1, None)]),
        ([Y], [Z, Y], [(None, 0), (0, 1)]),
        ([Y, Z], [Z, Y], [(1, 0), (0, 1)]),
    ],
    ids=["empty", "same", "first-gone", "last-gone", "emptied", "new-first", "swapped"],
)
def test_entries_are_paired_by_what_they_are_known_by(older, newer, pairs):
    assert pair_entries(older, copy.deepcopy(newer)) == pairs


def shuffled(random: Random) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """A list, and what edits of entries made of it."""
    older = [{"name": f"V{at}", "size": at} for at in range(random.randrange(12))]
    newer = list(older)
    for number in range(random.randrange(4)):
        place = random.randrange(len(newer) + 1)
        match random.choice(["in", "out", "moved", "changed"]) if place < len(newer) else "in":
            case "in":
                newer.insert(place, {"name": f"new {number}"})
            case "out":
                del newer[place]
            case "moved":
                newer.insert(random.randrange(len(newer)), newer.pop(place))
            case "changed":
                newer[place] = newer[place] | {"size": -1}
    return older, newer


@given(st.integers(0, 2**32 - 1))
def test_ends_that_no_edit_touched_are_paired_as_they_would_be_if_they_were_looked_at(seed):
    older, newer = shuffled(Random(seed))
    assert pair_entries(older, newer) == pair_entries(older, copy.deepcopy(newer))
    both, apart = Counterparts(older, newer), Counterparts(older, copy.deepcopy(newer))
    for at in range(-1, 20):
        assert both.in_older((at,)) == apart.in_older((at,))
        assert both.in_newer((at,)) == apart.in_newer((at,))


def test_ends_that_no_edit_touched_are_not_looked_at(monkeypatch):
    looked_at = []
    known_by = matching._untouched
    monkeypatch.setattr(matching, "_untouched", lambda entry: looked_at.append(entry) or known_by(entry))
    disks = [{"name": f"Disk {at}", "size": at} for at in range(1000)]
    newer = [*disks[:500], *disks[503:]]
    assert [change.sort for change in diff(disks, newer)] == ["removed"] * 3
    assert Counterparts(disks, newer).in_older((600,)) == (603,)
    assert len(looked_at) < 20


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({"id": 1, "name": "Y:"}, {"id": 1, "name": "other"}),
        ({"uuid": "u", "name": "Y:"}, {"uuid": "u", "name": "other"}),
        ({"name": "Y:", "size": 1}, {"name": "Y:", "size": 2}),
        ({"disk_id": "0", "index": 1, "size": 1}, {"disk_id": "0", "index": 1, "size": 2}),
        ({"subvol_id": "256", "subvol_name": "a"}, {"subvol_id": "256", "subvol_name": "b"}),
        ({"name": "Y:"}, {"id": 7, "name": "Y:"}),
        ({"id": 7, "name": "Y:"}, {"name": "Y:"}),
    ],
    ids=["id", "uuid", "name", "disk-and-index", "subvolume", "given-an-id", "id-taken-away"],
)
def test_an_entry_is_the_same_wherever_it_stands(older, newer):
    assert (0, 1) in pair_entries([older], [{"name": "before"}, newer])


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({"id": 1, "size": 1}, {"id": "1", "size": 2}),
        ({"id": 1, "size": 1}, {"id": True, "size": 2}),
        ({"id": 1, "name": "Y:", "size": 1}, {"id": 2, "name": "Y:", "size": 2}),
        ({"id": 1, "name": "Y:"}, {"device_use": "NORMAL"}),
    ],
    ids=["number-and-text", "number-and-true", "another-id", "deleted-and-added"],
)
def test_an_entry_with_an_id_is_not_the_other_that_stands_in_its_place(older, newer):
    assert pair_entries([older], [newer]) == [(0, None), (None, 0)]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({"name": "Y:"}, {"name": "X:"}),
        ({"name": "Y:"}, {"size": 1}),
        ({"size": 1}, {"id": 3, "size": 1}),
        ({"id": 1, "size": 5}, {"id": 2, "size": 5}),
        ("Y:", "X:"),
    ],
    ids=["another-name", "no-name-any-more", "first-id", "another-id-alone", "text"],
)
def test_an_entry_that_changed_its_identity_is_found_between_its_neighbours(older, newer):
    before, after = {"id": 11}, {"id": 12}
    gone, new = {"id": 13}, {"id": 14, "name": "new"}
    pairs = pair_entries([gone, before, older, after], [before, newer, after, new])
    assert pairs == [(0, None), (1, 0), (2, 1), (3, 2), (None, 3)]


def test_the_second_that_claims_an_identity_is_the_second():
    twins = [{"name": "Disk 1", "size": 1}, {"name": "Disk 1", "size": 2}]
    assert pair_entries(twins, copy.deepcopy(twins)) == [(0, 0), (1, 1)]


def test_of_two_with_one_identity_the_one_that_was_taken_out_is_gone():
    first, second = {"id": 1, "size": 1}, {"id": 1, "size": 2}
    assert pair_entries([first, second], [second]) == [(0, None), (1, 0)]


def test_entries_known_by_nothing_keep_their_partner_when_another_is_taken_out_or_moved():
    a, b, c = {"size": 1}, {"size": 2}, {"size": 3}
    assert pair_entries([a, b, c], [b, c]) == [(0, None), (1, 0), (2, 1)]
    assert pair_entries([a, b, c], [c, a, b]) == [(2, 0), (0, 1), (1, 2)]


@given(st.data())
def test_every_entry_is_in_one_pair_and_the_newer_list_keeps_its_order(data):
    older = data.draw(TASKS).get("sub_tasks", [])
    newer = data.draw(TASKS).get("sub_tasks", [])
    pairs = pair_entries(older, newer)
    assert sorted(before for before, _ in pairs if before is not None) == list(range(len(older)))
    assert [after for _, after in pairs if after is not None] == list(range(len(newer)))


@given(st.data())
def test_a_list_is_its_own_counterpart_even_as_a_copy(data):
    entries = data.draw(TASKS).get("sub_tasks", [])
    pairs = pair_entries(entries, copy.deepcopy(entries))
    assert pairs == [(at, at) for at in range(len(entries))]
    assert not reordered(pairs)


@given(st.data())
def test_a_path_leads_to_the_other_task_and_back(data):
    task = data.draw(TASKS)
    newer, _ = apply(task, data.draw(changes_of(task)))
    counterparts = Counterparts(task, newer)
    for path, _ in containers(newer):
        there = counterparts.in_older(path)
        if there is not None and value_at(task, there) is not ABSENT:
            assert counterparts.in_newer(there) == path


@given(st.data())
def test_what_no_edit_touched_is_found_wherever_it_went(data):
    task = data.draw(TASKS)
    change = data.draw(changes_of(task).filter(lambda change: isinstance(change.path[-1], int)))
    newer, _ = apply(task, change)
    counterparts = Counterparts(task, newer)
    older = {id(container): path for path, container in containers(task)}
    for path, container in containers(newer):
        if id(container) in older:
            found = counterparts.in_older(path)
            if found != older[id(container)]:  # which of two equal ones moved, nobody can see
                assert found is not None
                assert same(value_at(task, found), container)


ENTRIES = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.integers(0, 3),
            "name": st.sampled_from(["A", "B", "C", ""]),
            "size": st.integers(0, 2),
            "volumes": st.lists(
                st.fixed_dictionaries({"name": st.sampled_from("XYZ")}, optional={"size": st.integers(0, 1)}),
                max_size=3,
            ),
        },
    ),
    max_size=5,
)


@st.composite
def edits_of_fields(draw: st.DrawFn, task):
    """Mostly a field of an entry or of an entry in it, sometimes anything."""
    holders = [(path, held) for path, held in containers(task) if isinstance(held, dict) and path]
    if not holders or draw(st.integers(0, 4)) == 0:
        return draw(changes_of(task))
    path, held = draw(st.sampled_from(holders))
    if isinstance(path[-1], int) and draw(st.integers(0, 4)) == 0:
        return InsertEntry(path, copy.deepcopy(held))
    key = draw(st.sampled_from(["size", "size", "size", "name", "id"]))
    if key in held and draw(st.integers(0, 5)) == 0:
        return RemoveValue((*path, key))
    return SetValue((*path, key), draw(st.integers(0, 3) | st.sampled_from("ABXY")))


def check_where_paths_lead(base, kept, current) -> None:
    anew = Counterparts(base, current)
    for path, held in containers(current):
        for step in range(len(held)) if isinstance(held, list) else held:
            assert kept.in_older((*path, step)) == anew.in_older((*path, step))


@settings(max_examples=300)
@given(st.data())
def test_after_edits_every_path_leads_where_a_new_comparison_does(data):
    base = {"disks": data.draw(ENTRIES), "others": data.draw(ENTRIES)}
    current = data.draw(st.just(base) | st.builds(copy.deepcopy, st.just(base)))
    kept = Counterparts(base, current)
    for _ in range(data.draw(st.integers(1, 6))):
        change = data.draw(edits_of_fields(current))
        current, _inverse = apply(current, change)
        kept.follow(current, touched([change]))
        if data.draw(st.booleans()):
            check_where_paths_lead(base, kept, current)
    check_where_paths_lead(base, kept, current)


@pytest.mark.parametrize(
    ("entries", "changes"),
    [
        ([{"name": "A"}], [InsertEntry(("disks", 0), {"name": "A"}), SetValue(("disks", 1, "size"), 2)]),
        ([{"size": 1}], [SetValue(("disks", 0, "id"), 9), SetValue(("disks", 0, "size"), 2)]),
        (["A", "B", {"id": 1}], [SetValue(("disks", 2, "size"), 2), SetValue(("disks", 0), "B")]),
    ],
    ids=["beside-its-copy", "that-got-an-id", "plain"],
)
def test_an_entry_is_looked_for_anew_where_an_edit_may_make_it_another(entries, changes):
    base = current = {"disks": entries}
    kept = Counterparts(base, current)
    for change in changes:
        current, _inverse = apply(current, change)
        kept.follow(current, touched([change]))
        check_where_paths_lead(base, kept, current)


@pytest.mark.parametrize(
    "first", [[], [InsertEntry(("disks", 1), {"name": "new", "size": 9})]], ids=["loaded", "added"]
)
def test_a_list_is_compared_once_while_a_field_is_typed_in(first, monkeypatch):
    document = Document({"disks": [{"id": number, "name": f"Disk {number}", "size": 1} for number in range(5)]})
    for change in first:
        document.apply("add", change)
    document.apply("resize", SetValue(("disks", 3, "size"), 2))
    assert document.loaded_value(("disks", 3, "size")) == 1
    compared = []
    once = matching._compared
    monkeypatch.setattr(matching, "_compared", lambda *lists, **way: compared.append(lists) or once(*lists, **way))
    for size in range(3, 30):
        document.apply("resize", SetValue(("disks", 3, "size"), size), run="typing")
        assert document.loaded_value(("disks", 3, "size")) == 1
    assert compared == []
    document.apply("rename", SetValue(("disks", 3, "id"), 77))
    assert document.loaded_value(("disks", 3, "size")) is ABSENT
    assert len(compared) == 1


def test_a_path_through_a_new_entry_has_no_counterpart():
    base = {"disks": [Y]}
    current = {"disks": [copy.deepcopy(Z), Y]}
    counterparts = Counterparts(base, current)
    assert counterparts.in_older(("disks", 0, "size")) is None
    assert counterparts.in_older(("disks", 1, "size")) == ("disks", 0, "size")
    assert counterparts.in_newer(("disks", 0, "size")) == ("disks", 1, "size")
    assert Counterparts(current, base).in_newer(("disks", 0)) is None


def test_a_loaded_value_is_found_after_entries_before_it_came_and_went():
    document = Document({"disks": [{"name": "A", "size": 1}, {"name": "B", "size": 2}, {"name": "C", "size": 3}]})
    document.apply("delete", RemoveValue(("disks", 0)))
    document.apply("resize", SetValue(("disks", 1, "size"), 30))
    document.apply("rename", SetValue(("disks", 1, "name"), "D"))
    document.apply("add", InsertEntry(("disks", 2), {"name": "new", "size": 9}))
    assert document.loaded_value(("disks", 1, "size")) == 3
    assert document.loaded_value(("disks", 1, "name")) == "C"
    assert document.loaded_value(("disks", 2, "size")) is ABSENT
    assert document.put_back(("disks", 1, "size"))
    assert document.put_back(("disks", 2))
    assert document.current == {"disks": [{"name": "B", "size": 2}, {"name": "D", "size": 3}]}
    assert not document.put_back(("disks", 0))


def test_an_id_that_was_edited_can_be_put_back():
    document = Document({"disks": [{"id": 88008, "name": "A"}]})
    document.apply("set id", SetValue(("disks", 0, "id"), 8))
    assert document.put_back(("disks", 0, "id"))
    assert document.changes == []


def test_ten_thousand_entries_of_which_many_are_asked_for_are_compared_once():
    base = {"disks": [{"id": number, "size": "bad"} for number in range(10_000)]}
    document = Document(base)
    document.apply("delete", RemoveValue(("disks", 0)))
    started = time.process_time()
    found = [document.loaded_value(("disks", index, "size")) for index in range(9_999)]
    assert found == ["bad"] * 9_999
    assert time.process_time() - started < 2, "each question compares the whole list"


@given(st.data())
def test_lists_edited_in_place_are_compared_where_they_differ_and_nowhere_else(data):
    entries = st.lists(
        st.fixed_dictionaries({"id": st.integers(0, 4)}, optional={"size": st.integers(0, 2)}), max_size=6
    )
    older = data.draw(entries)
    newer = [copy.deepcopy(entry) if data.draw(st.booleans()) else entry for entry in older]
    for entry, before in zip(newer, older, strict=True):
        if entry is not before:
            entry["size"] = data.draw(st.integers(0, 2))
    places = edited_in_place(older, newer)
    if places is not None:
        assert list(places) == [
            at for at, (before, after) in enumerate(zip(older, newer, strict=True)) if before is not after
        ]
        assert pair_entries(older, newer) == [(at, at) for at in range(len(newer))]
        assert keeps_its_places(older, newer)
    if keeps_its_places(older, newer):
        assert [entry["id"] for entry in older] == [entry["id"] for entry in newer]


def test_entries_keep_their_places_only_if_they_are_known_and_stay_who_they_are():
    assert keeps_its_places([Y, Z], [Y, {**Z, "size": 5}])
    assert not keeps_its_places([{"id": 1}, {"id": 2}], [{"id": 1}, {"id": 3}])
    assert not keeps_its_places([Y, Z], [copy.deepcopy(Z), copy.deepcopy(Y)])
    assert not keeps_its_places([Y], [Y, Z])
    assert not keeps_its_places([{"size": 1}], [{"size": 2}])


def test_an_entry_that_took_the_place_of_another_is_no_edit_in_place():
    assert edited_in_place([{"id": 1}, {"id": 2}], [{"id": 1}, {"id": 3}]) is None
    assert edited_in_place([Y, Z], [copy.deepcopy(Z), copy.deepcopy(Y)]) is None
    assert edited_in_place([Y], [Y, Z]) is None
    assert edited_in_place([Y, Z], [Y, {**Z, "size": 5}]) == [1]


@settings(max_examples=300)
@given(ENTRIES, st.data())
def test_what_stands_together_untouched_is_paired_as_if_each_entry_were_looked_at(older, data):
    newer = list(older)
    for _ in range(data.draw(st.integers(1, 4))):
        at, to = data.draw(st.integers(0, len(newer))), data.draw(st.integers(0, len(newer)))
        new = data.draw(st.sampled_from([[], [{"name": "new"}], [{"name": "A", "size": 5}], newer[at : at + 1]]))
        del newer[at : at + 1]
        newer[to:to] = new
    pairs, counterparts, places = pair_entries(older, newer), Counterparts(older, newer), range(len(newer))
    led = [counterparts.in_older((at,)) for at in places]
    with patch.object(runs, "_MANY", 0):
        assert pair_entries(older, newer) == pairs
        counterparts = Counterparts(older, newer)
        assert [counterparts.in_older((at,)) for at in places] == led


def test_between_an_entry_that_went_and_one_that_came_no_others_are_compared(monkeypatch):
    base = {"disks": [{"id": number} for number in range(10_000)]}
    current = {"disks": [*base["disks"][:3], *base["disks"][4:], {"id": "new"}]}
    asked, known = [], matching.identifier
    monkeypatch.setattr(matching, "identifier", lambda *given: asked.append(given) or known(*given))
    assert [change.sort for change in diff(base, current)] == ["removed", "added"]
    assert Counterparts(base, current).in_older(("disks", 9_998)) == ("disks", 9_999)
    assert Counterparts(base, current).in_newer(("disks", 9_999)) == ("disks", 9_998)
    assert len(asked) < 200
