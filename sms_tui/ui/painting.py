"""Themes as Textual wants them, and what becomes of colours and signs on terminals that lack them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

from rich.color import ColorSystem
from textual.app import App
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter, NoColor
from textual.theme import Theme

from sms_tui.language import _
from sms_tui.ui.ascii import AsciiSigns
from sms_tui.ui.cells import INDEXES
from sms_tui.ui.mirror import colours_of
from sms_tui.ui.themes import TERMINAL_COLOURS, Colours, ThemeError, Themes
from sms_tui.ui.widgets.bars import key_bars

USUAL, FEW_COLOURS, LIGHT = "sms-dark", "terminal", "sms-light"
"""The theme where none is chosen: on most terminals, and on one of sixteen colours or without any. The third shows
there what a light theme is to be drawn in that does not say it."""

_NAMED_BY_TEXTUAL = {
    "surface-active": "surface",
    "foreground-disabled": "dim",
    "ansi-background": "background",
    "text-muted": "dim",
    "text-disabled": "dim",
    "scrollbar": "line",
    "scrollbar-hover": "line",
    "scrollbar-active": "accent",
    "scrollbar-background": "background",
    "scrollbar-background-hover": "background",
    "scrollbar-background-active": "background",
    "scrollbar-corner-color": "background",
    "input-cursor-background": "text",
    "input-cursor-foreground": "panel",
    "input-selection-background": "selection",
    "input-selection-foreground": "selection-text",
}
"""What Textual's own widgets draw with, and the role that this is here."""


def textual_theme(colours: Colours, system: ColorSystem = ColorSystem.TRUECOLOR) -> Theme:
    """A theme for Textual: its style sheets know every role by its name, such as `$volume-1`."""
    roles = colours.roles
    if system is ColorSystem.STANDARD and colours.sixteen:
        roles = colours.sixteen
    elif system is ColorSystem.EIGHT_BIT:
        roles = {role: _of_256(colour) for role, colour in roles.items()}
    return Theme(
        colours.name,
        primary=roles["accent"],
        secondary=roles["group"],
        warning=roles["warning"],
        error=roles["error"],
        success=roles["changed"],
        accent=roles["heading"],
        foreground=roles["text"],
        background=roles["background"],
        surface=roles["surface"],
        panel=roles["panel"],
        dark=_is_dark(roles),
        ansi=_has_terminal_colours(roles),
        variables={**roles, **{name: roles[role] for name, role in _NAMED_BY_TEXTUAL.items()}},
    )


def _is_dark(roles: Mapping[str, str]) -> bool:
    return Color.parse(roles["background"]).brightness < 0.5


def _has_terminal_colours(roles: Mapping[str, str]) -> bool:
    return not TERMINAL_COLOURS.isdisjoint(roles.values())


@lru_cache(maxsize=256)
def _of_256(colour: str) -> str:
    """The nearest colour of the palette of 256: Rich would make bright hues of dark ones that are nearly grey."""
    if colour in TERMINAL_COLOURS:
        return colour
    here = Color.parse(colour).rgb
    return Color(*min(INDEXES, key=partial(_distance, here))).hex


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """How different two colours look, roughly: the "redmean" of compuphase.com/cmetric.htm, squared."""
    mean = (one[0] + other[0]) / 512
    red, green, blue = ((a - b) ** 2 for a, b in zip(one, other, strict=True))
    return (2 + mean) * red + 4 * green + (3 - mean) * blue


class Themed(App[None]):
    """An app whose colours come from the files of themes."""

    themes = Themes()

    def dress(self, themes: Themes, theme: str, *, ascii: bool) -> None:
        """Take on a theme before anything is drawn, "" for the usual one. Raises ThemeError.

        Textual would read all style sheets a second time for it later.
        """
        self.themes = themes
        name = theme or (FEW_COLOURS if self.no_color or self._system is ColorSystem.STANDARD else USUAL)
        self._put_up(name)
        if self.no_color:
            self._filters[:] = [NoColor()]  # Textual's other way without colours is shades of grey
        if ascii:
            self._filters.append(AsciiSigns())
        self.set_reactive(App.theme, name)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)

    @property
    def current_theme(self) -> Theme:
        """As Textual's own, which copies the table of themes for each of the many times that painting a line asks."""
        return self._registered_themes.get(self.theme) or super().current_theme

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters but one, which looks for the terminal's own colours in every line of a theme that has
        none of them."""
        return [found for found in super().get_line_filters() if not isinstance(found, ANSIToTruecolor)]

    def wear(self, name: str) -> str:
        """Change to a theme; why it cannot be, "" if it can. All of a file's path would leave no room for the rest."""
        try:
            self._put_up(name)
        except ThemeError as error:
            return re.sub(r"\S*/", "", str(error), count=1)
        self.theme = name
        return ""

    def choose(self, name: str) -> None:
        """Change to a theme, and tell how to stay with it."""
        trouble = self.wear(name)
        for bar in key_bars(self.screen):
            bar.say(
                trouble or _('To stay with it: theme = "{name}" in the config file.').format(name=name),
                alert=bool(trouble),
            )

    def _put_up(self, name: str) -> None:
        """Let Textual know a theme. Raises ThemeError."""
        colours = self.themes.read(name)
        if self._system is ColorSystem.STANDARD and not (colours.sixteen or _has_terminal_colours(colours.roles)):
            # Rounded to the nearest of sixteen, texts and grounds would often be one colour.
            near = self.themes.read(FEW_COLOURS if _is_dark(colours.roles) else LIGHT)
            colours = colours._replace(sixteen=near.sixteen or near.roles)
        self.register_theme(textual_theme(colours, self._system))

    @property
    def _system(self) -> ColorSystem:
        return colours_of(self.console)
