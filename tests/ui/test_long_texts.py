"""Texts of millions of lines: the review of a task at the limit."""

from __future__ import annotations

import json

import pytest
from driver import operator
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.exactjson import dumps
from sms_tui.session.file import FileSession
from sms_tui.ui import body_text
from sms_tui.ui.body_text import body_lines

DISKS = 1500
PLAIN = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=4)
)
JSON = st.recursive(
    PLAIN, lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(max_size=3), below, max_size=4)
)


@given(JSON)
def test_the_lines_of_a_body_are_its_json(value):
    assert "\n".join(body_lines(value)) == dumps(value, indent=2)
    assert "\n".join(body_lines(value, value)) == dumps(value, indent=2)


def test_what_is_nested_as_deep_as_can_be_read_has_lines():
    value = json.loads("[" * 600 + "1" + "]" * 600)
    assert "\n".join(body_lines(value)) == dumps(value, indent=2)


def test_of_a_long_list_the_entries_that_are_as_loaded_are_counted(monkeypatch):
    monkeypatch.setattr(body_text, "LONG_LIST", 3)
    loaded = {"disks": [{"id": at} for at in range(5)], "few": [1]}
    disks = [loaded["disks"][0], loaded["disks"][1], {"id": 7}, loaded["disks"][3], loaded["disks"][4]]
    assert list(body_lines({"disks": disks}, loaded)) == [
        "{",
        '  "disks": [',
        "    … 2 entries as they were loaded …",
        "    {",
        '      "id": 7',
        "    },",
        "    … 2 entries as they were loaded …",
        "  ]",
        "}",
    ]
    assert list(body_lines(loaded, loaded))[2] == "    … 5 entries as they were loaded …"


@pytest.fixture
def large_file(tmp_path):
    file = tmp_path / "large.json"
    disks = [{"name": f"Disk {at}", "size": 10**9, "used_size": 1, "physical_volumes": []} for at in range(DISKS)]
    file.write_text(dumps({"name": "large", "speed_limit": 0, "source_server": {"name": "s", "disks": disks}}))
    return file


async def test_a_long_body_is_reviewed_by_what_changes_in_it(large_file, monkeypatch):
    monkeypatch.setattr("sms_tui.pieces.LONG", 100)  # all bodies count as long
    async with operator(FileSession(large_file)) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.press("ctrl+s")
        await op.await_text(f"{large_file.stat().st_size + 1} bytes")
        op.see("0 Mbit/s  →  50 Mbit/s", f"… {DISKS:,} entries as they were loaded …")
        await op.press("end")
        op.see("  }", "}")
