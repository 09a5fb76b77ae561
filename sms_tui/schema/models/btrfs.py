"""Btrfs file systems of a Linux server and their subvolumes."""

from __future__ import annotations

from pydantic import ConfigDict

from sms_tui.schema.declare import Int32, Int64, Kind, ListOf, Text, about


class BtrfsSubvolumn(Kind):
    """A subvolume of a Btrfs file system. Its numbers and its yes or no are all written as text."""

    model_config = ConfigDict(title="Btrfs subvolume")

    uuid: Text = about(
        "Parent UUID", "UUID of the parent volume: the reference does not mean the subvolume's own.", required=True
    )
    is_snapshot: Text = about(
        "Snapshot", 'Whether the subvolume is a snapshot, as text such as "false" and not as a boolean.', required=True
    )
    subvol_id: Text = about("Subvolume ID", "Number of the subvolume, written as text.", required=True)
    parent_id: Text = about("Parent ID", "Number of the volume that holds this one, written as text.", required=True)
    subvol_name: Text = about("Name", "Name of the subvolume inside its file system.", required=True)
    subvol_mount_path: Text = about("Mount path", "Directory where the subvolume is mounted.", required=True)


class BtrfsFileSystem(Kind):
    """A Btrfs file system, which may span several devices. The reference requires every one of its fields."""

    model_config = ConfigDict(title="Btrfs file system")

    name: Text = about("Name", "Name that tells this file system from the others of the server.", required=True)
    label: Text = about("Label", "Label given when the file system was made; empty text if it has none.", required=True)
    uuid: Text = about("UUID", "UUID of the file system itself.", required=True)
    device: Text = about("Devices", "Names of the devices it spans, all in one text.", required=True)
    size: Int64 = about(
        "Data size",
        "Space the data takes, in the reference's words; not the capacity of the file system.",
        unit="bytes",
        required=True,
    )
    nodesize: Int64 = about(
        "Node size", "Size of one metadata node, fixed when the file system was made.", unit="bytes", required=True
    )
    sectorsize: Int32 = about(
        "Sector size", "Smallest unit in which data is stored, usually 4096.", unit="bytes", required=True
    )
    data_profile: Text = about(
        "Data profile", "How data is spread over the devices: single, RAID1 and so on.", required=True
    )
    system_profile: Text = about(
        "System profile", "RAID profile of the file system's own bookkeeping of its devices.", required=True
    )
    metadata_profile: Text = about(
        "Metadata profile", "RAID profile of the metadata; often safer than the data's.", required=True
    )
    global_reserve1: Text = about(
        "Global reserve",
        "What Btrfs reports about its global reserve, as text. The 1 at the end of the name belongs to it.",
        required=True,
    )
    g_vol_used_size: Int64 = about(
        "Used volume size", "Space already in use on the Btrfs volume.", unit="bytes", required=True
    )
    default_subvolid: Text = about(
        "Default subvolume ID",
        "Number, written as text, of the subvolume that is mounted if none is named.",
        required=True,
    )
    default_subvol_name: Text = about(
        "Default subvolume", "Name of the subvolume that is mounted if none is named.", required=True
    )
    default_subvol_mountpath: Text = about(
        "Mount path", "Directory where the default subvolume, and with it the file system, is mounted.", required=True
    )
    subvolumn: ListOf[BtrfsSubvolumn] = about(
        "Subvolumes", "Subvolumes of this file system. The key is misspelt in the API and must stay so.", required=True
    )
