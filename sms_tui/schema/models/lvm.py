"""LVM volume groups of a Linux server and their logical volumes."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from sms_tui.schema.declare import I64, Int32, Int64, Kind, Str, Text, about


class LogicalVolumes(Kind):
    """One logical volume of an LVM volume group."""

    model_config = ConfigDict(title="Logical volume")

    block_count: Int32 = about("Block count", "How many blocks the file system has. The service assumes 0.", default=0)
    block_size: Annotated[I64, Field(ge=0, le=1048576)] | None = about(
        "Block size",
        "Size of one block of the file system, at most 1 MiB. The service assumes 0.",
        unit="bytes",
        default=0,
    )
    file_system: Text = about("File system", "File system on the volume, such as ext4 or xfs.", required=True)
    inode_size: Int32 = about(
        "Inode size",
        "Despite its name a count of inodes in the reference, so it has no unit. Compare the number of inodes.",
        required=True,
    )
    inode_nums: Int64 = about("Number of inodes", "How many inodes the file system has, as a 64-bit count.")
    device_use: Text = about(
        "Use", "Ordinary, boot or system volume. Free text here; NORMAL, BOOT and OS are usual elsewhere."
    )
    mount_point: Annotated[Str, Field(min_length=0, max_length=256)] | None = about(
        "Mount point", "Directory where the volume is mounted, such as /home.", required=True
    )
    name: Annotated[Str, Field(min_length=0, max_length=1024)] | None = about(
        "Name", "Name of the volume or its device, unique within the group.", required=True
    )
    size: Int64 = about(
        "Size", "Capacity of the volume. All volumes of a group must fit into it.", unit="bytes", required=True
    )
    used_size: Int64 = about(
        "Used size", "Space taken on the volume; cannot exceed its size.", unit="bytes", required=True
    )
    free_size: Int64 = about(
        "Free size",
        "Space left on the volume. Change it along with the size and the used size.",
        unit="bytes",
        required=True,
    )


class VolumeGroups(Kind):
    """One LVM volume group: physical volumes pooled together and divided into logical volumes."""

    model_config = ConfigDict(title="Volume group")

    components: Text = about("Physical volumes", "Physical volumes (PVs) the group is made of, all in one text.")
    free_size: Int64 = about("Free size", "Space of the group not given to any logical volume.", unit="bytes")
    logical_volumes: Annotated[list[LogicalVolumes], Field(min_length=0, max_length=255)] | None = about(
        "Logical volumes", "Volumes the group is divided into; at most 255, fewer than other lists take."
    )
    name: Text = about("Name", "Name of the volume group on its server, such as vg0.")
    size: Int64 = about(
        "Size", "Capacity of the whole group; its logical volumes together cannot be larger.", unit="bytes"
    )
