"""The store on disk."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import httpx
import pytest
from simulator_helpers import TOKEN

from sms_tui.simulator import demo_app
from sms_tui.simulator.seeds import seed_tasks
from sms_tui.simulator.store import Filters, Store, StoreError


def test_a_reopened_file_has_kept_every_change(tmp_path: Path) -> None:
    store = Store(tmp_path / "tasks.db")
    store.seed(seed_tasks(0), 0)
    store.put("ready", {"id": "ready", "name": "名", "total_time": 2**63 - 1, "float_ip": None}, 12.5)
    store.close()
    reopened = Store(tmp_path / "tasks.db")
    stored = reopened.get("ready")
    assert stored is not None
    assert (stored.task, stored.at) == ({"id": "ready", "name": "名", "total_time": 2**63 - 1, "float_ip": None}, 12.5)
    assert reopened.page(Filters(), 200, 0).count == len(seed_tasks(0)) + 1
    reopened.close()


def test_a_store_that_holds_tasks_is_not_seeded_again(tmp_path: Path) -> None:
    for name in ("first", "second"):
        store = Store(tmp_path / "tasks.db")
        store.seed([{"id": "1", "name": name}], 0)
        stored = store.get("1")
        assert stored is not None
        assert stored.task["name"] == "first"
        store.close()


def test_a_task_that_is_not_there_is_none() -> None:
    store = Store(None)
    assert store.get("1") is None
    store.close()


def _not_a_database(path: Path) -> None:
    path.write_bytes(b"this is a shopping list, not a database" * 100)


def _cut_short(path: Path) -> None:
    store = Store(path)
    store.seed(seed_tasks(0), 0)
    store.close()
    path.write_bytes(path.read_bytes()[:-8192])


def _overwritten(path: Path) -> None:
    store = Store(path)
    store.seed(seed_tasks(0), 0)
    store.close()
    content = bytearray(path.read_bytes())
    content[4096:12288] = b"\xa5" * 8192
    path.write_bytes(bytes(content))


def _of_another_program(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE recipes (name TEXT)")
    db.commit()
    db.close()


def _of_a_newer_simulator(path: Path) -> None:
    Store(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 2")
    db.close()


def _a_directory(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    "make", [_not_a_database, _cut_short, _overwritten, _of_another_program, _of_a_newer_simulator, _a_directory]
)
def test_a_file_that_is_no_store_is_refused_in_a_sentence_that_names_it(tmp_path: Path, make: object) -> None:
    path = tmp_path / "tasks.db"
    assert callable(make)
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError) as caught:
        Store(path)
    assert str(caught.value).startswith(str(path))
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)
    if before is not None:
        assert path.read_bytes() == before


def test_a_file_in_a_directory_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(tmp_path / "nowhere" / "tasks.db")


def test_ten_thousand_tasks_are_paged_and_filtered() -> None:
    samples = seed_tasks(0)
    store = Store(None)
    store.seed(({**samples[at % len(samples)], "id": str(at), "create_date": at} for at in range(10_000)), 0)
    assert store.page(Filters(), 100, 9_900).count == 10_000
    assert store.page(Filters(name="erp-db", state="READY"), 100, 0).count == 715
    store.close()


async def test_the_demo_is_the_samples_in_memory() -> None:
    transport = httpx.ASGITransport(demo_app(clock=lambda: 1_760_000_000.0))
    async with httpx.AsyncClient(transport=transport, base_url="http://sms", headers=TOKEN) as client:
        assert (await client.get("/v3/tasks")).json()["count"] == len(seed_tasks(0))
