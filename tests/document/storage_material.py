"""Servers of disks, volumes and groups that have few names and sizes among them, so that much goes together or not."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from sms_tui.exactjson import Json

GIB = 2**30
_SIZES = st.sampled_from([0, 1, GIB - 1, GIB, GIB + 1, 2 * GIB, 3 * GIB, 10 * GIB, 2**63 - 1])
SIZES = st.one_of(_SIZES, _SIZES, _SIZES, st.sampled_from([None, -1, 2**64, "1", True]))
ORDERLY_SIZES = st.integers(0, 40).map(lambda count: count * GIB // 4)
_NAMES = st.sampled_from(["a", "b", "c", "", None, "x" * 300])
_MOUNTS = st.sampled_from(["/", "/boot", "/data", "swap", "", None])
_USES = st.sampled_from(["OS", "BOOT", "NORMAL", "os", None, 5])
_TRUTHS = st.sampled_from([True, False, None])
_SYSTEMS = st.sampled_from(["LINUX", "WINDOWS", "linux", "LINX", "AIX", "", None])
_ODD = st.sampled_from([None, "a", 1, True, [], {}])


def _objects(always: dict[str, st.SearchStrategy[Any]], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(always, optional=fields)


def _entries(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    return st.one_of(st.lists(of, max_size=3), st.lists(of, max_size=3), st.lists(of | _ODD, max_size=3) | _ODD)


_VOLUMES = _entries(
    _objects(
        {"name": _NAMES, "size": SIZES, "used_size": SIZES},
        mount_point=_MOUNTS,
        index=st.sampled_from([0, 1, 2, 2**31 - 1, -1, None]),
        free_size=SIZES,
        device_use=_USES,
        file_system=st.sampled_from(["ext4", "EXT4", "xfs", ""]),
    )
)
_DISKS = _entries(
    _objects(
        {"name": _NAMES, "size": SIZES, "used_size": SIZES, "physical_volumes": _VOLUMES},
        relation_name=_NAMES,
        free_size=SIZES,
        os_disk=_TRUTHS,
        device_use=_USES,
        disk_index=st.sampled_from(["0", "1", "9" * 30, 1, "x", None]),
    )
)
_GROUPS = _entries(
    _objects(
        {
            "size": SIZES,
            "logical_volumes": _entries(
                _objects(
                    {"name": _NAMES, "size": SIZES, "used_size": SIZES},
                    mount_point=_MOUNTS,
                    file_system=st.just("xfs"),
                    inode_size=st.just(5),
                    free_size=SIZES,
                )
            ),
        },
        name=_NAMES,
        free_size=SIZES,
    )
)
_BTRFS = _entries(st.sampled_from(["a", "b"]) | _objects({"name": _NAMES}, size=SIZES, subvolumn=_ODD))
_SERVERS = _objects(
    {"disks": _DISKS, "os_type": _SYSTEMS},
    volume_groups=_GROUPS,
    btrfs_list=_BTRFS,
    raw_devices=st.sampled_from(["", None, 5]),
    has_rsync=_TRUTHS,
    paravirtualization=_TRUTHS,
    boot_loader=st.sampled_from(["GRUB", "grub", None]),
    networks=st.just([]),
)
STORAGE = _objects(
    {"source_server": _SERVERS, "target_server": _SERVERS},
    os_type=_SYSTEMS,
    priority=st.sampled_from([1, 5, -1]),
    migrate_speed=st.sampled_from([0.5, -0.5, 10001.0, 20000]),
    enterprise_project_id=st.sampled_from(["", "0"]),
    sub_tasks=_entries(
        _objects({"progress": st.sampled_from([0, 99, 100, 101, None])}, start_date=st.just(5), end_date=st.just(9))
    ),
)
"""Tasks of storage that need not make sense: names in common, sizes that do not fit, values of the wrong type."""


def _named(of: dict[str, st.SearchStrategy[Any]], names: list[str]) -> st.SearchStrategy[list[dict[str, Json]]]:
    """Entries with a name each, all different."""
    return st.lists(st.fixed_dictionaries({"name": st.sampled_from(names), **of}), max_size=4, unique_by=_name)


def _name(entry: dict[str, Json]) -> str:
    return str(entry["name"])


def _orderly_disks(target: bool) -> st.SearchStrategy[list[dict[str, Json]]]:
    volume = {
        "size": ORDERLY_SIZES,
        "used_size": st.just(0),
        "file_system": st.sampled_from(["ext4", "xfs"]),
        **({"id": st.integers(0, 99), "free_size": ORDERLY_SIZES} if target else {}),
    }
    disk = {
        "device_use": st.sampled_from(["OS", "BOOT"]),
        "size": ORDERLY_SIZES,
        "used_size": st.just(0),
        "physical_volumes": _named(volume, ["C:", "D:", "E:", "F:"]),
        "os_disk": st.booleans(),
        **({"id": st.integers(0, 99), "disk_id": st.sampled_from(["0", "1", "5"])} if target else {}),
    }
    return _named(disk, ["Disk 0", "Disk 1", "Disk 2", "Disk 9"])


_LOGICAL = _named(
    {
        "file_system": st.just("xfs"),
        "inode_size": st.just(5),
        "mount_point": st.just(""),
        "size": ORDERLY_SIZES,
        "used_size": st.just(0),
        "free_size": ORDERLY_SIZES,
    },
    ["root", "home", "var"],
)
_ORDERLY_GROUPS = _named({"size": ORDERLY_SIZES, "logical_volumes": _LOGICAL}, ["vg0", "vg1"])
ORDERLY_STORAGE = st.fixed_dictionaries(
    {
        "source_server": st.fixed_dictionaries({"disks": _orderly_disks(False), "volume_groups": _ORDERLY_GROUPS}),
        "target_server": st.fixed_dictionaries(
            {"disks": _orderly_disks(True)}, optional={"volume_groups": _ORDERLY_GROUPS}
        ),
    }
)
"""Tasks whose disks, volumes and groups have names of their own and proper sizes, which need not fit."""
