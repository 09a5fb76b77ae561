"""How slow the line to the terminal is, and what is spared on a slow one.

The terminal is asked now and then how it is (`CSI 5 n`, answered by every kind of terminal); how long its answer takes
is the round trip. It is asked before the answer to a key is painted, so that the painting does not delay it, and never
while nobody types. Inside tmux and GNU screen it is they who answer, at once and from this side of the line, so that
nothing can be said of it: who turned the meter on there is taken to have a slow one.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping

from textual.dom import DOMNode

from sms_tui.language import _
from sms_tui.ui.multiplexer import multiplexer
from sms_tui.ui.program import program_of

SLOW = 0.150
"""Seconds of a round trip above which a line is slow."""
SPARING = 4
"""How many times more rarely the service is asked for news on a slow line: each answer may have to be painted."""
_ASKED_EVERY = 10.0
"""The least seconds between two questions."""
_LOST = 5.0
"""Seconds after which an answer that has not come is taken to be none."""
_SAMPLES, _KEYS = 3, 20
"""Round trips and keys that the figures are made of."""


class LinkMeter:
    """Round trip and bytes per key of the line to the terminal; without `on` it measures nothing, and no line is slow.

    The terminal is read and written in threads of their own. Where it is `quiet`, nothing is to move unasked on any
    line. `clock` counts seconds, as Textual's events do.
    """

    def __init__(
        self,
        *,
        on: bool,
        quiet: bool = False,
        environ: Mapping[str, str] = os.environ,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.on, self.quiet = on, quiet
        self.words = ""
        """The figures as of the last answer, such as `310 ms   90 B/key`."""
        self._clock = clock
        self._multiplexer = multiplexer(environ)
        self._lock = threading.Lock()
        self._asked_at: float | None = None
        self._heard = threading.Event()
        self._heard.set()
        self._deaf = False
        self._round_trips: deque[float] = deque(maxlen=_SAMPLES)
        self._sizes: deque[int] = deque(maxlen=_KEYS)

    # What happens on the line

    def ask(self) -> bool:
        """Whether to ask the terminal now; if so, it is taken to be asked."""
        now = self._clock()
        if not self.on or self._deaf or (self._asked_at is not None and now < self._asked_at + _ASKED_EVERY):
            return False
        if not self._heard.is_set():
            self._deaf = True  # a terminal that does not answer is not asked again
            return False
        self._asked_at = now
        self._heard.clear()
        return True

    def answered(self, at: float) -> None:
        """The terminal's answer came."""
        if self._asked_at is None or self._heard.is_set():
            return
        self._deaf = False
        self._round_trips.append(max(0.0, at - self._asked_at))
        self.words = self._told()
        self._heard.set()

    def key(self) -> None:
        """A key came; what is sent from now on is taken to be for it."""
        with self._lock:
            self._sizes.append(0)

    def sent(self, size: int) -> None:
        """So many bytes go to the terminal. What goes there before the first key is for none."""
        with self._lock:
            if self._sizes:
                self._sizes[-1] += size

    def await_answer(self, at_most: float) -> None:
        """Wait until no answer is on its way: it would be read by whatever has the terminal next."""
        if self._asked_at is not None and self._clock() < self._asked_at + _LOST:
            self._heard.wait(at_most)

    # What it tells

    @property
    def round_trip(self) -> float | None:
        """Seconds that the terminal's answer takes, the middle of the last ones; None while that is not known."""
        if self._multiplexer or not self._round_trips:
            return None
        return sorted(self._round_trips)[(len(self._round_trips) - 1) // 2]

    @property
    def bytes_per_key(self) -> float | None:
        """The mean of the last keys; None before the first."""
        with self._lock:
            return sum(self._sizes) / len(self._sizes) if self._sizes else None

    @property
    def slow(self) -> bool:
        """Whether to spare the line: nothing is to move on the screen unasked."""
        return self.on and (bool(self._multiplexer) or (self.round_trip or 0.0) > SLOW)

    @property
    def still(self) -> bool:
        """Whether nothing is to move on the screen unasked."""
        return self.quiet or self.slow

    @property
    def patience(self) -> int:
        """By how much to stretch the time between two looks at the service."""
        return SPARING if self.slow else 1

    def _told(self) -> str:
        words = self._multiplexer or f"{1e3 * (self.round_trip or 0.0):.0f} ms"
        size = self.bytes_per_key
        return words if size is None else f"{words} {size:4.0f} B/key"  # of one width, for few cells to change


def wait_words(seconds: float, link: LinkMeter) -> str:
    """When the service may be asked again: a count of seconds, or on a slow line the time, which does not tick."""
    if not link.still:
        return _("in {seconds} s").format(seconds=f"{seconds:.0f}")
    then = time.strftime("%H:%M:%S", time.localtime(round(time.time() + seconds)))
    return _("at {time}").format(time=then)


def link_of(node: DOMNode) -> LinkMeter:
    """The meter of the program that a widget or screen is part of."""
    return program_of(node).link
