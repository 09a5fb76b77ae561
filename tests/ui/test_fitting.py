"""Texts of any length brought into a width: cut in a row, wrapped over several lines."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from sms_tui.ui.text import printable
from sms_tui.ui.widgets.lines import wrapped
from sms_tui.ui.widgets.painted import fitted

TEXTS = st.text(st.sampled_from("ab 磁盘e\u0301\x1b\u202e"), max_size=300).map(printable)
LONG = "磁" * 1_000_000


@given(TEXTS, st.integers(1, 60))
def test_a_cut_text_takes_just_its_width_and_says_that_it_was_cut(text: str, width: int) -> None:
    shown = fitted(text, width)
    assert cell_len(shown) == width
    assert shown.rstrip() == text.rstrip() or shown.endswith("…")


@given(st.lists(TEXTS, max_size=3), st.integers(20, 60))
def test_wrapping_loses_nothing_and_no_line_is_too_wide(texts: list[str], width: int) -> None:
    lines = wrapped([(text, "title") for text in texts], width)
    assert "".join(text for line in lines for text, style in line if style) == "".join(texts)
    assert max(sum(cell_len(text) for text, _ in line) for line in lines) <= width


def test_what_does_not_fit_goes_on_under_the_last_column() -> None:
    lines = wrapped([("ctrl+a    ", "title"), ("set_all   ", "dim"), ("set this on all of them", "")], 40)
    assert ["".join(text for text, _ in line) for line in lines] == [
        "ctrl+a    set_all   set this on all of ",
        "                    them",
    ]
    narrow = wrapped([("ctrl+a    ", "title"), ("set_all   ", "dim"), ("set this on all of them", "")], 20)
    assert "".join(text for text, _ in narrow[1]).startswith(10 * " " + "set")


def test_a_text_costs_what_is_shown_of_it() -> None:
    began = time.process_time()
    for _ in range(1000):
        assert fitted(LONG, 41).endswith("磁…")
    assert len(wrapped([("磁" * 10_000, "")], 100)) > 200
    assert time.process_time() - began < 5  # all of it measured each time took minutes
