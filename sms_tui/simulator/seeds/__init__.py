"""The sample tasks: invented servers in every state a task is known to be in, one of them with a fault to repair.

Each is built anew around the time of seeding, so that running tasks started lately and end soon. The oldest is the
reference's own example, word for word, nulls and dates included.
"""

from __future__ import annotations

from importlib.resources import files
from typing import cast

from sms_tui import exactjson
from sms_tui.simulator.seeds import linux, running, storage, windows
from sms_tui.simulator.store import Task


def seed_tasks(now: float) -> list[Task]:
    """All sample tasks, as stored at `now` (epoch seconds)."""
    return [
        windows.wrong_volume_size(now),
        running.file_with_lvm(now),
        running.block_uefi(now),
        running.chinese_names(now),
        storage.btrfs_subvolumes(now),
        storage.many_disks(now),
        linux.ready(now),
        linux.syncing(now),
        windows.paused(now),
        linux.failed(now),
        windows.finished_with_clone(now),
        storage.huge_archive(now),
        windows.mostly_null(now),
        reference_task(),
    ]


def reference_task() -> Task:
    """The example of the reference page, with the id its address names."""
    return cast(Task, exactjson.loads(files(__name__).joinpath("reference.json").read_bytes()))
