"""What an edited text amounts to: no more than what was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.document import Document
from sms_tui.document.edits import RemoveValue, SetValue
from sms_tui.document.findings import Inspector
from sms_tui.exactjson import dumps, loads
from sms_tui.ui.json_view.reading import Reader

TASK = {
    "id": "a",
    "name": "Move",
    "speed_limit": 0,
    "migrate_speed": 1.50,
    "target_server": {
        "name": "t",
        "disks": [
            {"id": 1, "name": "Disk 1", "size": 2**62, "physical_volumes": [{"id": 5, "name": "Y:", "size": 10**9}]},
            {"id": 2, "name": "Disk 2", "size": 10**9, "unheard_of": [None, {}, []]},
        ],
    },
    "sub_tasks": [{"id": 1, "name": "S", "progress": 10}],
}


def document() -> Document:
    return Document(loads(dumps(TASK)), "a")


PLACES = [(), ("target_server",), ("target_server", "disks"), ("target_server", "disks", 1), ("sub_tasks",), ("name",)]


@pytest.mark.parametrize("path", PLACES, ids=str)
def test_an_untouched_text_makes_no_change(path):
    reader = Reader(document(), path)
    assert reader.read(reader.original()).changes == ()


@given(
    st.sampled_from(PLACES),
    st.integers(0, 400),
    st.sampled_from(["", " ", "9", ",", '"', "}", "[", "\n"]),
    st.integers(0, 3),
)
def test_whatever_is_typed_is_either_exactly_what_would_be_there_or_has_a_place_where_it_is_wrong(
    path, at, typed, gone
):
    edited = document()
    reader = Reader(edited, path)
    text = reader.original()
    at %= len(text)
    text = text[:at] + typed + text[at + gone :]
    reading = reader.read(text)
    assert edited.current == TASK
    if reading.trouble is not None:
        assert 0 <= reading.trouble.line <= text.count("\n")
        assert reading.changes == ()
    else:
        edited.apply("typed", *reading.changes)
        assert dumps(edited.value(path)) == dumps(loads(text))
        edited.undo()
        assert dumps(edited.current) == dumps(TASK)


def test_one_number_typed_is_one_small_change():
    reader = Reader(document(), ())
    reading = reader.read(reader.original().replace('"speed_limit": 0', '"speed_limit": 7'))
    assert reading.changes == (SetValue(("speed_limit",), 7),)


def test_lines_typed_above_move_the_findings_and_changes_with_what_they_are_about():
    reader = Reader(document(), ("target_server", "disks", 0))
    before = reader.read(reader.original().replace('"size": 1000000000', '"size": "x"'))
    after = reader.read("\n\n" + reader.original().replace('"size": 1000000000', '"size": "x"'))
    assert before.changed == {8}
    assert after.changed == {10}
    assert 8 in before.findings
    assert {line + 2 for line in before.findings} == set(after.findings)


def test_what_was_edited_before_counts_as_a_change_and_not_as_loaded():
    edited = document()
    edited.apply("typed", SetValue(("speed_limit",), 99999))
    reading = Reader(edited, ()).read(Reader(edited, ()).original())
    assert reading.changed == {3}
    assert [finding.blocks for finding in reading.findings[3]] == [True]
    other = Reader(edited, ()).read(Reader(edited, ()).original().replace('"Move"', '"Moved"'))
    assert [finding.blocks for finding in other.findings[3]] == [True]


def test_a_text_that_was_kept_does_not_take_back_what_happened_meanwhile():
    edited = document()
    first = Reader(edited, ())
    text = first.original()
    edited.apply("meanwhile", SetValue(("sub_tasks", 0, "progress"), 60), RemoveValue(("target_server", "disks", 1)))
    later = Reader(edited, (), first.origin)
    assert later.read(text).changes == ()
    assert later.read(text.replace('"Move"', '"Moved"')).changes == (SetValue(("name",), "Moved"),)


def test_a_kept_text_of_an_entry_is_taken_where_the_entry_is_now():
    edited = document()
    first = Reader(edited, ("target_server", "disks", 1))
    text = first.original().replace('"Disk 2"', '"Data"')
    edited.apply("meanwhile", RemoveValue(("target_server", "disks", 0)))
    later = Reader(edited, ("target_server", "disks", 0), first.origin)
    assert later.read(text).changes == (SetValue(("target_server", "disks", 0, "name"), "Data"),)


def test_of_the_problems_elsewhere_in_the_task_none_is_listed(monkeypatch):
    monkeypatch.delattr(Inspector, "findings")
    reader = Reader(document(), ("target_server", "disks", 0))
    reading = reader.read(reader.original())
    assert len([finding for found in reading.findings.values() for finding in found]) < reading.counts[1]
    text = reader.original().replace("1000000000", '"much"')
    tried = reader.read(text)
    assert tried.counts[0] == 1
    assert [found[0].blocks for found in tried.findings.values()].count(True) == 1


def test_an_untouched_text_of_what_is_gone_meanwhile_does_not_bring_it_back():
    edited = document()
    reader = Reader(edited, ("target_server",))
    text = reader.original()
    edited.apply("meanwhile", RemoveValue(("target_server",)))
    assert reader.read(text).changes == ()
    touched = {**TASK["target_server"], "name": "u"}
    assert reader.read(text.replace('"t"', '"u"')).changes == (SetValue(("target_server",), touched),)
