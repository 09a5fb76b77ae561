"""The source server of a migration."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from sms_tui.schema.declare import I32, Boolean, Double, Int64, Kind, ListOf, OneOf, Str, Str255, Text, about
from sms_tui.schema.models.btrfs import BtrfsFileSystem
from sms_tui.schema.models.enumerations import FIRMWARE_MEANINGS, OS_MEANINGS, BootLoader, Firmware, ServerOs
from sms_tui.schema.models.lvm import VolumeGroups
from sms_tui.schema.models.network import NetWork
from sms_tui.schema.models.source_disks import ServerDisk

PHASE_MEANINGS = {
    "cutovering": "target is being started",
    "cutovered": "target has been started",
    "checking": "being checked",
    "setting": "being set up",
    "replicating": "being copied",
    "syncing": "changes being copied",
}
STATE_MEANINGS = {
    "unavailable": "environment check failed",
    "waiting": "waiting",
    "initialize": "being initialized",
    "replicate": "being copied",
    "syncing": "changes being copied continuously",
    "stopping": "being paused",
    "stopped": "paused",
    "deleting": "being deleted",
    "error": "failed",
    "cloning": "waiting for the clone to finish",
    "cutovering": "target is being started",
    "finished": "target has been started",
}


class PostSourceServerBody(Kind):
    """The server being migrated, as its agent registered it. A loaded task carries only some of these fields."""

    model_config = ConfigDict(title="Source server")

    id: Text = about("Source ID", "Identity of the source server in the database of SMS.", owner="service")
    ip: Text = about("IP address", "Address of the source server. Needed when a source is registered, not to update.")
    name: Text = about("Name", "Name that tells this source from the others; free to choose, unlike the host name.")
    hostname: Text = about(
        "Host name", "Name the source's own system goes by. Needed when a source is registered, not to update."
    )
    os_type: ServerOs = about(
        "Operating system",
        "Family of the source's operating system. Task, source and target should agree.",
        meanings=OS_MEANINGS,
    )
    os_version: Text = about("OS version", "Exact system in the service's spelling, such as WINDOWS2016_64BIT.")
    virtualization_type: Text = about("Virtualization", "How the source's operating system is virtualized, if it is.")
    linux_block_check: Text = about(
        "Linux block check", "What the agent found when it checked a Linux source for block-level migration."
    )
    firmware: Firmware = about(
        "Firmware", "How the source boots. The target should boot the same way.", meanings=FIRMWARE_MEANINGS
    )
    cpu_quantity: Annotated[I32, Field(ge=0, le=65535)] | None = about(
        "CPUs", "How many processors the source has.", unit="vCPU"
    )
    memory: Int64 = about("Memory", "Main memory of the source. Counted in MB, while disks count in bytes.", unit="MB")
    disks: ListOf[ServerDisk] = about(
        "Disks", "Disks of the source with their volumes. Each one to be migrated needs a disk on the target."
    )
    btrfs_list: ListOf[BtrfsFileSystem] = about(
        "Btrfs file systems",
        "Btrfs file systems of the source. If there are none, write []; null leaves the question open.",
        required_for="LINUX",
    )
    networks: ListOf[NetWork] = about("Network cards", "Network cards of the source with their addresses.")
    domain_id: Text = about("Account ID", "Domain ID of the cloud account (tenant) the source is registered with.")
    has_rsync: Boolean = about(
        "rsync installed", "Whether rsync is on the source; copying Linux files relies on it.", required_for="LINUX"
    )
    paravirtualization: Boolean = about(
        "Paravirtualized", "Whether the source is a paravirtualized guest.", required_for="LINUX"
    )
    raw_devices: Text = about(
        "Raw devices", "Devices used without a file system, all in one text and not as a list.", required_for="LINUX"
    )
    driver_files: Boolean = about(
        "Driver files missing",
        "true means that driver files are missing on the source: the opposite of what the key suggests.",
        required_for="WINDOWS",
    )
    system_services: Boolean = about(
        "Faulty services", "true means that a service of Windows is not in order on the source.", required_for="WINDOWS"
    )
    account_rights: Boolean = about(
        "Rights sufficient",
        "Whether the agent's account on the source has the rights it needs.",
        required_for="WINDOWS",
    )
    boot_loader: BootLoader = about(
        "Boot loader",
        "What starts Linux on the source. Newer editions of the service know GRUB only.",
        required_for="LINUX",
    )
    system_dir: Text = about(
        "System directory",
        "System directory of Windows, such as C:\\Windows\\System32. In JSON double each backslash.",
        required_for="WINDOWS",
    )
    volume_groups: ListOf[VolumeGroups] = about(
        "Volume groups",
        "LVM volume groups of the source. If there are none, write []; null leaves the question open.",
        required_for="LINUX",
    )
    agent_version: Text = about(
        "Agent version", "Version of the SMS agent on the source, as the agent reports it.", owner="service"
    )
    kernel_version: Text = about("Kernel version", "Version of the kernel the source runs.")
    migration_cycle: Annotated[Str, OneOf(*PHASE_MEANINGS)] | None = about(
        "Phase",
        "How far the source has come in its migration. The service moves it along; state says more.",
        owner="service",
        meanings=PHASE_MEANINGS,
    )
    state: Annotated[Str255, OneOf(*STATE_MEANINGS)] | None = about(
        "State",
        "What the source is doing. Written in small letters, unlike the task's own state.",
        owner="service",
        meanings=STATE_MEANINGS,
    )
    oem_system: Boolean = about(
        "OEM Windows", "Whether Windows on the source is an OEM edition, whose licence may not carry over."
    )
    start_type: Annotated[Str, OneOf("MANUAL", "MGC", "")] | None = about(
        "Started by",
        "Who starts the migration. Empty text is a value of its own here, apart from null and absent.",
        meanings={"MANUAL": "a person", "MGC": "Migration Center (MGC)", "": "not stated"},
    )
    io_read_wait: Double = about(
        "Disk read latency", "How long reads from the source's disks wait, as measured.", unit="ms", owner="service"
    )
