"""A page of a browser as the terminal, driven through the process that serves it."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any, cast

from textual import events, messages
from textual.app import App
from textual.drivers import web_driver

from sms_tui.ui.keys import WholeParser


class PageDriver(web_driver.WebDriver):
    """Textual's driver, mended: keys are read as on a terminal, the page has the focus where it says so early, and the
    program ends when nobody serves the page any more, where it would go on for ever or crash while it paints."""

    _has_focus = False

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._write = cast(Any, self._write_all)

    def start_application_mode(self) -> None:
        super().start_application_mode()
        self._app.call_later(self._tell_focus)  # after Textual took it that the page has none

    def run_input_thread(self) -> None:
        cast(Any, web_driver).XTermParser = WholeParser
        super().run_input_thread()
        if not self.exit_event.is_set():
            with suppress(RuntimeError):  # the app's loop has ended meanwhile
                self._app.call_from_thread(self._app.post_message, messages.ExitApp())

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        if packet_type in ("focus", "blur"):
            self._has_focus = packet_type == "focus"
        super().on_meta(packet_type, payload)

    def _tell_focus(self) -> None:
        if self._has_focus:
            self._app.post_message(events.AppFocus())

    def _write_all(self, data: bytes) -> None:
        with suppress(BrokenPipeError):
            while data:
                data = data[os.write(self.fileno, data) :]
