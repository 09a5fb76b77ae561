"""How faults are written, when they strike, and what is said of a wrong one."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.cli import main
from sms_tui.simulator.faults import FaultError, Faults
from sms_tui.simulator.faults.exchange import Asked, Delivery, Reply
from sms_tui.simulator.faults.spec import parse
from sms_tui.simulator.faults.table import KINDS

LIST = Asked("GET", "/v3/tasks", ())
SHOW = Asked("GET", "/v3/tasks/t", ())
UPDATE = Asked("PUT", "/v3/tasks/t", (), b'{"speed_limit":50}')
RIGHT = Reply(200, (), b'{"id":"t"}')
VALUES = {
    "delay": "3",
    "drip": "100",
    "status": "503",
    "ignore": "speed_limit",
    "other-writer": 'target_server.name:"x"',
}


async def delivered(faults: Faults, asked: Asked) -> Delivery:
    async def service(asked: Asked) -> Reply:
        return RIGHT

    return await faults.deliver(asked, service)


async def struck(spec: str, *calls: Asked) -> list[bool]:
    """Which of these calls a fault strikes."""
    faults = Faults(spec)
    return [await delivered(faults, asked) != Delivery(RIGHT) for asked in calls]


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("hang", [True] * 6),
        ("list:hang", [True, False, False] * 2),
        ("show:hang", [False, True, False] * 2),
        ("update:hang", [False, False, True] * 2),
        ("hang*1", [True] + [False] * 5),
        ("hang*4", [True] * 4 + [False] * 2),
        ("hang@3", [False] * 2 + [True] * 4),
        ("hang@3*2", [False] * 2 + [True] * 2 + [False] * 2),
        ("update:hang@2", [False] * 5 + [True]),
        ("update:delay=0.5@2*1", [False] * 5 + [True]),
    ],
)
async def test_a_fault_strikes_the_calls_it_names(spec: str, expected: list[bool]) -> None:
    assert await struck(spec, LIST, SHOW, UPDATE, LIST, SHOW, UPDATE) == expected


@pytest.mark.parametrize(
    "asked",
    [
        Asked("GET", "/v3/tasks/t/passphrase", ()),
        Asked("DELETE", "/v3/tasks/t", ()),
        Asked("PUT", "/v3/tasks", ()),
        Asked("GET", "/v3/tasks/", ()),
    ],
)
async def test_calls_that_are_none_of_the_three_are_never_struck(asked: Asked) -> None:
    assert await struck("hang", asked) == [False]


async def test_of_several_faults_the_one_named_first_sees_a_request_first() -> None:
    faults = Faults("status=503*2", "reset-before@2", "delay=1")
    first, second, third, fourth = [await delivered(faults, SHOW) for _ in range(4)]
    assert [delivery.reply and delivery.reply.status for delivery in (first, second, third)] == [503, 503, 200]
    assert third == Delivery(RIGHT, after=1)
    assert fourth.reply is None
    assert [faults.struck(spec) for spec in ("status=503*2", "reset-before@2", "delay=1")] == [2, 1, 1]


async def test_faults_may_be_changed_while_the_service_runs() -> None:
    faults = Faults()
    assert await delivered(faults, SHOW) == Delivery(RIGHT)
    faults.add("show:hang")
    assert await delivered(faults, SHOW) != Delivery(RIGHT)
    faults.clear()
    assert await delivered(faults, SHOW) == Delivery(RIGHT)


@pytest.mark.parametrize("name", KINDS)
async def test_every_fault_of_the_table_can_be_written_and_strikes(name: str) -> None:
    spec = f"{name}={VALUES[name]}" if KINDS[name].value else name
    faults = Faults(spec)
    for asked in (LIST, SHOW, UPDATE):
        await delivered(faults, asked)
    assert faults.struck(spec) == len(KINDS[name].strikes) > 0


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ("reset-aftr", "there is no fault 'reset-aftr'; the nearest is reset-after"),
        ("RESET-AFTER", "there is no fault 'RESET-AFTER'; the nearest is "),
        ("updat:hang", "there is no operation 'updat'; the nearest is update"),
        (":hang", "there is no operation ''; the nearest is "),
        ("list:ignore=name", "ignore never strikes list; the nearest is update:ignore=FIELD"),
        ("list:other-writer=name:1", "other-writer never strikes list; the nearest is update:other-writer=FIELD:JSON"),
        ("hang=3", "hang takes no value: write hang"),
        ("delay", "delay wants a value: write delay=SECONDS"),
        ("delay=", "delay=SECONDS: a number from 0 to 86400 is wanted, not ''"),
        ("delay=soon", "delay=SECONDS: a number from 0 to 86400 is wanted, not 'soon'"),
        ("delay=nan", "not 'nan'"),
        ("delay=-1", "not '-1'"),
        ("drip=0", "drip=BYTES_PER_SECOND: a number from 0.1 to 1e+09 is wanted, not '0'"),
        ("status=418", "status=STATUS: one of 401, 403, 404, 409, 413, 429, 500, 502, 503, 504 is wanted, not '418'"),
        ("ignore=speed_limt", "ignore=FIELD: a task has no field 'speed_limt'; the nearest is speed_limit"),
        ("other-writer=70", "as in speed_limit:70, not '70'"),
        ("other-writer=nme:1", "a task has no field 'nme'; the nearest is name"),
        ("other-writer=:1", "a task has no field ''"),
        (
            "other-writer=name:renamed",
            "'renamed' is not JSON (line 1, column 1: a value should stand here); write text in double",
        ),
        ("other-writer=speed_limit:99999", "other-writer=FIELD:JSON: speed_limit must be from 0 to 10000"),
        ("other-writer=target_server..name:1", "not a path from character 14"),
        ("hang*0", "'hang*0' is not written as [OPERATION:]NAME[=VALUE][@FIRST][*TIMES]"),
        ("hang*2@2", "is not written as"),
        ("", "'' is not written as"),
    ],
)
def test_a_wrong_fault_is_one_sentence_with_the_nearest_right_one(
    spec: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(FaultError) as raised:
        parse(spec)
    assert sentence in str(raised.value)
    assert main(["simulate", "--port", "0", "--fault", spec]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.splitlines()[-1]) == (
        "",
        f"sms-tui simulate: error: argument --fault: {raised.value}",
    )


@given(st.text(st.sampled_from("list:updatehang=@*0123456789-.nod\n\ud800 "), max_size=30) | st.text(max_size=20))
def test_any_text_is_a_fault_or_a_fault_error(text: str) -> None:
    with contextlib.suppress(FaultError):
        parse(text)


def test_help_prints_the_whole_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    for kind in KINDS.values():
        assert f"{kind.written} {kind.sentence}" in told
