"""The simulator's tasks in SQLite: what the list filters by in columns of its own, the whole task as JSON text."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias, cast

from sms_tui import exactjson
from sms_tui.exactjson import Json

Task: TypeAlias = dict[str, Json]

_APPLICATION_ID = 0x534D5354  # "SMST"
_VERSION = 1
_TABLE = f"""
    BEGIN;
    CREATE TABLE tasks (
        id TEXT PRIMARY KEY,
        name TEXT,
        state TEXT,
        source_server_id TEXT,
        enterprise_project_id TEXT,
        create_date INTEGER,
        stored_at REAL NOT NULL,
        body TEXT NOT NULL
    );
    CREATE INDEX newest_first ON tasks (create_date DESC, id);
    PRAGMA application_id = {_APPLICATION_ID};
    PRAGMA user_version = {_VERSION};
    COMMIT;
"""
_PACE = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
"""A write does not wait for the disk: a power cut may cost the last ones, but never the file."""
_WRITE = "INSERT OR REPLACE INTO tasks VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_MATCHING = """
    FROM tasks
    WHERE (:state IS NULL OR state = :state)
      AND (:name IS NULL OR instr(name, :name) > 0)
      AND (:id IS NULL OR id = :id)
      AND (:source_server_id IS NULL OR source_server_id = :source_server_id)
      AND (:enterprise_project_id IS NULL OR enterprise_project_id = :enterprise_project_id)
"""
_COUNT = "SELECT count(*)" + _MATCHING
_PAGE = "SELECT body, stored_at" + _MATCHING + "ORDER BY create_date DESC, id LIMIT :limit OFFSET :offset"


class StoreError(Exception):
    """A file that cannot serve as the simulator's database; the text is one sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A task as it was written, and when (epoch seconds)."""

    task: Task
    at: float


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; None does not narrow. `name` matches any part of the name, the others are exact."""

    state: str | None = None
    name: str | None = None
    id: str | None = None
    source_server_id: str | None = None
    enterprise_project_id: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the matching tasks, and how many match in all."""

    count: int
    tasks: list[Stored]


class Store:
    """All tasks, in a file or in memory. For one thread at a time."""

    def __init__(self, path: Path | None) -> None:
        """Open the file, making it if needed; None keeps the tasks in memory. Raises StoreError."""
        self._db = _open(path)
        self._finalizer = weakref.finalize(self, self._db.close)

    def close(self) -> None:
        """Let go of the file. Nothing else may be called afterwards."""
        self._finalizer()

    def get(self, task_id: str) -> Stored | None:
        """The task with that id, None if there is none."""
        row = self._db.execute("SELECT body, stored_at FROM tasks WHERE id = ?", (task_id,)).fetchone()
        return _stored(row) if row else None

    def put(self, task_id: str, task: Task, at: float) -> None:
        """Write a task, in place of the one with that id if there is one."""
        with self._db:
            self._db.execute(_WRITE, _row(task_id, task, at))

    def page(self, filters: Filters, limit: int, offset: int) -> Page:
        """The matching tasks, newest `create_date` first and by id where dates are equal; tasks without a date last.

        The service documents no order; this one makes pages of a standing list disjoint and complete.
        """
        values = {**asdict(filters), "limit": limit, "offset": offset}
        (count,) = self._db.execute(_COUNT, values).fetchone()
        return Page(count, [_stored(row) for row in self._db.execute(_PAGE, values)])

    def seed(self, tasks: Iterable[Task], at: float) -> None:
        """Write these tasks if there are none yet; a store that holds any is left as it is."""
        with self._db:
            if self._db.execute("SELECT 1 FROM tasks LIMIT 1").fetchone() is None:
                self._db.executemany(_WRITE, (_row(str(task["id"]), task, at) for task in tasks))


def _open(path: Path | None) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(path or ":memory:", check_same_thread=False)
    except sqlite3.Error as error:
        raise StoreError(f"{path} cannot be opened as a database ({error}): name a file you may write.") from None
    try:
        _prepare(db, path)
    except sqlite3.Error as error:
        db.close()
        raise StoreError(f"{path} cannot be read as a database ({error}): name another file or remove it.") from None
    except StoreError:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection, path: Path | None) -> None:
    (damage,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if damage != "ok":
        raise StoreError(f"{path} is a damaged database: name another file or remove it.")
    (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    marks = [db.execute(f"PRAGMA {mark}").fetchone()[0] for mark in ("application_id", "user_version")]
    ours = marks == [_APPLICATION_ID, _VERSION]
    if not ours and (tables or marks != [0, 0]):
        raise StoreError(f"{path} is a database, but not one this simulator wrote: name another file.")
    db.executescript(_PACE if ours else _PACE + _TABLE)


def _stored(row: tuple[str, float]) -> Stored:
    body, at = row
    return Stored(cast(Task, exactjson.loads(body)), at)


def _row(task_id: str, task: Task, at: float) -> tuple[object, ...]:
    source = task.get("source_server")
    created = task.get("create_date")
    return (
        task_id,
        _text(task.get("name")),
        _text(task.get("state")),
        _text(source.get("id") if isinstance(source, dict) else None),
        _text(task.get("enterprise_project_id")),
        created if isinstance(created, int) else None,
        at,
        exactjson.dumps(task),
    )


def _text(value: Json) -> str | None:
    """A value to filter by; SQLite cannot hold lone surrogates, and no query can ask for one."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else None
