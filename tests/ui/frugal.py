"""What hundreds of apps in one process need not each do again, or for nobody.

Textual parses its style sheets at the start of each app, puts together what it would send to a terminal where there is
none, and lets a paint wait for the next 60th of a second. Nothing is seen of that here: what is parsed once is parsed,
and widgets are painted all the same, as soon as they can. Real terminals are those of tests/e2e.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from textual import screen, strip
from textual._compositor import Compositor, CompositorUpdate, LayoutUpdate
from textual._context import visible_screen_stack
from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet
from textual.geometry import Region

_AT_ONCE = 0.001
"""Seconds until a paint."""
_MANY = 4_096
_PARSED: dict[frozenset[tuple[str, str]], LRUCache[Any, Any]] = {}
"""The rules that texts were parsed to, by the variables that stood in them."""
_parse, _set_variables, _update = Stylesheet.parse, Stylesheet.set_variables, Compositor.render_update


def _parse_once(sheet: Stylesheet) -> None:
    sheet._parse_cache = _PARSED.setdefault(frozenset(sheet._variables.items()), LRUCache(_MANY))
    _parse(sheet)


def _forget_none(sheet: Stylesheet, variables: dict[str, str]) -> None:
    """Take other variables without emptying the store of all sheets that have the same as now."""
    sheet._parse_cache = LRUCache(1)
    _set_variables(sheet, variables)


def _painted(
    compositor: Compositor, full: bool = False, screen_stack: Any = None, simplify: bool = False
) -> CompositorUpdate | None:
    """Let the widgets that have changed paint themselves. Only what a picture is taken of is put together too."""
    if full:
        return _update(compositor, full, screen_stack, simplify)
    visible_screen_stack.set(screen_stack or [])
    if not (changed := compositor._dirty_regions):
        return None
    region = Region.from_union([*changed]).intersection(compositor.size.region)
    changed.clear()
    for _ in compositor._get_renders(region):
        pass
    return LayoutUpdate([], region)


def _unbounded(maximum: int) -> dict[Any, Any]:
    """A store of what was made of one painted line, of which each has seven; it goes when the line goes."""
    return {}


@contextmanager
def frugal() -> Iterator[None]:
    """Let the apps that run meanwhile be frugal like this."""
    with (
        patch.object(screen, "UPDATE_PERIOD", _AT_ONCE),
        patch.object(strip, "FIFOCache", _unbounded),
        patch.object(Stylesheet, "parse", _parse_once),
        patch.object(Stylesheet, "set_variables", _forget_none),
        patch.object(Compositor, "render_update", _painted),
    ):
        yield
