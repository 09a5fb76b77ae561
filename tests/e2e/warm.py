"""Starts of the program that cost half: by a process that has read the libraries, and forks.

Of what a start computes, more than half is reading Textual, httpx and the rest, which are the same at every start and
not ours. So a process reads these once. For each start it makes a child, which gets an environment of its own, and a
terminal or files to read and write, and there the whole of `python -m sms_tui` goes on: nothing of the program was read
before.

What differs from a start of Python anew: what Python and the libraries read from the environment while they start
(`LANG`, `PYTHON…`, `TEXTUAL_…`) is that of this process, and file capabilities that were given up stay. A start that
is about any of that is made anew: see `start` in conftest.py.
"""

from __future__ import annotations

import fcntl
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

LIBRARIES = (
    "textual.app",
    "textual.command",
    "textual.drivers.linux_driver",
    "textual.layouts.factory",
    "textual.scrollbar",
    "textual.widgets._input",
    "textual.widgets._text_area",
    "anyio._backends._asyncio",
    "httpcore",
    "httpx",
    "platformdirs",
    "pydantic_core",
    "stamina",
)
"""What the program loads of others. It loads by itself what is missing here."""

_LARGEST = 1 << 20
_FILES = 1 << 10
"""More files than a child inherits."""


class Started:
    """A start of the program; ends and is ended like one of `subprocess`."""

    def __init__(self, report: int) -> None:
        self._report = os.fdopen(report, "rb", buffering=0)
        self._code: int | None = None
        self.pid = int(self._report.readline())

    def poll(self) -> int | None:
        """The exit code; None while it runs."""
        return self._ended(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; the exit code, negative for a signal."""
        code = self._ended(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("sms-tui", timeout or 0.0)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _ended(self, timeout: float | None) -> int | None:
        if self._code is None and select.select([self._report], [], [], timeout)[0]:
            self._code = int(self._report.readline())
            self._report.close()
        return self._code


class Warm:
    """The process, from its making to `close`. Its own terminal is there to be as one expects: nobody reads it."""

    def __init__(self, directory: Path) -> None:
        self._line, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._master, slave = os.openpty()
        environment = {"LANG": "C.UTF-8", "TERM": "xterm-256color"}
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(far.fileno())],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            cwd=directory,
            pass_fds=[far.fileno()],
            start_new_session=True,
        )
        os.close(slave)
        far.close()

    def start(self, words: Sequence[str], environment: Mapping[str, str], *streams: int) -> Started:
        """Run `sms-tui` with these words, with all that it sees of the world; on a terminal, or on three files."""
        report, far = os.pipe()
        request = json.dumps({"words": list(words), "environment": dict(environment)}).encode()
        socket.send_fds(self._line, [request], [far, *(streams * 3)[:3]])
        os.close(far)
        return Started(report)

    def close(self) -> None:
        """End it; what it started has ended."""
        self._line.close()
        self._process.wait()
        os.close(self._master)


def _children_of(line: socket.socket) -> list[str]:
    """Make a child for each request, and report its number and its end. Returns in the child only: the words to run."""
    running: dict[int, tuple[int, int]] = {}
    while True:
        for file in select.select([line.fileno(), *running], [], [])[0]:
            if file in running:
                _report_end(file, *running.pop(file))
                continue
            message, files, _, _ = socket.recv_fds(line, _LARGEST, 4)
            if not message:
                os._exit(0)
            report, *streams = files
            child = os.fork()
            if not child:
                line.detach()
                return _become(json.loads(message), streams)
            for stream in streams:
                os.close(stream)
            os.write(report, b"%d\n" % child)
            running[os.pidfd_open(child)] = child, report


def _report_end(file: int, child: int, report: int) -> None:
    _, status = os.waitpid(child, 0)
    os.write(report, b"%d\n" % os.waitstatus_to_exitcode(status))
    os.close(report)
    os.close(file)


def _become(request: dict[str, object], streams: list[int]) -> list[str]:
    """Be what a start of Python on these streams would be by now; the words."""
    for standard, stream in enumerate(streams):
        os.dup2(stream, standard)
    os.closerange(3, _FILES)
    if os.isatty(0):
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    sys.stdout.reconfigure(line_buffering=os.isatty(1))
    os.environ.clear()
    os.environ.update(request["environment"])
    return request["words"]


if __name__ == "__main__":
    for library in LIBRARIES:
        importlib.import_module(library)
    words = _children_of(socket.socket(fileno=int(sys.argv[1])))
    sys.path[0] = str(Path.cwd())
    sys.argv[1:] = words
    runpy.run_module("sms_tui", run_name="__main__", alter_sys=True)
