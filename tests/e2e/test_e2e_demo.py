"""The demo, by somebody who knows nothing but what the screen says."""

from __future__ import annotations

import re

from stories import agree, review
from terminal import CTRL_Q, ENTER, F8


def test_the_wrong_volume_size_is_mended_by_what_the_screen_says(start):
    terminal = start("demo")
    terminal.await_text("14 tasks")
    terminal.send("wrong volume size")
    terminal.await_text("1 of 14 tasks", "Enter Open")
    terminal.send(ENTER)
    terminal.await_text("0 errors · 2 warnings · 0 changes", "F8 Problem")
    terminal.send(F8)
    terminal.await_text("1 of 2: ", "F9: set size of D: to 200 GiB", "less than its volumes sum to")
    terminal.send(F8)
    terminal.await_text("2 of 2: ", "used_size and free_size make")
    (size,) = set(re.findall(r"used_size and free_size make (\d+) ", terminal.text))
    (place,) = re.findall(r"╭─ (target_server › disks › \S+ \d › \S+) ─", terminal.text)
    terminal.send("/", place, " size")
    terminal.await_text("Enter Go there")
    terminal.send(ENTER)
    terminal.await_text("Size · ", place)
    terminal.send(size)
    terminal.await_text("0 errors · 0 warnings · 1 change", "= 200 GiB")
    review(terminal)
    terminal.await_text(f"{place} › size", f"→  {size} = 200 GiB")
    agree(terminal)
    terminal.await_text("Saved. What the service holds now:", "kept")
    terminal.send(ENTER)
    terminal.await_text("0 errors · 0 warnings · 0 changes")
    terminal.send(CTRL_Q)
    assert terminal.exit_code() == 0
    assert terminal.restored
