"""Windows servers: one with a wrong volume size, one paused, one finished, one full of nulls."""

from __future__ import annotations

from typing import cast

from sms_tui.simulator.seeds.frame import (
    DAY,
    HOUR,
    MINUTE,
    ON_EXISTING_SERVER,
    ON_NEW_SERVER,
    WINDOWS_BLOCK,
    Course,
    Machine,
    milliseconds,
    network_check,
    source_server,
    sub_tasks,
    target_server,
    task,
)
from sms_tui.simulator.seeds.hardware import GIB, MIB, Disk, Network, Volume, ident
from sms_tui.simulator.store import Task


def _system_disk(size: int, used: int) -> Disk:
    reserved = Volume("System Reserved", 500 * MIB, 37 * MIB, "NTFS", use="BOOT")
    return Disk("Disk 0", size, (reserved, Volume("C:", size - GIB, used, "NTFS", use="OS")), use="OS")


_ERP = Machine(
    name="erp-db-01",
    hostname="ERP-DB-01",
    os="WINDOWS",
    os_version="WINDOWS2019_64BIT",
    cpus=8,
    memory=32768,
    first_id=9410,
    networks=(Network("Ethernet0", "192.168.12.41"),),
    disks=(
        _system_disk(100 * GIB, 46 * GIB),
        Disk(
            "Disk 1",
            300 * GIB,
            (Volume("D:", 200 * GIB, 131 * GIB, "NTFS"), Volume("E:", 80 * GIB, 22 * GIB, "NTFS")),
        ),
    ),
)

_DOMAIN_CONTROLLER = Machine(
    name="ad-dc-02",
    hostname="AD-DC-02",
    os="WINDOWS",
    os_version="WINDOWS2016_64BIT",
    first_id=9120,
    networks=(Network("Ethernet0", "192.168.10.12"),),
    disks=(_system_disk(80 * GIB, 39 * GIB),),
)

_REPORTS = Machine(
    name="finance-report-01",
    hostname="FIN-REPORT-01",
    os="WINDOWS",
    os_version="WINDOWS2022_64BIT",
    firmware="UEFI",
    cpus=8,
    memory=16384,
    first_id=8730,
    networks=(Network("Ethernet0", "192.168.30.21"), Network("Ethernet1", "172.20.4.21")),
    disks=(
        Disk(
            "Disk 0",
            120 * GIB,
            (
                Volume("EFI", 100 * MIB, 31 * MIB, "FAT32", use="BOOT"),
                Volume("C:", 119 * GIB, 58 * GIB, "NTFS", use="OS"),
            ),
            style="GPT",
            use="OS",
        ),
        Disk("Disk 1", 500 * GIB, (Volume("D:", 499 * GIB, 287 * GIB, "NTFS"),), style="GPT"),
    ),
)

_PRINT_SERVER = Machine(
    name="legacy-print-01",
    hostname="PRINT01",
    os="WINDOWS",
    os_version="WINDOWS2008_64BIT",
    cpus=2,
    memory=4096,
    first_id=7950,
    networks=(Network("Local Area Connection", "192.168.4.9"),),
    disks=(_system_disk(60 * GIB, 27 * GIB),),
)


def wrong_volume_size(now: float) -> Task:
    """Ready but for the target's volume D:, whose size has a zero too many: 2000 GiB instead of 200 on a 300 GiB disk.

    The source has it right, and so does `free_size`: taking the zero away clears every finding.
    """
    target = target_server(_ERP, created=False, ip="10.60.12.41")
    volume_d = cast("list[dict[str, list[Task]]]", target["disks"])[1]["physical_volumes"][0]
    volume_d["size"] = 2000 * GIB
    return task(
        _ERP,
        created=now - 5 * MINUTE,
        name="erp-db-01 (wrong volume size)",
        priority=2,
        target_server=target,
        sub_tasks=sub_tasks(_ERP, ON_NEW_SERVER + WINDOWS_BLOCK, None, Course()),
    )


def paused(now: float) -> Task:
    """Paused half-way. No state of a task says so: the task is ABORT, the source server `stopped` (paused)."""
    began = now - 2 * DAY
    trace = "Paused by the operator after 31.2 GB of 65.4 GB."
    course = Course(took=(148, 12, 65, 31), progress=47, trace=trace)
    return task(
        _DOMAIN_CONTROLLER,
        created=began - 10 * MINUTE,
        state="ABORT",
        start_date=milliseconds(began),
        total_time=6120,
        speed_limit=100,
        compress_rate=1.21,
        migration_ip="10.60.10.12",
        source_server=source_server(_DOMAIN_CONTROLLER, "stopped", "replicating"),
        target_server=target_server(_DOMAIN_CONTROLLER, created=True, ip="10.60.10.12"),
        sub_tasks=sub_tasks(_DOMAIN_CONTROLLER, ON_NEW_SERVER + WINDOWS_BLOCK, began, course),
    )


def finished_with_clone(now: float) -> Task:
    """Migrated, started and cloned for a test.

    Its second source disk says NORMAL, as live services have been seen to do though the reference does not allow it.
    """
    source = source_server(_REPORTS, "finished", "cutovered")
    cast("list[Task]", source["disks"])[1]["device_use"] = "NORMAL"
    began = now - 6 * DAY
    took = (171, 14, 71, 48, 21840, 95, 38)
    return task(
        _REPORTS,
        created=began - HOUR,
        state="MIGRATE_SUCCESS",
        start_date=milliseconds(began),
        finish_date=milliseconds(began + sum(took)),
        estimate_complete_time=milliseconds(began + sum(took)),
        total_time=sum(took),
        remain_seconds=0,
        compress_rate=1.48,
        migration_ip="10.60.30.21",
        network_check_info=network_check(),
        source_server=source,
        target_server=target_server(_REPORTS, created=True, ip="10.60.30.21"),
        clone_server={
            "vm_id": ident(_REPORTS.name, "clone"),
            "name": "finance-report-01-clone",
            "clone_error": "",
            "clone_state": "FINISHED",
            "error_msg": "",
        },
        sub_tasks=sub_tasks(_REPORTS, ON_NEW_SERVER + WINDOWS_BLOCK, began, Course(took=took)),
    )


def mostly_null(now: float) -> Task:
    """An old server whose agent lost its line: null wherever the service knows nothing."""
    unknown_source: Task = dict.fromkeys(("hostname", "kernel_version", "io_read_wait", "start_type", "memory"))
    unknown_target: Task = dict.fromkeys(("hostname", "vm_id", "flavor", "cpu_quantity", "memory", "networks"))
    unknown: Task = dict.fromkeys(
        (
            "priority",
            "speed_limit",
            "migrate_speed",
            "compress_rate",
            "error_json",
            "total_time",
            "enterprise_project_id",
            "project_name",
        )
    )
    return task(
        _PRINT_SERVER,
        created=now - 40 * DAY,
        connected=False,
        exist_server=True,
        **unknown,
        source_server={**source_server(_PRINT_SERVER, "unavailable", "checking"), **unknown_source},
        target_server={**target_server(_PRINT_SERVER, created=False, ip=None), **unknown_target},
        sub_tasks=sub_tasks(_PRINT_SERVER, ON_EXISTING_SERVER + WINDOWS_BLOCK, None, Course()),
    )
