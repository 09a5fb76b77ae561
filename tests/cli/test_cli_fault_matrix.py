"""Every fault of the table at list, get and apply: exit code, what is said, the receipt, and what the service holds.

The commands speak to the simulator in this process; nothing waits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from cli_helpers import Ran, Run

from sms_tui.api.client import Client
from sms_tui.api.connection import Timeouts
from sms_tui.api.retries import Patience
from sms_tui.cli import connect
from sms_tui.session.service import ServiceSession
from sms_tui.simulator.app import simulator
from sms_tui.simulator.faults import Faults
from sms_tui.simulator.faults.answers import LARGEST
from sms_tui.simulator.faults.exchange import Operation
from sms_tui.simulator.faults.refusals import STATUSES
from sms_tui.simulator.faults.table import KINDS
from sms_tui.simulator.faults.transport import FaultyTransport
from sms_tui.simulator.store import Store, Task

NOON = 1_760_000_000.0
TASK_ID = "t-1"
TASK: Task = {"id": TASK_ID, "name": "n", "speed_limit": 0, "priority": 1, "state": "READY"}

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
    "status=403": "Ask for the permission sms:server:",
    "status=404": "(HTTP 404, ",
    "status=409": f"{REFUSED}The task is being changed by another request",
    "status=413": f"{REFUSED}Request entity too large",
    "status=429": "The service is throttling requests",
    "status=500": f"{FAILED}The service failed; try again later (HTTP 500, SMS.2007",
    "status=502": f"{FAILED}bad gateway (HTTP 502)",
    "status=503": f"{FAILED}The service failed; try again later (HTTP 503, SMS.2007",
    "status=504": f"{FAILED}gateway timeout (HTTP 504)",
    "error-in-200": f"{FAILED}The service failed; try again later (HTTP 200, SMS.2007",
    "not-json": f"{FAILED}its reply is not JSON",
    "empty": f"{FAILED}its reply is not JSON",
}
"""What is said of a reading that a fault strikes."""


@dataclass(frozen=True)
class Case:
    """How `apply` ends where a fault strikes the update: the last line of the narration begins with `says`, `out` is
    the data, `receipt` the outcome that stands there."""

    code: int
    out: str
    says: str
    receipt: str
    lands: bool


LANDED = Case(0, "speed_limit: kept\n", "Landed: the answer was lost, the task was read back.", "saved", lands=True)
DONE = Case(0, "speed_limit: kept\n", "speed_limit: 0 -> 50", "saved", lands=True)
IGNORED = Case(1, "speed_limit: ignored, it is 0\n", "speed_limit: 0 -> 50", "saved", lands=False)


def not_landed(why: str) -> Case:
    return Case(3, "", f"Not landed: it was sent, but {why}", "not landed", lands=False)


def refused(says: str) -> Case:
    return Case(3, "", says, "rejected", lands=False)


APPLIED = {
    "delay=600": LANDED,
    "hang": not_landed("no answer came within"),
    "drip=1": LANDED,
    "reset-before": not_landed("the connection broke before the reply was whole."),
    "reset-during": LANDED,
    "reset-after": LANDED,
    "truncated": LANDED,
    "status=401": refused("The service refused the credentials"),
    "status=403": refused("The account is not allowed to do this: Policy doesn't allow sms:server:updateTask"),
    "status=404": refused("The service has no such task"),
    "status=409": refused(READING["status=409"]),
    "status=413": refused(READING["status=413"]),
    "status=429": refused(READING["status=429"]),
    "status=500": refused(READING["status=500"]),
    "status=502": not_landed("bad gateway (HTTP 502)"),
    "status=503": refused(READING["status=503"]),
    "status=504": not_landed("gateway timeout (HTTP 504)"),
    "error-in-200": refused(READING["error-in-200"]),
    "not-json": LANDED,
    "empty": DONE,
    "huge": DONE,
    "ignore=speed_limit": IGNORED,
    "no-change": IGNORED,
    "stale": DONE,
    "other-writer=priority:2": DONE,
}


@dataclass(frozen=True)
class Service:
    """The simulator of one task behind faults."""

    faults: Faults
    store: Store

    @property
    def task(self) -> Task:
        found = self.store.get(TASK_ID)
        assert found is not None
        return found.task

    @property
    def receipts(self) -> list[Any]:
        """The receipts on the disk, the oldest first."""
        directory = Path.home() / ".local" / "state" / "sms-tui" / "receipts"
        return [json.loads(path.read_bytes()) for path in sorted(directory.glob("*.json"))]


async def _at_once(seconds: float) -> None:
    """Wait for nothing."""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch, secret: str) -> Iterator[Service]:
    """A service that every command of the test speaks to."""
    store, faults = Store(None), Faults(sleep=_at_once)
    store.put(TASK_ID, TASK, NOON)
    app = simulator(store, clock=lambda: NOON)

    def client(endpoint: str, credentials: Any, **options: Any) -> Client:
        transport = FaultyTransport(httpx.ASGITransport(app), faults)
        options |= {"transport": transport, "timeouts": Timeouts(read=0.5), "patience": Patience(_at_once)}
        return Client(endpoint, credentials, **options)

    monkeypatch.setattr(connect, "_client", lambda: client)
    monkeypatch.setattr(connect, "ServiceSession", partial(ServiceSession, pause=_at_once))
    monkeypatch.setenv("SMS_TUI_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setenv("SMS_TUI_TOKEN", secret)
    yield Service(faults, store)
    store.close()


def apply(run: Run, **keys: Any) -> Ran:
    return run("apply", TASK_ID, "-", "--yes", stdin=json.dumps(keys).encode())


def last_line(ran: Ran) -> str:
    """What is said last: a few sentences, and no traceback above them."""
    assert "Traceback" not in ran.err
    line = ran.err.splitlines()[-1]
    assert len(re.findall(r"[.!?] ", line)) <= 4, line
    return line


@pytest.mark.parametrize(
    ("operation", "specs"),
    [("list", (*READING, "huge")), ("show", (*READING, "huge", "other-writer=priority:2")), ("update", APPLIED)],
)
def test_every_fault_of_the_table_has_a_case(operation: Operation, specs: tuple[str, ...]) -> None:
    assert {spec.partition("=")[0] for spec in specs} == {
        name for name, kind in KINDS.items() if operation in kind.strikes
    }
    assert {f"status={status}" for status in STATUSES} <= set(specs)


# Reading


@pytest.mark.parametrize("spec", READING)
@pytest.mark.parametrize(("operation", "command"), [("list", ("list",)), ("show", ("get", TASK_ID))])
def test_a_reading_that_a_fault_strikes_ends_with_3_and_the_reason_alone(
    run: Run, service: Service, operation: str, command: tuple[str, ...], spec: str
) -> None:
    fault = f"{operation}:{spec}"
    service.faults.add(fault)
    ran = run(*command)
    assert (ran.code, ran.out) == (3, "")
    assert READING[spec] in last_line(ran)
    assert service.faults.struck(fault) > 0
    service.faults.clear()
    assert run(*command).code == 0


@pytest.mark.parametrize(("operation", "command"), [("list", ("list",)), ("show", ("get", TASK_ID))])
def test_a_reply_of_64_megabytes_is_printed_whole(
    run: Run, service: Service, operation: str, command: tuple[str, ...]
) -> None:
    service.faults.add(f"{operation}:huge")
    ran = run(*command)
    assert (ran.code, ran.err) == (0, "")
    assert '"name": "n"' in ran.out
    assert len(ran.out) > LARGEST // 2 or operation == "list"


def test_what_another_writes_before_a_reading_is_what_is_printed(run: Run, service: Service) -> None:
    service.faults.add("show:other-writer=priority:2")
    assert run("get", TASK_ID).json["priority"] == 2


# Applying


@pytest.mark.parametrize("spec", APPLIED)
def test_an_update_that_a_fault_strikes_is_told_and_recorded_as_it_ended(run: Run, service: Service, spec: str) -> None:
    case, fault = APPLIED[spec], f"update:{spec}"
    service.faults.add(fault)
    ran = apply(run, speed_limit=50)
    assert (ran.code, ran.out, service.task["speed_limit"]) == (case.code, case.out, 50 if case.lands else 0)
    assert last_line(ran).startswith(case.says)
    assert service.faults.struck(fault) > 0
    [receipt] = service.receipts
    assert (receipt["outcome"], receipt["before"], receipt["body"]) == (
        case.receipt,
        {"speed_limit": 0},
        {"speed_limit": 50},
    )
    assert receipt["after"] == ({"speed_limit": service.task["speed_limit"]} if case.receipt == "saved" else None)
    service.faults.clear()
    again = apply(run, speed_limit=50)
    assert (again.code, service.task["speed_limit"]) == (0, 50)
    assert ("Nothing to send." in again.err) is case.lands


@pytest.mark.parametrize("spec", READING)
@pytest.mark.parametrize("reading", ["", "@2"], ids=["before the review", "before the update"])
def test_where_the_task_cannot_be_read_before_the_update_nothing_is_sent_and_there_is_no_receipt(
    run: Run, service: Service, spec: str, reading: str
) -> None:
    service.faults.add(f"show:{spec}{reading}")
    service.faults.add("update:delay=0")
    ran = apply(run, speed_limit=50)
    assert (ran.code, ran.out) == (3, "")
    assert READING[spec] in last_line(ran)
    assert (service.faults.struck("update:delay=0"), service.receipts) == (0, [])


@pytest.mark.parametrize("spec", READING)
def test_where_an_accepted_update_cannot_be_read_back_the_end_is_3_and_says_both(
    run: Run, service: Service, spec: str
) -> None:
    service.faults.add(f"show:{spec}@3")
    ran = apply(run, speed_limit=50)
    assert (ran.code, ran.out, service.task["speed_limit"]) == (3, "", 50)
    assert last_line(ran).startswith("The service accepted it, but the task could not be read back")
    assert READING[spec] in last_line(ran)
    assert "Nothing was changed" not in ran.err
    [receipt] = service.receipts
    assert (receipt["outcome"], receipt["after"], receipt["status"]) == ("saved", None, 200)


@pytest.mark.parametrize("spec", READING)
def test_where_the_answer_is_lost_and_the_task_cannot_be_read_the_end_is_3_and_unknown(
    run: Run, service: Service, spec: str
) -> None:
    service.faults.add("update:reset-after")
    service.faults.add(f"show:{spec}@3")
    ran = apply(run, speed_limit=50)
    assert (ran.code, ran.out) == (3, "")
    line = last_line(ran)
    assert line.startswith("Unknown whether it landed: it was sent, but the connection broke")
    assert line.endswith("Look at the task before sending it again.")
    assert READING[spec] in line
    assert "Nothing was changed" not in line
    assert [receipt["outcome"] for receipt in service.receipts] == ["unknown"]


# Others beside it


@pytest.mark.parametrize(
    ("fault", "code", "out", "says"),
    [
        ("show:other-writer=priority:2@2", 0, "speed_limit: kept\n", "meanwhile, by somebody else: priority: 1 -> 2"),
        ("show:other-writer=speed_limit:70@2", 4, "speed_limit: conflict: was 0, is 70 now, wanted 50\n", "the same"),
        ("show:other-writer=speed_limit:50@2", 0, "", "Nothing to send."),
        ("show:other-writer=priority:2@3", 0, "speed_limit: kept\n", "speed_limit: 0 -> 50"),
        ("show:other-writer=speed_limit:70@3", 1, "speed_limit: changed by the service, it is 70\n", "0 -> 50"),
    ],
)
def test_another_writer_is_merged_a_conflict_or_seen_afterwards(
    run: Run, service: Service, fault: str, code: int, out: str, says: str
) -> None:
    service.faults.add(fault)
    ran = apply(run, speed_limit=50)
    assert (ran.code, ran.out) == (code, out)
    assert says in ran.err
    assert len(service.receipts) == (1 if ran.out and code != 4 else 0)
    assert service.task["priority"] == (2 if "priority" in fault else 1)


def test_of_two_fields_the_one_that_is_ignored_is_named(run: Run, service: Service) -> None:
    service.faults.add("ignore=speed_limit")
    ran = apply(run, speed_limit=50, name="other")
    assert (ran.code, ran.out) == (1, "name: kept\nspeed_limit: ignored, it is 0\n")
    assert service.receipts[0]["effects"] == {"name": "kept", "speed_limit": "ignored"}


def test_a_lost_update_of_which_nothing_is_left_may_have_landed(run: Run, service: Service) -> None:
    service.faults.add("update:reset-after")
    service.faults.add("show:other-writer=speed_limit:70@3")
    ran = apply(run, speed_limit=50)
    assert (ran.code, ran.out) == (1, "speed_limit: changed by the service, it is 70\n")
    assert last_line(ran).startswith("It may have landed, since changed: the answer was lost")


def test_a_lost_update_of_which_something_is_left_has_landed(run: Run, service: Service) -> None:
    service.faults.add("update:reset-after")
    service.faults.add("show:other-writer=speed_limit:70@3")
    ran = apply(run, speed_limit=50, name="other")
    assert (ran.code, ran.out) == (1, "name: kept\nspeed_limit: changed by the service, it is 70\n")
    assert last_line(ran).startswith("Landed, since changed: the answer was lost")


def test_a_wait_that_the_service_asks_for_is_told_once_and_kept_to(run: Run, service: Service) -> None:
    service.faults.add("update:status=429*1")
    ran = apply(run, speed_limit=50)
    assert (ran.code, ran.out) == (0, "speed_limit: kept\n")
    assert ran.err.splitlines() == ["speed_limit: 0 -> 50", "The service asks to wait: again in 2 s. Ctrl-C gives up."]


def test_a_receipt_does_not_keep_a_reply_of_64_megabytes(run: Run, service: Service) -> None:
    service.faults.add("update:huge")
    assert apply(run, speed_limit=50).code == 0
    assert service.receipts[0]["reply"] == f"{LARGEST} characters of JSON, which are not kept"
