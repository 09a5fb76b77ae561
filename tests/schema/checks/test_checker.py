"""The checker over a life of edits: always what a full check finds, at a cost that does not grow with the task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from check_tasks import EXAMPLE, changed, edited, linux_task
from hypothesis import example, given
from hypothesis import strategies as st
from random_tasks import random_disks, random_edit, random_task

from sms_tui.exactjson import Json
from sms_tui.schema import registry
from sms_tui.schema.checks import checker, derived, fields
from sms_tui.schema.checks.checker import Checker, check
from sms_tui.schema.checks.tree import ObjectNode
from sms_tui.schema.paths import ABSENT, Path, value_at

_scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
_keys = st.text() | st.sampled_from(list(registry.kind(registry.ROOT).fields))
json_values = st.recursive(_scalars, lambda inner: st.lists(inner) | st.dictionaries(_keys, inner))


def everything(checker: Checker) -> tuple[Any, ...]:
    """All that can be asked of a checker about places that have problems."""
    places = {problem.path[:length] for problem in checker.problems for length in range(len(problem.path) + 1)}
    ordered = sorted(places, key=repr)
    return (
        list(checker.problems),
        [(place, checker.count("error", place), checker.count("warning", place)) for place in ordered],
        [(place, checker.at(place), checker.under(place)) for place in ordered],
    )


@given(st.integers(0, 2**32 - 1), st.sampled_from([random_task, random_disks]))
def test_rechecking_after_any_edits_finds_what_a_full_check_finds(seed: int, start: Callable[[Random], Any]) -> None:
    random = Random(seed)
    task = start(random)
    kept = Checker(task)
    for _ in range(12):
        before = task
        task, touched = random_edit(random, task)
        kept.recheck(task, touched)
        assert list(kept.problems) == check(task), touched
        if random.random() < 0.2:  # undo
            kept.recheck(before, touched)
            assert list(kept.problems) == check(before)
            task = before
    assert everything(kept) == everything(Checker(task))


@given(st.integers(0, 2**32 - 1), st.sampled_from([random_task, random_disks]))
def test_rechecking_in_pieces_ends_with_what_a_full_check_finds(seed: int, start: Callable[[Random], Any]) -> None:
    random = Random(seed)
    task = start(random)
    kept = Checker(task)
    with patch.object(checker, "_AT_ONCE", 2):
        for _ in range(12):
            task, touched = random_edit(random, task)
            kept.recheck(task, touched, random.randrange(4))
            while not kept.done:
                kept.work(random.choice([1, 2, 5]))
            assert list(kept.problems) == check(task), touched
    assert everything(kept) == everything(Checker(task))


@given(st.integers(0, 2**32 - 1), st.sampled_from([random_task, random_disks]))
def test_each_problem_is_found_by_its_number_and_how_many_come_before_it(
    seed: int, start: Callable[[Random], Any]
) -> None:
    checker = Checker(start(Random(seed)))
    assert [checker.nth(number) for number in range(len(checker.problems))] == list(checker.problems)
    first: dict[Path, int] = {}
    for number, problem in enumerate(checker.problems):
        first.setdefault(problem.path, number)
    assert {path: checker.before(path) for path in first} == first


@given(st.integers(0, 2**32 - 1))
def test_every_count_and_place_agrees_with_the_list_of_problems(seed: int) -> None:
    found = Checker(random_task(Random(seed)))
    problems = list(found.problems)
    for place in {problem.path[:length] for problem in problems for length in range(len(problem.path) + 1)}:
        below = [problem for problem in problems if problem.path[: len(place)] == place]
        assert sorted(found.under(place), key=repr) == sorted(below, key=repr)
        assert Counter(problem.severity for problem in below) == Counter(
            {"error": found.count("error", place), "warning": found.count("warning", place)}
        )
        here = [problem for problem in below if problem.path == place]
        assert sorted(found.at(place), key=repr) == sorted(here, key=repr)


@given(json_values)
@example({"sub_tasks": [{"id": 10**5000, "progress": 10**5000}] * 2})
@example({"source_server": {"disks": [{"physical_volumes": [{"size": float("nan"), "mount_point": "\ud800"}]}]}})
def test_no_json_makes_the_check_raise(task: Json) -> None:
    for problem in check(task):
        assert problem.message.isprintable()


def test_deep_nesting_is_not_followed_where_the_schema_knows_nothing() -> None:
    deep: Json = None
    for _ in range(5000):
        deep = [deep]
    assert [problem.code for problem in check({"name": deep, "odd": deep})] == ["wrong-type", "unknown-key"]


def test_problems_come_in_the_order_in_which_the_task_is_written() -> None:
    task = {
        "target_server": {"disks": [{"size": -1}], "name": 1, "os_type": "LINUX"},
        "name": 2,
        "sub_tasks": [{"id": -1}, None],
    }
    errors = [problem.path for problem in check(task) if problem.severity == "error"]
    assert errors == [
        ("target_server", "disks", 0, "size"),
        ("target_server", "name"),
        ("target_server", "ip"),
        ("name",),
        ("sub_tasks", 0, "id"),
        ("sub_tasks", 0, "progress"),
        ("sub_tasks", 1),
    ]


def test_a_place_tells_its_own_problems_from_those_within() -> None:
    task = changed(linux_task(), ("target_server.disks[1].os_disk", True), ("target_server.disks[0].size", -1))
    found = Checker(task)
    disks: Path = ("target_server", "disks")
    assert [problem.code for problem in found.at(disks)] == ["os-disk-count"]
    assert [problem.code for problem in found.under(disks)] == ["os-disk-count", "too-small"]
    assert (found.count("error", disks), found.count("warning", disks)) == (1, 1)
    assert (found.count("error", (*disks, 0, "size")), found.count("error", (*disks, 1))) == (1, 0)
    assert found.at(("no", "such", "place")) == []
    assert found.count("error", ("no", "such", "place")) == 0


def test_an_edit_of_one_entry_corrects_what_is_said_at_another() -> None:
    task = changed(linux_task(), ("sub_tasks[1].id", 1))
    found = Checker(task)
    path: Path = ("sub_tasks", 0, "name")
    found.recheck(edited(task, path, "CLONE_VM"), path)
    assert [problem.message for problem in found.at(("sub_tasks", 1, "id"))] == [
        "1 is also the id of sub-task CLONE_VM"
    ]


def test_a_target_disk_that_loses_its_relation_goes_to_the_source_disk_beside_it() -> None:
    disks = [{"name": "d"}, {"name": "e", "relation_name": "a"}]
    task = {"source_server": {"disks": disks}, "target_server": {"disks": [{"name": "a"}]}}
    found = Checker(task)
    path: Path = ("source_server", "disks", 1, "relation_name")
    assert [problem.path[2] for problem in found.problems if problem.code == "no-target-disk"] == [0]
    found.recheck(edited(task, path, "c"), path)
    assert [problem.path[2] for problem in found.problems if problem.code == "no-target-disk"] == [1]


def test_a_disk_called_by_its_place_is_called_by_the_new_place_once_it_moved() -> None:
    disks = [{"name": "d", "used_size": 0}, {"relation_name": "a", "used_size": 2**21}]
    task = {"source_server": {"disks": disks}, "target_server": {"disks": [{"name": "a", "size": 2**20}]}}
    found = Checker(task)
    path: Path = ("source_server", "disks")
    found.recheck(edited(task, path, disks[1:]), (*path, 0))
    assert [problem.message for problem in found.at(("target_server", "disks", 0, "size"))] == [
        "1048576 (1 MiB) is less than what is used of disks[0], 2097152 (2 MiB)"
    ]


def test_what_a_bare_server_needs_follows_the_system_of_the_task() -> None:
    task = {"os_type": "LINUX", "source_server": {}}
    found = Checker(task)
    found.recheck(edited(task, ("os_type",), "WINDOWS"), ("os_type",))
    assert [problem.message for problem in found.problems] == [
        "Windows needs driver_files, system_services, account_rights and system_dir"
    ]


def test_a_check_in_pieces_tells_what_it_found_so_far_and_ends_with_the_same_findings() -> None:
    checker, counts = Checker(EXAMPLE, begun=True), [0]
    while not checker.done:
        checker.work(5)
        counts.append(checker.count("warning"))
    assert list(checker.problems) == check(EXAMPLE)
    assert counts[-1] == len(check(EXAMPLE)) > counts[1]


WIDTH = 2000


def wide_task(width: int) -> dict[str, Any]:
    """A task of that many disks on either side, a volume on each, and as many sub-tasks."""
    task = linux_task()
    for server in ("source_server", "target_server"):
        template = task[server]["disks"][0]
        task[server]["disks"] = [
            {
                **template,
                **({"id": number, "disk_id": str(number), "disk_index": str(number)} if "id" in template else {}),
                "name": f"{server}-{number}",
                "relation_name": f"source_server-{number}",
                "os_disk": number == 0,
                "physical_volumes": [{**template["physical_volumes"][0], "mount_point": f"/{server}/{number}"}],
            }
            for number in range(width)
        ]
    task["sub_tasks"] = [{"id": number, "name": f"step {number}", "progress": 0} for number in range(width)]
    return task


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts the objects judged and the rules about surroundings evaluated."""
    counted: Counter[str] = Counter()

    def judging(*given: Any) -> Any:
        counted["judged"] += 1
        return fields.own_findings(*given)

    def deriving(*given: Any) -> Any:
        counted["derived"] += 1
        return derived.derived_findings(*given)

    monkeypatch.setattr(checker, "own_findings", judging)
    monkeypatch.setattr(checker, "derived_findings", deriving)
    return counted


LEAVES: list[tuple[Path, Any]] = [
    (("target_server", "disks", 7, "physical_volumes", 0, "size"), 5),
    (("target_server", "disks", 7, "physical_volumes", 0, "mount_point"), "/target_server/3"),
    (("target_server", "disks", 7, "name"), "target_server-3"),
    (("target_server", "disks", 7, "relation_name"), "source_server-3"),
    (("target_server", "disks", 7, "os_disk"), True),
    (("source_server", "disks", 7, "used_size"), 2**60),
    (("source_server", "disks", 7, "name"), ABSENT),
    (("source_server", "os_type"), "WINDOWS"),
    (("sub_tasks", 7, "progress"), -1),
    (("name",), 5),
]


@pytest.fixture(scope="module")
def narrow_and_wide() -> list[tuple[Json, Checker]]:
    return [(task, Checker(task)) for task in (wide_task(10), wide_task(WIDTH))]


@pytest.mark.parametrize(("path", "value"), LEAVES)
def test_a_leaf_edit_costs_the_same_in_a_task_two_hundred_times_the_size(
    path: Path, value: Any, looked_at: Counter[str], narrow_and_wide: list[tuple[Json, Checker]]
) -> None:
    costs = []
    for task, found in narrow_and_wide:
        looked_at.clear()
        found.recheck(edited(task, path, value), path)
        costs.append(Counter(looked_at))
        found.recheck(task, path)
        assert found.problems == ()
    assert costs[0] == costs[1]
    assert costs[0]["judged"] == 1


@pytest.mark.parametrize("place", [0, WIDTH // 2, WIDTH - 1])
def test_inserting_and_removing_an_entry_judges_only_it_and_its_holder(
    place: int, looked_at: Counter[str], narrow_and_wide: list[tuple[Json, Checker]]
) -> None:
    task, found = narrow_and_wide[1]
    path: Path = ("target_server", "disks")
    disks = value_at(task, path)
    assert isinstance(disks, list)
    looked_at.clear()
    longer = edited(task, path, [*disks[:place], {"name": "new"}, *disks[place:]])
    found.recheck(longer, (*path, place))
    assert looked_at["judged"] == 2
    found.recheck(task, (*path, place))
    assert looked_at["judged"] == 3
    assert found.problems == ()


def test_taking_a_disk_out_asks_nothing_of_those_whose_names_pair_them(
    monkeypatch: pytest.MonkeyPatch, narrow_and_wide: list[tuple[Json, Checker]]
) -> None:
    task, found = narrow_and_wide[1]
    path: Path = ("source_server", "disks")
    disks = value_at(task, path)
    assert isinstance(disks, list)
    asked = []
    known = ObjectNode.object
    monkeypatch.setattr(ObjectNode, "object", lambda node: asked.append(node) or known(node))
    found.recheck(edited(task, path, [*disks[:7], *disks[8:]]), path)
    found.recheck(task, path)
    assert len(asked) < 200
    assert found.problems == ()
