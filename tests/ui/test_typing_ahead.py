"""What was typed ahead bears the time at which it was read, whenever it is dealt with."""

from __future__ import annotations

import time

from textual import events

from sms_tui.ui.keys import WholeParser


def test_the_keys_of_one_chunk_are_older_than_what_the_first_of_them_brings_about():
    keys = iter(WholeParser().feed("ry"))
    first = next(keys)
    painted_at = time.monotonic()
    second = next(keys)
    assert isinstance(first, events.Key)
    assert isinstance(second, events.Key)
    assert (first.key, second.key) == ("r", "y")
    assert second.time < painted_at


def test_the_end_of_input_is_none():
    assert list(WholeParser().feed("")) == []
