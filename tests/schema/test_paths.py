"""Paths are written for people and read back without loss."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.schema.paths import ABSENT, Path, format_path, parse_path, value_at

ODD = st.text(st.sampled_from('.[]"\\\n 0a_字\ud800'), max_size=6)
STEPS = st.one_of(st.integers(0), st.from_regex(r"[A-Za-z_][A-Za-z_0-9]*", fullmatch=True), st.text(max_size=6), ODD)
PATHS = st.lists(STEPS, max_size=8).map(tuple)


@given(PATHS)
def test_a_path_is_read_back_as_it_was_written(path: Path) -> None:
    assert parse_path(format_path(path)) == path


@given(PATHS, PATHS)
def test_two_places_are_never_written_alike(one: Path, other: Path) -> None:
    assert (format_path(one) == format_path(other)) == (one == other)


@given(st.text(st.sampled_from('ab_0.[]"\\ ٣'), max_size=12))
def test_only_what_would_be_written_is_read(text: str) -> None:
    try:
        path = parse_path(text)
    except ValueError:
        return
    assert format_path(path) == text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("speed_limit",), "speed_limit"),
        (
            ("target_server", "disks", 0, "physical_volumes", 1, "size"),
            "target_server.disks[0].physical_volumes[1].size",
        ),
        (("a key", "b"), '["a key"].b'),
        (("a", ""), 'a[""]'),
        (("a", "0"), 'a["0"]'),
        (("say", '"so"'), 'say["\\"so\\""]'),
        (("C:\\",), '["C:\\\\"]'),
    ],
)
def test_a_path_looks_like_this(path: Path, text: str) -> None:
    assert format_path(path) == text
    assert parse_path(text) == path


@pytest.mark.parametrize(
    "text", ["a..b", "a.", ".a", "a[", "a[]", "a[-1]", "a[x]", "a b", '["a', "a[0]b", "a[00]", "[1.5]"]
)
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a path"):
        parse_path(text)


TASK: Any = {"name": "", "clone_server": None, "target_server": {"disks": [{"size": 0}, {}]}, "0": "key"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((), TASK),
        (("name",), ""),
        (("clone_server",), None),
        (("target_server", "disks", 0, "size"), 0),
        (("0",), "key"),
    ],
)
def test_the_value_at_a_path_is_found(path: Path, value: Any) -> None:
    assert value_at(TASK, path) == value
    assert type(value_at(TASK, path)) is type(value)


@pytest.mark.parametrize(
    "path",
    [
        ("id",),
        ("clone_server", "vm_id"),
        ("target_server", "disks", 2),
        ("target_server", "disks", -1),
        ("target_server", "disks", "0"),
        ("target_server", "disks", 1, "size"),
        (0,),
        ("name", 0),
    ],
)
def test_where_a_path_leads_nowhere_the_value_is_absent(path: Path) -> None:
    assert value_at(TASK, path) is ABSENT
