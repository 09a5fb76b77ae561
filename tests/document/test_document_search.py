"""Finding fields by what one remembers of them."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from document_material import JSON, TASKS, containers
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.identity import describe
from sms_tui.document.search import Search, search
from sms_tui.document.sieve import has_folded
from sms_tui.schema.paths import Path, format_path
from sms_tui.schema.registry import ROOT, kind

DISK = ("target_server", "disks", 0)
VOLUMES = (*DISK, "physical_volumes")


def found(task, query: str) -> list[Path]:
    return [hit.path for hit in search(task, query)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("speed_limit", ("speed_limit",)),
        ("  SPEED_LIMIT ", ("speed_limit",)),
        ("speed", ("speed_limit",)),
        ("name", ("name",)),
        ("target_server", ("target_server",)),
        ("target_server.disks[0].physical_volumes[1].size", (*VOLUMES, 1, "size")),
        ("target_server.disks[0]", DISK),
        ("target_server › disks › Disk 1 › Y: › size", (*VOLUMES, 1, "size")),
        ("target_server disks Disk 1 Y: size", (*VOLUMES, 1, "size")),
        ("target_server › disks › Disk 1", DISK),
        ("disk y: size", (*VOLUMES, 1, "size")),
        ("sub_tasks ssl progress", ("sub_tasks", 1, "progress")),
        ("MigrationTask", ("name",)),
        ("name-win16", ("source_server", "name")),
        ("42949672960", (*DISK, "size")),
        ("system32", ("target_server", "system_dir")),
        ("exist_server", ("exist_server",)),
        ("clone_server", ("clone_server",)),
    ],
)
def test_the_best_match_comes_first(example, query, first):
    assert found(example, query)[0] == first


def test_a_label_finds_its_field(example):
    for name, spec in kind(ROOT).fields.items():
        assert (name,) in found(example, spec.label)[:3], spec.label


def test_an_exact_name_comes_before_names_that_only_hold_it(example):
    names = [str(path[-1]) for path in found(example, "size")]
    exact = [name == "size" for name in names]
    assert exact == sorted(exact, reverse=True)
    assert {"size", "used_size", "free_size"} <= set(names)


def test_a_field_that_is_there_comes_before_one_that_is_not(example):
    del example["name"]
    hits = [hit for hit in search(example, "name") if hit.rank == 1]
    missing = [hit.missing for hit in hits]
    assert ("name",) in [hit.path for hit in hits if hit.missing]
    assert missing == sorted(missing)
    assert not missing[0]


def test_all_words_must_be_found(example):
    assert found(example, "disk y: nowhere") == []
    assert found(example, "zzz") == []


@pytest.mark.parametrize("query", ["", "   ", "\t"])
def test_nothing_typed_finds_nothing(example, query):
    assert found(example, query) == []


def test_a_key_that_nobody_knows_is_found_by_name_and_by_value(example):
    example["from the future"] = "flux"
    assert found(example, "from the future")[0] == ("from the future",)
    assert found(example, "flux")[0] == ("from the future",)


def test_null_is_no_text_to_find(example):
    assert ("clone_server",) not in found(example, "null")


def test_no_more_hits_than_wanted_come_back_and_they_are_the_best(example):
    all_hits = search(example, "e", most=10_000)
    assert len(all_hits) > 50
    assert search(example, "e") == all_hits[:50]
    assert all_hits == sorted(all_hits)


@given(TASKS, st.text(max_size=8) | st.sampled_from(["disks", "y:", "1", "›", "[0]", "size name"]))
def test_no_task_and_no_query_is_too_odd(task, query):
    for hit in search(task, query):
        assert isinstance(describe(hit.path, task), str)


@given(JSON)
def test_what_is_no_task_at_all_has_nothing_to_find(value):
    if not isinstance(value, dict):
        assert search(value, "name") == []


def test_every_field_and_entry_that_is_there_is_found_first_by_either_of_its_paths(example):
    places = [(*path, step) for path, holder in containers(example) for step in _steps(holder)]
    assert len(places) > 80
    for path in places:
        assert found(example, format_path(path))[0] == path
        exact = [hit.path for hit in search(example, describe(path, example)) if len(path) == 1 or hit.rank == 0]
        assert exact[0] == path


def _steps(holder):
    return holder if isinstance(holder, dict) else range(len(holder))


@given(TASKS, st.sampled_from(["disks", "y:", "1", "name", "size name"]), st.integers(1, 7))
def test_looking_in_pieces_finds_what_looking_at_once_does(task, query, piece):
    looking = Search(task, query, most=5)
    while not looking.done:
        looking.work(piece)
    assert looking.hits == search(task, query, most=5)


def test_a_field_of_the_task_that_is_called_so_is_the_best_match_before_all_is_looked_at(example):
    looking = Search(example, "speed_limit")
    while not looking.settled:
        looking.work(1)
    assert not looking.done
    assert looking.hits[0].path == ("speed_limit",)


VALUES = st.sampled_from(
    [0, 7, 64, 170, 42949672960, 1.5, Decimal("0.10"), True, None, "", "Data Disk", "Z:", "a.b", 'say "x"', "Straße"]
)
ENTRIES = st.fixed_dictionaries(
    {},
    optional={"name": VALUES, "size": VALUES, "oddity": VALUES, "physical_volumes": st.lists(st.just({"uuid": "u7"}))},
)
QUERIES = st.sampled_from(
    [
        *("7", "64", "17", "170", "429", "0.10", "data disk", "disk z:", "a.b", '"x"', "strasse", "STRASSE", "null"),
        *(
            "oddity",
            "size",
            "disks[70]",
            "disks[70].size",
            "target_server › disks › Z:",
            "disks u7",
            "[3]",
            "u7",
            "...",
        ),
        *("physical_volumes[0]", "volume name 7", "true", "disk 65 name", "nowhere"),
    ]
)


@given(st.lists(ENTRIES, min_size=1, max_size=6), st.integers(60, 200), QUERIES)
def test_in_a_long_list_nothing_is_missed(few, count, query):
    entries = [{**few[number % len(few)], "disk_id": number * number} for number in range(count)]
    task = {"target_server": {"disks": entries}}

    def ranked() -> list[tuple[int, Path]]:
        return [(hit.rank, hit.path) for hit in search(task, query, 10**6)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sms_tui.document.search._OF_A_LIST", 10**6)
        sifted = ranked()
        patch.setattr("sms_tui.document.sieve._BATCH", 10**6)
        assert sifted == ranked()


@given(st.lists(ENTRIES, min_size=1, max_size=6), st.integers(60, 200), QUERIES, st.integers(1, 30))
def test_of_a_long_list_that_gives_many_matches_the_best_and_no_others_are_found(few, count, query, enough):
    entries = [{**few[number * number % len(few)], "disk_id": number * number} for number in range(count)]
    task = {"name": "7", "target_server": {"disks": entries}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sms_tui.document.sieve._BATCH", 4)
        patch.setattr("sms_tui.document.search._OF_A_LIST", 10**6)
        full = Search(task, query, 10**6)
        full.work()
        patch.setattr("sms_tui.document.search._OF_A_LIST", enough)
        some = Search(task, query, 10**6)
        some.work()
    assert {hit.path for hit in some.hits} <= {hit.path for hit in full.hits}
    assert len(some.hits) >= min(enough, len(full.hits))
    assert [hit.rank for hit in some.hits[:1]] == [hit.rank for hit in full.hits[:1]]
    assert some.left_out or len(some.hits) == len(full.hits)


@pytest.mark.parametrize("query", ["size", "used", "ntfs", "ntf", "e", "relation_name", "disk size", "disks", "1"])
def test_what_every_entry_has_is_found_without_looking_at_every_entry(query):
    disks = [
        {"name": f"Disk {at}", "size": at, "physical_volumes": [{"file_system": "NTFS", "used_size": 1}]}
        for at in range(20_000)
    ]
    looking = Search({"target_server": {"disks": disks}}, query)
    began = time.process_time()
    looking.work()
    assert looking.done
    assert looking.left_out
    assert len(looking.hits) == 50
    assert time.process_time() - began < 2  # a walk through all takes five seconds


def test_letters_that_hold_one_of_ours_without_case_are_known():
    folded = {
        chr(code)
        for code in range(0x80, 0x10000)
        if not 0xD800 <= code < 0xE000 and any(letter.isascii() for letter in chr(code).casefold())
    }
    assert {letter for letter in folded if not has_folded(letter.encode())} == set()
    assert not has_folded("Ä磁盘ü€".encode())


@pytest.mark.parametrize("before", ["", "Disk " * 500, "ü" * 500, "磁盘（１）" * 500, "Disk " * 500 + "ü" * 500])
def test_they_are_found_behind_any_text(before):
    assert has_folded(f"{before}Straße".encode())
    assert not has_folded(f"{before}Strase".encode())


def test_of_a_long_list_only_what_may_match_is_looked_at():
    disks = [{"name": f"Disk {number}", "uuid": f"{number:08x}-cafe"} for number in range(6400)]
    looking = Search({"target_server": {"disks": disks}}, "00001234-cafe")
    steps = 0
    while not looking.done:
        looking.work(100)
        steps += 1
    assert [hit.path for hit in looking.hits] == [("target_server", "disks", 0x1234, "uuid")]
    assert steps * 100 < 10_000
