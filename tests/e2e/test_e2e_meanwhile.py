"""What others do to the task between its loading and the update, and where the line is cut while the update is sent."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from cutting import CutLine
from sample_tasks import Task, reference_task
from stories import agree, exact, go_to, only, review, served
from terminal import CTRL_S, ENTER, ESCAPE

SPEED = go_to("speed_limit") + "50" + ENTER
TARGET_NAME = go_to("target_server.name") + "mine" + ENTER


def two_disks() -> Task:
    """A task with a second target disk, and a service that owns some of every level."""
    task = reference_task(speed_limit=0, state="READY")
    disks = task["target_server"]["disks"]
    second = copy.deepcopy(disks[0]) | {"id": 88009, "name": "Disk 2", "disk_id": "1", "device_use": "NORMAL"}
    second |= {"os_disk": False, "physical_volumes": [], "used_size": 0}
    disks.append(second)
    return task


@dataclass(frozen=True)
class Case:
    """What the operator types, what somebody else does to the task in the service, what the review says of that, and
    what the update must hold: of the task as the service holds it by then, with what the operator did."""

    typed: str
    elsewhere: Callable[[Task], Any]
    told: tuple[str, ...]
    mine: Callable[[Task], Any]
    sent: tuple[str, ...]


def speed(task):
    task["speed_limit"] = 50


def target_name(task):
    task["target_server"]["name"] = "mine"


def third_disk(task):
    disks = task["target_server"]["disks"]
    disks.insert(0, copy.deepcopy(disks[1]) | {"id": 88010, "name": "Disk 0", "disk_id": "2"})


CASES = {
    "progress made by the service": Case(
        SPEED, lambda task: task.update(state="SYNCING", migrate_speed=12.5, total_time=116), (), speed, ("speed_limit",)
    ),
    "progress of a sub-task": Case(
        SPEED, lambda task: task["sub_tasks"][0].update(progress=40), (), speed, ("speed_limit",)
    ),
    "another value at the top": Case(
        SPEED, lambda task: task.update(priority=2), ("1 change", "priority", "2 = high"), speed, ("speed_limit",)
    ),
    "a value beside mine in the same object": Case(
        TARGET_NAME,
        lambda task: task["target_server"].update(system_dir="C:\\Windows"),
        ("1 change", "system_dir", "C:\\Windows"),
        target_name,
        ("target_server",),
    ),
    "a value that the service keeps beside mine in the same object": Case(
        TARGET_NAME,
        lambda task: task["target_server"].update(image_disk_id="image-7", x_seen=0.0),
        (),
        target_name,
        ("target_server",),
    ),
    "a value deep below the object of mine": Case(
        TARGET_NAME,
        lambda task: task["target_server"]["disks"][0]["physical_volumes"][1].update(used_size=5),
        ("1 change", "Disk 1 › Y: › used_size"),
        target_name,
        ("target_server",),
    ),
    "another value of the same disk": Case(
        go_to("target_server.disks[1].name") + "data" + ENTER,
        lambda task: task["target_server"]["disks"][1].update(partition_style="GPT"),
        ("1 change", "partition_style", "GPT"),
        lambda task: task["target_server"]["disks"][1].update(name="data"),
        ("target_server",),
    ),
    "an entry more": Case(
        TARGET_NAME, third_disk, ("1 change", "Disk 0", "added"), target_name, ("target_server",)
    ),
    "an entry less": Case(
        TARGET_NAME,
        lambda task: task["target_server"]["disks"].pop(),
        ("1 change", "Disk 2", "removed"),
        target_name,
        ("target_server",),
    ),
    "entries in another order": Case(
        go_to("target_server.disks[1].name") + "data" + ENTER,
        lambda task: task["target_server"]["disks"].reverse(),
        ("1 change", "disks", "reordered"),
        lambda task: task["target_server"]["disks"][0].update(name="data"),
        ("target_server",),
    ),
}


def body_of(task: Task, case: Case) -> Any:
    """What must be sent, as `exact` reads it."""
    expected = copy.deepcopy(task)
    case.mine(expected)
    return served({key: expected[key] for key in case.sent})


@pytest.mark.parametrize("name", CASES)
def test_what_somebody_else_did_is_told_and_goes_back_as_it_is_by_then(name, edit, service):
    case = CASES[name]
    terminal, task_id = edit(two_disks())
    terminal.send(case.typed)
    terminal.await_text("1 change")
    case.elsewhere(service.held(task_id))
    expected = body_of(service.held(task_id), case)
    review(terminal)
    terminal.await_text(*(["Meanwhile somebody else made", *case.told] if case.told else ["1 change"]))
    assert terminal.sees("Meanwhile") == bool(case.told)
    agree(terminal)
    terminal.await_text(" Saved ")
    assert exact(only(service.puts(task_id)).body) == expected


@pytest.mark.parametrize("name", ["another value at the top", "progress made by the service", "an entry less"])
def test_what_somebody_does_after_the_review_is_reviewed_too_before_anything_is_sent(name, edit, service):
    case = CASES[name]
    terminal, task_id = edit(two_disks())
    terminal.send(case.typed)
    review(terminal)
    reads = len(service.requests)
    case.elsewhere(service.held(task_id))
    expected = body_of(service.held(task_id), case)
    agree(terminal)
    if case.told:
        terminal.await_text("Not sent yet: the task was changed meanwhile. Look again.", *case.told)
        assert service.puts(task_id) == []
        assert len(service.requests) > reads
        agree(terminal)
    terminal.await_text(" Saved ")
    assert exact(only(service.puts(task_id)).body) == expected
