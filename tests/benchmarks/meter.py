"""A pseudo-terminal with a clock: how soon a program shows a usable frame, and what a key costs in time and bytes.

It is a plain terminal: what the program asks at its start (synchronized output, keyboard protocol) it does not answer.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

QUIET = 0.2
"""Seconds without a byte after which a program is done with a key; Textual holds a lone Esc back for half of that."""
_BUSY = 0.1
"""The share of one core's time above which a program that writes nothing is taken to be still at work."""
_PATIENCE = 180.0
_ANSWER_PATIENCE = 10.0

_KEYBOARD_PROTOCOL = re.compile(rb"\x1b\[[<>=][0-9;]*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program did after a key: milliseconds to its first and last byte, how many, and its CPU milliseconds."""

    first: float
    last: float
    size: int
    cpu: float


class MeterError(Exception):
    """A program did not show what it was expected to."""


class Terminal:
    """One run of a program in a terminal of its own; it is killed in the end."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], *, columns: int = 120, lines: int = 40
    ) -> None:
        self._emulator = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._emulator)
        self._unseen = bytearray()
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.received = 0
        """Bytes that came until now."""
        self._started = self._sent = self._last = time.perf_counter()
        self._process = subprocess.Popen(
            list(command),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **environment},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def frame(self, *texts: str, quiet: float = QUIET) -> float:
        """Seconds from the start until all texts were on the screen and nothing moved any more."""
        return self.shown(*texts, quiet=quiet) - self._started

    def shown(self, *texts: str, quiet: float = QUIET) -> float:
        """Wait until all texts are on the screen and nothing moves any more; when the last byte came.

        Raises MeterError if that never comes.
        """
        deadline = time.perf_counter() + _PATIENCE
        while True:
            self._read_until_quiet(quiet, deadline)
            if all(text in self.screen for text in texts):
                return self._last
            if time.perf_counter() > deadline or self._process.poll() is not None:
                raise MeterError(f"waited in vain for {texts}; the screen:\n{self.screen}")

    def shown_after(self, keys: str, *texts: str, quiet: float = QUIET) -> float:
        """Type; seconds until all texts were on the screen and nothing moved any more."""
        self.send(keys)
        return self.shown(*texts, quiet=quiet) - self._sent

    def send(self, keys: str) -> None:
        """Type, all of it in one write."""
        self._sent = time.perf_counter()
        os.write(self._master, keys.encode())

    def key(self, keys: str, quiet: float = QUIET) -> Answer:
        """Type, and wait until the program has done with it."""
        before, cpu = self.received, self._cpu()
        first = self.first_byte(keys)
        self.settle(quiet)
        last = 1e3 * (self._last - self._sent) if self.received > before else 0.0
        return Answer(first, last, self.received - before, self._cpu() - cpu)

    def first_byte(self, keys: str) -> float:
        """Type; milliseconds to the first byte after it, 0 if nothing comes."""
        self.send(keys)
        return 1e3 * (self._last - self._sent) if self._read(self._sent + _ANSWER_PATIENCE) else 0.0

    def hold(self, key: str, times: int = 40, rate: float = 30.0) -> float:
        """Hold a key down; milliseconds from the last repetition to the last byte."""
        begun = time.perf_counter()
        for turn in range(times):
            self._read_for(begun + turn / rate)
            self.send(key)
        self.settle()
        return max(0.0, 1e3 * (self._last - self._sent))

    def settle(self, quiet: float = QUIET) -> None:
        """Wait until the program neither writes nor computes."""
        deadline = time.perf_counter() + _PATIENCE
        busy = True
        while busy and time.perf_counter() < deadline:
            since, cpu = time.perf_counter(), self._cpu()
            self._read_until_quiet(quiet, deadline)
            busy = self._cpu() - cpu > _BUSY * 1e3 * (time.perf_counter() - since)

    def idle(self, seconds: float) -> int:
        """The bytes that come while nobody types."""
        before = self.received
        self._read_for(time.perf_counter() + seconds)
        return self.received - before

    @property
    def screen(self) -> str:
        """The text on the screen by now."""
        self._stream.feed(_KEYBOARD_PROTOCOL.sub(b"", bytes(self._unseen)))
        self._unseen.clear()
        return "\n".join(line.rstrip() for line in self._emulator.display)

    @property
    def peak_memory(self) -> float:
        """The most memory that the program had at once, in MB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6

    def _cpu(self) -> float:
        """CPU milliseconds of all threads of the program so far."""
        tasks = Path(f"/proc/{self._process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text("ascii").split()[0]) for task in tasks) / 1e6

    def _read(self, deadline: float) -> bool:
        """Take what comes next, at the latest at a deadline; False if nothing came."""
        wait = max(0.0, deadline - time.perf_counter())
        if not select.select([self._master], [], [], wait)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # Linux says so when the program has ended
            return False
        self._last = time.perf_counter()
        self.received += len(data)
        self._unseen += data
        return True

    def _read_for(self, deadline: float) -> None:
        while time.perf_counter() < deadline:
            self._read(deadline)

    def _read_until_quiet(self, quiet: float, deadline: float) -> None:
        while self._read(min(deadline, time.perf_counter() + quiet)):
            pass


def key_bytes(terminal: Terminal, key: str) -> int:
    """The bytes that a program sends in answer to a key."""
    return terminal.key(key).size
