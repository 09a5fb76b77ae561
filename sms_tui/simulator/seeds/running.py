"""Running tasks, which move: one copying files, one copying blocks, one still formatting disks."""

from __future__ import annotations

from sms_tui.simulator.seeds.frame import (
    HOUR,
    LINUX_BLOCK,
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
from sms_tui.simulator.seeds.hardware import GIB, MIB, TIB, Group, Logical, Network, Volume, linux_disk
from sms_tui.simulator.store import Task

_LVM = "LVM2_member"

_CRM = Machine(
    name="crm-app-02",
    hostname="crm-app-02.corp.internal",
    os="LINUX",
    os_version="CENTOS_7_9_64BIT",
    cpus=8,
    memory=32768,
    first_id=9380,
    networks=(Network("eth0", "192.168.20.32"), Network("eth1", "172.20.8.32")),
    disks=(
        linux_disk(
            "a",
            80 * GIB,
            Volume("/dev/sda1", 1 * GIB, 243 * MIB, "xfs", "/boot", "BOOT"),
            Volume("/dev/sda2", 48 * GIB, 17 * GIB, "xfs", "/", "OS"),
            Volume("/dev/sda3", 8 * GIB, 0, "swap"),
            Volume("/dev/sda4", 20 * GIB, 20 * GIB, _LVM),
            use="OS",
        ),
        linux_disk("b", 200 * GIB, Volume("/dev/sdb1", 199 * GIB, 199 * GIB, _LVM)),
        linux_disk("c", 200 * GIB, Volume("/dev/sdc1", 199 * GIB, 179 * GIB, _LVM)),
    ),
    groups=(
        Group(
            "vg_data",
            418 * GIB,
            ("/dev/sda4", "/dev/sdb1", "/dev/sdc1"),
            (
                Logical("lv_app", 120 * GIB, 63 * GIB, "xfs", "/srv/crm"),
                Logical("lv_pgdata", 240 * GIB, 171 * GIB, "ext4", "/var/lib/pgsql"),
                Logical("lv_log", 38 * GIB, 9 * GIB, "xfs", "/var/log"),
            ),
        ),
    ),
)

_ORDERS = Machine(
    name="mysql-order-01",
    hostname="mysql-order-01",
    os="LINUX",
    os_version="EULEROS_2_10_64BIT",
    firmware="UEFI",
    cpus=16,
    memory=65536,
    first_id=9350,
    networks=(Network("ens3", "192.168.21.11"),),
    disks=(
        linux_disk(
            "a",
            100 * GIB,
            Volume("/dev/sda1", 512 * MIB, 6 * MIB, "vfat", "/boot/efi", "BOOT"),
            Volume("/dev/sda2", 98 * GIB, 21 * GIB, "ext4", "/", "OS"),
            style="GPT",
            use="OS",
        ),
        linux_disk(
            "b",
            2 * TIB,
            Volume("/dev/sdb1", 2 * TIB - 2 * MIB, 1327144894464, "xfs", "/var/lib/mysql"),
            style="GPT",
        ),
    ),
)

_FINANCE = Machine(
    name="财务-应用服务器-01",
    hostname="caiwu-app-01",
    os="LINUX",
    os_version="KYLIN_V10_64BIT",
    first_id=9330,
    networks=(Network("eth0", "192.168.31.15"),),
    disks=(
        linux_disk(
            "a",
            60 * GIB,
            Volume("/dev/sda1", 1 * GIB, 198 * MIB, "xfs", "/boot", "BOOT"),
            Volume("/dev/sda2", 50 * GIB, 14 * GIB, "xfs", "/", "OS"),
            Volume("/dev/sda3", 8 * GIB, 0, "swap"),
            use="OS",
        ),
        linux_disk("b", 300 * GIB, Volume("/dev/sdb1", 299 * GIB, 201 * GIB, "ext4", "/data/财务归档")),
    ),
)


def file_with_lvm(now: float) -> Task:
    """Files of a server with a volume group over three disks, and swap."""
    began = now - 95 * MINUTE
    trace = "Copying /var/lib/pgsql: 108.4 GB of 260.0 GB, 1184203 files."
    course = Course(took=(163, 11, 74, 52), progress=41, trace=trace, speed=294.4)
    return task(
        _CRM,
        created=began - 20 * MINUTE,
        **_running(now, began=began, remain=40 * MINUTE, speed=36.8),
        speed_limit=400,
        migration_ip="10.60.20.32",
        network_check_info=network_check(),
        source_server=source_server(_CRM, "replicate", "replicating"),
        target_server=target_server(_CRM, created=True, ip="10.60.20.32"),
        sub_tasks=sub_tasks(_CRM, ON_NEW_SERVER + LINUX_FILE, began, course),
    )


def block_uefi(now: float) -> Task:
    """Blocks of a database server with UEFI, GPT and a large data disk; nearly through."""
    began = now - 7 * HOUR
    course = Course(took=(155, 13, 69, 41), progress=93, trace="Block 1904211 of 2047999.", speed=643.2)
    return task(
        _ORDERS,
        created=began - 5 * MINUTE,
        type="MIGRATE_BLOCK",
        **_running(now, began=began, remain=12 * MINUTE, speed=80.4),
        priority=2,
        migration_ip="10.60.21.11",
        source_server=source_server(_ORDERS, "replicate", "replicating"),
        target_server=target_server(_ORDERS, created=True, ip="10.60.21.11"),
        sub_tasks=sub_tasks(_ORDERS, ON_NEW_SERVER + LINUX_BLOCK, began, course),
    )


def chinese_names(now: float) -> Task:
    """Chinese names throughout, on a cloud server that existed before; still formatting disks."""
    began = now - 3 * MINUTE
    return task(
        _FINANCE,
        created=began - HOUR,
        name="财务系统迁移任务",
        **_running(now, began=began, remain=25 * MINUTE, speed=0.0),
        exist_server=True,
        region_name="华北-北京四",
        project_name="财务部",
        source_server=source_server(_FINANCE, "replicate", "replicating"),
        target_server=target_server(_FINANCE, created=True, ip="10.60.31.15"),
        sub_tasks=sub_tasks(_FINANCE, ON_EXISTING_SERVER + LINUX_FILE, began, Course(took=(16, 88), progress=35)),
    )


def _running(now: float, *, began: float, remain: int, speed: float) -> Task:
    """The keys of a task that began then, moves `speed` MB/s and has `remain` seconds to go."""
    return {
        "state": "RUNNING",
        "start_date": milliseconds(began),
        "total_time": int(now - began),
        "remain_seconds": remain,
        "estimate_complete_time": milliseconds(now + remain),
        "migrate_speed": speed,
        "compress_rate": 1.36,
    }
