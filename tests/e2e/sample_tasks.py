"""Tasks to serve: the reference's own example, and the same with everything a client must carry through unharmed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Task = dict[str, Any]

_REFERENCE = Path(__file__).parents[1] / "data" / "reference_example.json"


def reference_task(**changes: Any) -> Task:
    """The example of the reference page."""
    task: Task = json.loads(_REFERENCE.read_text("utf-8"))
    return task | changes


def strange_task() -> Task:
    """The example with unknown keys, integers beyond 64 bits, nulls, empty texts and whole floats, out of order."""
    task = reference_task(name="odd one", x_trace={"zeta": 0.0, "alpha": None})
    target = task["target_server"]
    target["x_quota"] = 2**63 + 5
    target["x_rates"] = [0.0, -0.0, 1e-7, 123456789.125, {"b": 1, "a": ""}]
    disk, *_ = target["disks"]
    disk["x_serial"] = None
    disk["physical_volumes"][1]["x_label"] = '数据 \u0000 "quoted" \\ / é'
    task["target_server"] = dict(reversed(target.items()))
    return task
