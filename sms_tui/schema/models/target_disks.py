"""Disks of the target server and the volumes on them."""

from __future__ import annotations

from pydantic import ConfigDict

from sms_tui.schema.declare import Boolean, Int32, Int64, Kind, ListOf, Text, about
from sms_tui.schema.models.enumerations import STYLE_MEANINGS, USE_MEANINGS, PartitionStyle, TargetUse


class TargetPhysicalVolumes(Kind):
    """One partition or volume to be made on a disk of the target server."""

    model_config = ConfigDict(title="Target volume")

    id: Int64 = about("Volume ID", "Number the service gave this volume. An integer, not text.", owner="service")
    device_use: TargetUse = about(
        "Use",
        "What the volume is for. Taken as ordinary data when the key is left out.",
        default="NORMAL",
        meanings=USE_MEANINGS,
    )
    file_system: Text = about("File system", "File system the volume gets, such as NTFS, ext4 or xfs.")
    index: Int32 = about("Index", "Number of the volume on its disk; no two volumes of a disk should share one.")
    mount_point: Text = about("Mount point", "Directory where Linux mounts the volume; Windows volumes send null.")
    name: Text = about("Name", "Drive letter such as Z: on Windows, device such as /dev/vda1 on Linux.")
    size: Int64 = about("Size", "Capacity of the volume. All volumes of a disk must fit on it together.", unit="bytes")
    used_size: Int64 = about("Used size", "Space the data takes on the volume; cannot exceed its size.", unit="bytes")
    uuid: Text = about(
        "UUID", "Identity of the volume. On Windows \\\\?\\Volume{...}\\; in JSON double each backslash."
    )
    relation_name: Text = about(
        "Linked disk", "Linux only: name on the target server of the disk that belongs to the source's."
    )
    free_size: Int64 = about(
        "Free size", "Space left on the volume. Change it along with the size and the used size.", unit="bytes"
    )


class TargetDisk(Kind):
    """One disk of the target server, with the volumes to be made on it."""

    model_config = ConfigDict(title="Target disk")

    id: Int64 = about(
        "Record ID",
        "Number the service gave this entry. An integer; the disk itself goes by its disk ID.",
        owner="service",
    )
    device_use: TargetUse = about(
        "Use",
        "What the disk is for. Taken as ordinary data when the key is left out.",
        default="NORMAL",
        meanings=USE_MEANINGS,
    )
    disk_id: Text = about(
        "Disk ID",
        'ID of the cloud disk, or a number as text such as "0". The service may refuse a disk without it (SMS.6103).',
    )
    name: Text = about("Name", "Name of the disk, such as Disk 1 or /dev/vda.")
    physical_volumes: ListOf[TargetPhysicalVolumes] = about(
        "Volumes", "Partitions to be made on the disk. Together they cannot be larger than the disk."
    )
    size: Int64 = about(
        "Size",
        "Capacity of the disk. Too small for what the source disk uses, and the service refuses it.",
        unit="bytes",
    )
    used_size: Int64 = about("Used size", "Space the data takes on the disk; cannot exceed its size.", unit="bytes")
    disk_index: Text = about("Disk index", 'Position of the disk: a number written as text, such as "0".')
    os_disk: Boolean = about(
        "System disk", "Whether the operating system goes on this disk; exactly one disk should say so."
    )
    partition_style: PartitionStyle = about(
        "Partition style", "Kind of partition table. Only GPT reaches beyond 2 TiB.", meanings=STYLE_MEANINGS
    )
    relation_name: Text = about(
        "Linked disk", "Linux only: name on the target server of the disk that belongs to the source's."
    )
