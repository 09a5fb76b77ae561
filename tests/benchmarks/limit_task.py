"""A task with as many disks and sub-tasks as asked for, up to the reference's limit: about 62 MB of JSON there."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).parents[1] / "data" / "reference_example.json"
LIMIT = 65_535
"""Entries that the reference allows in a list."""

_Object = dict[str, Any]
_GIB = 1 << 30
_SOURCE_VOLUME = ("device_use", "file_system", "index", "name", "size", "used_size", "uuid")


def limit_task(disks: int = LIMIT, directory: Path | None = None) -> Path:
    """The file of a task with `disks` source disks, target disks and sub-tasks each; written unless it is there."""
    directory = directory or Path(tempfile.gettempdir()) / "sms-tui-benchmarks"
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"task-{disks}.json"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        with unfinished.open("w", encoding="utf-8") as out:
            out.writelines(written_task(disks))
        unfinished.rename(path)
    return path


def written_task(disks: int) -> Iterator[str]:
    """The JSON text, an entry at a time.

    The volume of the last target disk is fuller than it is large, for F8 to go there; the rest is sound.
    """
    example = json.loads(EXAMPLE.read_text("utf-8"))
    sub_tasks = example["sub_tasks"]
    (disk,) = example["target_server"]["disks"]
    volume = disk["physical_volumes"][0]
    entries = {
        "<sub-tasks>": (_sub_task(sub_tasks, index) for index in range(disks)),
        "<source disks>": (_source_disk(volume, index) for index in range(disks)),
        "<target disks>": (_target_disk(disk, index, full=index == disks - 1) for index in range(disks)),
    }
    example["sub_tasks"] = "<sub-tasks>"
    example["source_server"]["disks"] = "<source disks>"
    example["target_server"]["disks"] = "<target disks>"
    rest = _compact(example)
    for place, listed in entries.items():
        before, _, rest = rest.partition(f'"{place}"')
        yield before
        for index, entry in enumerate(listed):
            yield f"{',' if index else '['}{_compact(entry)}"
        yield "]"
    yield rest


def _compact(value: _Object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _sub_task(examples: list[_Object], index: int) -> _Object:
    example = examples[index % len(examples)]
    return example | {"id": 7278 + index, "name": f"{example['name']}_{index}"}


def _source_disk(volume: _Object, index: int) -> _Object:
    own = _volume(volume, index, full=False)
    return {
        "name": f"Disk {index}",
        "partition_style": "GPT",
        "device_use": "BOOT" if index else "OS",
        "size": _size(index),
        "used_size": _size(index) // 2,
        "os_disk": index == 0,
        "physical_volumes": [{key: own[key] for key in _SOURCE_VOLUME}],
    }


def _target_disk(disk: _Object, index: int, *, full: bool) -> _Object:
    own = _volume(disk["physical_volumes"][0], index, full=full)
    own |= {"id": 135_055 + index, "free_size": 0 if full else own["size"] - own["used_size"]}
    return disk | {
        "id": 88_008 + index,
        "name": f"Disk {index}",
        "disk_id": str(index),
        "disk_index": str(index),
        "partition_style": "GPT",
        "device_use": "NORMAL" if index else "OS",
        "os_disk": index == 0,
        "size": _size(index),
        "used_size": _size(index) // 2,
        "physical_volumes": [own],
    }


def _volume(volume: _Object, index: int, *, full: bool) -> _Object:
    size = _size(index) - _GIB
    return volume | {
        "uuid": f"\\\\?\\Volume{{{index:08x}-0000-0000-0000-100000000000}}\\",
        "name": f"V{index}:",
        "device_use": "NORMAL",
        "size": size,
        "used_size": size + 1 if full else size // 2,
    }


def _size(index: int) -> int:
    return (40 + index % 60) * _GIB


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("disks", type=int, nargs="?", default=LIMIT)
    print(limit_task(parser.parse_args().disks))
