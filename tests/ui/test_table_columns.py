"""What a table of entries shows, and where: columns, texts, sorting, filtering, widths and places."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sms_tui.exactjson import Json
from sms_tui.schema.paths import ABSENT
from sms_tui.schema.registry import kind, kinds
from sms_tui.ui.table.columns import Column, cell_text, columns, in_order, matching
from sms_tui.ui.table.layout import GUTTER, SIGNS, places, room_for_typing, scrolled_to
from sms_tui.ui.table.listing import Listing

GIB = 2**30
VOLUME, DISK, STEP = kind("TargetPhysicalVolumes"), kind("TargetDisk"), kind("SubTask")
LISTED = sorted({spec.of for known in kinds().values() for spec in known.fields.values() if spec.type == "array"})

values = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6)
    | st.just([])
)
entries_of_size = st.lists(st.fixed_dictionaries({}, optional={"size": values, "name": values}) | values, max_size=12)


def column(spec_kind, name: str) -> Column:
    return next(column for column in columns(spec_kind, []) if column.name == name)


def names(spec_kind) -> list[str]:
    return [column.name for column in columns(spec_kind, [])]


# Columns


@pytest.mark.parametrize(
    ("of", "first"),
    [
        ("TargetDisk", ["name", "size", "used_size", "device_use", "os_disk"]),
        ("TargetPhysicalVolumes", ["name", "mount_point", "size", "used_size", "free_size"]),
        ("SubTask", ["name", "progress", "start_date", "end_date", "migrate_speed"]),
        ("NetWork", ["name", "ip", "netmask", "gateway", "mac"]),
        ("BtrfsSubvolumn", ["subvol_name", "subvol_mount_path"]),
    ],
)
def test_the_most_telling_fields_of_a_kind_come_first(of, first):
    assert names(kind(of))[: len(first)] == first


@pytest.mark.parametrize("of", LISTED)
def test_every_field_of_a_kind_has_one_column_and_the_first_leads(of):
    found = columns(kind(of), [])
    assert sorted(column.name for column in found) == sorted(kind(of).fields)
    assert [column.leads for column in found] == [True] + [False] * (len(found) - 1)


def test_keys_that_the_reference_does_not_know_come_last():
    found = columns(VOLUME, [{"name": "C:", "later": 1}, None, {"sooner": 2, "later": 3}])
    assert [(column.name, column.spec) for column in found[-2:]] == [("later", None), ("sooner", None)]


# Texts


@pytest.mark.parametrize(
    ("of", "name", "value", "text"),
    [
        ("TargetDisk", "size", 40 * GIB, "40 GiB"),
        ("TargetDisk", "size", "40G", "40G"),
        ("TargetDisk", "size", None, "null"),
        ("TargetDisk", "size", ABSENT, "absent"),
        ("TargetDisk", "name", "", '""'),
        ("TargetDisk", "name", "null", '"null"'),
        ("TargetDisk", "name", "a\x1b[2J", "a\\u001b[2J"),
        ("TargetDisk", "os_disk", True, "true"),
        ("TargetDisk", "physical_volumes", [{}, {}], "2 entries →"),
        ("SubTask", "progress", 47, "47 %"),
        ("SubTask", "start_date", 1_598_435_778_000, "2020-08-26 09:56"),
        ("SubTask", "migrate_speed", Decimal("12.50"), "12.50 Mbit/s"),
        ("SubTask", "start_date", 10**30, str(10**30)),
    ],
)
def test_the_text_of_a_cell_is_brief_and_tells_null_absent_and_empty_apart(of, name, value, text):
    assert cell_text(value, kind(of).fields[name]) == text


def test_an_entry_that_is_no_object_stands_in_the_first_column_alone():
    first, second = columns(VOLUME, [])[:2]
    assert (first.text("btrfs-1"), second.text("btrfs-1")) == ("btrfs-1", "")


def test_the_width_of_a_column_counts_cells_not_characters_and_has_an_end():
    name = column(VOLUME, "name")
    assert name.width([{"name": "数据盘数据盘"}]) == 12
    assert name.width([]) == len("name") + 2
    assert name.width([{"name": "x" * 500}]) == 32


# Sorting


def test_sizes_are_sorted_as_numbers_and_what_is_missing_comes_last_either_way():
    entries: list[Json] = [{"size": 10}, {}, {"size": 9}, {"size": None}, {"size": 100}]
    size = column(VOLUME, "size")
    assert in_order(entries, size, descending=False) == [2, 0, 4, 3, 1]
    assert in_order(entries, size, descending=True) == [4, 0, 2, 3, 1]


def test_the_digits_in_names_are_sorted_as_numbers():
    entries: list[Json] = [{"name": "Disk 10"}, {"name": "disk 2"}, {"name": "Disk 1"}]
    assert in_order(entries, column(VOLUME, "name"), descending=False) == [2, 1, 0]


@given(entries_of_size, st.booleans())
def test_any_entries_can_be_sorted_each_stays_and_equals_keep_their_order(entries, descending):
    size = column(VOLUME, "size")
    order = in_order(entries, size, descending=descending)
    assert sorted(order) == list(range(len(entries)))
    alike: dict[str, list[int]] = {}
    for number in order:
        alike.setdefault(repr(size.value(entries[number])), []).append(number)
    assert all(numbers == sorted(numbers) for numbers in alike.values())


# Filtering

VOLUMES: list[Json] = [
    {"name": "C:", "size": 40 * GIB, "mount_point": "", "file_system": "NTFS"},
    {"name": "/dev/vdb1", "size": 39 * GIB, "mount_point": "/data", "file_system": "ext4", "index": 40},
    {"name": "数据", "size": 40 * GIB, "mount_point": None},
    "btrfs-40",
]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", [0, 1, 2, 3]),
        ("   ", [0, 1, 2, 3]),
        ("40", [0, 1, 2, 3]),
        ("size:40", [0, 2]),
        ("SIZE:40 ntfs", [0]),
        ("40 data", [1]),
        ("数", [2]),
        ("c:", [0]),
        ("name:c:", [0]),
        ("mount_point:null", [2]),
        ('mount_point:""', [0]),
        ("index:absent", [0, 2]),
        ("sent", []),
        ("index:", [0, 1, 2, 3]),
        ("no-such-column:40", []),
        ("btrfs", [3]),
    ],
)
def test_every_word_must_stand_in_a_cell_or_in_the_column_it_names(wanted, found):
    assert matching(VOLUMES, columns(VOLUME, VOLUMES), wanted) == found


@given(entries_of_size, st.text(alphabet='abnul1.[→"\\', min_size=1, max_size=4))
@example([{"name": "null"}, {"name": None}], '"n')
@example([{"name": "a\\b"}], "\\")
def test_a_word_is_found_exactly_where_it_is_painted(entries, word):
    shown = columns(VOLUME, entries)

    def stands_in(entry: Json, column: Column) -> bool:
        text = column.text(entry)
        return word == text if text in ("null", "absent") else word in text.casefold()

    painted = [at for at, entry in enumerate(entries) if any(stands_in(entry, column) for column in shown)]
    assert matching(entries, shown, word) == painted


# The rows that are seen


def listing(*given_names: str) -> Listing:
    return Listing(VOLUME, [{"name": name} for name in given_names])


def seen(of: Listing) -> list[object]:
    return [of.entries[number]["name"] for number in of.seen]


def test_sorting_goes_up_then_down_then_back_to_the_tasks_order():
    rows = listing("b", "a", "c")
    orders = []
    for _ in range(3):
        rows.sort("name")
        orders.append("".join(map(str, seen(rows))))
    assert orders == ["abc", "cba", "bac"]
    assert rows.in_task_order


def test_a_sorted_list_is_filtered_in_its_order():
    rows = listing("b2", "a", "b1")
    rows.sort("name")
    rows.narrow("b")
    assert seen(rows) == ["b1", "b2"]
    assert [rows.row_of(number) for number in (0, 1, 2)] == [1, None, 0]


def test_an_edit_moves_no_row_even_out_of_order_or_out_of_the_filter():
    rows = listing("b", "a")
    rows.sort("name")
    rows.narrow("a")
    assert rows.take([rows.entries[0], {"name": "z"}]) is None
    assert seen(rows) == ["z"]


def test_entries_that_come_are_seen_whatever_the_filter_and_those_that_stay_are_told_where_they_went():
    rows = listing("aa", "b", "ab")
    rows.narrow("a")
    first, _, last = rows.entries
    assert rows.take([{"name": "new"}, last, first]) == {0: 2, 2: 1}
    assert seen(rows) == ["new", "ab", "aa"]


# Where columns stand

some_widths = st.lists(st.integers(4, 32), min_size=1, max_size=20)


@given(some_widths, st.integers(1, 20), st.integers(20, 200))
def test_columns_stand_one_after_the_other_inside_the_screen_the_first_always(widths, scrolled, total):
    found = places(widths, scrolled, total)
    assert found[0].column == 0
    edge = GUTTER
    for place in found:
        assert place.start == edge + SIGNS
        edge = place.start + place.width
    assert edge <= total
    assert [place.column for place in found[1:]] == list(range(scrolled, scrolled + len(found) - 1))


@given(some_widths, st.integers(1, 20), st.data())
def test_scrolling_brings_any_column_into_sight_whole_where_there_is_room(widths, scrolled, data):
    target = data.draw(st.integers(0, len(widths) - 1))
    scrolled = min(scrolled, max(1, len(widths) - 1))
    found = places(widths, scrolled_to(widths, scrolled, target, 80), 80)
    place = next(place for place in found if place.column == target)
    assert place.width == widths[target]


@given(some_widths, st.integers(1, 20), st.integers(20, 200))
def test_the_input_over_a_cell_is_wide_enough_to_type_a_date_and_stays_on_the_screen(widths, scrolled, total):
    for place in places(widths, scrolled, total):
        start, room = room_for_typing(place, total)
        assert start + room <= total
        assert room >= min(20, total - GUTTER)
