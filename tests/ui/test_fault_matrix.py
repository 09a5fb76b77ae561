"""Every fault of the table at the list, at the opening and at the submit of a task: what the operator sees, and what is
kept.

The words of each fault stand in a table here. A program that survives one fault goes on to the next, so that each case
also shows that the one before it did no harm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from driver import Operator, operator
from faulty import TASK_ID, FaultyService, faulty_service

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
    "status=401": "Credentials",
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
    """What is said of a submit that a fault strikes, and what became of it: only what was kept takes the draft away."""

    fate: Fate
    words: tuple[str, ...]


LANDED = Submit("kept", ("It landed: the answer was lost, but the task was read back.", "50 Mbit/s  kept"))
NOT_LANDED = "It did not land, the task was read back to see. It was sent, but "
NOT_SAVED = "Not saved. Your edits are kept."
SAVED = Submit("kept", ("Saved. What the service holds now:", "50 Mbit/s  kept"))
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
TAKEN = ("kept",)


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
    if "Esc leaves" in op.screen:
        await op.press("escape")


async def test_a_list_that_cannot_be_read_again_says_why_and_stays(service: FaultyService) -> None:
    async with operator(service.session, listing=service.session) as op:
        for spec, words in READING.items():
            service.faults.add(f"list:{spec}")
            await op.press("ctrl+r")
            op.see(words, "1 tasks", " READY")
            await leave_questions(op)
            service.faults.clear()
        await op.press("ctrl+r")
        op.see_not(words)
        await op.press("enter")
        assert op.document.task_id == TASK_ID


@pytest.mark.parametrize("spec", ["hang", "status=403", "status=502", "not-json"])
async def test_a_list_that_cannot_be_read_at_the_start_ends_the_program_with_the_reason(
    service: FaultyService, spec: str
) -> None:
    service.faults.add(f"list:{spec}")
    async with operator(service.session, listing=service.session) as op:
        pass
    assert op.app.return_code == 3
    assert READING[spec] in op.app.failure


async def test_a_task_that_cannot_be_opened_is_told_in_the_list_and_opens_later(service: FaultyService) -> None:
    async with operator(service.session, listing=service.session, drafts=service.drafts()) as op:
        for spec, words in READING.items():
            service.faults.add(f"show:{spec}")
            await op.press("enter")
            op.see(words, "1 tasks")
            await leave_questions(op)
            service.faults.clear()
        await op.press("enter")
        assert op.document.task_id == TASK_ID
    assert service.drafted() is None


@pytest.mark.parametrize("spec", ["reset-during", "status=404", "status=500", "truncated"])
async def test_the_only_task_that_cannot_be_opened_ends_the_program_with_the_reason(
    service: FaultyService, spec: str
) -> None:
    service.faults.add(f"show:{spec}")
    async with operator(service.session, TASK_ID) as op:
        pass
    assert op.app.return_code == 3
    assert READING[spec] in op.app.failure


async def test_a_list_and_a_task_of_64_megabytes_are_shown_and_the_change_is_sent(service: FaultyService) -> None:
    service.faults.add("huge")
    async with operator(service.session, listing=service.session, drafts=service.drafts()) as op:
        op.see("1 tasks")
        await op.press("enter")
        await change_speed(op)
        await op.submit()
        op.see(*SAVED.words)
    assert service.task["speed_limit"] == 50


# The submit


async def change_speed(op: Operator) -> None:
    await op.find("speed_limit")
    await op.type("50")


async def submit(op: Operator, service: FaultyService, *faults: str) -> None:
    """Submit; the faults strike what comes after the review was shown."""
    await op.press("ctrl+s")
    for fault in faults:
        service.faults.add(fault)
    await op.press("y")


async def back_to_the_review(op: Operator) -> None:
    """Go on after a submit that did not succeed, to where y can be pressed again."""
    await leave_questions(op)
    if "y Submit" not in op.screen:
        await op.press("enter", "ctrl+s")


@pytest.mark.parametrize("spec", SUBMITS)
async def test_a_submit_that_a_fault_strikes_is_named_and_loses_nothing(service: FaultyService, spec: str) -> None:
    case = SUBMITS[spec]
    async with operator(service.session, TASK_ID, drafts=service.drafts()) as op:
        await change_speed(op)
        await submit(op, service, f"update:{spec}")
        op.see(*case.words)
        op.app.flush_drafts()
        assert service.task["speed_limit"] == (50 if case.fate == "kept" else 0)
        assert service.drafted() == (None if case.fate == "kept" else {"speed_limit": 50})
        assert op.document.body() == (service.drafted() or {})
        if case.fate != "kept":
            service.faults.clear()
            await back_to_the_review(op)
            await op.press("y")
            op.see(*SAVED.words)
            assert service.task["speed_limit"] == 50
    assert service.drafted() is None
