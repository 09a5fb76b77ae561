"""Every fault of the table at the list, at the opening and at the submit of a task: what the operator sees, and what is
kept.

The words of each fault stand in a table here. The same program goes on from one fault to the next, so that each case
also shows that the one before it did no harm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Literal

import pytest
from driver import Operator, operator
from faulty import TASK_ID, FaultyService, faulty_service

from sms_tui.simulator.faults.answers import LARGEST
from sms_tui.simulator.faults.exchange import Operation
from sms_tui.simulator.faults.refusals import STATUSES
from sms_tui.simulator.faults.table import KINDS

UNREACHABLE = "The service cannot be reached: "
FAILED = "The service failed: "
REFUSED = "The request was refused: "

READING = {
    "delay=600": f"{UNREACHABLE}no answer came within",
    "hang": f"{UNREACHABLE}no answer came within",
    "drip=1": f"{UNREACHABLE}no answer came within",
    "reset-before": f"{UNREACHABLE}the connection broke",
    "reset-during": f"{UNREACHABLE}the connection broke",
    "reset-after": f"{UNREACHABLE}the connection broke",
    "truncated": f"{FAILED}its reply broke off",
    "status=401": "The service refused the credentials",
    "status=403": "Policy doesn't allow sms:server:",
    "status=404": "(HTTP 404, ",
    "status=409": f"{REFUSED}The task is being changed by another request",
    "status=413": f"{REFUSED}Request entity too large",
    "status=429": "The service is throttling requests",
    "status=500": FAILED,
    "status=502": f"{FAILED}bad gateway",
    "status=503": FAILED,
    "status=504": f"{FAILED}gateway timeout",
    "error-in-200": FAILED,
    "not-json": f"{FAILED}its reply is not JSON",
    "empty": f"{FAILED}its reply is not JSON",
}
"""What is said of a reading that a fault strikes."""

Fate = Literal["kept", "ignored", "refused", "lost"]


@dataclass(frozen=True)
class Submit:
    """What became of a submit that a fault struck, and what is said of it; only what was kept takes the draft away."""

    fate: Fate
    words: tuple[str, ...]


LANDED = Submit("kept", ("It landed: the answer was lost, but the task was read back.",))
NOT_LANDED = "It did not land, the task was read back to see. It was sent, but "
NOT_SAVED = "Not saved. Your edits are kept."
SAVED = Submit("kept", ("Saved. What the service holds now:",))
IGNORED = Submit("ignored", ("! speed_limit  0 Mbit/s  ignored", "What was not taken is still in your draft"))


def not_landed(why: str) -> Submit:
    return Submit("lost", (f"{NOT_LANDED}{why}", "It can be sent again."))


def refused(*words: str) -> Submit:
    return Submit("refused", (NOT_SAVED, *words))


SUBMITS = {
    "delay=600": LANDED,
    "hang": not_landed("no answer came within"),
    "drip=1": LANDED,
    "reset-before": not_landed("the connection broke"),
    "reset-during": LANDED,
    "reset-after": LANDED,
    "truncated": LANDED,
    "status=401": refused("The service refused the credentials"),
    "status=403": refused("Ask for the permission sms:server:updateTask."),
    "status=404": refused("The service has no such task"),
    "status=409": refused("The task is being changed by another request"),
    "status=413": refused("Request entity too large"),
    "status=429": refused("The service is throttling requests", "Try again in 2 s."),
    "status=500": refused(FAILED, "SMS.2007"),
    "status=502": not_landed("bad gateway (HTTP 502)"),
    "status=503": refused(FAILED, "SMS.2007"),
    "status=504": not_landed("gateway timeout (HTTP 504)"),
    "error-in-200": refused(FAILED, "SMS.2007"),
    "not-json": LANDED,
    "empty": SAVED,
    "huge": SAVED,
    "ignore=speed_limit": IGNORED,
    "no-change": IGNORED,
    "stale": SAVED,
    "other-writer=priority:2": SAVED,
}


@pytest.fixture
def service(tmp_path) -> Iterator[FaultyService]:
    with faulty_service(tmp_path) as running:
        yield running


@pytest.mark.parametrize(
    ("operation", "specs"),
    [("list", (*READING, "huge")), ("show", (*READING, "huge", "other-writer=priority:2")), ("update", SUBMITS)],
)
def test_every_fault_of_the_table_has_a_case(operation: Operation, specs: tuple[str, ...]) -> None:
    assert {spec.partition("=")[0] for spec in specs} == {
        name for name, kind in KINDS.items() if operation in kind.strikes
    }
    assert {f"status={status}" for status in STATUSES} <= set(specs)


# The list and the opening


async def leave_questions(op: Operator) -> None:
    """Answer nothing: leave a dialog, where one is open."""
    if "Credentials" in op.screen:
        await op.press("escape")


async def test_a_list_that_cannot_be_read_again_says_why_and_stays(service: FaultyService) -> None:
    async with operator(service.session, listing=service.session) as op:
        for spec, words in READING.items():
            service.faults.add(f"list:{spec}")
            await op.press("ctrl+r")
            await leave_questions(op)
            op.see(words, "1 tasks", " READY")
            assert service.faults.struck(f"list:{spec}") > 0
            service.faults.clear()
        await op.press("ctrl+r")
        op.see_not(words)
        await op.press("enter")
        assert op.document.task_id == TASK_ID


async def test_a_task_that_cannot_be_opened_is_told_in_the_list_and_opens_later(service: FaultyService) -> None:
    async with operator(service.session, listing=service.session, drafts=service.drafts()) as op:
        for spec, words in READING.items():
            service.faults.add(f"show:{spec}")
            await op.press("enter")
            await leave_questions(op)
            op.see(words, "1 tasks")
            assert service.faults.struck(f"show:{spec}") > 0
            service.faults.clear()
        service.faults.add("show:other-writer=priority:2")
        await op.press("enter")
        assert op.document.base["priority"] == 2
    assert service.drafted() is None


async def test_credentials_refused_at_the_opening_are_asked_for_in_place_and_the_task_opens(
    service: FaultyService,
) -> None:
    async with operator(service.session, listing=service.session) as op:
        service.faults.add("show:status=401*1")
        await op.press("enter")
        op.see("Credentials", "What you edited stays.")
        await op.press("enter")
        assert op.document.task_id == TASK_ID


async def test_credentials_refused_while_the_list_is_read_again_are_asked_for_in_place_and_it_is_read(
    service: FaultyService,
) -> None:
    async with operator(service.session, listing=service.session) as op:
        service.faults.add("list:status=401*1")
        await op.press("ctrl+r")
        op.see("Credentials", "What you edited stays.")
        await op.press("enter")
        op.see("1 tasks", " READY")
        op.see_not("refused the credentials")


@pytest.mark.parametrize(
    ("operation", "spec"), [("list", "hang"), ("list", "status=403"), ("show", "truncated"), ("show", "status=404")]
)
async def test_what_cannot_be_read_at_the_start_ends_the_program_with_the_reason(
    service: FaultyService, operation: Operation, spec: str
) -> None:
    service.faults.add(f"{operation}:{spec}")
    reached = {"list": None, "show": TASK_ID}[operation]
    async with operator(service.session, reached, listing=service.session if reached is None else None) as op:
        pass
    assert op.app.return_code == 3
    assert READING[spec] in op.app.failure


async def test_a_list_and_a_task_of_64_megabytes_are_shown(service: FaultyService) -> None:
    service.faults.add("list:huge")
    service.faults.add("show:huge")
    async with operator(service.session, listing=service.session) as op:
        op.see("1 tasks", " READY")
        await op.press("enter")
        op.see("padding", "xxxxx…")
        assert len(str(op.document.base["padding"])) > LARGEST // 2


# The submit


async def change_speed(op: Operator, speed: int) -> None:
    await op.find("speed_limit")
    await op.type(str(speed))


async def submit(op: Operator, service: FaultyService, fault: str) -> None:
    """Submit; the fault strikes the update that comes after the review was shown."""
    await op.press("ctrl+s")
    op.see(" Review ", "y Submit")
    service.faults.add(fault)
    await op.press("y")
    assert service.faults.struck(fault) > 0
    service.faults.clear()


async def back_to_the_task(op: Operator) -> None:
    await leave_questions(op)
    await op.press("escape" if "y Submit" in op.screen else "enter")
    op.see("/ Find")


@pytest.mark.parametrize("fate", ["ignored", "refused", "lost"])
async def test_a_submit_that_does_not_come_through_is_named_and_the_draft_kept_to_send_again(
    service: FaultyService, fate: Fate
) -> None:
    async with operator(service.session, TASK_ID, drafts=service.drafts()) as op:
        await change_speed(op, 50)
        for spec, case in SUBMITS.items():
            if case.fate == fate:
                await submit(op, service, f"update:{spec}")
                op.see(*case.words)
                await back_to_the_task(op)
                op.app.flush_drafts()
                assert service.task["speed_limit"] == 0
                assert service.drafted() == op.document.body() == {"speed_limit": 50}
        await op.submit()
        op.see(*SAVED.words, "50 Mbit/s  kept")
        assert service.task["speed_limit"] == 50
    assert service.drafted() is None


async def test_a_submit_that_comes_through_all_the_same_is_named_and_takes_the_draft_away(
    service: FaultyService,
) -> None:
    speeds = count(50)
    async with operator(service.session, TASK_ID, drafts=service.drafts()) as op:
        for spec, case in SUBMITS.items():
            if case.fate == "kept":
                speed = next(speeds)
                await change_speed(op, speed)
                op.app.flush_drafts()
                assert service.drafted() == {"speed_limit": speed}
                await submit(op, service, f"update:{spec}")
                op.see(*case.words, f"{speed} Mbit/s  kept")
                op.app.flush_drafts()
                assert (service.task["speed_limit"], service.drafted()) == (speed, None)
                await back_to_the_task(op)
                op.see("0 changes")


# The readings around a submit

AROUND = ["hang", "reset-during", "truncated", "status=401", "status=403", "status=404", "status=429", "not-json"]
"""One fault of each sort: the readings before and after an update are the same as that of the opening."""


async def test_a_task_that_cannot_be_read_before_the_update_is_named_and_nothing_is_sent(
    service: FaultyService,
) -> None:
    service.faults.add("update:delay=0")
    async with operator(service.session, TASK_ID, drafts=service.drafts()) as op:
        await change_speed(op, 50)
        for spec in AROUND:
            fault, words = f"show:{spec}", READING[spec]
            service.faults.add(fault)
            await op.press("ctrl+s")
            op.see(f"Not read again: {words}" if words.startswith((UNREACHABLE, FAILED)) else words, "y Submit")
            await op.press("y")
            op.see(NOT_SAVED, words)
            assert service.faults.struck(fault) > 1
            assert (service.faults.struck("update:delay=0"), service.task["speed_limit"]) == (0, 0)
            await back_to_the_task(op)
            op.app.flush_drafts()
            assert service.drafted() == {"speed_limit": 50}
            service.faults.clear()
            service.faults.add("update:delay=0")
        await op.submit()
        op.see(*SAVED.words, "50 Mbit/s  kept")
    assert service.drafted() is None


@pytest.mark.parametrize(
    ("update", "told", "specs"),
    [
        ("update:delay=0", "Accepted, but not read back.", AROUND),
        ("update:reset-after", "Sent, but it is not known whether it landed.", AROUND[:3]),
    ],
    ids=["answered", "cut off"],
)
async def test_an_update_that_cannot_be_read_back_is_told_and_its_draft_kept_until_it_was(
    service: FaultyService, update: str, told: str, specs: list[str]
) -> None:
    async with operator(service.session, TASK_ID, drafts=service.drafts(), size=(220, 40)) as op:
        for speed, spec in enumerate(specs, 50):
            await change_speed(op, speed)
            await op.press("ctrl+s")
            service.faults.add(update)
            service.faults.add(f"show:{spec}@2")
            await op.press("y")
            op.see(told, READING[spec])
            service.faults.clear()
            await back_to_the_task(op)
            op.app.flush_drafts()
            assert (service.task["speed_limit"], service.drafted()) == (speed, {"speed_limit": speed})
            await op.press("ctrl+s")
            op.see("Nothing to send")
            await op.press("escape")
            op.see("0 changes")
            op.app.flush_drafts()
            assert service.drafted() is None
