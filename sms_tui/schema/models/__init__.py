"""The 14 kinds of object in a task: each field's type, limits, label, help, unit and owner, declared once.

Importing this loads pydantic; `sms_tui.schema.registry` has the same facts without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sms_tui.schema.declare import Kind
from sms_tui.schema.models.btrfs import BtrfsFileSystem, BtrfsSubvolumn
from sms_tui.schema.models.lvm import LogicalVolumes, VolumeGroups
from sms_tui.schema.models.network import NetWork
from sms_tui.schema.models.progress import CloneServer, SubTask
from sms_tui.schema.models.source import PostSourceServerBody
from sms_tui.schema.models.source_disks import PhysicalVolume, ServerDisk
from sms_tui.schema.models.target import TargetServer
from sms_tui.schema.models.target_disks import TargetDisk, TargetPhysicalVolumes
from sms_tui.schema.models.task import PutTaskReq

_KINDS: tuple[type[Kind], ...] = (
    PutTaskReq,
    PostSourceServerBody,
    ServerDisk,
    PhysicalVolume,
    TargetServer,
    BtrfsFileSystem,
    BtrfsSubvolumn,
    NetWork,
    VolumeGroups,
    LogicalVolumes,
    TargetDisk,
    TargetPhysicalVolumes,
    CloneServer,
    SubTask,
)

KINDS: Mapping[str, type[Kind]] = MappingProxyType({kind.__name__: kind for kind in _KINDS})
"""The models by their name in the reference, in its order."""
