"""Long JSON read in slices is what it is when it is read at once, and what did not change is the very same object."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_tui import rereading
from sms_tui.exactjson import Json, JsonError, dumps, loads, same
from sms_tui.rereading import Rereader

TRICKS = st.sampled_from(['"a": [{', "}, {", "}]", '\\"x\\":[{"y":', "[{}]", "{", '"'])
PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | TRICKS
VALUES = st.recursive(
    PLAIN,
    lambda below: (
        st.lists(below, max_size=6)
        | st.lists(st.dictionaries(st.sampled_from("abcd"), below, max_size=3), max_size=20)
        | st.dictionaries(st.sampled_from("abcd") | TRICKS, below, max_size=4)
    ),
    max_leaves=60,
)


@pytest.fixture(autouse=True)
def short_slices():
    """All text is long, and cut wherever it may be."""
    with (
        patch.object(rereading, "LONG", 0),
        patch.object(rereading, "_SHORTEST", 12),
        patch.object(rereading, "_ONE_IN", 2),
    ):
        yield


def _read(data: bytes, reader: Rereader | None) -> Json | JsonError:
    try:
        return loads(data) if reader is None else reader.loads(data)
    except JsonError as refusal:
        return refusal


def _said(read: Json | JsonError) -> str:
    return str(read) if isinstance(read, JsonError) else dumps(read)


@given(value=VALUES, indent=st.sampled_from([None, 2]), data=st.data())
def test_slices_say_what_the_whole_says(value, indent, data):
    text = dumps({"list": value}, indent=indent).encode()
    reader = Rereader()
    assert same(reader.loads(text), loads(text))
    assert dumps(reader.loads(text)) == dumps(loads(text))
    at = data.draw(st.integers(0, len(text)))
    spoilt = text[:at] + data.draw(st.sampled_from([b"", b"}", b",", b"]", b'"', b"[{", b"7"])) + text[at + 1 :]
    found = _read(spoilt, reader)
    assert _said(found) == _said(_read(spoilt, None))


def _disks(count: int) -> list[Json]:
    return [
        {"id": at, "volumes": [{"name": f"V{at}", "size": at}, {"name": "W"}], "note": "}, {"} for at in range(count)
    ]


def test_what_did_not_change_is_the_very_same_object():
    reader = Rereader()
    first = reader.loads(dumps({"name": "a", "disks": _disks(200), "sub_tasks": _disks(100)}).encode())
    disks = _disks(200)
    disks[120] = {"id": 120, "volumes": []}
    del disks[40]
    second = reader.loads(dumps({"name": "b", "disks": disks, "sub_tasks": _disks(100)}).encode())
    assert second["disks"] == disks
    kept = {id(entry) for entry in first["disks"]}
    assert sum(id(entry) in kept for entry in second["disks"]) > 170
    assert all(before is after for before, after in zip(first["sub_tasks"], second["sub_tasks"], strict=True))


def test_the_same_bytes_are_not_read_again():
    reader, text = Rereader(), dumps({"disks": _disks(50)}).encode()
    assert reader.loads(text) is reader.loads(bytes(bytearray(text)))


def test_a_long_list_is_read_in_slices_whatever_is_in_its_texts():
    reader = Rereader()
    text = dumps({"odd": '":[{', "disks": _disks(300)}, indent=1).encode()
    assert same(reader.loads(text), loads(text))
    assert len(reader._slices) > 20
