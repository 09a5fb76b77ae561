"""Whatever is typed as a size, a date or a path: a value, or a ValueError that says what to write."""

from __future__ import annotations

from fractions import Fraction

import pytest
from fuzz_material import PLACES, given_or_refused, spoilt
from hypothesis import assume, given
from hypothesis import strategies as st

from sms_tui.exactjson import dumps
from sms_tui.schema.paths import format_path, parse_path
from sms_tui.schema.registry import kinds
from sms_tui.schema.units import format_date, format_size, parse_date, parse_size
from sms_tui.ui.forms.parse import editable_text, parse, stepped

NOW = 1_790_000_000_000
SIZES = st.sampled_from(["40G", "39.5 GiB", "512MB", "42949672960", "0.001 tb", " 7 kib "])
SIZE_LETTERS = st.text(st.sampled_from("0123456789.,kmgtpeibKGB +-e_٣\t中"), max_size=5)
DATES = st.sampled_from(
    ["2026-11-23 10:00", "2026-11-23T10:00:59.123Z", "1970-01-01 00:00 +0130", "now", "+2h", "-30m"]
)
DATE_LETTERS = st.text(st.sampled_from("0123456789-+:. TZUTCnowsmhd٣\t中"), max_size=5)

LETTERS = ["", "k", "m", "g", "t", "p", "e"]


@given(st.text(max_size=20) | SIZE_LETTERS | spoilt(SIZES, SIZE_LETTERS))
def test_any_text_is_a_size_or_advice_how_to_write_one(text: str) -> None:
    size = given_or_refused(ValueError, lambda: parse_size(text))
    if isinstance(size, ValueError):
        assert any(advice in str(size) for advice in ("write a size such as", "write a decimal point", "nearest below"))
        return
    assert type(size) is int
    assert size >= 0
    assert dumps(size).isdecimal()


@given(
    st.integers(0, 10**30 - 1),
    st.text("0123456789", max_size=30),
    st.integers(0, 6),
    st.sampled_from(["", "i", "b", "ib", "iB", "B"]),
    st.sampled_from(["", " ", "\t"]),
)
def test_a_size_means_what_it_says_exactly(whole: int, decimals: str, power: int, mark: str, space: str) -> None:
    assume(power or "i" not in mark.lower())
    assume(mark != "i")
    number = f"{whole}.{decimals}" if decimals else str(whole)
    base = 1000 if mark.lower() == "b" else 1024
    exact = Fraction(number) * base**power
    text = f"{number}{space}{LETTERS[power]}{mark}"
    if exact.denominator == 1:
        assert parse_size(text) == exact
    else:
        with pytest.raises(ValueError, match=f"nearest below is {exact.numerator // exact.denominator}$"):
            parse_size(text)


@given(st.integers(0, 2**80))
def test_a_size_that_is_shown_is_read_back_as_near_as_it_was_shown(size: int) -> None:
    text = format_size(size)
    unit = parse_size(f"1 {text.split()[1]}")
    try:
        read = parse_size(text)
    except ValueError as error:
        read = int(str(error).rpartition(" ")[2])
    assert read == size if "." not in text else abs(read - size) <= unit / 20 + 1


@given(st.text(max_size=30) | DATE_LETTERS | spoilt(DATES, DATE_LETTERS), st.integers(0, 2**43))
def test_any_text_is_a_date_or_advice_how_to_write_one(text: str, now: int) -> None:
    moment = given_or_refused(ValueError, lambda: parse_date(text, now))
    if isinstance(moment, ValueError):
        assert any(advice in str(moment) for advice in ("write a date such as", "no such date", "before 1970"))
        return
    assert type(moment) is int
    assert moment >= 0
    assert parse_date(format_date(moment), now) == moment


@given(st.datetimes().map(lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)), st.data())
def test_an_offset_moves_a_date_by_as_much(moment, data) -> None:
    hours, minutes, sign = data.draw(st.tuples(st.integers(0, 23), st.integers(0, 59), st.sampled_from("+-")))
    text = moment.isoformat(" ", "milliseconds")
    away = (hours * 60 + minutes) * 60_000 * (1 if sign == "+" else -1)
    here = given_or_refused(ValueError, lambda: parse_date(text, NOW))
    there = given_or_refused(ValueError, lambda: parse_date(f"{text}{sign}{hours:02}:{minutes:02}", NOW))
    refusals = [str(found) for found in (here, there) if isinstance(found, ValueError)]
    assert all(words.startswith("before 1970") for words in refusals)
    assert refusals or there == here - away


@given(st.integers())
def test_any_number_is_shown_as_a_date(moment: int) -> None:
    assert format_date(moment) == str(moment) or format_date(moment).endswith(" UTC")


# Paths

PATHS = st.sampled_from([format_path(path) for _, path in PLACES]) | st.sampled_from(['["a key"].b', 'a[""]["\\""][0]'])
PATH_LETTERS = st.text(st.sampled_from('ab_01.[]"\\ ٣中\n\ud800'), max_size=5)


@given(st.text(max_size=20) | spoilt(PATHS, PATH_LETTERS))
def test_any_text_is_a_path_that_is_written_so_or_is_refused(text: str) -> None:
    path = given_or_refused(ValueError, lambda: parse_path(text))
    if isinstance(path, ValueError):
        assert "not a path" in str(path)
        return
    assert format_path(path) == text
    assert all(isinstance(step, str) or (type(step) is int and step >= 0) for step in path)


# Fields

SPECS = st.sampled_from([spec for kind in kinds().values() for spec in kind.fields.values()])
NUMBERS = st.integers() | st.sampled_from([10**4300 - 1, 1 - 10**4300, 2**64, 0])


@given(SPECS, st.text(max_size=20) | SIZE_LETTERS | DATE_LETTERS | NUMBERS.map(str) | st.just("9" * 4301))
def test_whatever_is_typed_into_a_field_is_a_value_that_can_be_written(spec, text: str) -> None:
    value = parse(text, spec)
    dumps(value)
    assert type(value) in (str, int, float, bool) or spec.type == "double"
    editable_text(value)


@given(SPECS, NUMBERS, st.sampled_from([-1, 1]))
def test_a_number_that_was_stepped_can_be_written(spec, number: int, step: int) -> None:
    value = stepped(number, spec, step)
    assert value is None or int(dumps(value)) == value
