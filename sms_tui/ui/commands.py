"""What the keys do, gathered from the bindings of what is on the screen.

The key sheet, the palette and the bar below a screen are made from this, so that a key stands in the code once. A
binding of ours that has words is a command; `id` is the name by which the config file gives it other keys, `show`
whether the palette offers it. One without words is the plumbing of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, cast

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import key_to_character
from textual.screen import ModalScreen, Screen

from sms_tui.language import _

_WORDS = {
    **{"escape": "Esc", "enter": "Enter", "tab": "Tab", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home"},
    **{"up": "Up", "down": "Down", "left": "Left", "right": "Right", "space": "Space", "end": "End"},
    **{"slash": "/", "backslash": "\\", "at": "@", "minus": "-", "plus": "+", "underscore": "_"},
    **{"backspace": "backspace", "delete": "Del", "insert": "Ins"},
}
_FUNCTION = re.compile(r"f\d+\Z")
_SHIFTED = re.compile(r"f(1[3-9]|2[0-4])\Z")
"""How some terminals send a function key with shift: no key to tell of."""


class Command(NamedTuple):
    """Something that a key does. `name` is what the config file calls it, "" for what keeps its key; `place` says where
    the key works. `node` and `action` do it."""

    name: str
    words: str
    keys: tuple[str, ...]
    place: str
    listed: bool
    node: DOMNode
    action: str

    @property
    def target(self) -> tuple[DOMNode, str]:
        """What does it in the end: `screen.undo` of the tree is `undo` of the screen."""
        scope, _, action = self.action.partition(".")
        if scope == "screen":
            return cast(DOMNode, self.node.screen), action
        return (self.node.app, action) if scope == "app" else (self.node, self.action)

    @property
    def why_not(self) -> str:
        """Why it does nothing now, in a sentence; "" where it does something."""
        node, action = self.target
        judge = getattr(node, "why_not", None)
        return judge(action.partition("(")[0]) if judge is not None else ""


def commands(screen: Screen[Any], *later: DOMNode) -> list[Command]:
    """All that keys do on a screen: what has the keyboard first, then the screen, what else is on it, what comes on it
    `later`, and the app."""
    focused = [] if screen.focused is None else list(screen.focused.ancestors_with_self)
    widgets = [node for node in focused if not isinstance(node, Screen) and node is not screen.app]
    others = [node for node in (*screen.walk_children(), *later) if node not in widgets]
    seen: set[tuple[type, Binding]] = set()
    found: list[Command] = []
    for node in (*widgets, screen, *others, screen.app):
        for cls, binding in described(type(node)):
            if (cls, binding) in seen or (
                isinstance(screen, ModalScreen) and node is screen.app and not binding.priority
            ):
                continue
            seen.add((cls, binding))
            place = _(getattr(cls, "KEYS_WORK", "")) or _("Anywhere on this screen")
            keys = keys_of(binding, remapped(node))
            found.append(
                Command(binding.id or "", _(binding.description), keys, place, binding.show, node, binding.action)
            )
    return found


def described(cls: type) -> Iterator[tuple[type, Binding]]:
    """The bindings with words that our own classes give a node, each with its class; Textual's are left out."""
    line = [parent for parent in cls.__mro__ if parent.__module__.startswith("sms_tui.")]
    for parent in reversed(line) if issubclass(cls, Screen) else line:
        for binding in parent.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.description:
                yield parent, binding


def remapped(node: DOMNode) -> Mapping[str, str]:
    """The keys that the config file gives, comma-separated, by the names of commands."""
    return node.app._keymap


def keys_of(binding: Binding, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that do what a binding does, as people write them."""
    keys = keymap.get(binding.id or "", binding.key).split(",")
    return tuple(key_words(key.strip()) for key in keys if key != UNBOUND and not _SHIFTED.match(key.strip()))


UNBOUND = "none"
"""In place of a key, for a command that has none."""


def key_words(key: str) -> str:
    """A key as people write it: `ctrl+s`, `F8`, `shift+F8`, `Esc`, `/`."""
    *held, last = key.split("+")
    return "+".join([*held, _last_words(last)])


def _last_words(key: str) -> str:
    if _FUNCTION.match(key):
        return key.upper()
    if key in _WORDS:
        return _WORDS[key]
    character = key_to_character(key) if len(key) > 1 else key
    return character if character and character.isprintable() else key


def with_keys_of(screen: Screen[Any], words: str) -> str:
    """A message with the keys that commands have now in place of those that it names: `Ctrl+z takes it back` is
    `F4 takes it back` where undo is on F4. A single letter may be a word, and stays."""
    keymap = remapped(screen)
    now: dict[str, str] = {}
    for node in (screen, *screen.walk_children(), screen.app) if keymap else ():
        for __, binding in described(type(node)):
            keys = keys_of(binding, keymap)
            for key in keys_of(binding, {}) if binding.id in keymap else ():
                if len(key) > 1 and key not in keys:
                    now[key.casefold()] = next(iter(keys), _(binding.description))
    if not now:
        return words
    pattern = rf"(?<![\w+])({'|'.join(map(re.escape, sorted(now, key=len, reverse=True)))})(?!\w)"
    return re.sub(pattern, lambda found: now[found[0].casefold()], words, flags=re.IGNORECASE)


def first_of(keys: Iterable[str]) -> str:
    """The first of a command's keys, "" if it has none."""
    return next(iter(keys), "")


def bar_words(keys: Iterable[str]) -> str:
    """The first of a command's keys as briefly as the bar has it: `^s`."""
    return first_of(keys).replace("ctrl+", "^")


def named_keys(screen: Screen[Any]) -> dict[str, tuple[str, ...]]:
    """The keys of the commands of a screen by their names."""
    return {command.name: command.keys for command in commands(screen) if command.name}


def key_of(screen: Screen[Any], name: str) -> str:
    """The key of a command for a sentence, where a letter that stands in it could be a word, too."""
    return next(iter(named_keys(screen).get(name, ())), _("the palette"))


def offered(screen: Screen[Any]) -> list[Command]:
    """What the palette offers: each thing once, with all the keys that do it; what the whole screen does first."""
    found: dict[tuple[DOMNode, str], Command] = {}
    for command in sorted(commands(screen), key=lambda command: command.node is not screen):
        if command.listed:
            same = found.get(command.target)
            keys = command.keys if same is None else (*same.keys, *command.keys)
            first = same or command
            found[command.target] = Command(first.name, first.words, keys, first.place, True, first.node, first.action)
    return list(found.values())
