"""As many tasks as asked for: the sample tasks, and copies of those of common size under names of their own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice

from sms_tui.simulator.store import Task

_MINUTE = 60_000


def with_copies(samples: list[Task], count: int) -> Iterator[Task]:
    """The samples, then copies of them up to `count` tasks, each a minute older than the one before.

    No fewer than the samples are given. Copies share what they do not change.
    """
    yield from samples
    oldest = min(date for sample in samples if isinstance(date := sample.get("create_date"), int) and date > _MINUTE)
    for number, sample in islice(enumerate(cycle(_common(samples)), 1), max(0, count - len(samples))):
        yield {
            **sample,
            "id": f"00000000-0000-4000-8000-{number:012d}",
            "name": f"{sample.get('name')}-{number:05d}",
            "create_date": oldest - number * _MINUTE,
        }


def _common(samples: list[Task]) -> list[Task]:
    """The samples without those that stand for the extraordinary: two disks at most."""
    return [sample for sample in samples if _disks(sample) <= 2]


def _disks(task: Task) -> int:
    source = task.get("source_server")
    disks = source.get("disks") if isinstance(source, dict) else None
    return len(disks) if isinstance(disks, list) else 0
