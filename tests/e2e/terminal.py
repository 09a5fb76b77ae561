"""The program in a real pseudo-terminal: started as an operator starts it, driven by bytes, seen through an emulator.

Nothing here knows Textual or imports the program. Waiting is always for something to be seen or to end; a deadline is
only how a test fails.
"""

from __future__ import annotations

import copy
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyte
from warm import Started, Warm

PATIENCE = 30.0
"""Seconds after which something that has not been seen is taken for missing; a noisy machine needs a good part."""

ESCAPE, ENTER, TAB, BACKSPACE = "\x1b", "\r", "\t", "\x7f"
UP, DOWN, LEFT = "\x1b[A", "\x1b[B", "\x1b[D"
F1, F8 = "\x1bOP", "\x1b[19~"
CTRL_A, CTRL_C, CTRL_E, CTRL_Q, CTRL_S, CTRL_Y, CTRL_Z = "\x01", "\x03", "\x05", "\x11", "\x13", "\x19", "\x1a"
CTRL_P = "\x10"
SHIFT_END = "\x1b[1;2F"
ALT_N, ALT_U, ALT_BACKSPACE = "\x1bn", "\x1bu", "\x1b\x7f"

PROGRAM = (sys.executable, "-m", "sms_tui")

HANGUP_IGNORED = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)"
"""Before the program starts: what `nohup` does."""
PERMISSIONS_BINDING = "import ctypes; ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)"
"""Before the program starts: let file modes hold for root too (PR_CAPBSET_DROP, CAP_DAC_OVERRIDE)."""

CHECKOUT = Path(__file__).parents[2]
_START = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
_ALTERNATE_SCREEN = 1049
_KEYBOARD_PROTOCOL = re.compile(rb"\x1b\[[<>=][0-9;]*[A-Za-z]")
_BEGUN = re.compile(rb"\x1b(\[[<>=]?[0-9;]*)?\Z")


class _Emulator(pyte.Screen):
    """A screen with an alternate one, which the emulator itself does not have."""

    _primary: tuple[Any, Any] | None = None
    _shown: tuple[str, ...] = ()

    @property
    def display(self) -> list[str]:
        """The lines, of which those that were not written to are as before. Seen in the middle of a frame, a wide
        character may have been written over by half."""
        if len(self._shown) != self.lines:
            self.dirty.update(range(self.lines))
        shown = [*self._shown, *[""] * self.lines][: self.lines]
        for y in self.dirty.intersection(range(self.lines)):
            shown[y] = "".join(self.buffer[y][x].data for x in range(self.columns))
        self.dirty.clear()
        self._shown = tuple(shown)
        return shown

    def set_mode(self, *modes: int, **options: Any) -> None:
        if options.get("private") and _ALTERNATE_SCREEN in modes and self._primary is None:
            self._primary = copy.deepcopy(self.buffer), copy.copy(self.cursor)
            self.erase_in_display(2)
        super().set_mode(*modes, **options)

    def reset_mode(self, *modes: int, **options: Any) -> None:
        if options.get("private") and _ALTERNATE_SCREEN in modes and self._primary is not None:
            self.buffer, self.cursor = self._primary
            self._primary = None
            self.dirty.update(range(self.lines))
        super().reset_mode(*modes, **options)


class Terminal:
    """One run of the program. `environment` is all it gets to see of the world, `before` is Python to run first.

    A `warm` process starts it quicker, where `command` is the program with some words and nothing is to run before.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        columns: int = 120,
        lines: int = 40,
        before: str = "",
        warm: Warm | None = None,
    ) -> None:
        self.raw = bytearray()
        """Everything the program ever wrote."""
        self._begun = b""
        self._emulator = _Emulator(columns, lines)
        self._stream = pyte.ByteStream(self._emulator)
        self._master, slave = os.openpty()
        self._set_size(columns, lines)
        self._modes_before = termios.tcgetattr(self._master)
        self._process = self._started(command, environment, slave, before, warm)
        os.close(slave)

    @staticmethod
    def _started(
        command: Sequence[str], environment: Mapping[str, str], slave: int, before: str, warm: Warm | None
    ) -> subprocess.Popen[bytes] | Started:
        if warm is not None:
            assert tuple(command[: len(PROGRAM)]) == PROGRAM
            assert not before
            return warm.start(command[len(PROGRAM) :], environment, slave)
        return subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", f"{before}\n{_START}", *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(environment),
            cwd=CHECKOUT,
            start_new_session=True,
        )

    # What the operator does

    def send(self, *keys: str) -> None:
        """Type, all of it in one write."""
        data = "".join(keys).encode()
        while data:
            data = data[os.write(self._master, data) :]

    def click(self, column: int, line: int) -> None:
        """Press and release the left button on a cell, counted from 0."""
        place = f"{column + 1};{line + 1}"
        self.send(f"\x1b[<0;{place}M\x1b[<0;{place}m")

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size."""
        self._emulator.resize(lines, columns)
        self._set_size(columns, lines)

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self._process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does."""
        os.close(self._master)
        self._master = -1

    # What the operator sees

    @property
    def screen(self) -> list[str]:
        """The lines of the screen as of the last wait, without the blanks at their ends."""
        return [line.rstrip() for line in self._emulator.display]

    @property
    def text(self) -> str:
        return "\n".join(self.screen)

    @property
    def cells(self) -> list[list[pyte.screens.Char]]:
        """The cells of the screen as of the last wait, line by line."""
        rows, columns = self._emulator.lines, self._emulator.columns
        return [[self._emulator.buffer[y][x] for x in range(columns)] for y in range(rows)]

    @property
    def cursor(self) -> tuple[int, int] | None:
        """The column and line of the terminal's own cursor, None while it is hidden."""
        cursor = self._emulator.cursor
        return None if cursor.hidden else (cursor.x, cursor.y)

    def line(self, text: str) -> str:
        """The one line of the screen with a text on it."""
        found = [line for line in self.screen if text in line]
        assert len(found) == 1, self._told(f"{text!r} is on {len(found)} lines, not on one")
        return found[0]

    def sees(self, text: str) -> bool:
        """Whether a text is on the screen. A sentence may be wrapped, by the program or by the terminal."""
        wide = self._emulator.columns
        flowing = "".join(line if len(line) == wide else f"{line} " for line in self.screen)
        return text in self.text or text in " ".join(flowing.split())

    def await_text(self, *texts: str, timeout: float = PATIENCE) -> None:
        """Read until all of the texts are on the screen."""
        self.await_that(lambda: all(self.sees(text) for text in texts), f"to see {texts}", timeout)

    def await_gone(self, *texts: str, timeout: float = PATIENCE) -> None:
        """Read until none of the texts is on the screen."""
        self.await_that(lambda: not any(self.sees(text) for text in texts), f"{texts} to go", timeout)

    def await_that(self, condition: Callable[[], bool], words: str, timeout: float = PATIENCE) -> None:
        """Read until a condition holds."""
        deadline = time.monotonic() + timeout
        while not condition():
            if not self._read(deadline) and not condition():
                raise AssertionError(self._told(f"waited in vain for {words}"))

    def await_same(self, other: Terminal, shown: Callable[[Terminal], object], words: str) -> None:
        """Read both until both show the same."""
        deadline = time.monotonic() + PATIENCE
        while shown(self) != shown(other):
            read = [terminal._read(min(deadline, time.monotonic() + 0.05)) for terminal in (self, other)]
            if not any(read) and time.monotonic() > deadline:
                raise AssertionError(self._told(f"{words}: not the same as another terminal:\n{other.text}"))

    def quiet_for(self, seconds: float) -> bool:
        """Read until nothing comes for a while, and whether nothing more comes for so many seconds."""
        while self._read(time.monotonic() + 0.2):
            pass
        return not self._read(time.monotonic() + seconds)

    @property
    def colours(self) -> set[int]:
        """The codes of colours that were sent, 38 and 48 for those of large palettes; the terminal's usual are none."""
        found = re.findall(rb"\x1b\[([0-9;]*)m", bytes(self.raw))
        codes = {int(code or 0) for codes in found for code in codes.split(b";")}
        return codes & {*range(30, 39), *range(40, 49), *range(90, 98), *range(100, 108)}

    def unread_after(self, *keys: str) -> int:
        """Type, give the program a moment to paint, and say how many bytes of it wait to be read."""
        self.send(*keys * 20)
        quiet = threading.Event()
        before = -1
        while before < (unread := self._unread()):
            before = unread
            quiet.wait(0.2)
        return unread

    # How it ends

    def exit_code(self, timeout: float = PATIENCE) -> int:
        """Read until the program has ended; 128 + the number of a signal that killed it."""
        deadline = time.monotonic() + timeout
        while self._read(deadline):
            pass
        return self.ended(max(0.1, deadline - time.monotonic()))

    def ended(self, timeout: float = PATIENCE) -> int:
        """Wait for the program to end, with nobody reading its terminal."""
        try:
            code = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(self._told(f"the program has not ended within {timeout:.0f} s")) from None
        return 128 - code if code < 0 else code

    @property
    def restored(self) -> bool:
        """Whether the terminal is as it was found: main screen, cursor, wrapping, no mouse or paste reports, modes."""
        switched_on = {b"1049", b"1000", b"1003", b"1015", b"1006", b"1004", b"2004"}
        switched_off = {b"25", b"7"}
        last = dict(re.findall(rb"\x1b\[\?(\d+)([hl])", bytes(self.raw)))
        modes_as_before = termios.tcgetattr(self._master) == self._modes_before
        return (
            modes_as_before
            and all(last.get(mode, b"l") == b"l" for mode in switched_on)
            and all(last.get(mode, b"h") == b"h" for mode in switched_off)
            and self.raw.count(b"\x1b[>") == self.raw.count(b"\x1b[<u")
        )

    def close(self) -> None:
        """End the program if it still runs, and let go of the terminal."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        if self._master >= 0:
            self.hang_up()

    # Inside

    def _read(self, deadline: float) -> bool:
        """Take what the program wrote, waiting for it up to a deadline; False if nothing came or will."""
        readable, _, _ = select.select([self._master], [], [], max(0.0, deadline - time.monotonic()))
        if not readable:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # Linux says so when the last program has closed its side
            return False
        self.raw += data
        data = self._begun + data
        begun = _BEGUN.search(data)
        self._begun = data[begun.start() :] if begun else b""
        self._stream.feed(_KEYBOARD_PROTOCOL.sub(b"", data[: begun.start()] if begun else data))
        return bool(data)

    def _unread(self) -> int:
        waiting = fcntl.ioctl(self._master, termios.FIONREAD, struct.pack("i", 0))
        return int(struct.unpack("i", waiting)[0])

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def _told(self, words: str) -> str:
        return f"{words}; the screen:\n{self.text}"
