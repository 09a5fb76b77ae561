"""What a sample server is made of, declared once and written out for both sides of a migration."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Literal

from sms_tui.exactjson import Json

MIB = 1024**2
GIB = 1024**3
TIB = 1024**4

Use = Literal["NORMAL", "OS", "BOOT"]
Style = Literal["MBR", "GPT"]
_NAMESPACE = uuid.UUID("8d3f3c1e-5b0c-4f5e-9a53-2f6d1c7be0a4")


def ident(*names: str | int) -> str:
    """A UUID that looks random and is the same in every run."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(map(str, names))))


@dataclass(frozen=True)
class Volume:
    """A partition; sizes in bytes."""

    name: str
    size: int
    used: int
    file_system: str
    mount: str | None = None
    use: Use = "NORMAL"


@dataclass(frozen=True)
class Disk:
    """A disk of `size` bytes; on the target a Linux disk is related to the name in `target_name`."""

    name: str
    size: int
    volumes: tuple[Volume, ...]
    style: Style = "MBR"
    use: Use = "NORMAL"
    target_name: str | None = None

    @property
    def allocated(self) -> int:
        """Bytes given to volumes, which is what the service calls the used size of a disk."""
        return sum(volume.size for volume in self.volumes)


@dataclass(frozen=True)
class Logical:
    """A logical volume; sizes in bytes."""

    name: str
    size: int
    used: int
    file_system: str
    mount: str


@dataclass(frozen=True)
class Group:
    """A volume group of `size` bytes over the partitions named in `components`."""

    name: str
    size: int
    components: tuple[str, ...]
    volumes: tuple[Logical, ...]


@dataclass(frozen=True)
class Subvolume:
    """A subvolume of btrfs, or a snapshot of one."""

    name: str
    mount: str
    is_snapshot: bool = False


@dataclass(frozen=True)
class Btrfs:
    """A btrfs file system on a volume; the first subvolume is the default one."""

    name: str
    volume: Volume
    subvolumes: tuple[Subvolume, ...]


@dataclass(frozen=True)
class Network:
    """A network card in a /24."""

    name: str
    ip: str


def linux_disk(letter: str, size: int, *volumes: Volume, style: Style = "MBR", use: Use = "NORMAL") -> Disk:
    """The disk `/dev/sd…` of the source, which becomes `/dev/vd…`."""
    return Disk(f"/dev/sd{letter}", size, volumes, style, use, f"/dev/vd{letter}")


def source_disks(host: str, os: str, disks: tuple[Disk, ...]) -> list[Json]:
    """The disks as ServerDisk. The reference knows only BOOT and OS there, so a data disk says BOOT."""
    return [
        {
            "name": disk.name,
            "partition_style": disk.style,
            "device_use": "OS" if disk.use == "OS" else "BOOT",
            "size": disk.size,
            "used_size": disk.allocated,
            "physical_volumes": [
                _source_volume(host, os, volume, index) for index, volume in enumerate(disk.volumes, 1)
            ],
            "os_disk": disk.use == "OS",
            "relation_name": disk.target_name,
        }
        for disk in disks
    ]


def _source_volume(host: str, os: str, volume: Volume, index: int) -> Json:
    details: dict[str, Json] = {"size_per_cluster": 4096}
    if os == "LINUX":
        details = {"inode_size": 512, "inode_nums": volume.size // 16384}
    return {
        "device_use": volume.use,
        "file_system": volume.file_system,
        "index": index,
        "mount_point": volume.mount,
        "name": volume.name,
        "size": volume.size,
        "used_size": volume.used,
        **details,
        "uuid": _volume_uuid(host, os, volume),
    }


def target_disks(host: str, os: str, disks: tuple[Disk, ...], first_id: int, *, created: bool) -> list[Json]:
    """The disks as TargetDisk, with ids from `first_id` on; `created` disks have the id of a cloud disk."""
    volume_ids = count(first_id * 2)
    return [
        {
            "id": first_id + index,
            "name": disk.name,
            "relation_name": disk.target_name,
            "disk_id": ident(host, "cloud disk", index) if created else str(index),
            "partition_style": disk.style,
            "size": disk.size,
            "used_size": disk.allocated,
            "device_use": disk.use,
            "os_disk": disk.use == "OS",
            "physical_volumes": list(_target_volumes(host, os, disk, volume_ids)),
            "disk_index": str(index),
        }
        for index, disk in enumerate(disks)
    ]


def _target_volumes(host: str, os: str, disk: Disk, ids: Iterator[int]) -> Iterator[Json]:
    for index, volume in enumerate(disk.volumes, 1):
        yield {
            "id": next(ids),
            "uuid": _volume_uuid(host, os, volume),
            "index": index,
            "name": volume.name,
            "relation_name": f"{disk.target_name}{index}" if disk.target_name else None,
            "device_use": volume.use,
            "file_system": volume.file_system,
            "mount_point": volume.mount,
            "size": volume.size,
            "used_size": volume.used,
            "free_size": volume.size - volume.used,
        }


def _volume_uuid(host: str, os: str, volume: Volume) -> str:
    plain = ident(host, volume.name)
    return f"\\\\?\\Volume{{{plain}}}\\" if os == "WINDOWS" else plain


def volume_groups(groups: tuple[Group, ...]) -> list[Json]:
    """The groups as VolumeGroups, the same on both sides."""
    return [
        {
            "components": ";".join(group.components),
            "free_size": group.size - sum(volume.size for volume in group.volumes),
            "logical_volumes": [_logical_volume(volume) for volume in group.volumes],
            "name": group.name,
            "size": group.size,
        }
        for group in groups
    ]


def _logical_volume(volume: Logical) -> Json:
    return {
        "block_count": volume.size // (4 * MIB),
        "block_size": 4096,
        "file_system": volume.file_system,
        "inode_size": 512,
        "inode_nums": volume.size // 16384,
        "device_use": "NORMAL",
        "mount_point": volume.mount,
        "name": volume.name,
        "size": volume.size,
        "used_size": volume.used,
        "free_size": volume.size - volume.used,
    }


def networks(host: str, cards: tuple[Network, ...]) -> list[Json]:
    """The cards as NetWork, with addresses in Huawei Cloud's range of MACs."""
    return [
        {
            "name": card.name,
            "ip": card.ip,
            "netmask": "255.255.255.0",
            "gateway": card.ip.rpartition(".")[0] + ".1",
            "mtu": 1500,
            "mac": "fa:16:3e:" + ":".join(ident(host, card.name)[at : at + 2] for at in (0, 2, 4)),
            "id": ident(host, "network", card.name),
        }
        for card in cards
    ]


def btrfs_list(systems: tuple[Btrfs, ...]) -> list[Json]:
    """The file systems as BtrfsFileSystem, the same on both sides."""
    return [
        {
            "name": system.name,
            "label": system.name,
            "uuid": ident(system.name),
            "device": system.volume.name,
            "size": system.volume.size,
            "nodesize": 16384,
            "sectorsize": 4096,
            "data_profile": "single",
            "system_profile": "DUP",
            "metadata_profile": "DUP",
            "global_reserve1": "single",
            "g_vol_used_size": system.volume.used,
            "default_subvolid": "256",
            "default_subvol_name": system.subvolumes[0].name,
            "default_subvol_mountpath": system.volume.mount,
            "subvolumn": [_subvolume(system, entry, 256 + at) for at, entry in enumerate(system.subvolumes)],
        }
        for system in systems
    ]


def _subvolume(system: Btrfs, subvolume: Subvolume, number: int) -> Json:
    return {
        "uuid": ident(system.name, subvolume.name),
        "is_snapshot": str(subvolume.is_snapshot).lower(),
        "subvol_id": str(number),
        "parent_id": "5",
        "subvol_name": subvolume.name,
        "subvol_mount_path": subvolume.mount,
    }
