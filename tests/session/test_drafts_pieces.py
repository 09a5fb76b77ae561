"""A large task is written in small pieces that are together its JSON, to the letter."""

from __future__ import annotations

import pytest
from drafts_material import TASKS, VALUES
from hypothesis import given
from hypothesis import strategies as st

from sms_tui import pieces as module
from sms_tui.exactjson import Json, dumps, loads
from sms_tui.pieces import pieces

JSON = st.recursive(
    VALUES, lambda below: st.lists(below, max_size=80) | st.dictionaries(st.text(max_size=3), below, max_size=5)
)


@pytest.mark.parametrize(("light", "piece"), [(1, 1), (3, 5), (20, 50)])
def test_pieces_are_the_text_of_the_whole(monkeypatch, light, piece):
    monkeypatch.setattr(module, "_LIGHT", light)
    monkeypatch.setattr(module, "_PIECE", piece)

    @given(value=JSON | TASKS)
    def whole(value):
        assert "".join(pieces(value)) == dumps(value)

    whole()


@pytest.mark.parametrize(
    "value",
    [
        {"sub_tasks": [{"id": number, "name": "x" * 20} for number in range(20_000)]},
        {str(number): {"size": number} for number in range(50_000)},
        [list(range(3000))] * 100,
        {"a": {"b": {"c": [["y" * 3000]] * 1000}}},
    ],
    ids=["entries", "keys", "numbers", "deep"],
)
def test_no_piece_of_a_large_task_keeps_the_others_waiting(value: Json):
    lengths = [len(piece) for piece in pieces(value)]
    assert len(lengths) > 5
    assert max(lengths) < 3 * 65536


def test_what_is_nested_as_deep_as_can_be_read_is_written():
    text = '{"a":' * 300 + "[" + ",".join(["1"] * 5000) + "]" + "}" * 300
    assert "".join(pieces(loads(text))) == text
