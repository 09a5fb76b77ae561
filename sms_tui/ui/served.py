"""Whether the program runs behind a page of a browser, where textual-serve starts it."""

from __future__ import annotations

import os
from collections.abc import Mapping

_SERVING = "textual.drivers.web_driver:WebDriver"


def is_served(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether a page shows the screen: there is no terminal then, and standard input and output carry packets."""
    return environ.get("TEXTUAL_DRIVER") == _SERVING
