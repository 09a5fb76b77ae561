"""How a command ended, and a program on a pseudo-terminal."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyte

PATIENCE = 30.0
"""Seconds after which a program that says nothing is given up."""


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]
BodyFile = Callable[[str | bytes], str]


class Terminal:
    """`sms-tui` on a terminal of its own, and what can be read on it."""

    def __init__(self, process: subprocess.Popen[bytes], master: int, screen: pyte.Screen) -> None:
        self._process, self._master = process, master
        self._screen, self._stream = screen, pyte.ByteStream(screen)
        self.sent = b""
        """All that was read so far."""

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    def see(self, text: str) -> None:
        """Wait until a text stands on the screen."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.text:
            assert self._read(deadline), f"{text!r} never came; the screen is:\n{self.text}"

    def type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def interrupt(self) -> None:
        self._process.send_signal(signal.SIGINT)

    def ended(self) -> int:
        """The exit code, once the program has ended; what it still writes is read."""
        deadline = time.monotonic() + PATIENCE
        while self._read(deadline):
            pass
        return self._process.wait(timeout=PATIENCE)

    def _read(self, deadline: float) -> bool:
        """Take in what is written next; false when nothing comes any more."""
        if not select.select([self._master], [], [], max(0.0, deadline - time.monotonic()))[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the other end is closed
            return False
        self.sent += data
        self._stream.feed(data)
        return bool(data)


@contextmanager
def terminal(
    *arguments: str,
    columns: int = 100,
    lines: int = 30,
    stdout: int | None = None,
    stderr: int | None = None,
    environ: Mapping[str, str] | None = None,
) -> Iterator[Terminal]:
    """A command on a terminal of this size; `stdout` and `stderr` are where these streams go if not there."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "sms_tui", *arguments],
        stdin=slave,
        stdout=slave if stdout is None else stdout,
        stderr=slave if stderr is None else stderr,
        env={**os.environ, "TERM": "xterm-256color", **(environ or {})},
        start_new_session=True,
    )
    os.close(slave)
    try:
        yield Terminal(process, master, pyte.Screen(columns or 100, lines or 30))
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        os.close(master)
