"""A value laid out as text: read back it is the same, and every value stands on the line the map says."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.exactjson import Json, JsonError, dumps, loads, same
from sms_tui.schema.paths import Path, value_at
from sms_tui.ui.json_view.layout import LONGEST, TooLong, lay_out, places, printable_lines, tokens, value_column

_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        [Decimal("0.1000000000000000055511"), Decimal("1E+400"), "\ud800", "a\u2028b\x85", "\x1b[31m", '":{']
    )
    | st.text(max_size=8)
)
VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def paths_in(value: Json, path: Path = ()) -> list[Path]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for step, inner in below for deeper in paths_in(inner, (*path, step)))]


def spread_at_random(text: str, data: st.DataObject) -> str:
    """The same JSON with other whitespace between its tokens."""
    lexemes = re.findall(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', text)
    gaps = data.draw(
        st.lists(st.sampled_from(["", " ", "\n", "\n\n ", "\t"]), min_size=len(lexemes), max_size=len(lexemes))
    )
    return "".join(lexeme + gap for lexeme, gap in zip(lexemes, gaps, strict=True))


@given(VALUES)
def test_what_is_laid_out_reads_back_as_the_same_value_with_its_keys_in_order(value):
    back = loads(lay_out(value))
    assert same(back, value)
    assert dumps(back) == dumps(value)


@given(VALUES)
def test_nothing_is_laid_out_that_a_terminal_obeys_or_nobody_sees(value):
    text = lay_out(value)
    assert text.splitlines() == text.split("\n")
    assert printable_lines(text) == text


@given(VALUES, st.data())
def test_every_value_starts_on_the_line_the_map_says(value, data):
    text = spread_at_random(dumps(value), data)
    found = places(text)
    lines = text.split("\n")
    assert sorted(found.starts, key=repr) == sorted(paths_in(value), key=repr)
    for path, line in found.starts.items():
        step = path[-1] if path else 0
        first = dumps(step) if isinstance(step, str) else dumps(value_at(value, path))[:1]
        assert first in lines[line]
    assert list(found.starts.values()) == sorted(found.starts.values())


@given(VALUES)
def test_a_laid_out_line_has_one_value_and_its_column_is_where_that_begins(value):
    text = lay_out(value)
    found = places(text)
    for path, number in found.starts.items():
        line = text.split("\n")[number]
        assert found.on_line[number] == path
        inner = value_at(value, path)
        start = line[value_column(line) :].removesuffix(",")
        if isinstance(inner, dict | list):
            assert start[0] == ("{" if isinstance(inner, dict) else "[")
        else:
            assert same(loads(start), inner)


def test_a_line_where_no_value_starts_belongs_to_what_goes_on_there():
    text = '{\n  "a": [\n    1,\n\n    {"b": 2}\n  ]\n}'
    assert places(text).on_line == [(), ("a",), ("a", 0), ("a",), ("a", 1), ("a",), ()]


def test_a_value_that_is_not_there_is_told_of_on_the_line_of_what_should_hold_it():
    found = places('{\n  "a": [\n    1\n  ]\n}')
    assert found.line(("a", 7, "name")) == 1
    assert found.line(("b",)) == 0


@given(st.text(st.characters(blacklist_characters="\n"), max_size=40) | VALUES.map(dumps))
def test_tokens_cover_a_line_but_its_spaces_once_and_in_order(line):
    found = list(tokens(line))
    covered = [at for token in found for at in range(token.start, token.end)]
    assert covered == sorted(set(covered))
    assert {at for at, character in enumerate(line) if character not in " \t\n\r"} <= set(covered)


@given(VALUES)
def test_nothing_of_well_formed_json_is_coloured_as_wrong(value):
    assert "wrong" not in {token.sort for line in lay_out(value).split("\n") for token in tokens(line)}


@pytest.mark.parametrize("text", ['"never closed', "01", "+1", "1.", ".5", "NaN", "nul", "nullx", "'a'", "1e", "\x0b"])
def test_what_no_json_can_hold_is_coloured_as_wrong(text):
    with pytest.raises(JsonError):
        loads(text)
    assert [token.sort for token in tokens(text)] == ["wrong"]


def test_a_line_tells_keys_from_texts():
    found = [token.sort for token in tokens('"k" : "k", -1.5e3 ,true')]
    assert found == ["key", "mark", "string", "mark", "number", "mark", "word"]


def test_a_text_that_would_be_too_long_is_not_laid_out():
    with pytest.raises(TooLong, match=r"^The text would be longer than 1 MiB: open a smaller node$"):
        lay_out("x" * (3 * LONGEST - 2))
    with pytest.raises(TooLong):  # short in one line, long with one entry a line
        lay_out([[[[[0] * 100] * 100] * 20]])
