"""What became of each change, judged by the task as it was read back."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.body import Body
from sms_tui.document.document import Document
from sms_tui.document.edits import Change, InsertEntry, MoveEntry, RemoveValue, SetValue
from sms_tui.schema.paths import ABSENT
from sms_tui.session.effects import effects
from sms_tui.session.outcomes import Effect

DISKS = ("target_server", "disks")


def disk(number: int, **more: Any) -> Body:
    return {"id": number, "name": f"Disk {number}", "size": number, **more}


BASE: Body = {"target_server": {"ip": None, "disks": [disk(1), disk(2), disk(3)]}}


def after(*changes: Change, held: Any, base: Body = BASE) -> list[tuple[str, str]]:
    return [(effect.where, effect.fate) for effect in effects_of(*changes, held=held, base=base)]


def effects_of(*changes: Change, held: Any, base: Body = BASE) -> list[Effect]:
    """The effects of changes sent, when `held` (the task, or only its disks) is read back."""
    document = Document(base)
    for change in changes:
        document.apply("edit", change)
    if isinstance(held, list):
        held = {"target_server": {"ip": None, "disks": held}}
    return effects(base, document.current, document.body(), held)


NEW: Body = {"name": "New", "size": 9}


def test_an_entry_that_got_an_id_and_other_keys_from_the_service_is_kept():
    held = [disk(1), disk(2), disk(3), {"id": 77, **NEW, "disk_index": None, "physical_volumes": []}]
    (effect,) = effects_of(InsertEntry((*DISKS, 3), NEW), held=held)
    assert (effect.where, effect.fate, effect.held) == ("target_server › disks › New", "kept", held[3])


def test_an_entry_that_got_an_id_is_found_wherever_the_service_put_it():
    held = [{"id": 77, **NEW}, disk(3), disk(2), disk(1)]
    assert after(InsertEntry((*DISKS, 3), NEW), held=held) == [("target_server › disks › New", "kept")]


def test_an_entry_without_any_name_that_got_an_id_is_kept():
    held = [disk(1), disk(2), disk(3), {"id": 77, "device_use": "NORMAL"}]
    made = InsertEntry((*DISKS, 3), {"device_use": "NORMAL"})
    assert after(made, held=held) == [("target_server › disks › [3]", "kept")]


def test_entries_in_a_new_entry_may_get_ids_too():
    volumes = [{"name": "Y:"}, {"name": "Z:"}]
    made = InsertEntry((*DISKS, 3), {**NEW, "physical_volumes": volumes})
    given_ids = [{"id": number, **volume} for number, volume in enumerate(volumes)]
    held = [disk(1), disk(2), disk(3), {"id": 77, **NEW, "physical_volumes": given_ids}]
    assert after(made, held=held) == [("target_server › disks › New", "kept")]
    for others in (given_ids[:1], [*given_ids, {"id": 9, "name": "X:"}], given_ids[::-1]):
        held[3]["physical_volumes"] = others
        assert after(made, held=held) == [("target_server › disks › New", "changed by the service")]


def test_a_new_entry_with_another_value_was_changed_and_one_that_is_not_there_was_ignored():
    made = InsertEntry((*DISKS, 3), NEW)
    there = [disk(1), disk(2), disk(3)]
    assert after(made, held=[*there, {"id": 77, **NEW, "size": 8}]) == [
        ("target_server › disks › New", "changed by the service")
    ]
    assert after(made, held=there) == [("target_server › disks › New", "ignored")]


def test_a_deleted_entry_is_gone_or_was_ignored():
    gone = RemoveValue((*DISKS, 0))
    assert after(gone, held=[disk(2), disk(3)]) == [("target_server › disks › Disk 1", "kept")]
    (effect,) = effects_of(gone, held=[disk(1), disk(2), disk(3)])
    assert (effect.where, effect.fate, effect.held) == ("target_server › disks › Disk 1", "ignored", disk(1))


def test_a_deleted_entry_that_came_back_edited_was_ignored():
    assert after(RemoveValue((*DISKS, 0)), held=[disk(1, used_size=5), disk(2), disk(3)]) == [
        ("target_server › disks › Disk 1", "ignored")
    ]


def test_a_new_entry_in_the_place_of_a_deleted_one_is_not_taken_for_it():
    changes = [RemoveValue((*DISKS, 0)), InsertEntry((*DISKS, 0), NEW)]
    assert after(*changes, held=[{"id": 77, **NEW}, disk(2), disk(3)]) == [
        ("target_server › disks › Disk 1", "kept"),
        ("target_server › disks › New", "kept"),
    ]
    assert after(*changes, held=[disk(1), disk(2), disk(3)]) == [
        ("target_server › disks › Disk 1", "ignored"),
        ("target_server › disks › New", "ignored"),
    ]


def test_of_twins_the_one_that_was_deleted_is_not_taken_for_the_one_that_stays():
    base: Body = {"target_server": {"disks": [{"name": "Disk 1"}, {"name": "Disk 1"}]}}
    gone = RemoveValue((*DISKS, 1))
    assert after(gone, base=base, held=[{"name": "Disk 1"}]) == [("target_server › disks › Disk 1", "kept")]
    assert after(gone, base=base, held=[{"name": "Disk 1"}] * 2) == [("target_server › disks › Disk 1", "ignored")]


def test_a_deleted_entry_without_an_id_is_not_found_again_in_one_that_was_renamed():
    base: Body = {"target_server": {"disks": [{"name": "A"}, {"name": "B"}]}}
    changes = [RemoveValue((*DISKS, 0)), InsertEntry((*DISKS, 1), {"name": "C"})]
    assert after(*changes, base=base, held=[{"id": 2, "name": "C"}, {"id": 1, "name": "B"}]) == [
        ("target_server › disks › A", "kept"),
        ("target_server › disks › C", "kept"),
    ]


def test_an_edit_in_an_entry_is_found_though_the_service_put_it_elsewhere():
    resize = SetValue((*DISKS, 2, "size"), 30)
    where = "target_server › disks › Disk 3 › size"
    assert after(resize, held=[disk(3, size=30), disk(1), disk(2)]) == [(where, "kept")]
    assert after(resize, held=[disk(3), disk(1), disk(2)]) == [(where, "ignored")]
    assert after(resize, held=[disk(3, size=31), disk(1), disk(2)]) == [(where, "changed by the service")]
    assert after(resize, held=[disk(1), disk(2)]) == [(where, "not shown by the service")]


def test_another_order_is_kept_ignored_or_changed_whatever_else_happened_to_the_entries():
    move = MoveEntry((*DISKS, 2), 0)
    where = "target_server › disks"
    assert after(move, held=[disk(3, used=1), disk(1), disk(2), disk(4)]) == [(where, "kept")]
    assert after(move, held=[disk(1, used=1), disk(2), disk(3)]) == [(where, "ignored")]
    assert after(move, held=[disk(2), disk(1), disk(3)]) == [(where, "changed by the service")]


@pytest.mark.parametrize(
    "change",
    [
        InsertEntry((*DISKS, 0), NEW),
        RemoveValue((*DISKS, 0)),
        MoveEntry((*DISKS, 0), 1),
        SetValue((*DISKS, 0, "size"), 5),
        RemoveValue((*DISKS, 0, "size")),
    ],
)
@pytest.mark.parametrize("held", [{}, {"target_server": {"ip": None}}])
def test_nothing_is_said_of_what_lies_in_a_place_the_service_does_not_show(change, held):
    assert {fate for _, fate in after(change, held=held)} == {"not shown by the service"}


@pytest.mark.parametrize(
    ("held", "fate"),
    [
        ({"ip": None}, "kept"),
        ({"ip": "1.2.3.4"}, "ignored"),
        ({"ip": ""}, "changed by the service"),
        ({}, "not shown by the service"),
    ],
)
def test_null_empty_and_absent_are_told_apart(held, fate):
    base: Body = {"target_server": {"ip": "1.2.3.4"}}
    found = after(SetValue(("target_server", "ip"), None), base=base, held={"target_server": held})
    assert found == [("target_server › ip", fate)]


def test_a_nested_key_made_absent_is_kept_if_it_stays_away_and_changed_if_it_is_null():
    gone = RemoveValue((*DISKS, 0, "size"))
    for held, fate in [({}, "kept"), ({"size": 1}, "ignored"), ({"size": None}, "changed by the service")]:
        shown = [{"id": 1, "name": "Disk 1", **held}, disk(2), disk(3)]
        assert after(gone, held=shown) == [("target_server › disks › Disk 1 › size", fate)]


@pytest.mark.parametrize(("sent", "held"), [(1, 1.0), (1, True), (0.0, 0)])
def test_a_value_that_only_looks_like_the_one_sent_was_changed(sent, held):
    base: Body = {"speed_limit": None}
    found = after(SetValue(("speed_limit",), sent), base=base, held={"speed_limit": held})
    assert found == [("speed_limit", "changed by the service")]


def test_a_change_that_no_body_carried_has_no_effect():
    base: Body = {"compress_rate": 1, "migration_ip": "x"}
    held = {"compress_rate": 2}
    changes = [SetValue(("compress_rate",), 2), RemoveValue(("migration_ip",))]
    assert after(*changes, base=base, held=held) == []


def test_a_removed_entry_below_one_that_moved_up_is_named_by_its_own_disk():
    base: Body = {"target_server": {"disks": [disk(1), disk(2, physical_volumes=[{"id": 5, "name": "Y:"}])]}}
    changes = [RemoveValue((*DISKS, 0)), RemoveValue((*DISKS, 0, "physical_volumes", 0))]
    held = [disk(2, physical_volumes=[{"id": 5, "name": "Y:"}])]
    assert after(*changes, base=base, held=held) == [
        ("target_server › disks › Disk 1", "kept"),
        ("target_server › disks › Disk 2 › Y:", "ignored"),
    ]


@given(st.data())
def test_a_service_that_holds_all_that_was_sent_is_said_to_have_kept_all(data):
    document = Document(copy.deepcopy(BASE))
    for _ in range(data.draw(st.integers(1, 5))):
        length = len(document.value(DISKS))
        at = data.draw(st.integers(0, max(0, length - 1)))
        options: list[Change] = [InsertEntry((*DISKS, at), data.draw(st.sampled_from([NEW, {}, {"size": 4}])))]
        if length:
            options += [
                RemoveValue((*DISKS, at)),
                MoveEntry((*DISKS, at), data.draw(st.integers(0, length - 1))),
                SetValue((*DISKS, at, "name"), data.draw(st.sampled_from(["A", "B", None]))),
                SetValue((*DISKS, at, "size"), data.draw(st.integers(0, 3))),
            ]
        document.apply("edit", data.draw(st.sampled_from(options)))
    held = copy.deepcopy(document.current)
    for number, entry in enumerate(held["target_server"]["disks"]):
        entry.setdefault("id", 100 + number)
    found = effects(document.base, document.current, document.body(), held)
    assert len(found) == len(document.changes)
    assert {effect.fate for effect in found} <= {"kept"}


def test_what_an_effect_holds_is_absent_where_nothing_is_shown():
    (effect,) = effects_of(SetValue((*DISKS, 0, "size"), 5), held={})
    assert effect.held is ABSENT
