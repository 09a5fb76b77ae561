"""The garbage collector, where it would stop everything to look through a whole task, which is no garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let no collection run in between. Who made very much that stays calls `gc.freeze` in there, at its end: else the
    next collection looks through all of it."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
