"""What is measured: the editor and the floor app in a terminal, and commands that run to their end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from meter import Terminal

HERE = Path(__file__).parent
PROGRAM = (sys.executable, "-m", "sms_tui")

DOWN, UP, HOME, LEFT, RIGHT = "\x1b[B", "\x1b[A", "\x1b[H", "\x1b[D", "\x1b[C"
PAGE_UP, PAGE_DOWN = "\x1b[5~", "\x1b[6~"
UNDO, REDO = "\x1a", "\x19"
ENTER, ESCAPE, TAB, F8 = "\r", "\x1b", "\t", "\x1b[19~"

OPEN_DISKS = (HOME, DOWN, DOWN, DOWN, RIGHT, HOME)
"""In the tree: open the list of source disks, which a task of many has closed at first, and go back to the top."""

EDITOR_SHOWS = ("Service-owned", "/ Find")
FLOOR_SHOWS = ("Disk 0", "palette")

_LOADS = """
import json, resource, sys, time
data = open(sys.argv[1], "rb").read()
begun = time.perf_counter()
json.loads(data)
seconds = time.perf_counter() - begun
print(json.dumps({"seconds": seconds, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6}))
"""


@contextmanager
def editor(file: Path, *options: str, line: Sequence[str] = ()) -> Iterator[Terminal]:
    """The editor on a file, at the far end of a line if there is one."""
    with (
        _surroundings() as environment,
        Terminal([*line, *PROGRAM, "edit", "--file", str(file), *options], environment) as run,
    ):
        yield run


@contextmanager
def task_list(tasks: int) -> Iterator[Terminal]:
    """The task list of a simulator of its own with so many tasks."""
    command = [*PROGRAM, "simulate", "--port", "0", "--tasks", str(tasks)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as simulator:
        try:
            assert simulator.stdout is not None
            url = simulator.stdout.readline().split()[-1]
            with (
                _surroundings() as environment,
                Terminal([*PROGRAM, "--endpoint", url], {**environment, "SMS_TUI_TOKEN": "any"}) as run,
            ):
                yield run
        finally:
            simulator.terminate()


@contextmanager
def floor() -> Iterator[Terminal]:
    """The floor app."""
    with _surroundings() as environment, Terminal([sys.executable, str(HERE / "floor.py")], environment) as run:
        yield run


@contextmanager
def _surroundings() -> Iterator[dict[str, str]]:
    """The variables of an operator whose home is empty: a draft of the run before would be offered."""
    with tempfile.TemporaryDirectory(prefix="sms-tui-home-") as home:
        yield {"HOME": home, "PATH": os.environ["PATH"]}


def run_seconds(*command: str) -> float:
    """How long a command takes from its start to its end, whatever it prints and answers."""
    begun = time.perf_counter()
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return time.perf_counter() - begun


def report(*command: str) -> dict[str, float]:
    """The figures that a script of ours prints as JSON about itself."""
    done = subprocess.run([sys.executable, *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def plain_loads(file: Path) -> dict[str, float]:
    """What `json.loads` of a file's bytes costs in a fresh process: seconds of the call, peak memory in MB."""
    return report("-c", _LOADS, str(file))


@cache
def has_diff_layer() -> bool:
    """Whether the editor can be told to paint without its diff layer."""
    told = subprocess.run([*PROGRAM, "edit", "--help"], capture_output=True, check=True, text=True)
    return "--no-diff" in told.stdout
