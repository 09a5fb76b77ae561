"""The PUT body of an edited task: what is sent, and what of the changes cannot be.

The service takes top-level keys one by one and each nested object whole; a key that the reference does not list is
never sent, and a key that is absent is left as it is by the service.
"""

from __future__ import annotations

from sms_tui.exactjson import Json, same
from sms_tui.schema.paths import ABSENT
from sms_tui.schema.registry import ROOT, kind

Body = dict[str, Json]


def changed_keys(base: Body, current: Body) -> list[str]:
    """Top-level keys whose value differs, in the order of `current`, then those that became absent."""
    changed = [key for key, value in current.items() if not same(base.get(key, ABSENT), value)]
    return changed + [key for key in base if key not in current]


def changed_body(base: Body, current: Body) -> Body:
    """The changed top-level keys, nested objects whole."""
    listed = kind(ROOT).fields
    return {key: current[key] for key in changed_keys(base, current) if key in current and key in listed}


def full_body(current: Body) -> Body:
    """Every key the reference lists, as the task has it."""
    listed = kind(ROOT).fields
    return {key: value for key, value in current.items() if key in listed}


def unsendable_keys(base: Body, current: Body) -> list[str]:
    """Changed top-level keys that no body can carry: made absent, or not in the reference."""
    listed = kind(ROOT).fields
    return [key for key in changed_keys(base, current) if key not in current or key not in listed]
