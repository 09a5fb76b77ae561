"""Linux servers that stand still: one ready, one in step with its target, one failed."""

from __future__ import annotations

from sms_tui.simulator.seeds.frame import (
    DAY,
    HOUR,
    LINUX_FILE,
    MINUTE,
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
from sms_tui.simulator.seeds.hardware import GIB, MIB, TIB, Disk, Network, Volume, linux_disk
from sms_tui.simulator.store import Task


def _system_disk(size: int, used: int) -> Disk:
    return linux_disk(
        "a",
        size,
        Volume("/dev/sda1", 1 * GIB, 212 * MIB, "xfs", "/boot", "BOOT"),
        Volume("/dev/sda2", size - 6 * GIB, used, "xfs", "/", "OS"),
        Volume("/dev/sda3", 4 * GIB, 0, "swap"),
        use="OS",
    )


_PORTAL = Machine(
    name="web-portal-03",
    hostname="web-portal-03",
    os="LINUX",
    os_version="UBUNTU_22_04_64BIT",
    first_id=9400,
    networks=(Network("ens160", "192.168.40.33"),),
    disks=(_system_disk(40 * GIB, 11 * GIB),),
)

_MAIL = Machine(
    name="oa-mail-01",
    hostname="oa-mail-01.corp.internal",
    os="LINUX",
    os_version="REDHAT_8_6_64BIT",
    cpus=8,
    memory=16384,
    first_id=9210,
    networks=(Network("eth0", "192.168.22.8"),),
    disks=(
        _system_disk(80 * GIB, 26 * GIB),
        linux_disk("b", 1 * TIB, Volume("/dev/sdb1", 1023 * GIB, 702 * GIB, "ext4", "/var/spool")),
    ),
)

_SHARE = Machine(
    name="nfs-share-01",
    hostname="nfs-share-01",
    os="LINUX",
    os_version="DEBIAN_11_64BIT",
    first_id=8990,
    networks=(Network("eth0", "192.168.23.5"),),
    disks=(
        _system_disk(50 * GIB, 8 * GIB),
        linux_disk("b", 800 * GIB, Volume("/dev/sdb1", 799 * GIB, 514 * GIB, "xfs", "/export")),
    ),
)


def ready(now: float) -> Task:
    """Ready to start; the target is to stay switched off."""
    return task(
        _PORTAL,
        created=now - 40 * MINUTE,
        start_target_server=False,
        network_check_info=network_check(),
        sub_tasks=sub_tasks(_PORTAL, ON_NEW_SERVER + LINUX_FILE, None, Course()),
    )


def syncing(now: float) -> Task:
    """Copied once, and kept in step since: no cut-over steps yet, a sync step instead."""
    began = now - 3 * DAY
    names = (*ON_EXISTING_SERVER, "FORMAT_DISK_LINUX_BLOCK", "MIGRATE_LINUX_BLOCK", "SYNC_LINUX_BLOCK")
    trace = "Third pass, 1.9 GB changed since the second."
    course = Course(took=(15, 80, 47, 46210), progress=78, trace=trace, speed=30.0)
    return task(
        _MAIL,
        created=began - DAY,
        state="SYNCING",
        type="MIGRATE_BLOCK",
        start_date=milliseconds(began),
        total_time=3 * DAY,
        migrate_speed=3.75,
        compress_rate=1.12,
        exist_server=True,
        migration_ip="10.60.22.8",
        source_server=source_server(_MAIL, "syncing", "syncing"),
        target_server=target_server(_MAIL, created=True, ip="10.60.22.8"),
        sub_tasks=sub_tasks(_MAIL, names, began, course),
    )


def failed(now: float) -> Task:
    """Failed: somebody attached a disk to the source while it was copied."""
    began = now - 4 * DAY
    trace = (
        "Disk check before the second pass: /dev/sdc (107374182400 bytes) is attached to the source but not part of "
        "the task. The task stops. Detach the disk, or delete the task and register the source again."
    )
    course = Course(took=(159, 12, 70, 44), progress=63, trace=trace)
    return task(
        _SHARE,
        created=began - 30 * MINUTE,
        state="MIGRATE_FAIL",
        start_date=milliseconds(began),
        finish_date=milliseconds(began + 5 * HOUR),
        total_time=5 * HOUR,
        compress_rate=1.05,
        error_json='{"error_code":"SMS.0515","error_param":"[]"}',
        migration_ip="10.60.23.5",
        source_server=source_server(_SHARE, "error", "replicating"),
        target_server=target_server(_SHARE, created=True, ip="10.60.23.5"),
        sub_tasks=sub_tasks(_SHARE, ON_NEW_SERVER + LINUX_FILE, began, course),
    )
