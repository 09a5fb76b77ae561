"""JSON goes in and out without loss, and what is ambiguous is refused with its place."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_tui import exactjson
from sms_tui.exactjson import Json, JsonError, dumps, loads, same


def as_json_text_reads(text: str) -> str:
    """Two halves of a surrogate pair side by side are one character in JSON, so no reader can keep them apart."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def beyond_a_double(digits: str) -> bool:
    return Decimal(repr(float(digits))) != Decimal(digits)


def trees(scalars: st.SearchStrategy[Any], keys: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.recursive(
        scalars, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(keys, inner, max_size=5), max_leaves=20
    )


AWKWARD = st.text(st.sampled_from('\ud800\udfff"\\\n\u2028字'), max_size=6)
TEXTS = (st.text(max_size=12) | AWKWARD).map(as_json_text_reads)
EXPONENTS = st.integers(-400, 400)
LONG_NUMBERS = st.builds("{}.{}e{}".format, st.integers(-9, 9), st.from_regex("[0-9]{1,30}", fullmatch=True), EXPONENTS)
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(2**63 - 2, 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
)
VALUES = trees(PLAIN | LONG_NUMBERS.filter(beyond_a_double).map(Decimal) | TEXTS, TEXTS)
JSON_SIGNS = st.text(st.sampled_from('{}[]",:\\u0dD8 1-.eE\nnulNaI'), max_size=30)
INDENTS = st.sampled_from([None, 1, 2, 4])


@given(VALUES, INDENTS)
def test_any_value_comes_back_as_it_went(value: Json, indent: int | None) -> None:
    assert repr(loads(dumps(value, indent=indent))) == repr(value)


@given(VALUES, INDENTS)
def test_what_is_written_is_utf8_that_any_reader_reads(value: Json, indent: int | None) -> None:
    written = dumps(value, indent=indent).encode("utf-8")
    assert repr(json.loads(written, parse_float=_float_or_decimal)) == repr(value)


def _float_or_decimal(digits: str) -> float | Decimal:
    return Decimal(digits) if beyond_a_double(digits) else float(digits)


@given(trees(PLAIN | st.text(max_size=12), st.text(max_size=12)))
def test_indented_text_is_laid_out_as_the_standard_library_does(value: Json) -> None:
    assert dumps(value, indent=2) == json.dumps(value, indent=2, ensure_ascii=False)


@given(st.from_regex(r"-?(0|[1-9][0-9]{0,40})(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?", fullmatch=True))
def test_any_number_keeps_its_exact_value_and_stays_whole_or_broken(digits: str) -> None:
    value = loads(digits)
    assert Decimal(dumps(value)) == Decimal(digits)
    assert isinstance(value, int) == digits.lstrip("-").isdecimal()


@pytest.mark.parametrize(
    "text",
    [
        "null",
        '""',
        "0.0",
        "-0.0",
        "9223372036854775807",
        "9223372036854775808",
        "9007199254740993",
        "0.1000000000000000055511151231257827021181583404541015625",
        '"\\ud800"',
        '"\\udc00\\ud800 字 😀"',
        '{"z":null,"a":"","m":{},"b":[],"":{"":[{}]}}',
        '"\\\\\\\\?\\\\Volume{586b7157-0000}\\\\"',
    ],
)
def test_text_is_written_as_it_was_read(text: str) -> None:
    assert dumps(loads(text)) == text


def test_a_long_number_that_comes_out_even_stays_a_broken_one() -> None:
    value = loads("1.000000000000000000000001e24")
    assert same(loads(dumps(value)), value)
    assert not same(loads(dumps(value)), 1000000000000000000000001)


@pytest.mark.parametrize("nest", [("[", "]"), ('{"a":', "}"), ('[0,{"a":', "}]")])
def test_300_levels_are_read_and_written(nest: tuple[str, str]) -> None:
    text = nest[0] * 300 + "1.50000000000000000000000001" + nest[1] * 300
    assert dumps(loads(text)) == text
    assert loads(dumps(loads(text), indent=2)) == loads(text)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert loads(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_constants_that_are_no_json_are_refused_where_they_stand(constant: str) -> None:
    with pytest.raises(JsonError, match=f"{constant} is not a JSON number") as refusal:
        loads(f'{{"{constant}": "{constant}",\n "speed": {constant}}}')
    assert (refusal.value.line, refusal.value.column) == (2, 11)


WRAPPINGS = st.lists(st.sampled_from(["[", "[ 1,\n", '{"字": ', '{"k":\n  ', '[{"k": 0, "l": ', "[{},"]), max_size=6)
SPACES = st.text(" \t\r\n", max_size=3)


@given(WRAPPINGS, SPACES, SPACES)
def test_a_key_that_stands_twice_is_refused_where_it_stands_again(wraps: list[str], near: str, far: str) -> None:
    before = "".join(wraps) + "{" + near + '"size": {"size": [{}]},' + far
    text = before + '"\\u0073ize"' + near + ": 2" + _closing(before)
    with pytest.raises(JsonError, match="stands twice in one object") as refusal:
        loads(text)
    assert (refusal.value.line, refusal.value.column) == _place(before)


def _closing(text: str) -> str:
    """The brackets that end the JSON text begun so; its strings hold no brackets."""
    still_open: list[str] = []
    for char in text:
        if char in "[{":
            still_open.append({"[": "]", "{": "}"}[char])
        elif char in "]}":
            still_open.pop()
    return "".join(reversed(still_open))


def _place(before: str) -> tuple[int, int]:
    """Line and column, from 1, of what follows the text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_the_same_key_in_two_objects_is_fine() -> None:
    assert loads('{"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}], "c": "a\\": 1, \\"a"}')


@given(st.text(st.characters(codec="utf-8"), max_size=20), st.sampled_from([b"\xff", b"\xc3(", b"\xed\xa0\x80"]))
def test_bytes_that_are_not_utf8_are_refused_where_they_stand(before: str, broken: bytes) -> None:
    with pytest.raises(JsonError, match="is not UTF-8") as refusal:
        loads(before.encode("utf-8") + broken)
    assert (refusal.value.line, refusal.value.column) == _place(before)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, 1),
        ("{} {}", 1, 4),
        ("[1]\n\n x", 3, 2),
        ('{"a": 1 "b": 2}', 1, 9),
        ("[01]", 1, 3),
        ("{'a': 1}", 1, 2),
        ('"a\nb"', 1, 3),
        ('[\n"abc', 2, 1),
    ],
)
def test_text_that_is_not_json_is_refused_where_it_breaks(text: str, line: int, column: int) -> None:
    with pytest.raises(JsonError) as refusal:
        loads(text)
    assert (refusal.value.line, refusal.value.column) == (line, column)


@pytest.mark.parametrize("digits", ["9" * 5000, "-" + "9" * 5000])
def test_a_number_with_5000_digits_is_refused_where_it_stands(digits: str) -> None:
    with pytest.raises(JsonError, match="too many digits") as refusal:
        loads(f'{{"note": "{"9" * 6000}",\n"size": {digits}}}')
    assert (refusal.value.line, refusal.value.column) == (2, 9)


@pytest.mark.parametrize("digits", ["1e9999999999999999999", "1e-9999999999999999999", "0E99999999999999999999"])
def test_a_number_with_an_exponent_out_of_reach_is_refused_where_it_stands(digits: str) -> None:
    with pytest.raises(InvalidOperation):
        Decimal(digits)
    with pytest.raises(JsonError, match="exponent is out of reach") as refusal:
        loads(f'[0,\n "{digits}", {digits}]')
    assert (refusal.value.line, refusal.value.column) == (2, len(digits) + 6)


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_hopeless_nesting_is_refused(opening: str) -> None:
    with pytest.raises(JsonError, match="nested too deeply"):
        loads(opening * 100_000)


@given(st.binary(max_size=30) | JSON_SIGNS)
def test_anything_is_read_exactly_or_refused_with_a_place(text: bytes | str) -> None:
    read = _read(text)
    if isinstance(read, JsonError):
        assert min(read.line, read.column) >= 1
        assert str(read) == f"line {read.line}, column {read.column}: {read.reason}"
    else:
        assert same(loads(dumps(read)), read)


def _read(text: bytes | str) -> Json | JsonError:
    try:
        return loads(text)
    except JsonError as refusal:
        return refusal


@given(st.binary(max_size=30) | JSON_SIGNS.map(str.encode) | VALUES.map(lambda value: dumps(value).encode()))
def test_long_text_is_read_as_short_text_is(text: bytes) -> None:
    short = _read(text)
    with patch.object(exactjson, "LONG", 0):
        long = _read(text)
    if isinstance(short, JsonError):
        assert str(long) == str(short)
    else:
        assert not isinstance(long, JsonError)
        assert same(long, short)
        assert same(loads(dumps(long)), short)
        assert _keys(long) == _keys(short)


def _keys(value: Json) -> list[Any]:
    """The keys of a value and of all in it, in their order."""
    if isinstance(value, dict):
        return [(key, _keys(inner)) for key, inner in value.items()]
    return [_keys(inner) for inner in value] if isinstance(value, list) else []


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"x", object()])
def test_what_json_cannot_say_is_not_written(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        dumps({"a": [value]})


@given(VALUES)
def test_a_value_is_the_same_as_its_copy_in_another_key_order(value: Json) -> None:
    assert same(_reordered(value), value)


def _reordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _reordered(value[key]) for key in reversed(value)}
    return [_reordered(item) for item in value] if isinstance(value, list) else value


DIFFERENT: list[Json] = [
    None,
    "",
    0,
    False,
    0.5,
    Decimal("0.5000000000000000000000001"),
    [],
    {},
    "0",
    1,
    1.0,
    True,
    [[]],
]


@given(st.sampled_from(DIFFERENT), st.sampled_from(DIFFERENT), WRAPPINGS)
def test_values_that_differ_deep_inside_are_not_the_same(left: Json, right: Json, wraps: list[str]) -> None:
    opening = "".join(wraps)
    one, other = (loads(opening + dumps(value) + _closing(opening)) for value in (left, right))
    assert same(one, other) == (left is right)


def test_an_absent_key_is_not_the_same_as_null() -> None:
    assert not same({"a": None}, {})
    assert not same({"a": None}, {"b": None})


def test_a_list_in_another_order_is_not_the_same() -> None:
    assert not same([1, 2], [2, 1])
    assert not same([1], [1, 1])
