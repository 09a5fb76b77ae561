"""Themes from TOML files: a palette of named colours, and what each thing is drawn in. Nothing of Textual."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from sms_tui.api.errors import SettingsError
from sms_tui.language import _, why

VOLUME_COLOURS = 6
"""In how many colours the volumes of a disk are drawn in turn."""

GROUNDS: Final = ("background", "surface", "panel")
"""The roles that anything may be drawn on."""

ROLES: Final = (
    *GROUNDS,
    *("text", "dim", "line", "accent", "heading", "cursor", "cursor-text", "selection", "selection-text"),
    *("error", "warning", "changed"),
    *("state-ready", "state-running", "state-stopped", "state-done", "state-failed"),
    *("used", "free", "group", *(f"volume-{number}" for number in range(1, VOLUME_COLOURS + 1))),
    *("json-key", "json-string", "json-number", "json-word"),
)
"""What a theme gives a colour to; `themes/sms-dark.toml` says of each what it is for."""

_TERMINAL = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
TERMINAL_COLOURS: Final = frozenset(
    {"ansi_default", *(f"ansi_{hue}" for hue in _TERMINAL), *(f"ansi_bright_{hue}" for hue in _TERMINAL)}
)
"""The colours that the terminal itself decides about."""

_PACKAGED = Path(__file__).parent.parent / "themes"
_CHECKOUT = Path(__file__).parent.parent.parent / "themes"
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}\Z")
_TABLES = ("palette", "roles")
_SIXTEEN = "sixteen"
"""The table that a theme may have, and need not: its palette on terminals of sixteen colours."""


class ThemeError(SettingsError):
    """A theme that cannot be used; the text says where and what to do."""


class NoSuchThemeError(ThemeError):
    """A name that no theme has."""


class Colours(NamedTuple):
    """A theme: the colour of every role, as `#rrggbb`, `#rgb` or one of the terminal's own.

    `sixteen` has the same of the terminal's own alone, for one that has no more; it is empty where a theme says nothing
    of that.
    """

    name: str
    roles: Mapping[str, str]
    sixteen: Mapping[str, str] = MappingProxyType({})


class Themes:
    """The themes that come with the program, and those in the operator's own directory, which go first.

    A theme is called as its file is; a file is read only when its theme is wanted.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._directories = [_PACKAGED if _PACKAGED.is_dir() else _CHECKOUT, *([own] if own is not None else [])]

    def names(self) -> list[str]:
        """What there is to choose from."""
        return sorted(self._files())

    def read(self, name: str) -> Colours:
        """A theme by its name. Raises ThemeError, which is NoSuchThemeError where no theme has the name."""
        files = self._files()
        if name not in files:
            raise NoSuchThemeError(
                _("There is no theme {name}; the themes are {names}.").format(name=name, names=", ".join(sorted(files)))
            )
        return _colours(name, files[name])

    def _files(self) -> Mapping[str, Path]:
        found = (file for directory in self._directories for file in directory.glob("[!.]*.toml"))
        return {file.stem: file for file in found if file.is_file()}


def _colours(name: str, file: Path) -> Colours:
    text = _text(file)
    content = _content(file, text)
    if faults := list(_faults(content, text)):
        line, words = min(faults)
        raise ThemeError(_("{file}, line {line}: {words}.").format(file=file, line=line, words=words))
    palettes = (content["palette"], content.get(_SIXTEEN))
    return Colours(
        name,
        *(
            {role: palette[colour] for role, colour in content["roles"].items()} if palette else {}
            for palette in palettes
        ),
    )


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError as error:
        raise ThemeError(_("Cannot read {file}: {reason}.").format(file=file, reason=why(error))) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ThemeError(_("{file}, line {line}: this is not UTF-8 text.").format(file=file, line=line)) from None


def _content(file: Path, text: str) -> Mapping[str, Any]:
    from tomllib import loads

    try:
        return loads(text)
    except RecursionError:
        raise ThemeError(_("{file} is not TOML that can be read: it is nested too deeply.").format(file=file)) from None
    except ValueError as error:  # beside TOMLDecodeError, a number of more digits than Python converts
        words, __, place = str(error).partition(" (at ")
        number = re.match(r"line (\d+)", place)
        line = number[1] if number else max(1, len(text.splitlines()))
        raise ThemeError(
            _("{file}, line {line}: not TOML that can be read: {words}.").format(file=file, line=line, words=words)
        ) from None


def _faults(content: Mapping[str, Any], text: str) -> Iterator[tuple[int, str]]:
    """What is wrong with a theme, each with its line."""
    for name in content:
        if name not in (*_TABLES, _SIXTEEN):
            line = max(_line(text, name), _line(text, "", name))
            words = _("there is no place for {name} in a theme, only the tables [palette], [roles] and [sixteen]")
            yield line, words.format(name=name)
    for name in (*_TABLES, *(name for name in content if name == _SIXTEEN)):
        table = content.get(name)
        if not isinstance(table, dict):
            yield 1, _("the theme lacks the table [{name}]").format(name=name)
        else:
            yield from _not_texts(table, name, text)
    palette, roles, sixteen = (content.get(name) for name in (*_TABLES, _SIXTEEN))
    if isinstance(palette, dict) and isinstance(roles, dict):
        yield from _bad_colours(palette, text)
        yield from _bad_roles(roles, palette, text)
        if isinstance(sixteen, dict):
            yield from _bad_sixteen(sixteen, palette, text)


def _not_texts(table: Mapping[str, Any], name: str, text: str) -> Iterator[tuple[int, str]]:
    for key, value in table.items():
        if not isinstance(value, str):
            yield _line(text, name, key), _("{key} must be a text in quotes").format(key=key)


def _bad_colours(palette: Mapping[str, Any], text: str) -> Iterator[tuple[int, str]]:
    for name, colour in palette.items():
        if isinstance(colour, str) and not _HEX.match(colour) and colour not in TERMINAL_COLOURS:
            like = '"#rrggbb", "#rgb", "ansi_red" or "ansi_bright_red"'
            yield (
                _line(text, "palette", name),
                _('{name} = "{colour}" is no colour; write it like {like}').format(name=name, colour=colour, like=like),
            )


def _bad_sixteen(sixteen: Mapping[str, Any], palette: Mapping[str, Any], text: str) -> Iterator[tuple[int, str]]:
    for name, colour in sixteen.items():
        if isinstance(colour, str) and name not in palette:
            yield _line(text, _SIXTEEN, name), _("[palette] has no {colour}").format(colour=name)
        elif isinstance(colour, str) and colour not in TERMINAL_COLOURS:
            words = _('{name} is none of the terminal\'s own colours; write it like "ansi_red" or "ansi_bright_red"')
            yield _line(text, _SIXTEEN, name), words.format(name=name)
    missing = [name for name in palette if name not in sixteen]
    if missing and sixteen.keys() <= palette.keys():  # else it is there, misspelt
        yield _line(text, _SIXTEEN), _("[sixteen] lacks {names}").format(names=", ".join(missing))


def _bad_roles(roles: Mapping[str, Any], palette: Mapping[str, Any], text: str) -> Iterator[tuple[int, str]]:
    for role, colour in roles.items():
        if role not in ROLES:
            yield _line(text, "roles", role), _("there is no role {role}{meant}").format(role=role, meant=_meant(role))
        elif isinstance(colour, str) and colour not in palette:
            yield (
                _line(text, "roles", role),
                _('{role} = "{colour}": [palette] has no {colour}').format(role=role, colour=colour),
            )
    missing = [role for role in ROLES if role not in roles]
    if missing and roles.keys() <= set(ROLES):  # else it is there, misspelt
        yield _line(text, "roles"), _("[roles] lacks {names}").format(names=", ".join(missing))


def _meant(role: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(role, ROLES, 1)
    return (
        _("; {close} may be meant").format(close=close[0])
        if close
        else _("; the roles are {names}").format(names=", ".join(ROLES))
    )


def _line(text: str, table: str, key: str = "") -> int:
    """The line on which a table begins, or a key of it stands; 1 where that is written in some other way."""
    here, found = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.match(r"\s*\[\s*[\"']?([^\"'\]]*?)[\"']?\s*\]", line):
            here = head[1]
            if here == table:
                found = number
        elif key and here == table and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return number
    return found
