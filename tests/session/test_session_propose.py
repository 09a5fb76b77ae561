"""Laying a task body over a document."""

from __future__ import annotations

import pytest

from sms_tui.document.document import Document
from sms_tui.document.edits import EditError
from sms_tui.exactjson import dumps
from sms_tui.session.proposing import propose


def document() -> Document:
    task = {"id": "a", "name": "one", "speed_limit": 0, "target_server": {"ip": None, "name": "t"}, "compress_rate": 1}
    return Document(task, "a")


def test_keys_of_the_body_are_taken_and_those_it_lacks_stay():
    proposed = document()
    propose(proposed, {"speed_limit": 50, "target_server": {"ip": "1.2.3.4"}, "priority": 1})
    assert proposed.current == {
        "id": "a",
        "name": "one",
        "speed_limit": 50,
        "target_server": {"ip": "1.2.3.4"},
        "compress_rate": 1,
        "priority": 1,
    }
    assert list(proposed.body()) == ["speed_limit", "target_server", "priority"]


def test_a_whole_body_is_one_undo():
    proposed = document()
    propose(proposed, {"speed_limit": 50, "name": "two"})
    proposed.undo()
    assert dumps(proposed.current) == dumps(proposed.base)
    assert proposed.undo() is None


@pytest.mark.parametrize("body", [{}, {"id": "a"}, {"name": "one", "target_server": {"name": "t", "ip": None}}])
def test_a_body_that_says_what_is_there_already_changes_nothing(body):
    proposed = document()
    propose(proposed, body)
    assert proposed.current is proposed.base
    assert proposed.undo() is None


@pytest.mark.parametrize("value", [None, "", False, 0.0])
def test_a_value_that_only_looks_like_the_one_there_is_a_change(value):
    proposed = document()
    propose(proposed, {"speed_limit": value})
    assert dumps(proposed.body()) == dumps({"speed_limit": value})


@pytest.mark.parametrize("other", ["b", "", None, 1])
def test_a_body_of_another_task_is_refused_and_changes_nothing(other):
    proposed = document()
    with pytest.raises(EditError, match='not of "a"; remove its id'):
        propose(proposed, {"speed_limit": 50, "id": other})
    assert proposed.current is proposed.base


def test_a_task_that_shows_no_id_is_known_by_the_one_it_was_opened_by():
    proposed = Document({"speed_limit": 0}, "a")
    propose(proposed, {"id": "a", "speed_limit": 50})
    assert proposed.current == {"speed_limit": 50}
    with pytest.raises(EditError, match='the body is of task "b"'):
        propose(proposed, {"id": "b"})


def test_a_key_that_no_put_carries_is_told_as_unsendable():
    proposed = document()
    propose(proposed, {"compress_rate": 2})
    assert (proposed.body(), proposed.unsendable) == ({}, ["compress_rate"])
