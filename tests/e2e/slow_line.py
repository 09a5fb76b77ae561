"""A slow line to a program: run in a terminal, it runs the program in another, and passes the bytes on late and slowly.

    python slow_line.py SECONDS BITS COMMAND…

Each byte arrives so many seconds after it left, either way, and each way carries so many bits a second. What comes
after the program has ended is echoed, as a shell's terminal would.
"""

from __future__ import annotations

import fcntl
import os
import select
import subprocess
import sys
import termios
import time
import tty
from collections import deque

_PACKET = 64
"""Bytes that arrive together."""
_START = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"


class Way:
    """One way of a line."""

    def __init__(self, source: int, sink: int, delay: float, rate: float) -> None:
        self.source, self._sink = source, sink
        self._delay, self._rate = delay, rate
        self._packets: deque[tuple[float, bytes]] = deque()
        self._free = 0.0

    def take(self) -> bool:
        """Take in what is there; False if the source has ended."""
        try:
            data = os.read(self.source, 1 << 16)
        except OSError:  # Linux says so when the last program has closed its side
            return False
        for at in range(0, len(data), _PACKET):
            packet = data[at : at + _PACKET]
            self._free = max(self._free, time.monotonic()) + len(packet) * 8 / self._rate
            self._packets.append((self._free + self._delay, packet))
        return bool(data)

    def deliver(self) -> None:
        """Pass on what has arrived by now."""
        while self._packets and self._packets[0][0] <= time.monotonic():
            os.write(self._sink, self._packets.popleft()[1])

    @property
    def due(self) -> float:
        """Seconds until the next packet arrives; infinite if none is on its way."""
        return max(0.0, self._packets[0][0] - time.monotonic()) if self._packets else float("inf")


def run(delay: float, rate: float, command: list[str]) -> int:
    """Run a command at the far end of a line; its exit code."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, fcntl.ioctl(0, termios.TIOCGWINSZ, b"\0" * 8))
    program = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _START, *command],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    ways = [Way(0, master, delay, rate), Way(master, 1, delay, rate)]
    while True:
        over = program.poll() is not None and all(way.due == float("inf") for way in ways)
        wait = 0.0 if over else min(0.05, *(way.due for way in ways))
        ready, _, _ = select.select([way.source for way in ways], [], [], wait)
        if over and not ready:
            return program.returncode
        for way in ways:
            if way.source in ready and not way.take():
                return program.wait()
            way.deliver()


def main() -> int:
    """Run the command that the arguments say, with this terminal raw meanwhile."""
    delay, rate, *command = sys.argv[1:]
    modes = termios.tcgetattr(0)
    tty.setraw(0)
    try:
        return run(float(delay), float(rate), command)
    finally:
        termios.tcsetattr(0, termios.TCSADRAIN, modes)


if __name__ == "__main__":
    sys.exit(main())
