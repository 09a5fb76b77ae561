"""What a PUT sends."""

from __future__ import annotations

from typing import Any

import pytest
from document_material import TASKS, changes_of
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.document import Document
from sms_tui.document.edits import InsertEntry, RemoveValue, SetValue
from sms_tui.exactjson import dumps, same
from sms_tui.schema.registry import ROOT, kind

LISTED = kind(ROOT).fields
VOLUMES = ("target_server", "disks", 0, "physical_volumes")
FROM_GET_ALONE = {"compress_rate": 1.5, "network_check_info": None, "subtask_info": "A-1", "nobody knows": [1]}


def test_an_untouched_task_sends_nothing(example):
    assert Document(example).body() == {}


def test_only_changed_top_level_keys_are_sent_and_nested_objects_whole(example):
    document = Document(example | FROM_GET_ALONE)
    document.apply("size", SetValue((*VOLUMES, 1, "size"), 2**63 - 1))
    document.apply("speed", SetValue(("speed_limit",), 50))
    body = document.body()
    assert list(body) == ["speed_limit", "target_server"]
    assert body["speed_limit"] == 50
    expected = dumps(example["target_server"]).replace('"size":42423287808', '"size":9223372036854775807')
    assert dumps(body["target_server"]) == expected


def test_keys_of_nested_objects_that_nobody_knows_are_sent_as_they_came(example):
    example["target_server"]["from the future"] = {"a": [None, 0.0]}
    document = Document(example)
    document.apply("ip", SetValue(("target_server", "ip"), "10.0.0.1"))
    assert document.body()["target_server"]["from the future"] == {"a": [None, 0.0]}


@given(TASKS)
def test_the_full_body_of_an_untouched_task_is_every_listed_key_exactly_as_it_came(task):
    listed = {key: value for key, value in task.items() if key in LISTED}
    assert dumps(Document(task).body(full=True)) == dumps(listed)


def test_keys_that_only_get_knows_are_never_sent(example):
    document = Document(example | FROM_GET_ALONE)
    for key in FROM_GET_ALONE:
        document.apply("edit", SetValue((key,), "edited"))
    assert document.body() == {}
    assert not FROM_GET_ALONE.keys() & document.body(full=True).keys()
    assert document.unsendable == list(FROM_GET_ALONE)


def test_a_key_made_absent_cannot_be_sent_and_is_told(example):
    document = Document(example)
    document.apply("remove", RemoveValue(("migration_ip",)))
    assert document.body() == {}
    assert "migration_ip" not in document.body(full=True)
    assert document.unsendable == ["migration_ip"]


def test_a_nested_key_made_absent_is_sent_by_its_object(example):
    document = Document(example)
    document.apply("remove", RemoveValue(("target_server", "ip")))
    assert "ip" not in document.body()["target_server"]
    assert document.unsendable == []


@pytest.mark.parametrize("value", [None, "", 0, False, [], {}])
def test_null_and_every_sort_of_empty_are_sent_as_such(example, value: Any):
    document = Document(example | {"migration_ip": "1.2.3.4"})
    document.apply("set", SetValue(("migration_ip",), value))
    assert dumps(document.body()) == dumps({"migration_ip": value})


def test_the_id_is_sent_in_the_full_body_as_it_came_and_else_not():
    document = Document({"id": "a", "speed_limit": 0}, "a")
    document.apply("set", SetValue(("speed_limit",), 1))
    assert document.body() == {"speed_limit": 1}
    assert document.body(full=True) == {"id": "a", "speed_limit": 1}


def test_an_edit_taken_back_by_hand_is_not_sent(example):
    document = Document(example)
    document.apply("set", SetValue(("target_server", "ip"), "10.0.0.1"))
    document.apply("set again", SetValue(("target_server", "ip"), None))
    document.apply("add", InsertEntry(("sub_tasks", 0), {}))
    document.apply("delete", RemoveValue(("sub_tasks", 0)))
    assert document.body() == {}


@given(st.data())
def test_the_body_over_the_loaded_task_is_the_task_as_edited_but_for_what_cannot_be_sent(data):
    document = Document(data.draw(TASKS))
    for _ in range(data.draw(st.integers(0, 4))):
        document.apply("edit", data.draw(changes_of(document.current)))
    held = {**document.base, **document.body()}
    differing = {key for key in held.keys() | document.current.keys() if not _same_at(held, document.current, key)}
    assert differing == set(document.unsendable)
    assert all(key not in document.current or key not in LISTED for key in document.unsendable)
    assert document.body().keys() <= LISTED.keys()


def _same_at(one: dict[str, Any], other: dict[str, Any], key: str) -> bool:
    return key in one and key in other and same(one[key], other[key])
