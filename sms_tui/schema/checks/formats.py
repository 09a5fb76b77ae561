"""Text fields that hold something else: addresses, masks, UUIDs, numbers, yes or no.

Lenient: what any real source sends must pass. Only `uuid` fields are read as UUIDs, since the other ids are opaque.
"" is allowed everywhere, as a value not known.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from sms_tui.language import N_, _
from sms_tui.schema.checks.tree import Fields, Finding, warning
from sms_tui.schema.checks.words import is_text
from sms_tui.schema.judge import shown

_Format: TypeAlias = tuple[str, Callable[[str], bool], str]

_MAC = re.compile(r"[0-9a-f]{2}([:-]?)[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}", re.IGNORECASE)
_GUID = r"[0-9a-fx]{8}(?:-[0-9a-fx]{4}){3}-[0-9a-fx]{12}"  # the reference masks digits of its examples with x
_UUID = re.compile(
    rf"{_GUID}|\{{{_GUID}\}}"
    rf"|\\\\\?\\Volume\{{{_GUID}\}}\\?"  # a Windows volume
    r"|[0-9a-f]{32}|[0-9a-f]{16}"  # without dashes; NTFS
    r"|[0-9a-f]{4}-[0-9a-f]{4}"  # FAT
    r"|[0-9a-f]{8}-[0-9a-f]{2}"  # a partition of an MBR disk
    r"|[0-9a-z]{6}(?:-[0-9a-z]{4}){5}-[0-9a-z]{6}"  # a physical volume of LVM
    r"|-",  # what btrfs prints for none
    re.IGNORECASE,
)
_TRUTHS = frozenset({"true", "false", "yes", "no", "0", "1"})


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_netmask(text: str) -> bool:
    """A mask written as an address, ones before zeros, or a prefix length as IPv6 has it."""
    if re.fullmatch("/?[0-9]{1,3}", text):
        return int(text.lstrip("/")) <= 128
    if not _is_ip(text):
        return False
    mask = ipaddress.ip_address(text)
    zeros: int = ~int(mask) & (2**mask.max_prefixlen - 1)
    return (zeros & (zeros + 1)) == 0


def _is_mac(text: str) -> bool:
    return _MAC.fullmatch(text) is not None


def _is_uuid(text: str) -> bool:
    return _UUID.fullmatch(text) is not None


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_truth(text: str) -> bool:
    return text.lower() in _TRUTHS


_IP: _Format = ("ip", _is_ip, N_("an IP address, such as 192.168.0.10 or fd00::10"))
_NETMASK: _Format = ("netmask", _is_netmask, N_("a netmask, such as 255.255.255.0, or a prefix length"))
_A_MAC: _Format = ("mac", _is_mac, N_("a MAC address, such as fa:16:3e:12:34:56"))
_A_UUID: _Format = ("uuid", _is_uuid, N_("a UUID in a form known here"))
_DIGITS: _Format = ("number-in-text", _is_digits, N_("a number; this text field holds one, such as 256"))
_TRUTH: _Format = ("truth-in-text", _is_truth, N_("true or false; this text field says one of them"))

_FORMATS: Mapping[str, Mapping[str, _Format]] = {
    "PutTaskReq": {"migration_ip": _IP, "float_ip": _IP},
    "PostSourceServerBody": {"ip": _IP},
    "TargetServer": {"ip": _IP},
    "NetWork": {"ip": _IP, "netmask": _NETMASK, "gateway": _IP, "mac": _A_MAC},
    "PhysicalVolume": {"uuid": _A_UUID},
    "TargetPhysicalVolumes": {"uuid": _A_UUID},
    "BtrfsFileSystem": {"uuid": _A_UUID, "default_subvolid": _DIGITS},
    "BtrfsSubvolumn": {"uuid": _A_UUID, "is_snapshot": _TRUTH, "subvol_id": _DIGITS, "parent_id": _DIGITS},
}


def misread(kind: str, fields: Fields) -> Iterator[Finding]:
    """The texts of an object that do not read as what they should hold. Code: `not-ip`, `not-mac`..."""
    for name, (word, reads, meaning) in _FORMATS.get(kind, {}).items():
        value = fields.get(name)
        if is_text(value) and not reads(value):
            message = _("{value} is not {meaning}").format(value=shown(value), meaning=_(meaning))
            yield warning(name, f"not-{word}", message)
