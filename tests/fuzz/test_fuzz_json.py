"""Whatever bytes come in place of a body: a value that is written back the same, or a refusal that names a place."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from fuzz_material import EXAMPLE, FILLED_TEXT, JSON, given_or_refused, nested, spoilt
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.api.error_json import explain_error_json
from sms_tui.exactjson import Json, JsonError, dumps, loads, same
from sms_tui.schema.paths import parse_path

ODD = st.sampled_from(
    [
        *(b"", b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"\n", b"\x00", b"\xff", b"\xc3", b"\xed\xa0\x80"),
        *(b"NaN", b"-Infinity", b"1e999", b"1e-999999999999999999999", b"9" * 4301, b"-0.0", b"1.0e1", b"01", b"-"),
        *(b'{"a":1,"a":2}', b'"a":', b'"\\ud800"', b'"\\udc00', b"\\u00", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"tru"),
        *(b"[" * 701, b'{"a":' * 1000, b"1" + b"0" * 4299, b"0." + b"1" * 40),
    ]
)
BODIES = st.sampled_from([EXAMPLE, FILLED_TEXT]) | JSON.map(lambda value: dumps(value, indent=1).encode())


def is_inside(refusal: JsonError, data: bytes) -> bool:
    """Whether the place of a refusal is a place of the text, or its end."""
    lines = data.split(b"\n")
    if not 1 <= refusal.line <= len(lines):
        return False
    return 1 <= refusal.column <= len(lines[refusal.line - 1].decode("utf-8", "replace")) + 1


@given(st.binary(max_size=40) | spoilt(BODIES, st.binary(max_size=4)) | spoilt(BODIES, ODD))
def test_any_bytes_are_a_value_that_is_written_back_the_same_or_are_refused_at_a_place(data: bytes) -> None:
    value = given_or_refused(JsonError, lambda: loads(data))
    if isinstance(value, JsonError):
        assert is_inside(value, data)
        assert value.reason
        return
    text = dumps(value)
    assert same(loads(text), value)
    assert dumps(loads(text)) == text
    assert dumps(loads(dumps(value, indent=2))) == text
    assert as_read_elsewhere(text) == as_read_elsewhere(data.decode("utf-8-sig"))


def as_read_elsewhere(text: str) -> object:
    """What the standard library reads, with numbers exact and keys in order."""
    return json.loads(text, parse_float=Decimal, object_pairs_hook=list)


@given(JSON, st.sampled_from([None, 2]))
def test_any_value_is_read_back_from_its_text(value: Json, indent: int | None) -> None:
    assert same(loads(dumps(value, indent=indent)), loads(dumps(value)))


@pytest.mark.parametrize("levels", [1, 100, 700])
def test_what_is_nested_up_to_700_levels_is_read(levels: int) -> None:
    value = nested(levels)
    assert same(loads(dumps(value)), value)


@pytest.mark.parametrize("levels", [701, 5000, 50_000])
@pytest.mark.parametrize("before", ["", '{"x": [1, {}],\n "a":'])
def test_what_is_nested_deeper_is_refused_where_it_becomes_too_deep(levels: int, before: str) -> None:
    text = before + "[" * levels + "]" * levels + ("}" if before else "")
    with pytest.raises(JsonError, match="nested too deeply") as refusal:
        loads(text)
    assert (refusal.value.line, refusal.value.column) == ((2, 5 + 700) if before else (1, 701))


def test_many_levels_beside_each_other_are_not_deep() -> None:
    text = "[" + ",".join(["[[]]"] * 1000) + "]"
    assert dumps(loads(text)) == text


def test_many_exact_decimals_are_written_in_a_blink() -> None:
    numbers: list[Json] = [Decimal(f"0.1000000000000000055{number}") for number in range(50_000)]
    assert loads(dumps(numbers)) == numbers


# error_json

ERRORS = st.sampled_from(
    [
        '{"error_code": "SMS.0515", "error_param": "[]"}',
        '[{"errorCode": "SMS.0807", "errorMsg": "no line", "errorParam": "[\\"disk\\"]"}]',
        '{"code": 7, "message": {"a": ["b"]}}',
    ]
)
CODES = st.sampled_from(["error_code", "errorCode", "code", "error_msg", "message", "error_param"])


@given(
    JSON
    | spoilt(ERRORS, st.text(max_size=4))
    | st.dictionaries(CODES, JSON | st.sampled_from(["SMS.0515", "SMS.2002"])).map(dumps)
    | st.lists(st.dictionaries(CODES, JSON), max_size=3)
    | st.integers(100, 3000).map(lambda levels: "[" * levels + "]" * levels)
)
def test_any_error_json_is_told_in_words_a_terminal_can_show(told: Json) -> None:
    for failure in explain_error_json(told):
        assert failure.words.strip()
        assert failure.words.isprintable()
        assert failure.field is None or parse_path(failure.field.replace("[]", "[0]"))
