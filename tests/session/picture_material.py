"""Tasks to draw, likely and unlikely, and drawings as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from sms_tui.session.picture.lines import PictureLine

NOW = 1795428000000
"""2026-11-23 10:00:00 UTC"""
GIB = 1024**3


def text(lines: Sequence[PictureLine]) -> str:
    """A drawing as it is read."""
    return "\n".join("".join(run.text for run in line).rstrip() for line in lines)


def golden(picture: str) -> str:
    """A drawing as it stands in a test."""
    return picture.strip("\n")


def task_with(*, source: Any = (), target: Any = (), **server: Any) -> Any:
    """A task of disks; `server` are more keys of the target server."""
    return {"source_server": {"disks": list(source)}, "target_server": {"disks": list(target), **server}}


def disk(name: str, size: Any, *volumes: Any, **more: Any) -> Any:
    return {"name": name, "size": size, "physical_volumes": list(volumes), **more}


def volume(name: str, size: Any, used: Any = None, **more: Any) -> Any:
    return {"name": name, "size": size, "used_size": used, "file_system": "ext4", **more}


_LIKELY_NAMES = ["/dev/sda", "/dev/sda1", "C:", "财务归档", "vg", "a\x1b[31m", "é\u0301"]
_NAMES = st.text(max_size=12) | st.sampled_from(_LIKELY_NAMES)
_ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([2**63, 2**63 - 1, -1, 10**40]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
    st.just([None, 1, "x", [], {}]),
)
_SIZES = st.integers(0, 2**20) | st.integers(0, 2**63 - 1) | _ODD
_DATES = st.integers(NOW - 10**9, NOW + 10**9) | _ODD


def _object(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({}, optional=fields) | _ODD


def _list(entries: st.SearchStrategy[Any], most: int = 5) -> st.SearchStrategy[Any]:
    return st.lists(entries, max_size=most) | _ODD


_VOLUMES = _list(_object(name=_NAMES, file_system=_NAMES, size=_SIZES, used_size=_SIZES, relation_name=_NAMES), 30)
_SERVERS = _object(
    name=_NAMES,
    ip=_NAMES,
    disks=_list(_object(name=_NAMES, relation_name=_NAMES, size=_SIZES, used_size=_SIZES, physical_volumes=_VOLUMES)),
    volume_groups=_list(_object(name=_NAMES, size=_SIZES, components=_NAMES, logical_volumes=_VOLUMES), 3),
)
_STEPS = _object(
    name=_NAMES,
    progress=st.integers(-10, 200) | _ODD,
    start_date=_DATES,
    end_date=_DATES,
    migrate_speed=_ODD,
    process_trace=st.text(max_size=300) | _ODD,
)
_TASKS = _object(
    name=_NAMES,
    id=_NAMES,
    type=_NAMES,
    state=st.sampled_from(["RUNNING", "MIGRATE_FAIL", "ABORT", "READY"]) | _NAMES,
    source_server=_SERVERS,
    target_server=_SERVERS,
    sub_tasks=_list(_STEPS, 8),
    error_json=st.sampled_from(['{"error_code":"SMS.0515","error_param":"[]"}', "{", "[1]", "\n\n"]) | _ODD,
    create_date=_DATES,
    finish_date=_DATES,
    remain_seconds=_SIZES,
    migrate_speed=_ODD,
    speed_limit=_ODD,
    priority=_ODD,
)
TASKS = _TASKS | st.recursive(_ODD, lambda one: st.lists(one) | st.dictionaries(_NAMES, one), max_leaves=5)
"""Any JSON, most of it nearly a task."""
