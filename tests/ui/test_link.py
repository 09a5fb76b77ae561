"""The arithmetic of the link meter, and what a screen spares on a slow line."""

from __future__ import annotations

import threading

import pytest
from driver import operator
from hypothesis import given
from hypothesis import strategies as st
from service import REFERENCE

from sms_tui.ui.link import SLOW, SPARING, LinkMeter, wait_words


class Clock:
    """A clock that stands still until it is moved on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def meter(clock: Clock | None = None, **environ: str) -> LinkMeter:
    return LinkMeter(on=True, environ=environ, clock=clock or Clock())


def measure(link: LinkMeter, clock: Clock, *seconds: float) -> None:
    """Ask and have it answered after so many seconds, again and again."""
    for round_trip in seconds:
        clock.now += 60
        assert link.ask()
        clock.now += round_trip
        link.answered(clock.now)


def test_without_being_turned_on_it_asks_nothing_and_no_line_is_slow():
    link = LinkMeter(on=False, environ={"TMUX": "/tmp/tmux"})
    assert not link.ask()
    assert (link.slow, link.patience, link.words) == (False, 1, "")


@given(st.lists(st.floats(0.0, 5.0), min_size=1, max_size=9))
def test_the_round_trip_is_the_middle_one_of_the_last_three_and_slow_above_150_ms(seconds):
    clock = Clock()
    link = meter(clock)
    measure(link, clock, *seconds)
    last = sorted(seconds[-3:])
    assert link.round_trip == pytest.approx(last[(len(last) - 1) // 2], abs=1e-9)
    assert link.slow == (link.round_trip > SLOW)
    assert link.patience == (SPARING if link.slow else 1)


def test_one_slow_answer_among_fast_ones_does_not_make_the_line_slow_and_two_do():
    clock = Clock()
    link = meter(clock)
    measure(link, clock, 0.02, 0.02, 0.9)
    assert not link.slow
    measure(link, clock, 0.9)
    assert link.slow
    measure(link, clock, 0.02, 0.02)
    assert not link.slow


def test_it_asks_again_only_ten_seconds_later():
    clock = Clock()
    link = meter(clock)
    assert link.ask()
    link.answered(clock.now)
    clock.now += 9.9
    assert not link.ask()
    clock.now += 0.2
    assert link.ask()


def test_a_terminal_that_does_not_answer_is_not_asked_again_until_it_does():
    clock = Clock()
    link = meter(clock)
    assert link.ask()
    for _ in range(5):
        clock.now += 60
        assert not link.ask()
    assert (link.round_trip, link.slow) == (None, False)
    link.answered(clock.now)
    assert link.ask()


def test_an_answer_to_no_question_counts_for_nothing():
    link = meter()
    link.answered(200.0)
    assert (link.round_trip, link.words) == (None, "")


@given(st.lists(st.lists(st.integers(0, 5_000), max_size=3), max_size=40), st.integers(0, 20_000))
def test_bytes_per_key_are_the_mean_over_the_last_twenty_keys_without_what_came_before_them(sizes, first_frame):
    link = meter()
    link.sent(first_frame)
    for parts in sizes:
        link.key()
        for part in parts:
            link.sent(part)
    last = [sum(parts) for parts in sizes[-20:]]
    assert link.bytes_per_key == (sum(last) / len(last) if last else None)


def test_the_figures_are_told_as_of_the_last_answer_so_that_they_do_not_change_with_every_key():
    clock = Clock()
    link = meter(clock)
    measure(link, clock, 0.3124)
    assert link.words == "312 ms"
    link.key()
    link.sent(91)
    assert link.words == "312 ms"
    measure(link, clock, 0.3124)
    assert link.words == "312 ms   91 B/key"


@pytest.mark.parametrize(("variable", "name"), [("TMUX", "tmux"), ("STY", "screen")])
def test_inside_a_multiplexer_which_answers_at_once_the_line_is_spared_and_no_round_trip_is_told(variable, name):
    clock = Clock()
    link = meter(clock, **{variable: "x"})
    measure(link, clock, 0.0001)
    assert (link.round_trip, link.slow, link.words) == (None, True, name)


def test_the_terminal_is_not_given_back_while_an_answer_is_on_its_way():
    link = meter()
    assert link.ask()
    waiting = threading.Thread(target=link.await_answer, args=(30.0,))
    waiting.start()
    waiting.join(0.05)
    assert waiting.is_alive()
    link.answered(200.0)
    waiting.join(10.0)
    assert not waiting.is_alive()


def test_an_answer_that_got_lost_is_not_waited_for():
    clock = Clock()
    link = meter(clock)
    assert link.ask()
    clock.now += 6
    link.await_answer(3_600.0)


def test_on_a_slow_line_a_wait_is_told_as_a_time_of_day_that_does_not_tick():
    clock = Clock()
    link = meter(clock)
    assert wait_words(7.6, link) == "in 8 s"
    measure(link, clock, 0.3)
    words = wait_words(3.0, link)
    assert words.startswith("at ")
    assert "in" not in words


@pytest.mark.parametrize(("environ", "frames"), [({}, 5), ({"TMUX": "x"}, 1)])
async def test_what_turns_while_a_change_is_sent_stands_still_on_a_slow_line(session, environ, frames):
    async with operator(session, REFERENCE) as op:
        op.app.link = meter(**environ)
        await op.find("speed_limit")
        await op.type("50")
        await op.press("ctrl+s")
        seen = set()
        for _ in range(5):
            op.app.screen._spin()
            await op.idle()
            seen.add(op.line("Sending…"))
        assert len(seen) == frames


async def test_what_the_meter_tells_comes_with_the_next_key_beside_the_keys(session):
    async with operator(session, REFERENCE, size=(100, 30)) as op:
        op.app.link = meter()
        op.app.link.words = "312 ms   91 B/key"
        op.see_not("312 ms")
        await op.press("down")
        op.see("312 ms   91 B/key", "^s Review", "^q Quit")
