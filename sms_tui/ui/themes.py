"""Themes from TOML files: a palette, light or dark."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from textual.theme import Theme

_PACKAGED = Path(__file__).parent.parent / "themes"
_CHECKOUT = Path(__file__).parent.parent.parent / "themes"


def load_themes() -> Iterator[Theme]:
    """The themes that come with the program; in a checkout they lie beside the package."""
    directory = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    for file in sorted(directory.glob("*.toml")):
        yield Theme(**tomllib.loads(file.read_text("utf-8")))
