from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import httpx
import pytest
import stamina
from raw_service import (
    Act,
    RawService,
    breaks_off,
    comes_in_pieces,
    hangs_up,
    says,
    sends,
    stalls,
    stalls_in_body,
    trickles,
)

from sms_tui.api.client import Client
from sms_tui.api.connection import Timeouts
from sms_tui.api.credentials import Token
from sms_tui.api.errors import (
    ApiError,
    CredentialsRefused,
    OutcomeUnknown,
    RequestRefused,
    ServiceFailed,
    ServiceUnreachable,
    Throttled,
    UntrustedCertificate,
)
from sms_tui.api.replies import SHOW, UPDATE, Operation
from sms_tui.api.retries import Patience, again

FINE = says(200, {"id": "t"})
ATTEMPTS = 3

PASSING_FOR_GET = {
    "429": says(429),
    "502": says(502),
    "503": says(503),
    "504": says(504),
    "503 with a time": says(503, Retry_After="1"),
    "no reply": hangs_up(),
    "reset instead of a reply": hangs_up(reset=True),
    "silence": stalls,
    "silence in the body": stalls_in_body(200),
    "a reply cut short": breaks_off(200),
    "a reply reset in its body": breaks_off(200, reset=True),
    "what is not HTTP": sends(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "a broken encoding": says(200, b"not gzip", Content_Encoding="gzip"),
}
UNKNOWN_FOR_PUT = {
    "502": says(502),
    "504": says(504, {"error_code": "APIGW.0106", "error_msg": "backend timeout"}),
    "no reply": hangs_up(),
    "reset instead of a reply": hangs_up(reset=True),
    "silence": stalls,
    "silence in the body": stalls_in_body(200),
    "a reply cut short": breaks_off(200),
    "a reply reset in its body": breaks_off(200, reset=True),
    "what is not HTTP": sends(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "a broken encoding": says(200, b"not gzip", Content_Encoding="gzip"),
    "a page of somebody else": says(200, b"<html>log in</html>"),
    "502 cut short": breaks_off(502),
}


@pytest.mark.parametrize("act", PASSING_FOR_GET.values(), ids=PASSING_FOR_GET.keys())
async def test_a_get_is_repeated_until_it_succeeds(client: Client, service: RawService, act: Act) -> None:
    service.script = [act, FINE]
    assert await client.get_task("t") == {"id": "t"}
    assert len(service.taken) == 2


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (says(429), Throttled),
        (says(503), ServiceFailed),
        (hangs_up(), ServiceFailed),
        (breaks_off(200), ServiceFailed),
        (breaks_off(200, reset=True), ServiceUnreachable),
        (stalls, ServiceUnreachable),
    ],
)
async def test_a_get_is_given_up_after_three_attempts(
    client: Client, service: RawService, act: Act, error: type[ApiError]
) -> None:
    service.otherwise = act
    with pytest.raises(error):
        await client.get_task("t")
    assert len(service.taken) == ATTEMPTS


@pytest.mark.parametrize("act", UNKNOWN_FOR_PUT.values(), ids=UNKNOWN_FOR_PUT.keys())
async def test_an_update_that_may_have_landed_is_sent_once_and_unknown(
    client: Client, service: RawService, act: Act
) -> None:
    service.script = [act]
    service.otherwise = FINE
    with pytest.raises(OutcomeUnknown, match="Load the task again and look before sending it once more"):
        await client.update_task("t", {"name": "n"})
    assert len(service.taken) == 1


@pytest.mark.parametrize("act", [says(429), says(503, Retry_After="1")], ids=["429", "503 with a time"])
async def test_an_update_that_was_certainly_not_taken_is_repeated(
    client: Client, service: RawService, act: Act
) -> None:
    service.script = [act, act, FINE]
    assert (await client.update_task("t", {"name": "n"})).status == 200
    assert [taken.body for taken in service.taken] == [b'{"name":"n"}'] * 3


async def test_a_repeated_update_whose_second_attempt_is_lost_is_unknown(client: Client, service: RawService) -> None:
    service.script = [says(429), hangs_up()]
    service.otherwise = FINE
    with pytest.raises(OutcomeUnknown):
        await client.update_task("t", {})
    assert len(service.taken) == 2


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (says(500), ServiceFailed),
        (says(503), ServiceFailed),
        (says(400), RequestRefused),
        (says(401), CredentialsRefused),
        (breaks_off(400), RequestRefused),
        (breaks_off(500), ServiceFailed),
        (says(200, {"error_code": "SMS.2007", "error_msg": "no"}), ServiceFailed),
    ],
)
async def test_an_update_the_service_answered_with_no_is_not_sent_again(
    client: Client, service: RawService, act: Act, error: type[ApiError]
) -> None:
    service.script = [act]
    service.otherwise = FINE
    with pytest.raises(error):
        await client.update_task("t", {"name": "n"})
    assert len(service.taken) == 1


@pytest.mark.parametrize("act", [says(401), breaks_off(401), breaks_off(401, reset=True), stalls_in_body(401)])
async def test_refused_credentials_are_never_sent_again(client: Client, service: RawService, act: Act) -> None:
    service.script = [act]
    service.otherwise = FINE
    with pytest.raises(CredentialsRefused):
        await client.get_task("t")
    assert len(service.taken) == 1


@pytest.mark.parametrize("act", [says(500), says(404), says(200, b"no json"), says(200, {"error_code": "SMS.1"})])
async def test_a_get_that_would_fail_again_is_not_repeated(client: Client, service: RawService, act: Act) -> None:
    service.script = [act]
    service.otherwise = FINE
    with pytest.raises(ApiError):
        await client.get_task("t")
    assert len(service.taken) == 1


async def test_a_refused_connection_is_tried_again_and_then_unreachable_for_an_update_too(
    deaf_url: str, token: Token
) -> None:
    async with Client(deaf_url, token) as client:
        for call in (client.get_task("t"), client.update_task("t", {}), client.list_tasks({})):
            with pytest.raises(ServiceUnreachable, match=r"127\.0\.0\.1 refuses connections\. Nothing was changed"):
                await call


class LateNetwork(httpx.AsyncBaseTransport):
    """A network whose first connection fails."""

    def __init__(self) -> None:
        self._network = httpx.AsyncHTTPTransport(trust_env=False)
        self._failed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not self._failed:
            self._failed = True
            raise httpx.ConnectError("not yet")
        return await self._network.handle_async_request(request)

    async def aclose(self) -> None:
        await self._network.aclose()


async def test_a_service_that_comes_up_between_attempts_gets_the_update(service: RawService, token: Token) -> None:
    service.script = [FINE]
    async with Client(service.url, token, transport=LateNetwork()) as client:
        assert (await client.update_task("t", {"name": "n"})).status == 200
    assert [taken.method for taken in service.taken] == ["PUT"]


async def test_a_name_nobody_knows_is_unreachable(token: Token) -> None:
    async with Client("https://sms.invalid", token) as client:
        with pytest.raises(ServiceUnreachable, match=r"the name sms\.invalid is not known here"):
            await client.get_task("t")


async def test_a_reply_that_trickles_is_cut_off(service: RawService, token: Token) -> None:
    service.otherwise = trickles
    async with Client(service.url, token, timeouts=Timeouts(read=2, whole=0.3)) as client:
        with pytest.raises(OutcomeUnknown, match=r"no whole reply came within 0\.3 s"):
            await client.update_task("t", {})
        with pytest.raises(ServiceUnreachable, match=r"no whole reply came within 0\.3 s"):
            await client.get_task("t")
    assert [taken.method for taken in service.taken] == ["PUT"] + ["GET"] * ATTEMPTS


async def test_a_long_reply_that_keeps_coming_takes_the_time_it_needs(service: RawService, token: Token) -> None:
    service.script = [comes_in_pieces(b'{"name": "' + b"x" * 500_000 + b'"}', 8, pause=0.05)]
    async with Client(service.url, token, timeouts=Timeouts(read=2, whole=0.2)) as client:
        assert len((await client.get_task("t"))["name"]) == 500_000


@pytest.mark.parametrize("operation", [SHOW, UPDATE])
@pytest.mark.parametrize("kind", [Throttled, ServiceFailed])
@pytest.mark.parametrize(("asked", "verdict"), [(0.0, 0.0), (0.5, False), (86400.0, False)])
def test_a_wait_that_is_asked_for_is_left_to_patience(
    operation: Operation, kind: type[ApiError], asked: float, verdict: float | bool
) -> None:
    found = again(operation)(kind(status=503, retry_after=asked))
    assert found == verdict
    assert isinstance(found, bool) == isinstance(verdict, bool)


class Clock:
    """Waits without waiting."""

    def __init__(self) -> None:
        self.paused: list[float] = []
        self.told: list[float] = []
        self.patience = Patience(self._pause)
        self.patience.told = self.told.append

    async def _pause(self, seconds: float) -> None:
        self.paused.append(seconds)


@pytest.mark.parametrize("call", [lambda client: client.get_task("t"), lambda client: client.update_task("t", {})])
async def test_a_longer_wait_is_counted_down_and_kept(
    service: RawService, token: Token, call: Callable[[Client], Awaitable[object]]
) -> None:
    clock = Clock()
    service.script = [says(429, Retry_After="3"), says(503, Retry_After="2"), FINE]
    async with Client(service.url, token, patience=clock.patience) as client:
        await call(client)
    assert clock.told == [3, 2, 1, 0, 2, 1, 0]
    assert sum(clock.paused) == 5
    assert len(service.taken) == 3


async def test_a_wait_can_be_cancelled_and_nothing_more_is_sent(service: RawService, token: Token) -> None:
    waiting = asyncio.Event()

    async def pause(seconds: float) -> None:
        waiting.set()
        await asyncio.Event().wait()

    service.otherwise = says(429, Retry_After="60")
    async with Client(service.url, token, patience=Patience(pause)) as client:
        call = asyncio.create_task(client.update_task("t", {}))
        await waiting.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
    assert len(service.taken) == 1


async def test_a_service_that_goes_on_asking_to_wait_is_left_alone(service: RawService, token: Token) -> None:
    clock = Clock()
    service.otherwise = says(429, Retry_After="60")
    async with Client(service.url, token, patience=clock.patience) as client:
        with pytest.raises(Throttled):
            await client.get_task("t")
    assert len(service.taken) == 4


async def test_a_service_that_asks_for_a_long_wait_is_not_bothered_again(client: Client, service: RawService) -> None:
    service.otherwise = says(429, Retry_After="121")
    with pytest.raises(Throttled, match=r"Try again in 121 s\.") as raised:
        await client.update_task("t", {})
    assert raised.value.retry_after == 121
    assert len(service.taken) == 1


async def test_between_attempts_really_lies_the_wait_asked_for(client: Client, service: RawService) -> None:
    service.script = [says(429, Retry_After="1"), FINE]
    with stamina.set_testing(False):
        began = time.monotonic()
        await client.get_task("t")
    assert 1 <= time.monotonic() - began < 5


def test_a_bad_certificate_and_a_mistake_of_our_own_are_not_worth_another_attempt() -> None:
    assert again(SHOW)(UntrustedCertificate()) is False
    assert again(SHOW)(RuntimeError()) is False
