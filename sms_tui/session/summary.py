"""One line of the task list, from an item of the service's list or a whole task."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeGuard

from sms_tui.exactjson import Json


@dataclass(frozen=True, slots=True)
class TaskSummary:
    """What the list shows of a task. `progress` is the mean of the sub-tasks in percent, None without any; `created` is
    in milliseconds since 1970."""

    id: str
    name: str
    state: str
    type: str
    os_type: str
    progress: int | None
    source: str
    target: str
    created: int | None
    text: str = field(init=False, repr=False, compare=False)
    """What the filter searches, made once: it is searched with every key, in every task."""

    def __post_init__(self) -> None:
        shown = (self.name, self.state, self.type, self.os_type, self.source, self.target, self.id)
        object.__setattr__(self, "text", " ".join(shown).casefold())


def summarize(task: Json) -> TaskSummary:
    """The summary of a task of any shape; what is missing is empty."""
    entry = task if isinstance(task, dict) else {}
    created = entry.get("create_date")
    return TaskSummary(
        id=_text(entry, "id"),
        name=_text(entry, "name"),
        state=_text(entry, "state"),
        type=_text(entry, "type"),
        os_type=_text(entry, "os_type"),
        progress=progress(entry.get("sub_tasks")),
        source=_server(entry.get("source_server")),
        target=_server(entry.get("target_server")),
        created=created if _is_whole(created) else None,
    )


_MANY = 1000
_known: tuple[list[Json], int | None] = ([], None)
"""The last very long list, which no edit changes in place, and its progress: it is asked for with every frame."""


def progress(sub_tasks: Json) -> int | None:
    """The mean progress of sub-tasks in percent; the service sends null and more than 100 at times."""
    if not isinstance(sub_tasks, list):
        return None
    global _known
    if sub_tasks is _known[0]:
        return _known[1]
    done = _mean(sub_tasks)
    if len(sub_tasks) > _MANY:
        _known = sub_tasks, done
    return done


def _mean(sub_tasks: list[Json]) -> int | None:
    numbers = [entry.get("progress") for entry in sub_tasks if isinstance(entry, dict)]
    known = [min(max(number, 0), 100) for number in numbers if _is_whole(number)]
    return sum(known) // len(known) if known else None


def _is_whole(value: Json) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _server(server: Json) -> str:
    if not isinstance(server, dict):
        return ""
    return _text(server, "name") or _text(server, "ip")


def _text(entry: dict[str, Json], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""
