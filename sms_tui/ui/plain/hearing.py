"""How a widget reaches the voice of plain mode, where there is one. Known to all, knows none."""

from __future__ import annotations

import re
from typing import Any, Protocol, cast

from textual.dom import DOMNode
from textual.screen import Screen

_COUNTED = re.compile(r"[\d\u2800-\u28ff]+")
"""What changes in a message while it goes on: a number, or a sign that turns."""


class Hearing(Protocol):
    """Takes what is to be announced."""

    def announce(self, words: str, topic: str = "") -> None:
        """Say something; what was said of the same topic since the last key is no longer true."""

    def look_again(self) -> None:
        """Say what has the keyboard, if that is another sentence now."""

    def key_pressed(self) -> None:
        """Take note that what is announced from now on is about another key."""


class _Speaks(Protocol):
    plain: bool

    def voice_of(self, screen: Screen[Any]) -> Hearing | None: ...


def is_plain(node: DOMNode) -> bool:
    """Whether the program speaks in sentences."""
    return bool(getattr(node.app, "plain", False))


def voice_of(node: DOMNode) -> Hearing | None:
    """The voice of the screen that a widget is on; None outside plain mode."""
    if not node.is_attached or not is_plain(node):
        return None
    return cast(_Speaks, node.app).voice_of(cast("Screen[Any]", node.screen))


def announce(node: DOMNode, words: str, topic: str = "") -> None:
    """Say something in plain mode; elsewhere it is seen."""
    if words and (voice := voice_of(node)) is not None:
        voice.announce(words, topic)


def remember(node: DOMNode, words: str) -> None:
    """Keep what was said, to be read again from the palette; of what goes on, only how it is by now."""
    heard = getattr(node.app, "heard", None)
    if heard is None:
        return
    if heard and _COUNTED.sub("", heard[-1]) == _COUNTED.sub("", words):
        heard.pop()
    heard.append(words)


def look_again(node: DOMNode) -> None:
    """Have plain mode see what a widget has to say now."""
    if (voice := voice_of(node)) is not None:
        voice.look_again()
