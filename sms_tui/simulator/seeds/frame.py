"""Servers, sub-tasks and the task around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sms_tui.exactjson import Json
from sms_tui.simulator.seeds import hardware
from sms_tui.simulator.seeds.hardware import Btrfs, Disk, Group, Network, ident
from sms_tui.simulator.store import Task

MINUTE, HOUR, DAY = 60, 3600, 86400

WINDOWS_BLOCK = ("FORMAT_DISK_WINDOWS", "MIGRATE_WINDOWS_BLOCK", "CONFIGURE_WINDOWS", "DETTACH_AGENT_IMAGE")
LINUX_FILE = ("FORMAT_DISK_LINUX_FILE", "MIGRATE_LINUX_FILE", "CONFIGURE_LINUX_FILE", "DETTACH_AGENT_IMAGE")
LINUX_BLOCK = ("FORMAT_DISK_LINUX_BLOCK", "MIGRATE_LINUX_BLOCK", "CONFIGURE_LINUX_BLOCK", "DETTACH_AGENT_IMAGE")
ON_NEW_SERVER = ("CREATE_CLOUD_SERVER", "SSL_CONFIG", "ATTACH_AGENT_IMAGE")
ON_EXISTING_SERVER = ("SSL_CONFIG", "ATTACH_AGENT_IMAGE")


@dataclass(frozen=True, kw_only=True)
class Machine:
    """A server to be migrated. `first_id` numbers its sub-tasks; its disks and volumes have numbers made from it."""

    name: str
    hostname: str
    os: Literal["LINUX", "WINDOWS"]
    os_version: str
    disks: tuple[Disk, ...]
    networks: tuple[Network, ...]
    first_id: int
    firmware: Literal["BIOS", "UEFI"] = "BIOS"
    cpus: int = 4
    memory: int = 8192
    groups: tuple[Group, ...] = ()
    btrfs: tuple[Btrfs, ...] = ()

    @property
    def ip(self) -> str:
        """The address of the first card."""
        return self.networks[0].ip

    def description(self) -> Task:
        """The keys that describe the server on both sides."""
        return {
            "hostname": self.hostname,
            "os_type": self.os,
            "os_version": self.os_version,
            "firmware": self.firmware,
            "cpu_quantity": self.cpus,
            "memory": self.memory,
            "btrfs_list": hardware.btrfs_list(self.btrfs),
            "networks": hardware.networks(self.name, self.networks),
            "volume_groups": hardware.volume_groups(self.groups),
            **(_LINUX if self.os == "LINUX" else _WINDOWS),
        }


_LINUX: Task = {"has_rsync": True, "paravirtualization": False, "raw_devices": "", "boot_loader": "GRUB"}
_WINDOWS: Task = {
    "driver_files": False,
    "system_services": False,
    "account_rights": True,
    "system_dir": "C:\\Windows\\System32",
}


def source_server(machine: Machine, state: str, cycle: str) -> Task:
    """The server as the agent on it registered it."""
    return {
        "id": ident(machine.name, "source"),
        "ip": machine.ip,
        "name": machine.name,
        **machine.description(),
        "virtualization_type": "FULL_VIRTUALIZATION",
        "disks": hardware.source_disks(machine.name, machine.os, machine.disks),
        "agent_version": "24.9.0",
        "kernel_version": "5.10.0-182.0.0.95" if machine.os == "LINUX" else "",
        "migration_cycle": cycle,
        "state": state,
        "oem_system": False,
        "start_type": "MANUAL",
        "io_read_wait": 1.25,
    }


def target_server(machine: Machine, *, created: bool, ip: str | None) -> Task:
    """The server it is to become; before it is `created` it has no cloud server and no cloud disks."""
    return {
        "id": ident(machine.name, "target"),
        "ip": ip,
        "name": machine.name,
        **machine.description(),
        "vm_id": ident(machine.name, "cloud server") if created else "",
        "flavor": f"c7.{machine.cpus // 4 or 1}xlarge.2",
        "disks": hardware.target_disks(
            machine.name, machine.os, machine.disks, 80000 + machine.first_id, created=created
        ),
        "image_disk_id": ident(machine.name, "agent disk") if created else None,
        "snapshot_ids": None,
        "cutovered_snapshot_ids": None,
    }


@dataclass(frozen=True, kw_only=True)
class Course:
    """How far the sub-tasks got: those in `took` ended after so many seconds each, the next stands at `progress`."""

    took: tuple[int, ...] = ()
    progress: int = 0
    trace: str = ""
    speed: float = 0.0


def sub_tasks(machine: Machine, names: Sequence[str], began: float | None, course: Course) -> list[Json]:
    """The sub-tasks one after the other from `began` (epoch seconds) on; None began nothing."""
    steps: list[Json] = []
    at = began
    for index, name in enumerate(names):
        step: Task = {
            "id": machine.first_id + index,
            "name": name,
            "progress": 0,
            "start_date": None,
            "end_date": None,
            "migrate_speed": 0.0,
            "user_op": "REPLICATE",
            "process_trace": "",
        }
        if at is not None and index < len(course.took):
            step |= {"progress": 100, "start_date": milliseconds(at)}
            at += course.took[index]
            step["end_date"] = milliseconds(at)
        elif at is not None and index == len(course.took):
            step |= {"progress": course.progress, "start_date": milliseconds(at)}
            step |= {"process_trace": course.trace, "migrate_speed": course.speed}
        steps.append(step)
    return steps


def task(machine: Machine, *, created: float, **more: Json) -> Task:
    """A task made `created` (epoch seconds) and not started; `more` are the keys in which it differs, or has more."""
    return {
        "id": ident(machine.name, "task"),
        "name": machine.name,
        "type": "MIGRATE_BLOCK" if machine.os == "WINDOWS" else "MIGRATE_FILE",
        "os_type": machine.os,
        "state": "READY",
        "connected": True,
        "estimate_complete_time": None,
        "create_date": milliseconds(created),
        "start_date": None,
        "finish_date": None,
        "priority": 1,
        "speed_limit": 0,
        "migrate_speed": 0.0,
        "compress_rate": 0.0,
        "start_target_server": True,
        "exist_server": False,
        "error_json": "",
        "total_time": 0,
        "remain_seconds": None,
        "float_ip": None,
        "migration_ip": None,
        "vm_template_id": ident("template", machine.os),
        "region_name": "cn-north-4",
        "region_id": "cn-north-4",
        "project_name": "cn-north-4",
        "project_id": ident("project").replace("-", ""),
        "enterprise_project_id": "0",
        "target_snapshot_id": None,
        "source_server": source_server(machine, "waiting", "setting"),
        "target_server": target_server(machine, created=False, ip=None),
        "clone_server": None,
        "network_check_info": None,
        **more,
    }


def milliseconds(seconds: float) -> int:
    """Epoch milliseconds, as the service counts dates."""
    return int(seconds * 1000)


def network_check() -> Task:
    """What the check of the line found before the start."""
    return {
        "domain_connectivity": True,
        "destination_connectivity": True,
        "network_delay": 6.4,
        "network_jitter": 0.8,
        "migration_speed": 412.5,
        "loss_percentage": 0.0,
        "cpu_usage": 23.0,
        "mem_usage": 41.5,
        "evaluation_result": "6",
    }
