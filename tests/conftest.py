"""How many examples a property test tries: 30 in a plain run, ten thousand of each with

    .venv/bin/pytest tests/fuzz --hypothesis-profile=thorough -n 2

which takes about half an hour. There is no deadline: on a busy machine one slow example says nothing about the code.
"""

from __future__ import annotations

import gc
import sys

from hypothesis import HealthCheck, settings

sys.dont_write_bytecode = False  # or else each worker compiles every test anew, which is half of its collection

settings.register_profile("plain", deadline=None, max_examples=30)
settings.register_profile(
    "thorough", deadline=None, max_examples=10_000, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.load_profile("plain")


def pytest_collection_finish() -> None:
    """Thousands of collected tests stay till the end: the garbage collector need not look through them again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000)  # the program's own, see sms_tui/cli/__init__.py
