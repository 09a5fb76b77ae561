"""Themes as Textual wants them, and what becomes of colours and signs on terminals that lack them."""

from __future__ import annotations

from rich.color import ColorSystem
from rich.console import Console
from textual.app import App
from textual.color import Color
from textual.filter import NoColor
from textual.theme import Theme

from sms_tui.ui.ascii import AsciiSigns
from sms_tui.ui.themes import TERMINAL_COLOURS, Colours, ThemeError, Themes

USUAL, FEW_COLOURS = "sms-dark", "terminal"
"""The theme where none is chosen: on most terminals, and on one of sixteen colours or without any."""

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


def usual_theme(console: Console, no_color: bool) -> str:
    """The name of the theme where none is chosen."""
    return FEW_COLOURS if no_color or console._color_system is ColorSystem.STANDARD else USUAL


def textual_theme(colours: Colours) -> Theme:
    """A theme for Textual: its style sheets know every role by its name, such as `$volume-1`."""
    roles = colours.roles
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
        dark=Color.parse(roles["background"]).brightness < 0.5,
        ansi=not TERMINAL_COLOURS.isdisjoint(roles.values()),
        variables={**roles, **{name: roles[role] for name, role in _NAMED_BY_TEXTUAL.items()}},
    )


class Themed(App[None]):
    """An app whose colours come from the files of themes."""

    themes = Themes()

    def dress(self, themes: Themes, theme: str, *, ascii: bool) -> None:
        """Take on a theme before anything is drawn, "" for the usual one. Raises ThemeError.

        Textual would read all style sheets a second time for it later.
        """
        self.themes = themes
        colours = themes.read(theme or usual_theme(self.console, self.no_color))
        if self.no_color:
            self._filters[:] = [NoColor()]  # Textual's other way without colours is shades of grey
        if ascii:
            self._filters.append(AsciiSigns())
        self.register_theme(textual_theme(colours))
        self.set_reactive(App.theme, colours.name)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)

    def wear(self, name: str) -> str:
        """Change to a theme; why it cannot be, "" if it can."""
        try:
            self.register_theme(textual_theme(self.themes.read(name)))
        except ThemeError as error:
            return str(error)
        self.theme = name
        return ""
