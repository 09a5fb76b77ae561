"""Tasks to check, and edits of them that share what they do not touch."""

from __future__ import annotations

import json
from pathlib import Path as File
from typing import Any

from sms_tui.exactjson import Json
from sms_tui.schema.checks.checker import check
from sms_tui.schema.paths import ABSENT, Path, parse_path

EXAMPLE = json.loads((File(__file__).parents[2] / "data" / "reference_example.json").read_text("utf-8"))
GIB = 2**30


def edited(task: Any, path: Path, value: Any) -> Any:
    """The task with a value set at a path, or removed there if it is ABSENT."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    changed = dict(task) if isinstance(task, dict) else list(task)
    if rest:
        changed[step] = edited(task[step], rest, value)
    elif value is ABSENT:
        del changed[step]
    else:
        changed[step] = value
    return changed


def changed(task: Any, *changes: tuple[str, Any]) -> Any:
    """The task after several edits, each a path as text and a value."""
    for path, value in changes:
        task = edited(task, parse_path(path), value)
    return task


def codes(task: Json, path: str | None = None) -> list[str]:
    """The codes of all problems, or of those at one path."""
    return [problem.code for problem in check(task) if path is None or problem.path == parse_path(path)]


def messages(task: Json, path: str) -> list[str]:
    return [problem.message for problem in check(task) if problem.path == parse_path(path)]


def linux_task() -> dict[str, Any]:
    """A task with every kind of object in it and nothing wrong."""
    return {
        "name": "web-01",
        "type": "MIGRATE_FILE",
        "os_type": "LINUX",
        "priority": 1,
        "migration_ip": "10.0.0.7",
        "speed_limit": 100,
        "start_date": 1598435784000,
        "finish_date": 1598439384000,
        "migrate_speed": 12.5,
        "source_server": _server("vda", "vdb", source=True),
        "target_server": {**_server("sda", "sdb", source=False), "ip": "10.0.0.7", "name": "web-01-new"},
        "sub_tasks": [
            {"id": 1, "name": "SSL_CONFIG", "progress": 100, "start_date": 1598435784000, "end_date": 1598435800000},
            {"id": 2, "name": "MIGRATE_LINUX_FILE", "progress": 40, "start_date": 1598435800000, "end_date": None},
        ],
        "clone_server": {"vm_id": "", "clone_state": "NOT_READY"},
    }


def _server(first: str, second: str, *, source: bool) -> dict[str, Any]:
    return {
        "id": "77ae0d12",
        "ip": "192.168.0.5",
        "os_type": "LINUX",
        "has_rsync": True,
        "paravirtualization": False,
        "raw_devices": "",
        "boot_loader": "GRUB",
        "disks": [
            _disk(first, source, os_disk=True, volumes=[_volume(1, first + "1", "/boot", 1), _volume(2, "", "/", 30)]),
            _disk(second, source, os_disk=False, volumes=[_volume(1, second + "1", "[SWAP]", 8)]),
        ],
        "volume_groups": [
            {
                "name": "data",
                "components": "/dev/vdb2",
                "size": 20 * GIB,
                "free_size": 4 * GIB,
                "logical_volumes": [_logical("home", "/home", 10), _logical("swap", "swap", 6)],
            }
        ],
        "btrfs_list": [_btrfs()],
        "networks": [
            {
                "name": "eth0",
                "ip": "192.168.0.5",
                "netmask": "255.255.255.0",
                "gateway": "192.168.0.1",
                "mac": "fa:16:3e:12:34:56",
                "mtu": 1500,
            },
            {"name": "eth1", "ip": "fd00::5", "netmask": "64", "gateway": "", "mac": "fa163e123457", "mtu": 1500},
        ],
    }


def _disk(name: str, source: bool, *, os_disk: bool, volumes: list[dict[str, Any]]) -> dict[str, Any]:
    disk = {
        "name": name,
        "device_use": "OS" if os_disk else "BOOT",
        "size": 40 * GIB,
        "used_size": 20 * GIB,
        "os_disk": os_disk,
        "physical_volumes": volumes,
    }
    numbers = {"id": 10 + os_disk, "disk_id": str(int(os_disk)), "disk_index": str(int(os_disk))}
    relation = {"sda": "vda", "sdb": "vdb"}
    return disk if source else {**disk, **numbers, "relation_name": relation[name]}


def _volume(index: int, name: str, mount: str, size: int) -> dict[str, Any]:
    return {
        "index": index,
        "name": name,
        "mount_point": mount,
        "size": size * GIB,
        "used_size": size * GIB // 2,
        "uuid": f"586b7157-0000-4000-8000-{index:012d}",
    }


def _logical(name: str, mount: str, size: int) -> dict[str, Any]:
    sizes = {"size": size * GIB, "used_size": GIB, "free_size": (size - 1) * GIB}
    return {"name": name, "mount_point": mount, "file_system": "ext4", "inode_size": 655360, **sizes}


def _btrfs() -> dict[str, Any]:
    texts = ("device", "label", "data_profile", "system_profile", "metadata_profile", "global_reserve1")
    return {
        **dict.fromkeys(texts, "text"),
        "name": "pool",
        "uuid": "586b7157-0000-4000-8000-000000000099",
        "size": GIB,
        "nodesize": 16384,
        "sectorsize": 4096,
        "g_vol_used_size": GIB,
        "default_subvolid": "5",
        "default_subvol_name": "@",
        "default_subvol_mountpath": "/srv",
        "subvolumn": [_subvolume("256"), _subvolume("257")],
    }


def _subvolume(number: str) -> dict[str, Any]:
    return {
        "uuid": "-",
        "is_snapshot": "false",
        "subvol_id": number,
        "parent_id": "5",
        "subvol_name": "snapshot",
        "subvol_mount_path": "",
    }
