"""What the state of a task allows, as a warning with its reason."""

from __future__ import annotations

from itertools import product

import pytest
from cases import every
from document_material import JSON, TASKS, containers
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.states import STATES, gate, is_target_layout, service_owned
from sms_tui.schema.paths import ABSENT, parse_path
from sms_tui.schema.registry import ROOT, kind

OF_A_TASK = [
    *("READY", "RUNNING", "SYNCING", "MIGRATE_SUCCESS", "SYNC_SUCCESS", "MIGRATE_FAIL", "SYNC_FAIL", "ABORTING"),
    *("ABORT", "SKIPPING", "DELETING", "RESETING"),
]
OF_THE_LIST_ONLY = ["SYNC_F_ROLLBACKING", "SYNC_F_ROLLBACK_SUCCESS"]

FIELDS = (
    "name",
    "speed_limit",
    "priority",
    "start_target_server",
    "type",
    "source_server.disks[0].size",
    "target_server.disks[0].physical_volumes[1].size",
)
OPEN = {
    "READY": FIELDS,
    "RUNNING": ("speed_limit", "priority", "start_target_server"),
    "SYNCING": ("speed_limit", "priority", "start_target_server"),
    "MIGRATE_SUCCESS": ("name", "speed_limit", "priority"),
    "SYNC_SUCCESS": ("name", "speed_limit", "priority"),
    "MIGRATE_FAIL": FIELDS,
    "SYNC_FAIL": FIELDS[:-1],
    "ABORT": FIELDS,
}


@every(("state", "path"), [*product([*OF_A_TASK, *OF_THE_LIST_ONLY], FIELDS)])
def test_each_state_leaves_open_what_the_table_says(state, path):
    warning = gate(state, parse_path(path))
    assert (warning is None) == (path in OPEN.get(state, ()))
    if warning is not None:
        assert warning.startswith(f"The task is {state}: ")
        assert warning.endswith(".")


def test_every_state_that_is_known_has_its_row():
    assert set(STATES) == {*OF_A_TASK, *OF_THE_LIST_ONLY}


@pytest.mark.parametrize(
    ("state", "path", "words"),
    [
        ("RUNNING", "name", "a task is renamed before it starts or after it has ended"),
        ("RUNNING", "target_server.disks[0].size", "data is being written to the target disks"),
        ("SYNCING", "target_server.volume_groups[0].size", "data is being written to the target disks"),
        ("RUNNING", "target_server.ip", "goes by what it was started with"),
        ("RUNNING", "clone_server.name", "goes by what it was started with"),
        ("SYNC_SUCCESS", "target_server.btrfs_list", "hold the copy"),
        ("MIGRATE_SUCCESS", "start_target_server", "the migration is done"),
        ("DELETING", "speed_limit", "it is being deleted"),
        ("RESETING", "priority", "wait until that is over"),
    ],
)
def test_the_warning_says_why(state, path, words):
    assert words in str(gate(state, parse_path(path)))


@pytest.mark.parametrize("path", ["target_server", "target_server.disks", "target_server.disks[0]", "source_server"])
def test_objects_and_lists_are_judged_like_their_fields(path):
    assert gate("RUNNING", parse_path(path)) is not None
    assert gate("READY", parse_path(path)) is None


@pytest.mark.parametrize("path", FIELDS)
def test_in_a_state_nobody_knows_every_field_carries_a_warning(path):
    assert gate("PAUSED\x1b[2J", parse_path(path)) == (
        'The task is in the state "PAUSED\\u001b[2J", which this program does not know; what it allows is unknown.'
    )


@pytest.mark.parametrize("state", [None, "", ABSENT, 5, True, [], {}])
def test_a_task_that_says_no_state_allows_everything(state):
    assert [gate(state, parse_path(path)) for path in FIELDS] == [None] * len(FIELDS)


KEPT = [
    *(name for name, spec in kind(ROOT).fields.items() if spec.owner == "service"),
    "sub_tasks[0]",
    "sub_tasks[0].user_op",
    "target_server.disks[0].id",
    "target_server.image_disk_id",
    "source_server.state",
    "clone_server.vm_id",
]


@every(("state", "path"), [*product([*OF_A_TASK, "nobody knows"], KEPT)])
def test_what_the_service_keeps_is_not_judged(state, path):
    assert service_owned(parse_path(path))
    assert gate(state, parse_path(path)) is None


@pytest.mark.parametrize("path", [(), ("compress_rate",), ("nobody knows", "at all"), (0,), (0, "name")])
def test_what_no_update_carries_is_not_judged(path):
    assert gate("DELETING", path) is None


def test_a_key_that_nobody_knows_is_judged_as_what_it_is_in():
    assert "target disks" in str(gate("RUNNING", parse_path("target_server.disks[0].nobody_knows.at_all")))
    assert "started with" in str(gate("RUNNING", parse_path("source_server.nobody_knows")))


@pytest.mark.parametrize("path", ["disks", "target_server", "source_server.disks", "target_server.networks[0].name"])
def test_only_the_targets_storage_is_its_layout(path):
    assert not is_target_layout(parse_path(path))


@given(st.sampled_from([*OF_A_TASK, "odd"]) | JSON, TASKS)
def test_any_place_of_any_task_gets_one_sentence_or_none(state, task):
    for path, _ in containers(task):
        warning = gate(state, path)
        assert warning is None or (warning.isprintable() and warning.endswith("."))
