"""Text from outside, made fit for a terminal."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.exactjson import dumps
from sms_tui.inert import inert, inert_json, stand_ins

OBEYED = ("\x1b", "\x00", "\x07", "\r", "\x7f", "\x9b")
TURNING = ("\u202e", "\u200f", "\u061c")
UNSEEN = ("\xad", "\u200b", "\ufeff", "\u3164", "\u2028")


@pytest.mark.parametrize("sign", [*OBEYED, *TURNING, *UNSEEN])
def test_what_a_terminal_obeys_or_a_reader_does_not_see_is_an_escape(sign: str) -> None:
    assert inert(f"a{sign}b") == f"a\\u{ord(sign):04x}b"


def test_a_sign_beyond_four_digits_and_half_a_character_are_escapes_of_json() -> None:
    assert inert("\U000e0041\ud800") == "\\udb40\\udc41\\ud800"


def test_a_tab_stays_only_where_it_is_wanted() -> None:
    assert (inert("a\tb"), inert("a\tb", tabs=True)) == ("a\\u0009b", "a\tb")
    assert inert("a\nb", tabs=True) == "a\\u000ab"


@pytest.mark.parametrize("text", ["迁移任务", "Straße", "é", "✗ ● →", "👩"])
def test_what_people_write_stays(text: str) -> None:
    assert inert(text) == inert_json(text) == stand_ins(text) == text


@given(st.dictionaries(st.text(), st.text() | st.integers()), st.sampled_from([None, 2]))
def test_json_says_what_it_said(value: dict[str, str | int], indent: int | None) -> None:
    text = inert_json(dumps(value, indent=indent))
    assert json.loads(text) == value
    assert inert(text.replace("\n", "")) == text.replace("\n", "")


@given(st.text(alphabet=[*OBEYED, *TURNING, *UNSEEN, "a", "磁"]))
def test_a_stand_in_takes_the_place_of_each_unfit_sign_and_of_no_other(text: str) -> None:
    assert stand_ins(text) == "".join(sign if sign in "a磁" else "\ufffd" for sign in text)
