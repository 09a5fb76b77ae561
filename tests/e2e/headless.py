"""The commands without a screen, run as a script runs them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from terminal import PATIENCE, PROGRAM

_CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it wrote."""

    code: int
    out: bytes
    err: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]
"""Runs `sms-tui` with these words."""


def runner(environment: Mapping[str, str], program: Sequence[str] = PROGRAM) -> Run:
    """Runs commands in these surroundings."""

    def ran(*words: str) -> Ran:
        ended = subprocess.run(
            [*program, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=dict(environment),
            cwd=_CHECKOUT,
            timeout=PATIENCE,
            check=False,
        )
        return Ran(ended.returncode, ended.stdout, ended.stderr)

    return ran
