"""The three shapes of a task: in a list, alone, and sent back."""

from __future__ import annotations

from sms_tui.exactjson import Json
from sms_tui.schema.registry import ROOT, kind
from sms_tui.simulator.store import Task

TARGET_BTRFS = ("target_server", "btrfs_list")

_LIST_KEYS = (
    "id",
    "name",
    "type",
    "os_type",
    "state",
    "estimate_complete_time",
    "create_date",
    "priority",
    "speed_limit",
    "migrate_speed",
    "compress_rate",
    "start_target_server",
    "error_json",
    "total_time",
    "migration_ip",
    "sub_tasks",
    "source_server",
    "enterprise_project_id",
    "target_server",
    "log_collect_status",
    "clone_server",
    "syncing",
    "network_check_info",
    "special_config",
)
_NESTED_KEYS = {
    "sub_tasks": ("id", "name", "progress", "start_date", "end_date", "process_trace"),
    "source_server": ("id", "ip", "name", "os_type", "os_version", "oem_system", "state"),
    "target_server": ("id", "vm_id", "name", "ip", "os_type", "os_version"),
    "clone_server": ("vm_id", "name"),
}


def detail(task: Task) -> Task:
    """A task as `GET /v3/tasks/{task_id}` shows it.

    Against what a PUT takes, `exist_server` is missing, `compress_rate` and `network_check_info` are added, and
    `target_server.btrfs_list` is an array of names. The servers keep every key that was stored.
    """
    shown = {key: value for key, value in task.items() if key != "exist_server"}
    for key in ("compress_rate", "network_check_info"):
        shown.setdefault(key, None)
    target = shown.get("target_server")
    if isinstance(target, dict) and isinstance(systems := target.get("btrfs_list"), list):
        names: list[Json] = list(btrfs_names(systems))
        shown["target_server"] = {**target, "btrfs_list": names}
    return shown


def item(task: Task) -> Task:
    """A task as an entry of `GET /v3/tasks`: 24 keys, all of them always there, the nested objects cut short."""
    computed: Task = {
        "log_collect_status": "INIT",
        "syncing": task.get("state") == "SYNCING",
        "special_config": [],
    }
    return {key: computed[key] if key in computed else _cut(key, task.get(key)) for key in _LIST_KEYS}


def merged(task: Task, body: Task) -> Task:
    """A stored task after a PUT of this body: the keys sent replace those stored, nested objects as a whole.

    No source says that the service merges; that it makes every key optional and that clients send single keys does.
    Keys the reference does not list are ignored, and so is `id`: the task is the one named in the path.
    """
    known = kind(ROOT).fields
    taken = {key: value for key, value in body.items() if key in known and key != "id"}
    return {**task, **_with_stored_btrfs(taken, task)}


def btrfs_names(systems: list[Json]) -> list[str]:
    """The names of file systems, in their order."""
    return [str(system.get("name") or "") if isinstance(system, dict) else str(system) for system in systems]


def _cut(key: str, value: Json) -> Json:
    keys = _NESTED_KEYS.get(key, ())
    if isinstance(value, list):
        return [{name: entry.get(name) for name in keys} for entry in value if isinstance(entry, dict)]
    return {name: value.get(name) for name in keys} if keys and isinstance(value, dict) else value


def _with_stored_btrfs(body: Task, task: Task) -> Task:
    """The body, with every file system that stands there by name alone as it is stored."""
    sent, stored = body.get("target_server"), task.get("target_server")
    if not (isinstance(sent, dict) and isinstance(stored, dict)):
        return body
    systems, before = sent.get("btrfs_list"), stored.get("btrfs_list")
    if not (isinstance(systems, list) and isinstance(before, list)):
        return body
    by_name = dict(zip(btrfs_names(before), before, strict=True))
    whole: list[Json] = [by_name[entry] if isinstance(entry, str) else entry for entry in systems]
    return {**body, "target_server": {**sent, "btrfs_list": whole}}
