"""Servers whose storage is out of the ordinary: btrfs, two dozen disks, and very large volumes."""

from __future__ import annotations

from string import ascii_lowercase

from sms_tui.simulator.seeds.frame import (
    DAY,
    HOUR,
    LINUX_FILE,
    ON_EXISTING_SERVER,
    ON_NEW_SERVER,
    Course,
    Machine,
    milliseconds,
    network_check,
    source_server,
    sub_tasks,
    target_server,
    task,
)
from sms_tui.simulator.seeds.hardware import (
    GIB,
    MIB,
    TIB,
    Btrfs,
    Disk,
    Group,
    Logical,
    Network,
    Subvolume,
    Volume,
    ident,
    linux_disk,
)
from sms_tui.simulator.store import Task

_SYSTEM = Volume("/dev/sda2", 110 * GIB, 43 * GIB, "btrfs", "/", "OS")
_BUILDS = Volume("/dev/sdb1", 499 * GIB, 388 * GIB, "btrfs", "/srv/builds")

_BUILD_SERVER = Machine(
    name="suse-build-07",
    hostname="suse-build-07",
    os="LINUX",
    os_version="SUSE_15_5_64BIT",
    cpus=16,
    memory=65536,
    first_id=9270,
    networks=(Network("eth0", "192.168.50.7"),),
    disks=(
        linux_disk(
            "a",
            120 * GIB,
            Volume("/dev/sda1", 1 * GIB, 188 * MIB, "ext4", "/boot", "BOOT"),
            _SYSTEM,
            Volume("/dev/sda3", 8 * GIB, 0, "swap"),
            use="OS",
        ),
        linux_disk("b", 500 * GIB, _BUILDS),
    ),
    btrfs=(
        Btrfs(
            "suse-system",
            _SYSTEM,
            (
                Subvolume("@", "/"),
                Subvolume("@/home", "/home"),
                Subvolume("@/var", "/var"),
                Subvolume("@/opt", "/opt"),
                Subvolume("@/.snapshots/1/snapshot", "/.snapshots/1/snapshot", is_snapshot=True),
            ),
        ),
        Btrfs("suse-builds", _BUILDS, (Subvolume("@builds", "/srv/builds"), Subvolume("@cache", "/srv/cache"))),
    ),
)


def _data_disk(index: int) -> Disk:
    letter = ascii_lowercase[index]
    volume = Volume(f"/dev/sd{letter}1", 3999 * GIB, (2100 + 37 * index) * GIB, "xfs", f"/data/{index:02}")
    return linux_disk(letter, 4000 * GIB, volume, style="GPT")


_DATA_NODE = Machine(
    name="hadoop-dn-11",
    hostname="hadoop-dn-11.corp.internal",
    os="LINUX",
    os_version="OPENEULER_22_03_64BIT",
    cpus=32,
    memory=131072,
    first_id=9240,
    networks=(Network("bond0", "192.168.60.11"), Network("bond1", "172.20.16.11")),
    disks=(
        linux_disk(
            "a",
            200 * GIB,
            Volume("/dev/sda1", 1 * GIB, 175 * MIB, "xfs", "/boot", "BOOT"),
            Volume("/dev/sda2", 180 * GIB, 52 * GIB, "xfs", "/", "OS"),
            Volume("/dev/sda3", 16 * GIB, 0, "swap"),
            style="GPT",
            use="OS",
        ),
        *(_data_disk(index) for index in range(1, 24)),
    ),
)

_ARCHIVE = Machine(
    name="gis-archive-01",
    hostname="gis-archive-01",
    os="LINUX",
    os_version="ROCKY_9_2_64BIT",
    firmware="UEFI",
    cpus=16,
    memory=131072,
    first_id=8510,
    networks=(Network("ens3f0", "192.168.70.4"),),
    disks=(
        linux_disk(
            "a",
            150 * GIB,
            Volume("/dev/sda1", 600 * MIB, 7 * MIB, "vfat", "/boot/efi", "BOOT"),
            Volume("/dev/sda2", 140 * GIB, 33 * GIB, "xfs", "/", "OS"),
            style="GPT",
            use="OS",
        ),
        linux_disk("b", 32 * TIB, Volume("/dev/sdb1", 32 * TIB - GIB, 31 * TIB, "LVM2_member"), style="GPT"),
    ),
    groups=(
        Group(
            "vg_archive",
            32 * TIB - GIB,
            ("/dev/sdb1",),
            (
                Logical("lv_raster", 24 * TIB, 22 * TIB, "xfs", "/archive/raster"),
                Logical("lv_vector", 7 * TIB, 4 * TIB, "xfs", "/archive/vector"),
            ),
        ),
    ),
)


def btrfs_subvolumes(now: float) -> Task:
    """Ready: two btrfs file systems with subvolumes and a snapshot."""
    return task(
        _BUILD_SERVER,
        created=now - 9 * HOUR,
        sub_tasks=sub_tasks(_BUILD_SERVER, ON_NEW_SERVER + LINUX_FILE, None, Course()),
    )


def many_disks(now: float) -> Task:
    """Ready: a data node with 24 disks."""
    return task(
        _DATA_NODE,
        created=now - 26 * HOUR,
        priority=0,
        speed_limit=5000,
        enterprise_project_id=ident("enterprise project", "analytics"),
        sub_tasks=sub_tasks(_DATA_NODE, ON_NEW_SERVER + LINUX_FILE, None, Course()),
    )


def huge_archive(now: float) -> Task:
    """Copied, but the last sync failed: the network went away. Logical volumes of up to 24 TiB."""
    began = now - 12 * DAY
    names = (*ON_EXISTING_SERVER, "FORMAT_DISK_LINUX_FILE", "MIGRATE_LINUX_FILE", "SYNC_LINUX_FILE")
    course = Course(took=(17, 86, 61, 702900), progress=12, trace="Connection to 10.60.70.4 lost.")
    return task(
        _ARCHIVE,
        created=began - DAY,
        state="SYNC_FAIL",
        connected=False,
        start_date=milliseconds(began),
        total_time=9 * DAY,
        compress_rate=2.04,
        speed_limit=800,
        exist_server=True,
        migration_ip="10.60.70.4",
        network_check_info=network_check(),
        error_json='{"error_code":"SMS.0807","error_param":"[]"}',
        source_server=source_server(_ARCHIVE, "error", "syncing"),
        target_server=target_server(_ARCHIVE, created=True, ip="10.60.70.4"),
        sub_tasks=sub_tasks(_ARCHIVE, names, began, course),
    )
