"""Fuzzing: a hundred examples of each test as part of every run, ten thousand with

    .venv/bin/pytest tests/fuzz --hypothesis-profile=thorough -n 2

which takes about half an hour. There is no deadline: on a busy machine one slow example says nothing about the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None)
settings.register_profile(
    "thorough", deadline=None, max_examples=10_000, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.load_profile("patient")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory for the files of one module's examples, which overwrite each other's."""
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(scope="module")
def environment() -> Iterator[pytest.MonkeyPatch]:
    """The environment of one module's examples."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch
