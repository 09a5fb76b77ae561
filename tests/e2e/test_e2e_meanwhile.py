"""What others do to the task between its loading and the update, and where the line is cut while the update is sent."""

from __future__ import annotations

import copy
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from cutting import CutLine
from headless import runner
from recording import LIST, RecordingService, Request
from sample_tasks import Task, reference_task
from stories import agree, exact, go_to, only, review, served
from terminal import CTRL_A, CTRL_S, ENTER, ESCAPE, PATIENCE

AT_REVIEW, AT_SUBMIT, AT_READING_BACK = 2, 3, 4
"""Which reading of the task it is, where 1 is that by which it is opened."""

SPEED = go_to("speed_limit") + "50" + ENTER
TARGET_NAME = go_to("target_server.name") + "mine" + ENTER


class MovingService(RecordingService):
    """Lets somebody else change a task right before it is read for the so-manieth time."""

    def __init__(self) -> None:
        super().__init__()
        self._readings: Counter[str] = Counter()
        self._read = threading.Condition()
        self._changes: dict[tuple[str, int], Callable[[Task], Any]] = {}

    def before_reading(self, task_id: str, number: int, change: Callable[[Task], Any]) -> None:
        self._changes[task_id, number] = change

    def await_reading(self, task_id: str, number: int) -> None:
        """Wait until a task is read for the so-manieth time."""
        with self._read:
            assert self._read.wait_for(lambda: self._readings[task_id] >= number, PATIENCE)

    def take(self, handler: Any, request: Request) -> None:
        task_id = request.path.removeprefix(f"{LIST}/")
        if request.method == "GET":
            with self._read:
                self._readings[task_id] += 1
                self._read.notify_all()
            self._changes.get((task_id, self._readings[task_id]), len)(self.held(task_id))
        super().take(handler, request)


@pytest.fixture(scope="module")
def service() -> Iterator[MovingService]:
    with MovingService() as running:
        yield running


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
        SPEED, lambda task: task.update(state="SYNCING", migrate_speed=12.5, sub_tasks=[]), (), speed, ("speed_limit",)
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
    "another value of the same disk": Case(
        go_to("target_server.disks[1].name") + "data" + ENTER,
        lambda task: task["target_server"]["disks"][1].update(partition_style="GPT"),
        ("1 change", "partition_style", "GPT"),
        lambda task: task["target_server"]["disks"][1].update(name="data"),
        ("target_server",),
    ),
    "an entry more": Case(TARGET_NAME, third_disk, ("1 change", "Disk 0", "added"), target_name, ("target_server",)),
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


def put_of(service: RecordingService, task_id: str) -> Any:
    """What was sent in the one update of a task."""
    return exact(only(service.puts(task_id)).body)


def expected_of(service: RecordingService, task_id: str, case: Case) -> Any:
    """What must have been sent, as `exact` reads it, where the service has it all since."""
    expected = copy.deepcopy(service.held(task_id))
    case.mine(expected)
    return served({key: expected[key] for key in case.sent})


@pytest.mark.parametrize("name", CASES)
def test_what_somebody_else_did_before_the_review_is_told_in_it_and_goes_back_as_it_is(name, edit, service):
    case = CASES[name]
    terminal, task_id = edit(two_disks())
    service.before_reading(task_id, AT_REVIEW, case.elsewhere)
    terminal.send(case.typed)
    terminal.await_text("1 change")
    review(terminal)
    terminal.await_text(*(["Meanwhile somebody else made", *case.told] if case.told else ["1 change"]))
    agree(terminal)
    terminal.await_text(" Saved ")
    assert (b"Meanwhile" in terminal.raw) == bool(case.told)
    assert put_of(service, task_id) == expected_of(service, task_id, case)


@pytest.mark.parametrize("name", ["progress made by the service", "an entry less"])
def test_what_somebody_did_after_the_review_is_reviewed_too_before_anything_is_sent(name, edit, service):
    case = CASES[name]
    terminal, task_id = edit(two_disks())
    service.before_reading(task_id, AT_SUBMIT, case.elsewhere)
    terminal.send(case.typed)
    terminal.await_text("1 change")
    review(terminal)
    service.await_reading(task_id, AT_REVIEW)
    agree(terminal)
    if case.told:
        terminal.await_text("Not sent yet: the task was changed meanwhile. Look again.", *case.told)
        assert service.puts(task_id) == []
        agree(terminal)
    terminal.await_text(" Saved ")
    assert put_of(service, task_id) == expected_of(service, task_id, case)


def test_the_same_done_by_somebody_else_leaves_nothing_to_send(edit, service):
    terminal, task_id = edit(two_disks())
    service.before_reading(task_id, AT_REVIEW, speed)
    terminal.send(SPEED)
    terminal.await_text("1 change")
    terminal.send(CTRL_S)
    terminal.await_text("Nothing to send")
    assert service.puts(task_id) == []


# Conflicts

PICKS = {"mine": ("m", 50), "another": (f"w{CTRL_A}60{ENTER}", 60), "theirs": ("t", None)}


@pytest.mark.parametrize("pick", PICKS)
def test_a_value_that_both_changed_is_shown_three_times_and_the_pick_is_sent(pick, edit, service):
    keys, value = PICKS[pick]
    terminal, task_id = edit(two_disks())
    service.before_reading(task_id, AT_REVIEW, lambda task: task.update(speed_limit=70, priority=2))
    terminal.send(SPEED)
    terminal.await_text("1 change")
    terminal.send(CTRL_S)
    terminal.await_text("Conflict", "m Mine")
    sides = [terminal.line(side).split()[-2:] for side in ("as loaded  ", "mine  ", "theirs, now")]
    assert sides == [["0", "Mbit/s"], ["50", "Mbit/s"], ["70", "Mbit/s"]]
    terminal.send(CTRL_S)
    terminal.await_text("1 left to decide")
    terminal.send(keys)
    terminal.await_text("All decided")
    terminal.send(CTRL_S)
    if value is None:
        terminal.await_text("Nothing to send")
        assert service.puts(task_id) == []
    else:
        terminal.await_text("y Submit", "settled as you said", "Meanwhile somebody else made 2 changes")
        agree(terminal)
        terminal.await_text(" Saved ")
        assert put_of(service, task_id) == served({"speed_limit": value})


@pytest.mark.parametrize(("pick", "name"), [("m", "data"), ("t", None)])
def test_an_entry_that_one_changed_and_the_other_took_out_is_asked_about(pick, name, edit, service):
    terminal, task_id = edit(two_disks())
    service.before_reading(task_id, AT_REVIEW, lambda task: task["target_server"]["disks"].pop())
    terminal.send(go_to("target_server.disks[1].name"), "data", ENTER)
    terminal.await_text("1 change")
    terminal.send(CTRL_S)
    terminal.await_text("Conflict", "m Mine", "taken out")
    terminal.send(pick, CTRL_S)
    if name is None:
        terminal.await_text("Nothing to send")
        assert service.puts(task_id) == []
        return
    terminal.await_that(lambda: terminal.sees("y Submit") or terminal.sees("Risky"), "to see the review")
    agree(terminal)
    terminal.await_text(" Saved ")
    expected = two_disks()["target_server"]
    expected["disks"][1]["name"] = name
    assert put_of(service, task_id) == served({"target_server": expected})


def test_a_conflict_that_comes_up_at_the_submit_sends_nothing_before_it_is_decided(edit, service):
    terminal, task_id = edit(two_disks())
    service.before_reading(task_id, AT_SUBMIT, lambda task: task.update(speed_limit=70))
    terminal.send(SPEED)
    terminal.await_text("1 change")
    review(terminal)
    service.await_reading(task_id, AT_REVIEW)
    agree(terminal)
    terminal.await_text("Conflict", "m Mine")
    terminal.send(ESCAPE)
    terminal.await_text("1 change", "/ Find")
    assert service.puts(task_id) == []


# The line


@pytest.fixture
def through(start, service):
    """Opens a task over a line that is cut, changes its speed limit and submits that; the terminal."""

    def submitted(line, task_id):
        terminal = start("edit", task_id, "--endpoint", line.url, warm=True)
        terminal.await_text("/ Find")
        terminal.send(SPEED)
        terminal.await_text("1 change")
        review(terminal)
        agree(terminal)
        return terminal

    return submitted


def test_an_update_that_is_cut_before_it_was_sent_whole_did_not_land_and_is_sent_again_only_if_asked(through, service):
    ids = [service.add(two_disks()) for _ in range(2)]
    with CutLine(service.url, "before") as before, CutLine(service.url, "during") as during:
        terminals = [through(line, task_id) for line, task_id in zip((before, during), ids, strict=True)]
        for terminal in terminals:
            terminal.await_text("It did not land, the task was read back to see.", "y Submit", "1 change")
        assert (before.updates, during.updates) == (1, 1)
        for terminal in terminals:
            agree(terminal)
            terminal.await_text(" Saved ", "kept")
        assert (before.updates, during.updates) == (2, 2)
    assert [service.puts(task_id)[-1].body for task_id in ids] == [b'{"speed_limit":50}'] * 2


@pytest.mark.parametrize("moment", ["after", "in the answer"])
def test_an_update_whose_answer_is_cut_landed_and_is_not_sent_twice(moment, through, service):
    task_id = service.add(two_disks())
    with CutLine(service.url, moment) as line:
        terminal = through(line, task_id)
        terminal.await_text("It landed: the answer was lost, but the task was read back.", "kept")
        terminal.send(ENTER)
        terminal.await_text("0 changes")
        assert line.updates == 1
    assert put_of(service, task_id) == served({"speed_limit": 50})


def test_an_update_that_landed_and_was_changed_since_is_told_so(through, service):
    task_id = service.add(two_disks())
    service.before_reading(task_id, AT_READING_BACK, lambda task: task.update(speed_limit=70))
    with CutLine(service.url, "after") as line:
        terminal = through(line, task_id)
        terminal.await_text("landed, since changed: the answer was lost", "70 Mbit/s  changed by the service")
        assert line.updates == 1


def test_where_nothing_tells_whether_it_landed_that_is_said_and_the_edits_stay(edit, service, environment):
    terminal, task_id = edit(two_disks())
    service.reset("PUT", task_id)
    service.before_reading(task_id, AT_READING_BACK, lambda task: service.refuse("GET", task_id, 500))
    terminal.send(SPEED)
    terminal.await_text("1 change")
    review(terminal)
    agree(terminal)
    terminal.await_text("Sent, but it is not known whether it landed. Your edits are kept.")
    assert runner(environment)("drafts", "export", task_id).json == {"speed_limit": 50}
    service.behave("GET", task_id)
    service.behave("PUT", task_id)
    terminal.send(ENTER)
    terminal.await_text("1 change", "/ Find")
    review(terminal)
    agree(terminal)
    terminal.await_text(" Saved ", "kept")
    assert [request.body for request in service.puts(task_id)] == [b'{"speed_limit":50}'] * 2
