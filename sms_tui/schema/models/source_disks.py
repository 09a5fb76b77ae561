"""Disks of the source server and the volumes on them."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict

from sms_tui.schema.declare import Boolean, Int32, Int64, Kind, ListOf, OneOf, Str, Text, about
from sms_tui.schema.models.enumerations import STYLE_MEANINGS, USE_MEANINGS, PartitionStyle


class PhysicalVolume(Kind):
    """One partition or volume on a disk of the source server."""

    model_config = ConfigDict(title="Source volume")

    device_use: Text = about("Use", "Ordinary, boot or system volume. Free text here; usually NORMAL, BOOT or OS.")
    file_system: Text = about("File system", "File system found on the volume, such as NTFS, ext4 or xfs.")
    index: Int32 = about("Index", "Position of the volume among those of its disk.")
    mount_point: Text = about("Mount point", "Directory where Linux mounts the volume; Windows volumes send null.")
    name: Text = about("Name", "Drive letter such as C: on Windows, device such as /dev/vda1 on Linux.")
    size: Int64 = about("Size", "Capacity of the volume. The target volume must hold what is used of it.", unit="bytes")
    used_size: Int64 = about(
        "Used size", "Space taken on the volume, and so roughly what is to be copied.", unit="bytes"
    )
    inode_size: Int32 = about(
        "Inode size",
        "Despite its name a count of inodes in the reference, so it has no unit. Compare the number of inodes.",
    )
    inode_nums: Int64 = about("Number of inodes", "How many inodes the file system has, as a 64-bit count.")
    uuid: Text = about(
        "UUID",
        "GUID of the volume, as the source knows it. On Windows \\\\?\\Volume{...}\\; in JSON double each backslash.",
    )
    size_per_cluster: Int32 = about(
        "Cluster size", "Smallest amount of space the file system gives to a file.", unit="bytes"
    )


class ServerDisk(Kind):
    """One disk of the source server, with the volumes on it."""

    model_config = ConfigDict(title="Source disk")

    name: Text = about("Name", "Name of the disk on the source, such as Disk 0 or /dev/vda.", required=True)
    partition_style: PartitionStyle = about(
        "Partition style",
        "Kind of partition table. Only GPT reaches beyond 2 TiB. Needed when a source is registered.",
        meanings=STYLE_MEANINGS,
    )
    device_use: Annotated[Str, OneOf("BOOT", "OS")] | None = about(
        "Use",
        "What the disk is for. The reference names two uses, but real sources also send NORMAL for data disks.",
        required=True,
        meanings={member: USE_MEANINGS[member] for member in ("BOOT", "OS")},
    )
    size: Int64 = about("Size", "Capacity of the whole disk.", unit="bytes", required=True)
    used_size: Int64 = about(
        "Used size", "Space taken on the disk; its target disk must be larger than this.", unit="bytes", required=True
    )
    physical_volumes: ListOf[PhysicalVolume] = about(
        "Volumes", "Partitions on the disk. Together they cannot be larger than the disk.", required=True
    )
    os_disk: Boolean = about("System disk", "Whether the operating system is on this disk; one disk should say so.")
    relation_name: Text = about(
        "Linked target disk", "Linux only: name of the disk on the target server that this disk is copied to."
    )
    inode_size: Int32 = about("Inode size", "Despite its name a count of inodes in the reference, so it has no unit.")
