"""An operator at the terminal, for tests: presses keys, types, and says what must be seen.

Runs the app on a screen without a terminal. Every step waits until the app has nothing left to do; nothing waits for
time.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

from frugal import frugal
from idle import exact_waits, idle
from textual import events
from textual.pilot import Pilot

from sms_tui.document.document import Document
from sms_tui.session.drafts.store import DraftStore
from sms_tui.session.session import Session
from sms_tui.ui.app import SmsTui
from sms_tui.ui.screens.task_view import TaskView

_ENDLESS = ("draft", "poll")
"""The groups of workers that run as long as the editor does."""


class Operator:
    """Speaks for a person: `press("ctrl+s")`, `type("50")`, `await find("speed_limit")`, `see("= 50 Mbit/s")`."""

    def __init__(self, app: SmsTui, pilot: Pilot[None]) -> None:
        self.app, self._pilot = app, pilot

    async def idle(self) -> None:
        """Wait until no worker runs and no message waits."""
        await idle(self.app)
        while busy := [
            worker for worker in self.app.workers if worker.group not in _ENDLESS and not worker.is_finished
        ]:
            await self.app.workers.wait_for_complete(busy)
            await idle(self.app)

    async def press(self, *keys: str) -> None:
        """Press keys by their names, one after the other."""
        await self.app._press_keys(keys)
        await self.idle()

    async def type(self, text: str) -> None:
        """Type text, all of it in one burst, as a slow link delivers it."""
        self.burst(text)
        await self.idle()

    def burst(self, text: str, *keys: str) -> None:
        """Send characters, then named keys, without waiting for any of them."""
        for character in text:
            name = {" ": "space", "/": "slash"}.get(character, character)
            self.app.post_message(events.Key(name, character))
        for key in keys:
            self.app.post_message(events.Key(key, None))

    async def paste(self, text: str) -> None:
        """Paste text: the program is given it whole, and does once what it does for each character that is typed."""
        self.app.post_message(events.Paste(text))
        await self.idle()

    async def find(self, wanted: str) -> None:
        """Go to a field by the find bar, with what to find pasted there."""
        await self.press("ctrl+f")
        await self.paste(wanted)
        await self.press("enter")

    async def submit(self) -> None:
        """Review the change and send it: with y, or with the task's name where the review wants that."""
        await self.press("ctrl+s")
        if "Risky: type " not in self.screen:
            await self.press("y")
            return
        name = self.line("Risky: type ").split("Risky: type ")[1].split(" and press Enter")[0]
        await self.type(name)
        await self.press("enter")

    async def resize(self, columns: int, lines: int) -> None:
        """Make the terminal another size."""
        await self._pilot.resize_terminal(columns, lines)
        await self.idle()

    @property
    def screen(self) -> str:
        """What is on the screen, as text."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in strips)

    def see(self, *texts: str) -> None:
        """Every text must be on the screen."""
        screen = self.screen
        for text in texts:
            assert text in screen, f"{text!r} is not on the screen:\n{screen}"

    async def await_text(self, text: str) -> None:
        """Wait until what happens by itself has brought a text to the screen."""
        async with asyncio.timeout(20):
            while text not in self.screen:
                await self._pilot.pause()

    def see_not(self, *texts: str) -> None:
        """No text may be on the screen."""
        screen = self.screen
        for text in texts:
            assert text not in screen, f"{text!r} is on the screen:\n{screen}"

    def line(self, text: str) -> str:
        """The first line of the screen with a text on it."""
        screen = self.screen
        found = [line for line in screen.splitlines() if text in line]
        assert found, f"{text!r} is on no line:\n{screen}"
        return found[0]

    def node(self, text: str) -> str:
        """The first row of the tree with a text on it."""
        found = [line[1:37] for line in self.screen.splitlines()[2:] if text in line[1:37]]
        assert found, f"{text!r} is on no row of the tree:\n{self.screen}"
        return found[0]

    @property
    def document(self) -> Document:
        """The document being edited."""
        return next(screen._document for screen in reversed(self.app.screen_stack) if isinstance(screen, TaskView))


@asynccontextmanager
async def operator(
    session: Session,
    task_id: str | None = None,
    *,
    listing: Session | None = None,
    drafts: DraftStore | None = None,
    poll: float | None = None,
    size: tuple[int, int] = (140, 45),
    environ: Mapping[str, str] = MappingProxyType({}),
    **others: Any,
) -> AsyncIterator[Operator]:
    """The app on a screen of all colours, and somebody in front of it; `others` go to the app."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TEXTUAL_COLOR_SYSTEM")}
    with patch.dict(os.environ, {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environ}, clear=True):
        app = SmsTui(session, task_id, listing=listing, drafts=drafts, poll=poll, **others)
    with frugal(), exact_waits(app):
        async with app.run_test(size=size) as pilot:
            person = Operator(app, pilot)
            await person.idle()
            yield person
