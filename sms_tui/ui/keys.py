"""Keys in the order they were typed.

Textual posts a key to the focused widget and runs its binding only after it bubbled up, while the next key is on its
way already: typed in one burst, as a slow link delivers it, `/speed` would run tree keys with its letters and
`ab⌫c` would end as `ac`. Here a key is dealt with before the next one is looked at.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from string import ascii_lowercase
from types import SimpleNamespace
from typing import Any, cast

from textual import _ansi_sequences, events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.dom import DOMNode
from textual.message import Message
from textual.widget import Widget

from sms_tui.ui.program import program_of

_STUCK = 2.0
"""Seconds after which a widget that does not come back is no longer waited for."""


class WholeParser(XTermParser):
    """Makes the keys of all that was read before the first of them is dealt with, so that each bears the time at which
    it was read: a question that the first one opens may be on the screen before Textual's own has made the second."""

    def feed(self, data: str) -> Iterable[Message]:
        return list(super().feed(data))


def time_keys_when_they_are_read() -> None:
    """Have the terminal's keys made by our parser."""
    from textual.drivers import linux_driver

    cast(Any, linux_driver).XTermParser = WholeParser


def tell_alt_keys_apart() -> None:
    """Let alt+backspace arrive under its name, for which Textual has ctrl+w, and every alt+letter at once.

    A letter behind an escape is no sequence to Textual. It waits for more, and the keys that arrive meanwhile, in the
    same packet or by a held key, turn alt+n into the text `^n`. Likewise Esc before `/`, Enter or a ctrl key: when a
    slow link delivers both together, the Esc would be lost and the other typed.
    """
    sequences = cast("dict[str, Any]", _ansi_sequences.ANSI_SEQUENCES_KEYS)
    for letter in ascii_lowercase:
        sequences.setdefault(f"\x1b{letter}", named_keys(f"alt+{letter}"))
    sequences["\x1b/"] = named_keys("escape", "slash")
    for code in range(0x01, 0x1B):
        control = chr(code)
        if control in sequences:
            sequences.setdefault(f"\x1b{control}", (*named_keys("escape"), *sequences[control]))
    sequences["\x1b\x7f"] = named_keys("alt+backspace")


def named_keys(*names: str) -> tuple[SimpleNamespace, ...]:
    """What Textual's table of sequences has for these keys, some of which its `Keys` does not know."""
    return tuple(SimpleNamespace(value=name) for name in names)


def is_answer(node: DOMNode, painted_at: float | None) -> bool:
    """Whether the key being dealt with was typed after something was painted, so that it can be an answer to it;
    what was typed ahead is none."""
    return painted_at is not None and program_of(node).key_time > painted_at


class OrderedKeys(App[None]):
    """An app that finishes one key before it looks at the next."""

    _key_target: Widget | None = None
    key_time = 0.0
    """When the key that is being dealt with was typed, by the clock of Textual's events."""

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._settle()
            self.key_time = event.time
            self.key_pressed()
            if await self._ran_binding(event):
                return
            self._key_target = self.focused
        elif isinstance(event, events.Paste) and not event.is_forwarded:
            await self._settle()
            self._key_target = self.focused
        await super().on_event(event)

    def key_pressed(self) -> None:
        """Called before a key is dealt with."""

    async def _ran_binding(self, event: events.Key) -> bool:
        """Run the binding of a key at once, unless the focused input wants the key as text."""
        if await self._check_bindings(event.key, priority=True):
            return True
        focused = self.focused
        if focused is not None and focused.check_consume_key(event.key, event.character):
            return False
        return await self._check_bindings(event.key)

    async def _settle(self) -> None:
        """Wait until the widget that got the last key has dealt with it."""
        target, self._key_target = self._key_target, None
        if target is None or not target.is_attached:
            return
        done = asyncio.Event()
        target.call_later(done.set)
        try:
            await asyncio.wait_for(done.wait(), _STUCK)
        except TimeoutError:
            self.log.warning(f"{target} is still busy with the last key")
