"""What each state of a task sensibly allows to be changed, and why not the rest.

These are warnings and never errors: no pre-condition of an update is documented for any state, so nothing here says
what the service would refuse. The table is what care suggests while the service works on a task, or has worked on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from sms_tui.language import N_, _
from sms_tui.schema.judge import shown
from sms_tui.schema.paths import Path, Value
from sms_tui.schema.registry import field_at

Part: TypeAlias = Literal["name", "pace", "ending", "layout", "plan"]
"""What of a task goes together: how fast it runs, what comes at its end, the target's disks, and all the rest."""

_PARTS: Mapping[str, Part] = {
    "name": "name",
    "speed_limit": "pace",
    "priority": "pace",
    "start_target_server": "ending",
}
_LAYOUT = ("disks", "volume_groups", "btrfs_list")

MOVING: Final = frozenset({"RUNNING", "SYNCING"})
"""The states in which the service writes to the target's disks."""


def _all(reason: str) -> Mapping[Part, str]:
    return {"name": reason, "pace": reason, "ending": reason, "layout": reason, "plan": reason}


_STARTED = N_("the migration goes by what it was started with, so a change may have no effect")
_MOVING: Mapping[Part, str] = {
    "name": N_("a task is renamed before it starts or after it has ended"),
    "layout": N_("data is being written to the target disks, so a change may be ignored or spoil the copy"),
    "plan": _STARTED,
}
_LAID_OUT = N_("the target disks are laid out and hold the copy, so a change may be ignored or spoil it")
_DONE = N_("the migration is done, so a change may have no effect")
_MIGRATED: Mapping[Part, str] = {"ending": _DONE, "layout": _LAID_OUT, "plan": _DONE}
_ROLLING_BACK = N_("it is being rolled back; wait until that is over")

STATES: Mapping[str, Mapping[Part, str]] = {
    "READY": {},
    "RUNNING": _MOVING,
    "SYNCING": _MOVING,
    "MIGRATE_SUCCESS": _MIGRATED,
    "SYNC_SUCCESS": _MIGRATED,
    "MIGRATE_FAIL": {},
    "SYNC_FAIL": {"layout": _LAID_OUT},
    "ABORTING": _all(N_("it is being stopped; wait until it is ABORT")),
    "ABORT": {},
    "SKIPPING": _all(N_("a step of it is being skipped; wait until that is over")),
    "DELETING": _all(N_("it is being deleted, and a change would be lost with it")),
    "RESETING": _all(_ROLLING_BACK),
    "SYNC_F_ROLLBACKING": _all(_ROLLING_BACK),
    "SYNC_F_ROLLBACK_SUCCESS": _all(N_("it was rolled back, and nothing tells what may be changed after that")),
}
"""For each state the parts that are better left alone, with the reason. A task that failed or was stopped can be
corrected before it is started again."""


def gate(state: Value, path: Path) -> str | None:
    """Why a field is outside of what the state of its task allows, in one sentence; None if it is not.

    `state` is the task's as the service gave it. Fields that the service keeps are not judged, nor are keys that no
    update carries; a task that says no state allows everything.
    """
    part = _part(path)
    if part is None or not isinstance(state, str) or not state:
        return None
    if state not in STATES:
        return _(
            "The task is in the state {state}, which this program does not know; what it allows is unknown."
        ).format(state=shown(state))
    reason = STATES[state].get(part)
    return None if reason is None else _("The task is {state}: {reason}.").format(state=state, reason=_(reason))


def is_target_layout(path: Path) -> bool:
    """Whether a path leads to the target's disks, volume groups or file systems, or below them."""
    return path[:1] == ("target_server",) and path[1:2] in [(name,) for name in _LAYOUT]


def service_owned(path: Path) -> bool:
    """Whether a path leads to, or into, a field that the service keeps."""
    specs = (field_at(path[:depth]) for depth in range(1, len(path) + 1))
    return any(spec is not None and spec.owner == "service" for spec in specs)


def _part(path: Path) -> Part | None:
    if field_at(path[:1]) is None or service_owned(path):
        return None
    return "layout" if is_target_layout(path) else _PARTS.get(str(path[0]), "plan")
