"""The terminal as Textual drives it, with the link meter between."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual import _ansi_sequences, events
from textual.drivers import linux_driver
from textual.message import Message

from sms_tui.ui.keys import WholeParser, named_keys
from sms_tui.ui.link import LinkMeter

if TYPE_CHECKING:
    from sms_tui.ui.app import SmsTui

_QUESTION, _ANSWER = "\x1b[5n", "\x1b[0n"
_ANSWER_KEY = "terminal-answer"
_LAST_WAIT = 0.8
"""Seconds to wait for an answer before the terminal is given back."""


class _Parser(WholeParser):
    """Takes answers out of what the terminal sends. Textual would read them as text where they fall into a paste."""

    def __init__(self, link: LinkMeter, debug: bool = False) -> None:
        super().__init__(debug)
        self._link = link

    def feed(self, data: str) -> Iterable[Message]:
        if _ANSWER in data:
            self._link.answered(time.monotonic())
            data = data.replace(_ANSWER, "")
            if not data:
                return ()  # an empty text would be the end of input
        return super().feed(data)


class MeteredDriver(linux_driver.LinuxDriver):
    """Counts what goes to the terminal, and asks it how it is. Its answer never arrives as a key."""

    def __init__(self, app: SmsTui, **options: Any) -> None:
        super().__init__(app, **options)
        self._link = app.link
        # An answer that arrives in two parts gets past the parser of ours.
        cast("dict[str, Any]", _ansi_sequences.ANSI_SEQUENCES_KEYS)[_ANSWER] = named_keys(_ANSWER_KEY)

    def write(self, data: str) -> None:
        self._link.sent(len(data.encode("utf-8", "replace")))
        super().write(data)

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._ask()

    def run_input_thread(self) -> None:
        cast(Any, linux_driver).XTermParser = partial(_Parser, self._link)
        super().run_input_thread()

    def process_message(self, message: Message) -> None:
        """Called in the thread that reads the terminal, as soon as a key is read."""
        if isinstance(message, events.Key):
            if message.key == _ANSWER_KEY:
                self._link.answered(message.time)
                return
            self._link.key()
            self._ask()
        super().process_message(message)

    def disable_input(self) -> None:
        self._link.await_answer(_LAST_WAIT)
        super().disable_input()

    def _ask(self) -> None:
        if self._link.ask():
            self.write(_QUESTION)
            self.flush()
