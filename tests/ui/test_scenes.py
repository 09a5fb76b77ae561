"""The pictures and the recording in screenshots/ show the program as it is."""

from __future__ import annotations

import json
import re

import pyte
import pytest
from scenes import COMMAND, RECORDING, SCENES, SCREENSHOTS, pictured, recorded


@pytest.mark.parametrize("name", SCENES)
async def test_the_picture_is_not_stale(name):
    stored = (SCREENSHOTS / f"{name}.svg").read_text("utf-8")
    assert await pictured(name) == stored, f"screenshots/{name}.svg is stale: run {COMMAND}"


async def test_the_recording_is_not_stale_and_replays_a_whole_fix_in_less_than_a_minute():
    stored = RECORDING.read_text("utf-8")
    fresh, last_screen = await recorded()
    assert fresh == stored, f"screenshots/{RECORDING.name} is stale: run {COMMAND}"
    header, *events = map(json.loads, stored.splitlines())
    assert header["version"] == 2
    screen = pyte.Screen(header["width"], header["height"])
    stream = pyte.Stream(screen)
    times = [time for time, _, _ in events]
    for _, kind, text in events:
        if kind == "o":
            stream.feed(text)
    assert screen.display == [line.ljust(header["width"]) for line in last_screen.splitlines()]
    assert times == sorted(times)
    assert 20 < times[-1] < 60


def test_every_picture_is_of_a_scene_and_loads_nothing():
    files = {file.stem: file.read_text("utf-8") for file in SCREENSHOTS.glob("*.svg")}
    assert set(files) == set(SCENES)
    for name, text in files.items():
        assert not re.search(r"url\(['\"]?\w+:", text), name


def test_the_readme_shows_pictures_that_there_are():
    readme = (SCREENSHOTS.parent / "README.md").read_text("utf-8")
    shown = re.findall(r"!\[[^]]+\]\(screenshots/([\w-]+)\.svg\)", readme)
    assert 1 <= len(shown) <= 3
    assert set(shown) <= set(SCENES)
