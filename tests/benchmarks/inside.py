"""What a task of a file costs inside one process, by the public interface of `sms_tui.document`; prints JSON.

Seconds: `open`, `check`, `find`. Milliseconds: `edit` (an edit and its re-check, median), `diff` and `body` for one
change. MB: `memory`, the peak.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from sms_tui.document.document import Document
from sms_tui.document.edits import SetValue
from sms_tui.document.search import search
from sms_tui.session.bodies import read_body

_EDITS = 25


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _edit(document: Document, disk: int, size: int) -> float:
    """Seconds to change one disk and have the problems again."""
    begun = time.perf_counter()
    document.apply("resize", SetValue(("target_server", "disks", disk, "size"), size))
    assert document.findings
    return time.perf_counter() - begun


def measured(file: Path) -> dict[str, float]:
    """All figures of the task in a file."""
    begun = time.perf_counter()
    document = Document(read_body(file.read_bytes(), file.name))
    opened = time.perf_counter() - begun
    check = _seconds(lambda: document.findings)
    gc.freeze()  # as the editor does after its check
    server = document.current["target_server"]
    assert isinstance(server, dict)
    assert isinstance(server["disks"], list)
    disks = len(server["disks"])
    edits = [_edit(document, disks // 2, 10**12)]
    diff = _seconds(lambda: document.changes)
    body = _seconds(document.body)
    edits += [_edit(document, turn * disks // _EDITS, 10**12 + turn + 1) for turn in range(_EDITS)]
    find = _seconds(lambda: search(document.current, f"{disks * 9 // 10:08x}-0000"))
    return {
        "open": opened,
        "check": check,
        "edit": 1e3 * median(edits),
        "diff": 1e3 * diff,
        "body": 1e3 * body,
        "find": find,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
    }


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]))))
