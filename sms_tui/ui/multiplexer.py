"""Which multiplexer the program runs in: it stands between the program and the operator's terminal."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_PROCESSES = Path("/proc")


def multiplexer(environ: Mapping[str, str], processes: Path = _PROCESSES) -> str:
    """`tmux`, `screen`, or "". Of one within the other it is the inner, whose variables hide nothing of the outer's."""
    names = [name for name, variable in (("tmux", "TMUX"), ("screen", "STY")) if variable in environ]
    return names[0] if len(names) == 1 else _nearest(processes) if names else ""


def _nearest(processes: Path) -> str:
    """The multiplexer that started what started this program; tmux where the system does not tell."""
    process = os.getpid()
    try:
        while process > 1:
            _pid, _, rest = (processes / str(process) / "stat").read_text("utf-8", "replace").partition(" (")
            name, _, fields = rest.rpartition(") ")
            if found := next((each for each in ("tmux", "screen") if name.lower().startswith(each)), ""):
                return found
            process = int(fields.split()[1])
    except (OSError, ValueError, IndexError):
        pass
    return "tmux"
