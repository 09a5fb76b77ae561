"""The pictures in the README show the program as it is."""

from __future__ import annotations

import pytest
from scenes import COMMAND, SCENES, SCREENSHOTS


@pytest.mark.parametrize("name", SCENES)
async def test_the_picture_is_not_stale(name):
    stored = (SCREENSHOTS / f"{name}.svg").read_text("utf-8")
    assert await SCENES[name]() == stored, f"screenshots/{name}.svg is stale: run {COMMAND}"
