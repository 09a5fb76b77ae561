"""Other keys for commands, as the config file gives them: `[keys]`, then `undo = "f4"` or `undo = ["f4", "ctrl+z"]`.

Checked before anything is shown, and as a whole: a command there is not, a key that no terminal sends, and two commands
on one key, each with the words that say what to do. Imports every screen, for their bindings are what is checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from itertools import combinations
from string import ascii_lowercase

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import _character_to_key

from sms_tui.ui.app import SmsTui
from sms_tui.ui.commands import UNBOUND, key_words
from sms_tui.ui.forms.grid import PropertyGrid
from sms_tui.ui.forms.input import FieldInput
from sms_tui.ui.forms.pane import FormPane
from sms_tui.ui.json_view.screen import JsonScreen
from sms_tui.ui.json_view.text import JsonText
from sms_tui.ui.screens.conflict import ConflictScreen, Sides
from sms_tui.ui.screens.editor import EditorScreen
from sms_tui.ui.screens.find import FindBar
from sms_tui.ui.screens.review import ReviewScreen
from sms_tui.ui.screens.table import TableScreen
from sms_tui.ui.screens.task_list import TaskListScreen
from sms_tui.ui.table.pane import TablePane
from sms_tui.ui.table.table import EntryTable
from sms_tui.ui.tree.tree import TaskTree
from sms_tui.ui.widgets.lines import Lines
from sms_tui.ui.widgets.picture import Picture
from sms_tui.ui.widgets.tasks import TaskTable

PLACES: tuple[tuple[type[DOMNode], ...], ...] = (
    (SmsTui, TaskListScreen, TaskTable),
    (SmsTui, TaskListScreen, FieldInput),
    (SmsTui, EditorScreen, TaskTree),
    (SmsTui, EditorScreen, FormPane, PropertyGrid),
    (SmsTui, EditorScreen, FormPane, FieldInput),
    (SmsTui, EditorScreen, FindBar, FieldInput),
    (SmsTui, EditorScreen, Picture),
    (SmsTui, TableScreen, TablePane, EntryTable),
    (SmsTui, TableScreen, TablePane, FieldInput),
    (SmsTui, JsonScreen, JsonText),
    (SmsTui, ReviewScreen, Lines),
    (SmsTui, ReviewScreen, FieldInput),
    (SmsTui, ConflictScreen, Sides),
    (SmsTui, ConflictScreen, FieldInput),
)
"""What may have the keyboard, with all that a key goes through there."""

_FIXED = ("escape", "enter", "tab", "shift+tab", "backspace")
_SHIFTED = {f"shift+f{number}": f"f{number + 12}" for number in range(1, 13)}
"""What some terminals send for a function key with shift."""


class KeymapError(ValueError):
    """Keys that cannot be used; `lines` say why, a sentence or two each."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def keymap(table: Mapping[str, object]) -> dict[str, str]:
    """The keys of commands by their names, comma-separated, as Textual's keymaps have them. Raises KeymapError."""
    bound = list(_bindings({cls for place in PLACES for cls in place}))
    known = {binding.id for binding in bound if binding.id}
    while_typing = {binding.id for binding in bound if binding.priority}
    wrong: list[str] = []
    found: dict[str, str] = {}
    for name, value in table.items():
        if name not in known:
            near = get_close_matches(name, known, 1)
            guess = f" Did you mean {near[0]}?" if near else " The key sheet (? in the program) has their names."
            wrong.append(f"{name}: there is no command of that name.{guess}")
            continue
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            wrong.append(f'{name}: a key is a text in quotes, several are a list of them: {name} = ["f4", "ctrl+z"].')
            continue
        keys = [key_named(text) for text in texts]
        wrong += [
            f"{name}: {said}"
            for text, key in zip(texts, keys, strict=True)
            if (said := _objection(text, key, name in while_typing))
        ]
        found[name] = ",".join(key for key in keys if key) or UNBOUND
    wrong = wrong or list(dict.fromkeys(_clashes(found)))
    if wrong:
        raise KeymapError(wrong)
    return found


def key_named(text: str) -> str | None:
    """The key of that name as Textual has it, with what else a terminal may send for it; None if there is none."""
    text = text.strip()
    if len(text) == 1:
        return _character_to_key(text) if text.isprintable() else None
    key = text.lower()
    if key in _SHIFTED:
        return f"{key},{_SHIFTED[key]}"
    return key if key in _sent() else None


@cache
def _sent() -> frozenset[str]:
    """The names of the keys that a terminal sends."""
    keys = [part.value for keys in ANSI_SEQUENCES_KEYS.values() if isinstance(keys, tuple) for part in keys]
    return frozenset({*keys, *(f"alt+{letter}" for letter in ascii_lowercase)})


def _objection(text: str, key: str | None, while_typing: bool) -> str:
    """Why a command cannot have a key, "" if it can."""
    if key is None:
        return (
            f"{text!r} is no key that a terminal sends. Keys are written f4, ctrl+s, alt+n, shift+f8, pageup, d or ?."
        )
    if key in _FIXED:
        return f"{key_words(key)} keeps its own meaning everywhere; choose another key."
    if while_typing and (key == "space" or len(text.strip()) == 1):
        return (
            f"it works while text is typed, where {text.strip()} is text; choose a key with ctrl or alt, or an F key."
        )
    return ""


def _clashes(found: Mapping[str, str]) -> Iterator[str]:
    """Two commands on one key in the same place, of which one has it by the table, and both did not have it before."""
    for place in PLACES:
        before = {(key, *sorted(pair)) for key, pair in _pairs(place, {})}
        for key, pair in _pairs(place, found):
            if (key, *sorted(pair)) not in before and any(name in found for name in pair):
                first, second = sorted(pair, key=lambda name: name not in found)
                yield f"{first} and {second} both have {key_words(key)}; give one of them another key."


def _pairs(place: Iterable[type[DOMNode]], found: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The keys on which two commands are that are alive in the same place."""
    names: dict[str, dict[str, None]] = {}
    for binding in _bindings(place):
        for key in found.get(binding.id or "", binding.key).split(","):
            names.setdefault(key, {})[_called(binding)] = None
    for key, having in names.items():
        for pair in combinations(having, 2):
            yield key, pair


def _called(binding: Binding) -> str:
    """What a clash calls a command: its name, else what it does."""
    return binding.id or f'"{binding.description or binding.action.replace("_", " ")}"'


def _bindings(classes: Iterable[type[DOMNode]]) -> Iterator[Binding]:
    """All bindings of classes, Textual's too, one a key."""
    for cls in classes:
        merged = cls._merged_bindings
        for bindings in merged.key_to_bindings.values() if merged is not None else ():
            yield from bindings
