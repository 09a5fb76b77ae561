"""The terminal as Textual drives it, with the link meter between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual import _ansi_sequences, events
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from sms_tui.ui.keys import named_keys

if TYPE_CHECKING:
    from sms_tui.ui.app import SmsTui

_QUESTION, _ANSWER = "\x1b[5n", "\x1b[0n"
_ANSWER_KEY = "terminal-answer"
_LAST_WAIT = 0.8
"""Seconds to wait for an answer before the terminal is given back."""


class MeteredDriver(LinuxDriver):
    """Counts what goes to the terminal, and asks it how it is. Its answer never arrives as a key or in a paste."""

    def __init__(self, app: SmsTui, **options: Any) -> None:
        super().__init__(app, **options)
        self._link = app.link
        cast("dict[str, Any]", _ansi_sequences.ANSI_SEQUENCES_KEYS)[_ANSWER] = named_keys(_ANSWER_KEY)

    def write(self, data: str) -> None:
        self._link.sent(len(data.encode("utf-8", "replace")))
        super().write(data)

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._ask()

    def process_message(self, message: Message) -> None:
        """Called in the thread that reads the terminal, as soon as a key is read."""
        if isinstance(message, events.Key):
            if message.key == _ANSWER_KEY:
                self._link.answered(message.time)
                return
            self._link.key()
            self._ask()
        elif isinstance(message, events.Paste) and _ANSWER in message.text:
            self._link.answered(message.time)
            message = events.Paste(message.text.replace(_ANSWER, ""))
        super().process_message(message)

    def disable_input(self) -> None:
        self._link.await_answer(_LAST_WAIT)
        super().disable_input()

    def _ask(self) -> None:
        if self._link.ask():
            self.write(_QUESTION)
            self.flush()
