"""One line of the task list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.session.summary import TaskSummary, progress, summarize

EMPTY = TaskSummary(id="", name="", state="", type="", os_type="", progress=None, source="", target="", created=None)


def test_a_whole_task_in_one_line(example):
    example |= {"id": "ef3b"}
    example["target_server"] |= {"ip": "10.0.0.9"}
    summary = summarize(example)
    assert summary == TaskSummary(
        id="ef3b",
        name="MigrationTask",
        state="RUNNING",
        type="MIGRATE_BLOCK",
        os_type="WINDOWS",
        progress=0,
        source="name-win16",
        target="10.0.0.9",
        created=1598435778000,
    )


def test_the_filter_finds_what_the_line_shows_in_any_case(example):
    text = summarize(example | {"id": "EF3B"}).text
    for word in ("migrationtask", "running", "migrate_block", "windows", "name-win16", "ef3b"):
        assert word in text


@pytest.mark.parametrize(
    ("numbers", "mean"),
    [
        ([], None),
        ([0], 0),
        ([100, 50, 0], 50),
        ([100, 100, 99], 99),
        ([250, -4], 50),
        ([None, 40], 40),
        ([None], None),
        ([True, 40], 40),
        (["90", 40.0], None),
    ],
)
def test_progress_is_the_mean_of_whole_numbers_from_0_to_100(numbers, mean):
    assert progress([{"progress": number} for number in numbers]) == mean


@pytest.mark.parametrize("sub_tasks", [None, {}, "x", 1, [None, 1, []], [{}]])
def test_without_sub_tasks_there_is_no_progress(sub_tasks):
    assert progress(sub_tasks) is None


@pytest.mark.parametrize(
    "task",
    [None, [], "x", {}, {"name": None, "state": 1, "source_server": "x", "target_server": None, "create_date": True}],
)
def test_what_is_missing_or_of_the_wrong_sort_is_empty(task):
    assert summarize(task) == EMPTY


KEYS = st.sampled_from(["id", "name", "state", "sub_tasks", "progress", "source_server", "ip", "create_date"])
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda one: st.lists(one) | st.dictionaries(KEYS, one),
)


@given(ANY)
def test_no_item_of_the_list_is_too_odd(task):
    summary = summarize(task)
    assert summary.progress is None or 0 <= summary.progress <= 100
    assert isinstance(summary.text, str)
