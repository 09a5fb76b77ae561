"""A value that a field takes, for people who want to see one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sms_tui.schema.registry import FieldSpec

Example = str | int | float | bool

_ID: Final = "6d5f1c2e-8f0b-4c7d-9a43-2b1e0c9d7f65"
_PROFILE: Final = "single"
_BY_UNIT: Final[Mapping[str, int]] = {"bytes": 42_949_672_960, "epoch ms": 1_598_435_778_000}

_BY_NAME: Final[Mapping[str, Example]] = {
    **{"agent_version": "24.9.0", "block_count": 10_240, "block_size": 4096, "clone_error": "SMS.0202"},
    **{"clone_state": "RUNNING", "components": "/dev/vdb1", "cpu_quantity": 4, "cutovered_snapshot_ids": _ID},
    **{"data_profile": _PROFILE, "metadata_profile": "dup", "system_profile": "dup", "global_reserve1": _PROFILE},
    **{"default_subvol_mountpath": "/", "default_subvol_name": "@", "default_subvolid": "256", "device": "/dev/vdb"},
    **{"device_use": "NORMAL", "disk_id": "0", "disk_index": "0", "domain_id": "0a1b2c3d4e5f67890a1b2c3d4e5f6789"},
    **{"enterprise_project_id": "0", "error_json": '{"error_code": "SMS.0202"}', "error_msg": "Cloning failed."},
    **{"file_system": "ext4", "flavor": "s6.large.2", "float_ip": "203.0.113.10", "gateway": "192.168.0.1"},
    **{"hostname": "web-01", "id": _ID, "image_disk_id": _ID, "index": 1, "inode_nums": 655_360, "inode_size": 256},
    **{"io_read_wait": 1.5, "ip": "192.168.0.154", "is_snapshot": "false", "kernel_version": "5.10.0-60.18.0"},
    **{"label": "data", "linux_block_check": "OK", "mac": "fa:16:3e:4d:11:02", "memory": 8192, "migrate_speed": 12.5},
    **{"migration_ip": "192.168.0.20", "mount_point": "/data", "mtu": 1500, "name": "web-01"},
    **{"netmask": "255.255.255.0", "nodesize": 16_384, "os_version": "CENTOS_7_9_64BIT", "parent_id": "5"},
    **{"process_trace": "40 % of /dev/vda1 copied", "progress": 40, "project_name": "cn-north-4"},
    **{"project_id": "00a1b2c3d4e5f67890a1b2c3d4e5f678", "raw_devices": "/dev/vdc", "region_id": "cn-north-4"},
    **{"region_name": "CN North-Beijing4", "relation_name": "/dev/vdb", "remain_seconds": 5400, "sectorsize": 4096},
    **{"size_per_cluster": 4096, "snapshot_ids": _ID, "speed_limit": 50, "state": "RUNNING", "subvol_id": "256"},
    **{"subvol_mount_path": "/home", "subvol_name": "@home", "system_dir": "/boot", "target_snapshot_id": _ID},
    **{"total_time": 115, "user_op": "REPLICATE", "uuid": "586b7157-7a3d-4d0e-9c55-501f00000000"},
    **{"virtualization_type": "KVM", "vm_id": _ID, "vm_template_id": _ID},
}
_BY_KIND: Final[Mapping[tuple[str, str], Example]] = {
    **{("SubTask", "id"): 7278, ("TargetDisk", "id"): 88_008, ("TargetPhysicalVolumes", "id"): 135_055},
    **{("ServerDisk", "name"): "/dev/vda", ("TargetDisk", "name"): "/dev/vda", ("NetWork", "name"): "eth0"},
    **{("PhysicalVolume", "name"): "/dev/vda1", ("TargetPhysicalVolumes", "name"): "/dev/vda1"},
    **{
        ("LogicalVolumes", "name"): "/dev/vg00/data",
        ("VolumeGroups", "name"): "vg00",
        ("BtrfsFileSystem", "name"): "data",
    },
    **{("SubTask", "name"): "MIGRATE_LINUX_FILE", ("SubTask", "migrate_speed"): 100.0},
}
"""Where a field of that name is something else than elsewhere."""


def example(spec: FieldSpec) -> Example | None:
    """A value that a field takes; None for an object or a list."""
    if spec.of is not None:
        return None
    if spec.enum is not None:
        return next((member for member in spec.enum if member), spec.enum[0])
    if spec.type == "boolean":
        return True
    named = _BY_KIND.get((spec.kind, spec.name), _BY_NAME.get(spec.name))
    return named if named is not None else _BY_UNIT[spec.unit or ""]
