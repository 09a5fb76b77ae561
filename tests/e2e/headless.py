"""The commands without a screen, run as a script runs them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from terminal import CHECKOUT, PATIENCE, PROGRAM
from warm import Started, Warm


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


def runner(environment: Mapping[str, str], program: Sequence[str] = PROGRAM, warm: Warm | None = None) -> Run:
    """Runs commands in these surroundings; a `warm` process starts the program quicker."""

    def ran(*words: str) -> Ran:
        with TemporaryFile() as out, TemporaryFile() as err, Path(os.devnull).open("rb") as nothing:
            if warm is not None:
                started: Started | subprocess.Popen[bytes] = warm.start(
                    words, environment, nothing.fileno(), out.fileno(), err.fileno()
                )
            else:
                command = [*program, *words]
                started = subprocess.Popen(
                    command, stdin=nothing, stdout=out, stderr=err, env=dict(environment), cwd=CHECKOUT
                )
            code = started.wait(PATIENCE)
            for file in (out, err):
                file.seek(0)
            return Ran(code, out.read(), err.read())

    return ran
