"""The target server of a migration."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from sms_tui.schema.declare import I32, Boolean, Int64, Kind, ListOf, Text, about
from sms_tui.schema.models.btrfs import BtrfsFileSystem
from sms_tui.schema.models.enumerations import FIRMWARE_MEANINGS, OS_MEANINGS, BootLoader, Firmware, ServerOs
from sms_tui.schema.models.lvm import VolumeGroups
from sms_tui.schema.models.network import NetWork
from sms_tui.schema.models.target_disks import TargetDisk


class TargetServer(Kind):
    """The server the data is copied to. When one part of it changes, the whole object is sent."""

    model_config = ConfigDict(title="Target server")

    id: Text = about(
        "Source ID",
        "Identity of the source server in SMS, as the reference has it. The target machine goes by its server ID.",
        owner="service",
    )
    ip: Text = about(
        "IP address",
        "Address of the target server. The key is required, though the service sends null until there is one.",
        required=True,
    )
    name: Text = about(
        "Name", "Name of the target server. The key is required, but empty text is allowed.", required=True
    )
    hostname: Text = about("Host name", "Name the target's own system goes by.")
    os_type: ServerOs = about(
        "Operating system",
        "Family of the target's operating system. Task, source and target should agree.",
        required=True,
        meanings=OS_MEANINGS,
    )
    os_version: Text = about("OS version", "Exact system in the service's spelling, such as WINDOWS2016_64BIT.")
    firmware: Firmware = about(
        "Firmware", "How the target boots. It should boot the way the source does.", meanings=FIRMWARE_MEANINGS
    )
    cpu_quantity: Annotated[I32, Field(ge=0, le=65535)] | None = about(
        "CPUs", "How many processors the target has; its flavor decides.", unit="vCPU"
    )
    memory: Int64 = about("Memory", "Main memory of the target. Counted in MB, while disks count in bytes.", unit="MB")
    btrfs_list: ListOf[BtrfsFileSystem] = about(
        "Btrfs file systems",
        "Btrfs file systems; [] if there are none. The service may show them as plain text, but takes only objects.",
        required_for="LINUX",
    )
    networks: ListOf[NetWork] = about("Network cards", "Network cards of the target with their addresses.")
    domain_id: Text = about("Account ID", "Domain ID of the cloud account (tenant) the target belongs to.")
    has_rsync: Boolean = about(
        "rsync installed", "Whether rsync is there; copying Linux files relies on it.", required_for="LINUX"
    )
    paravirtualization: Boolean = about(
        "Paravirtualized", "Whether the server is a paravirtualized guest.", required_for="LINUX"
    )
    raw_devices: Text = about(
        "Raw devices", "Devices used without a file system, all in one text and not as a list.", required_for="LINUX"
    )
    driver_files: Boolean = about(
        "Driver files missing",
        "true means that driver files are missing: the opposite of what the key suggests.",
        required_for="WINDOWS",
    )
    system_services: Boolean = about(
        "Faulty services", "true means that a service of Windows is not in order.", required_for="WINDOWS"
    )
    account_rights: Boolean = about(
        "Rights sufficient", "Whether the agent's account has the rights it needs.", required_for="WINDOWS"
    )
    boot_loader: BootLoader = about(
        "Boot loader", "What starts Linux. Newer editions of the service know GRUB only.", required_for="LINUX"
    )
    system_dir: Text = about(
        "System directory",
        "System directory of Windows as the target sees it, often on another drive than at the source (Y: for C:).",
        required_for="WINDOWS",
    )
    volume_groups: ListOf[VolumeGroups] = about(
        "Volume groups",
        "LVM volume groups of the target. If there are none, write []; null leaves the question open.",
        required_for="LINUX",
    )
    vm_id: Text = about(
        "Server ID", "ID of the existing cloud server to migrate to. Not needed when the service creates the server."
    )
    flavor: Text = about("Flavor", "Flavor of the target server, which sets its processors and memory.")
    disks: ListOf[TargetDisk] = about(
        "Disks", "Disks of the target, usually laid out like those of the source.", required=True
    )
    image_disk_id: Text = about(
        "Agent image disk ID", "Disk with the agent's image that the service attaches to the target.", owner="service"
    )
    snapshot_ids: Text = about(
        "Snapshot IDs", "Snapshots of the target. A single text; several are separated by semicolons.", owner="service"
    )
    cutovered_snapshot_ids: Text = about(
        "Rollback snapshot IDs",
        "Snapshots the target can be rolled back to. A single text, like the others.",
        owner="service",
    )
