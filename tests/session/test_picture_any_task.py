"""Whatever a task holds, it can be drawn, within the width, and in ASCII."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from picture_material import GIB, NOW, TASKS, disk, text, volume
from rich.cells import cell_len

from sms_tui.schema.paths import ABSENT, value_at
from sms_tui.session.picture import disks
from sms_tui.session.picture.disks import DiskMap, folded_map
from sms_tui.session.picture.lines import ROLES, cells, cut, safe, wrapped
from sms_tui.session.picture.page import page
from sms_tui.session.picture.time_axis import folded_timeline, timeline

WIDTHS = st.integers(1, 200)


def _focuses(task):
    """A path that leads somewhere on the target, whether or not the task has it."""
    return st.none() | st.tuples(
        st.just("target_server"), st.just("disks"), st.integers(0, 4), st.just("physical_volumes"), st.integers(0, 4)
    )


@given(st.data(), TASKS, WIDTHS, st.booleans(), st.integers(1, 6))
def test_a_disk_map_is_never_wider_than_asked_and_its_paths_lead_somewhere(data, task, width, ascii, most):
    focus = data.draw(_focuses(task))
    for captions in (False, True):
        lines = DiskMap().lines(task, width, ascii=ascii, focus=focus, most=most, captions=captions)
        _fits(lines, width)
        blocks = {run.path for line in lines for run in line if run.path is not None and isinstance(run.path[-1], int)}
        assert all(value_at(task, path) is not ABSENT for path in blocks)


@given(st.data(), TASKS, TASKS, st.lists(WIDTHS, min_size=1, max_size=2))
def test_a_map_that_is_drawn_again_and_again_shows_what_one_drawn_anew_does(data, task, edited, widths):
    drawn = DiskMap()
    for _ in range(data.draw(st.integers(2, 6))):
        shown = data.draw(st.sampled_from([task, edited]))
        focus, most = data.draw(_focuses(task)), data.draw(st.integers(1, 3))
        asked = {"width": data.draw(st.sampled_from(widths)), "focus": focus, "most": most}
        assert drawn.lines(shown, **asked) == DiskMap().lines(shown, **asked)


def test_a_map_draws_a_bar_again_only_to_mark_a_volume(monkeypatch):
    task = {"source_server": {"disks": [disk(f"vd{at}", GIB, volume("/", GIB)) for at in range(8)]}}
    drawn, bars = DiskMap(), []
    drawn.lines(task, 80, focus=("source_server", "disks", 0))
    once = disks.draw
    monkeypatch.setattr(disks, "draw", lambda store, *how: bars.append(store.name) or once(store, *how))
    for at in range(8):
        drawn.lines(task, 80, focus=("source_server", "disks", at))
    assert bars == []
    drawn.lines(task, 80, focus=("source_server", "disks", 5, "physical_volumes", 0))
    assert bars == ["vd5"]


@given(TASKS, WIDTHS, st.booleans(), st.integers(0, 2**63))
def test_a_timeline_is_never_wider_than_asked(task, width, ascii, now):
    _fits(timeline(task, width, now, ascii=ascii), width)


@given(st.data(), TASKS, WIDTHS, st.booleans(), st.integers(0, 2**63))
def test_folded_they_have_two_lines_at_most(data, task, width, ascii, now):
    for lines in (
        folded_map(task, width, ascii=ascii, focus=data.draw(_focuses(task))),
        folded_timeline(task, width, now, ascii=ascii, focus=("sub_tasks", data.draw(st.integers(0, 4)))),
    ):
        _fits(lines, width)
        assert 1 <= len(lines) <= 2


@given(TASKS, WIDTHS, st.booleans())
def test_a_page_is_never_wider_than_asked(task, width, ascii):
    _fits(page(task, width, NOW, ascii), width)


def _fits(lines, width):
    for line in lines:
        for run in line:
            assert run.role in ROLES
            assert run.text.isprintable(), "it could steer a terminal"
        whole = "".join(run.text for run in line)
        assert cell_len(whole) <= cells(whole) <= width


def _in_ascii(value):
    """The same JSON with every text in plain ASCII."""
    match value:
        case dict():
            return {_in_ascii(key): _in_ascii(entry) for key, entry in value.items()}
        case list():
            return [_in_ascii(entry) for entry in value]
        case str():
            return value.encode("ascii", "replace").decode()
    return value


@given(TASKS, st.integers(20, 140))
def test_the_ascii_twin_has_only_ascii_outside_the_texts_of_the_task(task, width):
    assert text(page(_in_ascii(task), width, NOW, ascii=True)).isascii()


@given(st.text(), WIDTHS)
def test_wrapping_loses_nothing_but_space(words, width):
    lines = list(wrapped(words, width))
    wanted = "".join(safe(line.expandtabs(4).rstrip()) for line in words.splitlines())
    assert "".join(lines).replace(" ", "") == wanted.replace(" ", "")
    assert all(cells(line) <= max(width, 2) for line in lines)


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("plain words go on", 11, ["plain words", "go on"]),
        ("任务处于 RUNNING 状态，不可修改", 20, ["任务处于 RUNNING 状", "态，不可修改"]),
        ("一二三四，五", 8, ["一二三", "四，五"]),
        ("名称 longlonglonglong", 12, ["名称", "longlonglong", "long"]),
    ],
)
def test_chinese_is_broken_anywhere_but_before_a_mark_and_latin_at_its_spaces(words, width, lines):
    assert list(wrapped(words, width)) == lines


def test_no_character_takes_more_cells_than_it_is_measured_with():
    visible = [character for character in map(chr, range(0x110000)) if safe(character) == character]
    assert len(visible) > 100_000
    assert [character for character in visible if cell_len(character) > cells(character)] == []


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\u202e", "\u200b", "\ud800", "\ufe0f"])
def test_what_steers_a_terminal_or_cannot_be_seen_is_drawn_as_an_escape(character):
    task = {"target_server": {"disks": [disk(f"a{character}b", GIB, volume(f"c{character}d", GIB))]}}
    drawn = text(DiskMap().lines(task, 100))
    assert character not in drawn
    assert f"a\\u{ord(character):04x}b" in drawn
    assert f"c\\u{ord(character):04x}d" in drawn


def test_very_many_disks_are_drawn_in_seconds():
    disks = [disk(f"Disk {at}", GIB, volume("C:", GIB, 1), used_size=1) for at in range(65_535)]
    task = {"source_server": {"disks": disks}, "target_server": {"disks": disks}}
    start = time.process_time()
    drawn = text(DiskMap().lines(task, 100))
    assert time.process_time() - start < 10
    assert "131038 more disks after these" in drawn


@given(st.text(alphabet="ab磁", min_size=1, max_size=8), st.integers(1, 8))
def test_a_text_that_is_cut_keeps_all_that_fits_before_the_mark(text, width):
    if cells(text) <= width:
        assert cut(text, width, "…") == text
    else:
        fitting = max((text[:at] for at in range(len(text)) if cells(text[:at]) < width), key=len)
        assert cut(text, width, "…") == f"{fitting}…"
