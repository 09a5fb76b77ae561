"""Many tasks in the simulator."""

from __future__ import annotations

from pathlib import Path

import pytest
from simulator_helpers import REFERENCE_ID, Clock, client_of, start_simulator

from sms_tui import exactjson
from sms_tui.exactjson import loads
from sms_tui.simulator.seeds import seed_tasks
from sms_tui.simulator.seeds.many import with_copies
from sms_tui.simulator.store import Filters, Store


def test_there_are_as_many_tasks_as_asked_for_each_with_an_id_and_a_name_of_its_own() -> None:
    tasks = list(with_copies(seed_tasks(1_790_000_000), 1000))
    assert len(tasks) == len({task["id"] for task in tasks}) == 1000
    copies = tasks[len(seed_tasks(0)) :]
    assert len({task["name"] for task in copies}) == len(copies)
    dates = [task["create_date"] for task in copies]
    assert dates == sorted(dates, key=int, reverse=True)


def test_fewer_than_the_samples_are_the_samples() -> None:
    samples = seed_tasks(1_790_000_000)
    assert list(with_copies(samples, 3)) == samples


async def test_all_of_them_are_listed_200_a_page_and_each_can_be_read() -> None:
    store, clock = Store(None), Clock()
    store.seed(with_copies(seed_tasks(clock.now), 450), clock.now)
    async with client_of(store, clock) as service:
        pages = [(await service.get(f"/v3/tasks?limit=200&offset={at}")).json() for at in (0, 200, 400)]
        assert [len(page["tasks"]) for page in pages] == [200, 200, 50]
        last = pages[-1]["tasks"][-1]
        assert (await service.get(f"/v3/tasks/{last['id']}")).json()["name"] == last["name"]
    store.close()


async def test_a_reading_costs_what_it_shows_however_many_tasks_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted: tasks parsed, and steps of SQLite's machine for a task; a count of all tasks is in the page's."""
    store, clock = Store(None), Clock()
    store.seed(with_copies(seed_tasks(clock.now), 2000), clock.now)
    parsed: list[object] = []
    monkeypatch.setattr(exactjson, "loads", lambda text: parsed.append(text) or loads(text))
    steps: list[int] = []
    store._db.set_progress_handler(lambda: steps.append(1), 1)
    async with client_of(store, clock) as service:
        await service.get("/v3/tasks?limit=20&offset=1900")
        assert len(parsed) == 20
        steps.clear()
        assert (await service.get(f"/v3/tasks/{REFERENCE_ID}")).status_code == 200
        assert len(parsed) == 21
        assert 0 < len(steps) < 50
    store._db.set_progress_handler(None, 0)
    store.close()


def test_the_server_begins_with_them_and_a_store_that_holds_tasks_keeps_its_own(tmp_path: Path) -> None:
    path = tmp_path / "tasks.db"
    for tasks in (300, 500):
        process = start_simulator("'127.0.0.1'", "0", f"pathlib.Path({str(path)!r})", f"tasks={tasks}")
        assert process.stdout is not None
        assert process.stdout.readline().startswith("listening on ")
        process.terminate()
        process.communicate(timeout=10)
        store = Store(path)
        assert store.page(Filters(), 1, 0).count == 300
        store.close()
