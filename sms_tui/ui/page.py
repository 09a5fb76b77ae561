"""A page of a browser as the terminal, driven through the process that serves it."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any, cast

from textual import messages
from textual.app import App
from textual.drivers import web_driver

from sms_tui.ui.keys import WholeParser


class PageDriver(web_driver.WebDriver):
    """Textual's driver, with keys read as on a terminal, and an end when nobody serves the page any more: its own would
    go on for ever without input, or crash where it paints."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._write = cast(Any, self._write_all)

    def run_input_thread(self) -> None:
        cast(Any, web_driver).XTermParser = WholeParser
        super().run_input_thread()
        if not self.exit_event.is_set():
            with suppress(RuntimeError):  # the app's loop has ended meanwhile
                self._app.call_from_thread(self._app.post_message, messages.ExitApp())

    def _write_all(self, data: bytes) -> None:
        with suppress(BrokenPipeError):
            while data:
                data = data[os.write(self.fileno, data) :]
