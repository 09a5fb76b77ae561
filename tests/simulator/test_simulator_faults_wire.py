"""Every fault that shows on the line, over real connections."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection

import pytest
from fault_helpers import NOON, Got, Served, ask, line_to, served
from simulator_helpers import REFERENCE_ID, start_simulator

from sms_tui.simulator.faults.answers import LARGEST
from sms_tui.simulator.faults.refusals import RETRY_AFTER, STATUSES

TASK = f"/v3/tasks/{REFERENCE_ID}"
LIST, SHOW, UPDATE = ("GET", "/v3/tasks", None), ("GET", TASK, None), ("PUT", TASK, {"speed_limit": 50})
CALLS = pytest.mark.parametrize("call", [LIST, SHOW, UPDATE], ids=["list", "show", "update"])


@pytest.fixture(scope="module")
def pauses() -> list[float]:
    """The waits of late and slow replies, which take no time here."""
    return []


@pytest.fixture(scope="module")
def running(pauses: list[float]) -> Iterator[Served]:
    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    with served(sleep) as service:
        yield service


@pytest.fixture
def service(running: Served, pauses: list[float]) -> Iterator[Served]:
    pauses.clear()
    put_back(running)
    yield running
    running.faults.clear()


@pytest.fixture
def line(service: Served) -> Iterator[HTTPConnection]:
    with closing(line_to(service.port)) as open_line:
        yield open_line


def put_back(service: Served) -> None:
    """Undo UPDATE."""
    service.store.put(REFERENCE_ID, {**service.held(REFERENCE_ID), "speed_limit": 0}, NOON)


def landed(service: Served) -> bool:
    return service.held(REFERENCE_ID)["speed_limit"] == 50


def assert_as_ever(service: Served) -> None:
    """The next connection finds a service in order."""
    service.faults.clear()
    with closing(line_to(service.port)) as line:
        assert ask(line, *SHOW).json["id"] == REFERENCE_ID


def test_a_connection_is_kept_over_calls_that_no_fault_breaks(service: Served, line: HTTPConnection) -> None:
    for spec in ("list:hang", "show:reset-before@2", "update:status=503*1", "show:delay=1", "show:drip=1000"):
        service.faults.add(spec)
    line.connect()
    kept = line.sock
    assert [ask(line, *call).status for call in (SHOW, UPDATE, UPDATE)] == [200, 503, 200]
    assert line.sock is kept
    assert ask(line, *SHOW).ending == "reset"


@CALLS
@pytest.mark.parametrize(("spec", "lands"), [("reset-before", False), ("reset-after", True)])
def test_a_reset_leaves_no_reply(
    service: Served, line: HTTPConnection, call: tuple[str, str, object], spec: str, lands: bool
) -> None:
    service.faults.add(spec)
    assert ask(line, *call) == Got("reset")
    assert landed(service) == (lands and call == UPDATE)
    assert_as_ever(service)


@CALLS
@pytest.mark.parametrize(("spec", "ending"), [("reset-during", "reset"), ("truncated", "closed")])
def test_half_of_the_reply_comes_and_the_line_ends(
    service: Served, line: HTTPConnection, call: tuple[str, str, object], spec: str, ending: str
) -> None:
    whole = ask(line, *call)
    put_back(service)
    service.faults.add(spec)
    got = ask(line, *call)
    assert (got.status, got.ending) == (200, ending)
    assert int(got.headers["Content-Length"]) == len(whole.body)
    assert got.body == whole.body[: len(whole.body) // 2]
    assert landed(service) == (call == UPDATE)
    assert_as_ever(service)


def test_a_large_reply_comes_by_half_before_the_reset(service: Served, line: HTTPConnection) -> None:
    service.faults.add("reset-during")
    service.faults.add("huge")
    got = ask(line, *SHOW)
    assert (got.ending, len(got.body)) == ("reset", LARGEST // 2)


@CALLS
def test_a_hanging_call_is_never_answered_and_not_handled(
    service: Served, line: HTTPConnection, call: tuple[str, str, object]
) -> None:
    service.faults.add("hang")
    line.timeout = 0.1
    with pytest.raises(TimeoutError):
        ask(line, *call)
    assert service.faults.struck("hang") == 1
    line.close()
    assert not landed(service)
    assert_as_ever(service)


def test_a_delayed_reply_comes_whole_after_its_time(service: Served, line: HTTPConnection, pauses: list[float]) -> None:
    service.faults.add("delay=3.5")
    assert ask(line, *UPDATE).json == {"id": REFERENCE_ID}
    assert pauses == [3.5]
    assert landed(service)


def test_a_dripping_reply_comes_whole_at_its_rate(service: Served, line: HTTPConnection, pauses: list[float]) -> None:
    whole = ask(line, *SHOW)
    service.faults.add("drip=500")
    got = ask(line, *SHOW)
    assert (got.ending, got.body) == ("whole", whole.body)
    assert set(pauses) == {0.1}
    assert len(pauses) == -(-len(whole.body) // 50)


@CALLS
@pytest.mark.parametrize("status", STATUSES)
def test_a_status_comes_in_the_words_of_who_says_it(
    service: Served, line: HTTPConnection, call: tuple[str, str, object], status: int
) -> None:
    service.faults.add(f"status={status}")
    got = ask(line, *call)
    assert (got.status, got.ending) == (status, "whole")
    assert got.headers.get("Retry-After") == (str(RETRY_AFTER) if status == 429 else None)
    if status in (502, 504):
        assert got.headers["Content-Type"] == "text/html"
        assert got.body.startswith(b"<html>")
    else:
        said = got.json
        assert said["error_msg"]
        if said["error_code"].startswith("APIGW."):
            assert said["request_id"] == got.headers["X-Request-Id"]
        else:
            assert "request_id" not in said
            assert got.headers["X-Request-Id"]
    assert not landed(service)


@CALLS
def test_an_error_under_status_200_is_no_success(
    service: Served, line: HTTPConnection, call: tuple[str, str, object]
) -> None:
    service.faults.add("error-in-200")
    got = ask(line, *call)
    assert (got.status, got.json["error_code"]) == (200, "SMS.2007")
    assert not landed(service)


@pytest.mark.parametrize(("spec", "content_type"), [("not-json", "text/html"), ("empty", "application/json")])
def test_an_update_lands_though_its_reply_cannot_be_read(
    service: Served, line: HTTPConnection, spec: str, content_type: str
) -> None:
    service.faults.add(spec)
    got = ask(line, *UPDATE)
    assert (got.status, got.ending, got.headers["Content-Type"]) == (200, "whole", content_type)
    assert got.body[:6] == (b"<html>" if spec == "not-json" else b"")
    assert landed(service)


@CALLS
def test_a_huge_reply_is_the_right_one_with_a_key_more(
    service: Served, line: HTTPConnection, call: tuple[str, str, object]
) -> None:
    right = ask(line, *call).json
    service.faults.add("huge")
    got = ask(line, *call)
    assert len(got.body) == LARGEST
    large = got.json
    assert set(large.pop("padding")) == {"x"}
    assert large == right


class TestProcess:
    @pytest.mark.parametrize("specs", [(), ("list:hang",)])
    def test_a_kept_connection_answers_at_once(self, specs: tuple[str, ...]) -> None:
        with faulty_process(*specs) as process, closing(line_to(port_of(process))) as line:
            took = []
            for _ in range(10):
                start = time.perf_counter()
                assert ask(line, *SHOW).status == 200
                took.append(time.perf_counter() - start)
            process.send_signal(signal.SIGTERM)
            assert process.communicate(timeout=10) == ("", "")
        assert min(took[1:]) < 0.035, "every reply waits for a delayed acknowledgement (40 ms)"

    @pytest.mark.parametrize("spec", ["hang", "delay=600", "drip=1"])
    def test_it_ends_quietly_though_a_fault_holds_a_call(self, spec: str) -> None:
        with faulty_process(spec) as process, closing(line_to(port_of(process))) as line:
            line.timeout = 0.3
            with pytest.raises(TimeoutError):
                ask(line, *SHOW)
            process.send_signal(signal.SIGTERM)
            assert process.communicate(timeout=10) == ("", "")
            assert process.returncode == 0

    def test_a_client_that_leaves_a_held_call_does_no_harm(self) -> None:
        with faulty_process("show:delay=600", "list:reset-during") as process:
            port = port_of(process)
            with closing(line_to(port)) as line:
                line.timeout = 0.1
                with pytest.raises(TimeoutError):
                    ask(line, *SHOW)
            with closing(line_to(port)) as line:
                assert ask(line, *LIST).ending == "reset"
            process.send_signal(signal.SIGINT)
            assert process.communicate(timeout=10) == ("", "")
            assert process.returncode == 0


def faulty_process(*specs: str) -> subprocess.Popen[str]:
    return start_simulator("'127.0.0.1'", "0", "None", f"faults={specs!r}")


def port_of(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    return int(process.stdout.readline().rpartition(":")[2])
