"""The tasks that were seen last."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from session_fakes import TASK_ID, FakeService

from sms_tui.exactjson import Json
from sms_tui.session.seen import SeenTasks
from sms_tui.session.service import ServiceSession

HERE, THERE = "https://here.example", "https://there.example"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "seen-tasks.json"


def task(id: str, name: str = "") -> dict[str, Json]:
    return {"id": id, "name": name}


def test_each_place_keeps_its_tasks_and_the_last_seen_come_first(file: Path) -> None:
    SeenTasks(file).note(HERE, [task("a", "one"), task("b", "two")])
    SeenTasks(file).note(THERE, [task("c", "three")])
    SeenTasks(file).note(HERE, [task("d", "four")])
    places = SeenTasks(file).places()
    assert [(place, list(tasks)) for place, tasks in places.items()] == [(HERE, ["d", "a", "b"]), (THERE, ["c"])]
    assert places[HERE] == {"d": "four", "a": "one", "b": "two"}


def test_a_task_that_is_gone_is_forgotten_once_all_were_listed(file: Path) -> None:
    SeenTasks(file).note(HERE, [task("gone"), task("a"), task("b")])
    listing = SeenTasks(file)
    listing.note(HERE, [task("a")], 2)
    assert set(SeenTasks(file).places()[HERE]) == {"gone", "a", "b"}
    listing.note(HERE, [task("b")], 2)
    assert set(SeenTasks(file).places()[HERE]) == {"a", "b"}


def test_the_file_and_its_directory_are_for_their_owner_alone(file: Path) -> None:
    SeenTasks(file).note(HERE, [task("a")])
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"format": 2, "places": {}}', b'{"format": 1, "places": []}', b"\xff"]
)
def test_a_file_that_cannot_be_read_is_an_empty_one(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    assert SeenTasks(file).places() == {}
    SeenTasks(file).note(HERE, [task("a", "one")])
    assert SeenTasks(file).places() == {HERE: {"a": "one"}}


def test_a_directory_that_takes_no_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file, no directory")
    SeenTasks(tmp_path / "state" / "seen-tasks.json").note(HERE, [task("a")])


def test_it_stays_small_and_leaves_out_what_is_no_word(file: Path) -> None:
    SeenTasks(file).note(HERE, [task(f"t{at}", "n" * 1000) for at in range(1500)])
    SeenTasks(file).note(THERE, [task("$(reboot)"), task("a b"), {"id": 7}, {}, task("fine")])
    places = SeenTasks(file).places()
    assert len(places[HERE]) == 1000
    assert list(places[THERE]) == ["fine"]
    assert file.stat().st_size < 200_000


@given(st.lists(st.sampled_from("abcdef"), max_size=30))
def test_the_task_opened_last_is_the_first(tmp_path_factory: pytest.TempPathFactory, ids: list[str]) -> None:
    file = tmp_path_factory.mktemp("seen") / "seen-tasks.json"
    for id in ids:
        SeenTasks(file).note(HERE, [task(id)])
    expected = list(dict.fromkeys(reversed(ids)))
    assert list(SeenTasks(file).places().get(HERE, {})) == expected


async def test_what_a_session_lists_and_opens_is_noted(file: Path) -> None:
    session = ServiceSession(FakeService(task(TASK_ID, "web")), "here", endpoint=HERE, seen=SeenTasks(file))
    await session.open(TASK_ID)
    assert SeenTasks(file).places() == {HERE: {TASK_ID: "web"}}
    await anext(session.listing())
    async for _ in session.tasks():
        pass
    assert SeenTasks(file).places()[HERE] == {TASK_ID: "web", "another": ""}
