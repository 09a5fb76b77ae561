"""Rules about one object, judged by its own fields alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, lru_cache

from sms_tui.exactjson import Json
from sms_tui.language import _
from sms_tui.schema import registry
from sms_tui.schema.checks.formats import misread
from sms_tui.schema.checks.tree import Fields, Finding, warning
from sms_tui.schema.checks.words import is_size, size_text
from sms_tui.schema.judge import LONE_SURROGATE, judge, type_name
from sms_tui.schema.problems import Severity
from sms_tui.schema.units import format_date, format_size

READ_ONLY = frozenset(
    {
        "compress_rate",
        "network_check_info",
        "total_cpu_usage",
        "agent_cpu_usage",
        "total_mem_usage",
        "agent_mem_usage",
        "total_disk_io",
        "agent_disk_io",
        "need_migration_test",
        "subtask_info",
        "special_config",
        "log_collect_status",
        "syncing",
        "use_ipv6",
        "use_public_ip",
        "enterprise_project",
        "consume_time",
        "auto_install_pvdriver",
        "allow_sync",
        "final_sync",
        "addDate",
    }
)
"""Top-level keys that the service answers with and an update does not have: nothing to tell the operator."""

_FOR_REGISTERING: Mapping[str, Sequence[str]] = {
    "PostSourceServerBody": ("ip", "hostname", "os_type", "os_version"),
    "ServerDisk": ("partition_style",),
}
"""What the reference requires when a source is registered, though not in an update.

A loaded task lacks most of it, so an absent key is no finding; one that is there without a value is.
"""

_SMALLEST_DISK = 2**20
_LARGEST_GUESS = 65535
"""A number of bytes that may have been meant as GiB: no disk is larger."""


def own_findings(kind: str, value: Json) -> Sequence[Finding]:
    """Everything wrong with an object that can be seen without looking around it."""
    if not isinstance(value, dict):
        message = _("must be an object, is {found}")
        if kind == registry.ROOT:
            message = _("a task must be an object, this is {found}")
        return (Finding(None, "error", "wrong-type", message.format(found=type_name(value))),)
    found = [Finding(name, _severity(code), code, message) for name, code, message in judge(kind, value)]
    found.extend(_unset(kind, value))
    if not value.keys() <= registry.kind(kind).fields.keys():
        found.extend(_unknown(kind, value))
    found.extend(misread(kind, value))
    for rule in _RULES.get(kind, ()):
        found.extend(rule(value))
    return found or ()


def _severity(code: str) -> Severity:
    return "warning" if code == LONE_SURROGATE else "error"


@cache
def _required(kind: str) -> Sequence[str]:
    return [name for name, spec in registry.kind(kind).fields.items() if spec.required]


def _unset(kind: str, fields: Fields) -> Iterator[Finding]:
    for name in _required(kind):
        if name in fields and fields[name] is None:
            yield warning(name, "null-required", _("required by the reference, and null"))
    for name in _FOR_REGISTERING.get(kind, ()):
        if name in fields and fields[name] in (None, ""):
            yield warning(name, "required-to-register", _("without a value, which registering a source needs"))


def _unknown(kind: str, fields: Fields) -> Iterator[Finding]:
    known = registry.kind(kind).fields
    for name in fields:
        if name in known or (kind == registry.ROOT and name in READ_ONLY):
            continue
        what = (
            _("never sent: an update has no such key")
            if kind == registry.ROOT
            else _("unknown to the reference, sent as it is")
        )
        if meant := _suggestion(kind, name):
            what += _("; did you mean {name}?").format(name=meant)
        yield warning(name, "unknown-key", what)


@lru_cache(maxsize=1024)
def _suggestion(kind: str, name: str) -> str:
    return next(iter(get_close_matches(name, registry.kind(kind).fields, n=1)), "")


def _used(fields: Fields) -> Iterator[Finding]:
    size, used, free = fields.get("size"), fields.get("used_size"), fields.get("free_size")
    if not is_size(size) or not is_size(used):
        return
    if used > size:
        message = _("used_size {used} is more than size {size}").format(used=size_text(used), size=size_text(size))
        yield warning("used_size", "used-exceeds-size", message)
    elif is_size(free) and used + free != size:
        message = _("used_size and free_size make {sum}, size is {size}")
        named = message.format(sum=size_text(used + free), size=size_text(size))
        yield warning("free_size", "used-and-free-differ", named)


def _tiny(fields: Fields) -> Iterator[Finding]:
    """A disk of a few bytes is a unit left out."""
    size = fields.get("size")
    if is_size(size) and 0 < size < _SMALLEST_DISK:
        message = _("{size} is less than 1 MiB").format(size=size_text(size))
        if size <= _LARGEST_GUESS:
            message += _("; for {meant} write {typed}").format(meant=format_size(size * 2**30), typed=f"{size}G")
        yield warning("size", "tiny-disk", message)


def _task_dates(fields: Fields) -> Iterator[Finding]:
    return _dates(fields, "start_date", "finish_date")


def _sub_task(fields: Fields) -> Iterator[Finding]:
    yield from _dates(fields, "start_date", "end_date")
    progress, end = fields.get("progress"), fields.get("end_date")
    if is_size(end) and end and is_size(progress) and progress < 100:
        message = _("{progress} %, yet end_date says that it ended {date}")
        yield warning("progress", "ended-early", message.format(progress=progress, date=format_date(end)))


def _dates(fields: Fields, first: str, last: str) -> Iterator[Finding]:
    """0 is no date: some services write it for "not yet"."""
    start, end = fields.get(first), fields.get(last)
    if is_size(start) and is_size(end) and end and start > end:
        message = _("{last} {end} is before {first} {start}")
        named = message.format(last=last, end=format_date(end), first=first, start=format_date(start))
        yield warning(last, "ends-before-start", named)


_RULES: Mapping[str, Sequence[Callable[[Fields], Iterator[Finding]]]] = {
    "PutTaskReq": (_task_dates,),
    "SubTask": (_sub_task,),
    "ServerDisk": (_used, _tiny),
    "PhysicalVolume": (_used,),
    "TargetDisk": (_used, _tiny),
    "TargetPhysicalVolumes": (_used,),
    "LogicalVolumes": (_used,),
}
