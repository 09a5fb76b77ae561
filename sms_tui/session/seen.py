"""The tasks that were seen last, kept in a file: a shell completes their ids without asking the service."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from sms_tui.exactjson import Json, JsonError, dumps, loads
from sms_tui.session.drafts.errors import DraftError
from sms_tui.session.drafts.files import Files
from sms_tui.session.drafts.privacy import private_directory
from sms_tui.session.whole import write_whole

_T = TypeVar("_T")
_FORMAT = 1
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
_MOST_TASKS, _MOST_PLACES = 1000, 20
_LONGEST_NAME = 80


class SeenTasks:
    """The ids and names of the tasks of each place, the last seen first. A cache: what cannot be kept is not told."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._noted: dict[str, str] = {}

    def note(self, place: str, tasks: Iterable[Mapping[str, Json]], count: int | None = None) -> None:
        """Keep tasks that were read at a place.

        `count` is how many there are, where somebody reads them all: once all were seen, what else was kept is gone.
        """
        new = dict(_named(tasks))
        if new.items() <= self._noted.items() or len(self._noted) >= _MOST_TASKS:
            return
        self._noted.update(new)
        places = self.places()
        before = {} if count is not None and len(self._noted) >= count else places.pop(place, {})
        tasks_there = _first(_MOST_TASKS, {**self._noted, **before, **self._noted})
        places.pop(place, None)
        self._write(_first(_MOST_PLACES, {place: tasks_there, **places}))

    def places(self) -> dict[str, dict[str, str]]:
        """The names of the tasks by place and id, the place where a task was seen last first."""
        try:
            content = loads(self._file.read_bytes())
        except (OSError, JsonError):
            return {}
        places = content.get("places") if isinstance(content, dict) and content.get("format") == _FORMAT else None
        if not isinstance(places, dict):
            return {}
        return {place: dict(_texts(tasks)) for place, tasks in places.items() if isinstance(tasks, dict)}

    def _write(self, places: Mapping[str, Mapping[str, str]]) -> None:
        content: dict[str, Json] = {
            "format": _FORMAT,
            "places": {place: dict(tasks) for place, tasks in places.items()},
        }
        with suppress(OSError, DraftError):
            private_directory(self._file.parent, Files())
            write_whole(self._file, f"{dumps(content)}\n".encode())


def _named(tasks: Iterable[Mapping[str, Json]]) -> Iterable[tuple[str, str]]:
    """The ids and names of tasks; an id that a shell could take for more than a word is left out."""
    for task in tasks:
        id, name = task.get("id"), task.get("name")
        if isinstance(id, str) and _ID.fullmatch(id):
            yield id, name[:_LONGEST_NAME] if isinstance(name, str) else ""


def _texts(tasks: Mapping[str, Json]) -> Iterable[tuple[str, str]]:
    return ((id, name) for id, name in tasks.items() if isinstance(name, str) and _ID.fullmatch(id))


def _first(most: int, entries: Mapping[str, _T]) -> dict[str, _T]:
    return dict(list(entries.items())[:most])
