"""Files and an environment for the examples of one module.

How many examples there are, and how to ask for ten thousand, is said in tests/conftest.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory for the files of one module's examples, which overwrite each other's."""
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(scope="module")
def environment() -> Iterator[pytest.MonkeyPatch]:
    """The environment of one module's examples."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch
