"""The one-line bars above and below a screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from sms_tui.language import _, ngettext
from sms_tui.ui.commands import bar_words, first_of, named_keys, with_keys_of
from sms_tui.ui.plain.hearing import announce, is_plain, remember
from sms_tui.ui.plain.words import fitted_plainly, listed, spoken
from sms_tui.ui.text import printable
from sms_tui.ui.widgets.painted import common_start, fits, fitted

_SPARE = (
    *("ways_out", "commands", "put_back", "put_back_short", "undo", "delete", "set_null", "add", "next_problem"),
    *("mark", "sort"),
)
"""Commands that are left out where the bar is too narrow, in this order."""


_GAP = 3 * " "
_STEP, _LONG = 8, 80


def in_steps(word: str) -> str:
    """A word of a title that may change with each key, with blanks behind it: what follows moves with every eighth
    character only, and is not sent again with each. There are no blanks where the title has no room for them."""
    if not word or len(word) > _LONG:
        return word
    return word + " " * (-(cell_len(printable(word)) + len(_GAP)) % _STEP)


class TitleBar(Widget):
    """What is open on the left, how it stands on the right."""

    def __init__(self) -> None:
        super().__init__()
        self._words: list[str] = []
        self._right = Content("")
        self._told: tuple[bool, int] | None = None
        """Whether a check went on, and how many errors there were, as far as that was counted."""

    def show(
        self,
        words: list[str],
        before: str = "",
        errors: int = 0,
        warnings: int = 0,
        changes: int = 0,
        *,
        count: bool = False,
    ) -> None:
        """Show the words, and with `count` how many errors, warnings and changes there are, `before` before them."""
        before_now, self._words, right = self._left, [printable(word) for word in words if word], Content("")
        if count:
            right = Content.assemble(
                before,
                (
                    ngettext("{count} error", "{count} errors", errors).format(count=errors),
                    "bold $error" if errors else "",
                ),
                " · ",
                (
                    ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings),
                    "$warning" if warnings else "",
                ),
                " · ",
                (
                    ngettext("{count} change", "{count} changes", changes).format(count=changes),
                    "bold $changed" if changes else "",
                ),
                " ",
            )
        told, self._told = self._told, (bool(before), errors) if count else None
        if told not in (None, self._told) and not before:
            announce(self, right.plain, "counts")
        if right != self._right or is_plain(self):
            self.refresh()
        elif (left := self._left) != before_now:
            start = cell_len(common_start(left, before_now))
            self.refresh(Region(start, 0, max(map(cell_len, (left, before_now))) - start, 1))
        self._right = right

    @property
    def _left(self) -> str:
        return " " + _GAP.join(self._words)

    @property
    def _counted(self) -> str:
        """The counts, once they are sure."""
        checking = self._told is not None and self._told[0]
        return _("checking") if checking else self._right.plain

    @property
    def text(self) -> str:
        """All of it in words."""
        words = [word.rstrip() for word in self._words if word != "sms-tui"]
        return listed(map(spoken, (*words, self._counted)))

    def render(self) -> Content:
        if is_plain(self):
            return Content(fitted_plainly(self.text, self.size.width))
        room = self.size.width - self._right.cell_length - bool(self._right)
        left = self._left
        if not fits(left, room):
            left = " " + _GAP.join(word.rstrip() for word in self._words)
        return Content(fitted(left, room)) + (" " + self._right if self._right else "")


class Banner(Static):
    """A line that stays until it is no longer true; nothing where there is nothing to tell."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._told = ""

    def tell(self, words: str) -> None:
        """Show these words, or with "" nothing."""
        if words != self._told:
            self._told = words
            self.display = bool(words)
            announce(self, words)
            line = f" ! {printable(words)}"
            self.update(Content.assemble((spoken(line) if is_plain(self) else line, "bold $warning")))


class WholeMessage(Static):
    """A message that is longer than the line of keys, over that line and those above it."""


class KeyBar(Widget):
    """The keys that do something here, and for a while a message."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[tuple[str, str], ...] = ()
        self._named: dict[str, str] = {}
        self._message = self._gauge = ""
        self._alert = self._cuts = False
        self._whole: WholeMessage | None = None

    def show(self, *keys: tuple[str, str]) -> None:
        """Show these keys with their words, once no message stands in their place. A key is that of a command, by its
        name, or stands as it is."""
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def say(self, message: str, *, alert: bool = False, whole: bool = True) -> None:
        """Show a message in place of the keys, until `unsay`; `whole` over the lines above, if one line cuts it."""
        if is_plain(self):
            announce(self, message)
            return
        self._message, self._alert, self._cuts = with_keys_of(self.screen, message), alert, not whole
        if message:
            remember(self, self._message)
        self._show_whole()
        self.refresh()

    def unsay(self) -> None:
        """Show the keys again."""
        if self._message:
            self._message = ""
            self._show_whole()
            self.refresh()

    def on_resize(self) -> None:
        self._show_whole()

    def _show_whole(self) -> None:
        """Lay a message over the lines above where one line cuts it."""
        text = printable(self._message)
        is_cut = not self._cuts and 0 < self.size.width < 1 + cell_len(text)
        if is_cut and self._whole is None:
            self._whole = WholeMessage(markup=False)
            self.screen.mount(self._whole)
        if self._whole is not None:
            self._whole.display = is_cut
            self._whole.update(Content.styled(text, self._message_style))

    @property
    def _message_style(self) -> str:
        return "bold $warning" if self._alert else "bold"

    def gauge(self, words: str) -> None:
        """Show what the link meter tells, at the end of the line."""
        if words != self._gauge:
            self._gauge = words
            self.refresh()

    def render(self) -> Content:
        if self._message:
            return Content.styled(fitted(f" {printable(self._message)}", self.size.width), self._message_style)
        fitting = [(self._key(name), word) for name, word in self._fitting()]
        parts = [part for key, word in fitting for part in ((f" {key} ", "bold $heading"), f"{word} ")]
        keys = Content.assemble(*parts)
        if not self._gauge:
            return keys
        return keys.pad_right(max(0, self._room - keys.cell_length)) + Content.styled(f"{self._gauge} ", "$dim")

    @property
    def _room(self) -> int:
        """The cells that are there for the keys."""
        return self.size.width - (cell_len(self._gauge) + 1 if self._gauge else 0)

    def _fitting(self) -> list[tuple[str, str]]:
        """The keys there is room for; those that are in the help too go first, then the last, but never by half."""
        keys = [(name, _(word)) for name, word in self._keys if self._key(name)]
        for spare in (*_SPARE, *(name for name, _word in reversed(keys))):
            if sum(cell_len(self._key(name)) + cell_len(word) + 3 for name, word in keys) <= self._room:
                break
            keys = [entry for entry in keys if entry[0] != spare]
        return keys

    def _key(self, name: str) -> str:
        """The key of a command, "" if it has none; what names no command is a key itself."""
        plain = is_plain(self)
        if not self._named:
            brief = first_of if plain else bar_words
            self._named = {name: brief(keys) for name, keys in named_keys(self.screen).items()}
        return self._named.get(name, _("Up/Down") if plain and name == "↑↓" else name)


def key_bars(screen: Screen[Any]) -> Iterator[KeyBar]:
    """The bar of keys of a screen, where it has one."""
    return (child for child in screen.children if isinstance(child, KeyBar))
