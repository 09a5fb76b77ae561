"""Ending on a signal or a lost terminal.

Left to itself Textual dies by SIGTERM and SIGHUP with nothing run and the terminal raw, spins for ever on a terminal
that is gone when SIGHUP is ignored (nohup), and hangs when the terminal stops reading. A plain signal handler, a timer
behind it and a watch on the terminal end the program in each of these. Signals that come while the terminal is raw
already but the app does not run yet wait for it (`held_back`).
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from textual.app import App

_GRACE = 1.5
"""Seconds the app has to put the terminal back before it is ended anyway."""

_ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


@contextmanager
def held_back() -> Iterator[None]:
    """Let the signals that end the program wait until `Signals.install` lets them through."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


class Signals:
    """SIGTERM, SIGHUP and SIGINT, and the watch on the terminal. Exit status 128 + the signal's number.

    `flush` brings to the disk what must outlive the program.
    """

    def __init__(self, app: App[None], flush: Callable[[], None]) -> None:
        self._app, self._flush = app, flush
        self._loop: asyncio.AbstractEventLoop | None = None

    def install(self) -> None:
        """Take over the signals; a test does not. Behind a page there is no terminal to watch."""
        if self._app.is_headless or threading.current_thread() is not threading.main_thread():
            return
        self._loop = asyncio.get_running_loop()
        for number in _ENDING:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._ended)
        if not self._app.is_web:
            threading.Thread(target=self._watch, name="terminal watch", daemon=True).start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)

    def _ended(self, number: int, frame: FrameType | None) -> None:
        if self._loop is None or self._loop.is_closed() or not _terminal_is_there():
            self._end(128 + number)  # nothing to put back
        timer = threading.Timer(_GRACE, self._end, (128 + number,))
        timer.daemon = True
        timer.start()
        self._loop.call_soon_threadsafe(self._app.exit, None, 128 + number)

    def _end(self, code: int) -> NoReturn:
        try:
            self._flush()
        finally:
            os._exit(code)

    def _watch(self) -> None:
        asleep = threading.Event()
        while not asleep.wait(1.0):
            if not _terminal_is_there():
                self._end(128 + signal.SIGHUP)


def _terminal_is_there() -> bool:
    import termios

    if sys.__stdin__ is None:
        return False
    try:
        termios.tcgetattr(sys.__stdin__.fileno())
    except (termios.error, ValueError):
        return False
    return True
