"""The next name, the next number, and which of them is free."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sms_tui.document import successors
from sms_tui.document.successors import Free, names_after, next_counted, next_name, numbers_after


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("Disk 1", "Disk 2"),
        ("Disk 9", "Disk 10"),
        ("disk-09", "disk-10"),
        ("/dev/vdb", "/dev/vdc"),
        ("/dev/sdz", "/dev/sdaa"),
        ("/dev/xvdaz", "/dev/xvdba"),
        ("/dev/vda1", "/dev/vda2"),
        ("/dev/nvme0n1", "/dev/nvme1n1"),
        ("/dev/nvme0n1p1", "/dev/nvme0n1p2"),
        ("D:", "E:"),
        ("d:", "E:"),
        ("Z:", "D:"),
        ("A:", "D:"),
        ("eth0", "eth1"),
        ("lv_data", "lv_data_2"),
        ("lv_data_2", "lv_data_3"),
        ("vdata", "vdata_2"),
        ("/dev/mapper/vg-root", "/dev/mapper/vg-root_2"),
        ("数据盘", "数据盘_2"),
        ("MIGRATE_LINUX_FILE", "MIGRATE_LINUX_FILE_2"),
        ("no 999999999", "no 1000000000"),
        ("x²", "x²_2"),
    ],
)
def test_the_name_after_a_name(name, after):
    assert next_name(name, 255) == after


@pytest.mark.parametrize(
    ("name", "most", "after"),
    [("abcdef", 6, "abcd_2"), ("abcd_9", 6, "abc_10"), ("abcde9", 6, "abcd10"), ("abc", None, "abc_2")],
)
def test_a_name_that_would_be_too_long_is_shortened_before_its_number(name, most, after):
    assert next_name(name, most) == after


@given(st.text(min_size=1, max_size=12))
def test_the_next_name_is_another_and_no_longer_than_allowed(name):
    after = next_name(name, 12)
    assert after is not None
    assert after != name
    assert len(after) <= 12
    assert next_counted(after) is not None


@pytest.mark.parametrize(
    ("number", "after"),
    [
        (0, 1),
        (2**31 - 2, 2**31 - 1),
        (2**31 - 1, None),
        ("0", "1"),
        ("9", "10"),
        ("", None),
        ("5f0c-EVS", None),
        ("٣", None),
    ],
)
def test_the_number_after_a_number_in_the_shape_it_came(number, after):
    assert next_number(number, 2**31 - 1) == after


def next_number(number, most):
    return next(numbers_after(number, most), None)


def one_by_one(after, value, most, count):
    """At most so many values, each the one after the one before."""
    found = []
    while len(found) < count and (value := after(value, most)) is not None:
        found.append(value)
    return found


@given(
    st.from_regex(r"([a-c/_ ]|/dev/nvme|/dev/vd|D)?:?[0-9n]{0,10}", fullmatch=True) | st.text(max_size=4),
    st.none() | st.integers(1, 12),
)
def test_names_in_a_row_are_each_the_one_after_the_one_before(name, most):
    assert list(islice(names_after(name, most), 300)) == one_by_one(next_name, name, most, 300)


@given(st.integers(-3, 20) | st.from_regex(r"[0-9a]{0,19}", fullmatch=True), st.none() | st.integers(0, 12))
@example("9" * 17, None)
@example("9" * 18, None)
def test_numbers_in_a_row_are_each_the_one_after_the_one_before(number, most):
    assert list(islice(numbers_after(number, most), 30)) == one_by_one(next_number, number, most, 30)


def test_names_in_a_row_are_counted_up_without_a_look_at_their_shape(monkeypatch):
    looked_at, known = [], successors.next_name
    monkeypatch.setattr(successors, "next_name", lambda name, most: looked_at.append(name) or known(name, most))
    free = Free((f"Disk {at}" for at in range(5000)), lambda name: names_after(name, 255))
    assert free.take("Disk 7") == "Disk 5000"
    assert looked_at == []


@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 12)))
def test_what_is_handed_out_is_the_first_that_is_free(taken, wanted):
    free, gone = Free(taken, lambda value: numbers_after(value, 15)), set(taken)
    for value in wanted:
        expected = next((number for number in range(value, 16) if number not in gone), None)
        assert free.take(value) == expected
        gone.add(expected)


def test_when_all_drive_letters_are_taken_there_is_none_left():
    letters = [f"{letter}:" for letter in "DEFGHIJKLMNOPQRSTUVWXYZ"]
    free = Free(letters[:-1], lambda name: names_after(name, 255))
    assert free.take("F:") == "Z:"
    assert free.take("F:") is None
    assert free.take("C:") == "C:"
