"""Enumerations that stand in more than one kind, and what their members mean."""

from __future__ import annotations

from typing import Annotated

from sms_tui.schema.declare import OneOf, Str, Str255

ServerOs = Annotated[Str255, OneOf("WINDOWS", "LINUX")] | None
Firmware = Annotated[Str255, OneOf("BIOS", "UEFI")] | None
BootLoader = Annotated[Str, OneOf("GRUB", "LILO")] | None
PartitionStyle = Annotated[Str, OneOf("MBR", "GPT")] | None
TargetUse = Annotated[Str, OneOf("NORMAL", "OS", "BOOT")] | None

OS_MEANINGS = {"WINDOWS": "Windows", "LINUX": "Linux"}
FIRMWARE_MEANINGS = {"BIOS": "legacy BIOS", "UEFI": "UEFI"}
STYLE_MEANINGS = {"MBR": "master boot record", "GPT": "GUID partition table"}
USE_MEANINGS = {"NORMAL": "ordinary data", "OS": "operating system", "BOOT": "boot device"}
