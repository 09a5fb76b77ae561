"""The order in which one goes from problem to problem, and what one problem costs among very many."""

from __future__ import annotations

import pytest
from document_material import TASKS, changes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from sms_tui.document import turns
from sms_tui.document.document import Document
from sms_tui.document.edits import SetValue
from sms_tui.document.turns import Turns
from sms_tui.schema.checks import listing


def in_turn(document):
    """The same, listed."""
    return sorted(document.findings, key=lambda finding: not finding.blocks)


def check_turns(document):
    listed, found = in_turn(document), Turns(document)
    blocking = sum(finding.blocks for finding in listed)
    assert len(found) == len(listed)
    assert [found[turn] for turn in range(len(found))] == listed
    first = {finding.path: turn for turn, finding in reversed(list(enumerate(listed)))}
    assert {path: found.turn_of(path) for path in first} == first
    return blocking


@settings(max_examples=100)
@given(st.data())
def test_one_goes_from_problem_to_problem_as_they_would_be_listed(data):
    document = Document(data.draw(TASKS))
    check_turns(document)
    for _ in range(4):
        document.apply("edit", data.draw(changes_of(document.current)))
        check_turns(document)


@pytest.mark.parametrize("few", [20, 1])
def test_what_blocks_comes_first(example, few, monkeypatch):
    monkeypatch.setattr(turns, "_FEW", few)
    document = Document(example)
    document.apply("edit", SetValue(("speed_limit",), -1))
    document.apply("edit", SetValue(("target_server", "disks", 0, "size"), "much"))
    assert check_turns(document) == 2
    assert Turns(document).turn_of(("name",)) is None


def test_of_very_many_problems_only_those_gone_to_are_told(example, monkeypatch):
    disks = [{"name": f"Disk {number}", "size": "much"} for number in range(500)]
    document = Document({**example, "target_server": {**example["target_server"], "disks": disks}})
    assert len(document.findings) > 500
    told = []
    once = listing._problem
    monkeypatch.setattr(listing, "_problem", lambda *found: told.append(found) or once(*found))
    found = Turns(document)
    assert found[len(found) // 2].path[:2] == ("target_server", "disks")
    assert len(told) < 20
