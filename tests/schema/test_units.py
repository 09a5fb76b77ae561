"""Sizes and dates as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.schema.units import format_date, format_size, parse_date, parse_size

NOW = 1_795_428_000_000  # 2026-11-23 10:00 UTC
HOUR = 3_600_000


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (1, "1 B"),
        (1023, "1023 B"),
        (1024, "1 KiB"),
        (1025, "1.0 KiB"),
        (1536, "1.5 KiB"),
        (2**20 - 1, "1.0 MiB"),
        (114012160, "108.7 MiB"),
        (524288000, "500 MiB"),
        (42423287808, "39.5 GiB"),
        (42949672960, "40 GiB"),
        (2**50, "1 PiB"),
        (2**63 - 1, "8.0 EiB"),
        (2**80, "1048576 EiB"),
        (-1024, "-1 KiB"),
    ],
)
def test_a_size_is_shown_in_its_largest_unit(size: int, text: str) -> None:
    assert format_size(size) == text


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("40G", 42949672960),
        ("40g", 42949672960),
        ("40 GiB", 42949672960),
        ("40gib", 42949672960),
        (" 42949672960 ", 42949672960),
        ("512MB", 512_000_000),
        ("512 mb", 512_000_000),
        ("1.5T", 1649267441664),
        ("2.5kB", 2500),
        ("1 P", 2**50),
        ("12 B", 12),
        ("0", 0),
        ("1.0", 1),
    ],
)
def test_a_size_is_read_in_every_common_way(text: str, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("2,5G", "decimal point"),
        ("42,949,672,960", "no thousands"),
        ("", "40G"),
        ("G", "40G"),
        ("40X", "40G"),
        ("40i", "40G"),
        ("40iB", "40G"),
        ("40Gi", "40G"),
        ("-1", "40G"),
        ("1e9", "40G"),
        ("40 G G", "40G"),
        ("４０G", "40G"),
        ("0.1K", "nearest below is 102"),
        ("1.5", "nearest below is 1"),
    ],
)
def test_what_is_no_size_is_refused_with_advice(text: str, advice: str) -> None:
    with pytest.raises(ValueError, match=advice):
        parse_size(text)


@given(st.integers(0, 2**70))
def test_plain_bytes_are_read_as_they_are(size: int) -> None:
    assert parse_size(str(size)) == size


@given(st.integers(0, 2**63 - 1))
def test_a_shown_size_reads_back_exactly_or_within_its_rounding(size: int) -> None:
    text = format_size(size)
    number, _, unit = text.partition(" ")
    if "." in text:
        scale = parse_size(f"1 {unit}")
        tenths = int(number.replace(".", ""))
        assert abs(tenths * scale - size * 10) * 2 <= scale
    else:
        assert parse_size(text) == size


@given(st.text(max_size=12) | st.from_regex(r"[0-9.,]+ ?[kKmMgGiIbB]*", fullmatch=True))
def test_any_text_is_a_whole_size_or_a_value_error(text: str) -> None:
    try:
        size = parse_size(text)
    except ValueError:
        return
    assert isinstance(size, int)
    assert size >= 0


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23 10:00", NOW),
        ("2026-11-23 10:00:00 UTC", NOW),
        ("2026-11-23T10:00:00Z", NOW),
        ("2026-11-23t10:00:00.25", NOW + 250),
        ("2026-11-23 10:00+08:00", NOW - 8 * HOUR),
        ("2026-11-23 10:00 -0130", NOW + HOUR * 3 // 2),
        ("2026-11-23", NOW - 10 * HOUR),
        ("now", NOW),
        (" NOW ", NOW),
        ("+2h", NOW + 2 * HOUR),
        ("-30m", NOW - HOUR // 2),
        ("+1d", NOW + 24 * HOUR),
        ("+ 5 s", NOW + 5000),
        ("1598435778000", 1598435778000),
        ("0", 0),
    ],
)
def test_a_date_is_read_in_every_common_way(text: str, moment: int) -> None:
    assert parse_date(text, NOW) == moment


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "2026-11-23 10:00"),
        ("tomorrow", "2026-11-23 10:00"),
        ("23.11.2026", "2026-11-23 10:00"),
        ("10:00", "2026-11-23 10:00"),
        ("+2", "2026-11-23 10:00"),
        ("-1500", "2026-11-23 10:00"),
        ("2026-02-29", "no such date"),
        ("2026-11-23 25:00", "no such date"),
        ("1969-12-31 23:59", "before 1970"),
        ("-99999999d", "before 1970"),
    ],
)
def test_what_is_no_date_is_refused_with_advice(text: str, advice: str) -> None:
    with pytest.raises(ValueError, match=advice):
        parse_date(text, NOW)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (NOW, "2026-11-23 10:00:00 UTC"),
        (NOW + 7, "2026-11-23 10:00:00.007 UTC"),
        (0, "1970-01-01 00:00:00 UTC"),
        (253402300799999, "9999-12-31 23:59:59.999 UTC"),
        (253402300800000, "253402300800000"),
        (2**63 - 1, str(2**63 - 1)),
        (-(2**63), str(-(2**63))),
    ],
)
def test_a_date_is_shown_in_utc_and_as_a_number_beyond_the_calendar(moment: int, text: str) -> None:
    assert format_date(moment) == text


@given(st.integers(0, 2**63 - 1) | st.integers(0, 253402300800000))
def test_a_shown_date_reads_back_exactly(moment: int) -> None:
    assert parse_date(format_date(moment), NOW) == moment


@given(st.text(max_size=24) | st.from_regex(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z)?", fullmatch=True))
def test_any_text_is_a_moment_or_a_value_error(text: str) -> None:
    try:
        moment = parse_date(text, NOW)
    except ValueError:
        return
    assert isinstance(moment, int)
    assert moment >= 0
