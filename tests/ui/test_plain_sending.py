"""What goes to the terminal in plain mode: whole lines, what has the keyboard first; of typed text what was typed."""

from __future__ import annotations

import re

import pyte
from rich.color import ColorSystem
from rich.segment import Segment
from textual._compositor import LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from sms_tui.ui.plain.sending import LineMirror

WIDTH = 20


def screen(*lines: str) -> LayoutUpdate:
    """An update that paints the whole screen."""
    strips = [[Strip([Segment(line.ljust(WIDTH))], WIDTH)] for line in lines]
    return LayoutUpdate(strips, Region(0, 0, WIDTH, len(lines)))


class Sender:
    """A mirror of four lines, and a terminal that gets what it sends; the voice is on the last two."""

    def __init__(self) -> None:
        self.typing = Region()
        self._mirror = LineMirror(WIDTH, 4, erases=True, typing=lambda: self.typing, first=lambda: 2)
        self.terminal = pyte.Screen(WIDTH, 4)
        self._stream = pyte.Stream(self.terminal)

    def send(self, *lines: str) -> list[str]:
        """Paint the screen; the texts that were sent, in their order."""
        sent = self._mirror.take(screen(*lines), ColorSystem.STANDARD)
        self._stream.feed(sent)
        assert [line.rstrip() for line in self.terminal.display] == list(lines)
        return [text.strip() for text in re.split(r"\x1b\[[0-9;]*[A-Za-z]", sent) if text.strip()]


def test_a_line_that_changed_is_sent_whole():
    sender = Sender()
    sender.send("Disk 1", "Disk 2", "", "Z: 500 MiB; 1 of 2")
    assert sender.send("Disk 1", "Disk 2", "", "Y: 39.5 GiB; 2 of 2") == ["Y: 39.5 GiB; 2 of 2"]
    assert sender.send("Disk 1", "Disk 2", "", "Y: 39.5 GiB; 2 of 2") == []


def test_what_is_said_goes_before_what_stands_above_it():
    sender = Sender()
    assert sender.send("title", "row", "told", "here") == ["told", "here", "title", "row"]
    assert sender.send("another", "row", "told", "there") == ["there", "another"]


def test_where_text_is_typed_only_what_was_typed_is_sent():
    sender = Sender()
    sender.typing = Region(6, 3, 14, 1)
    sender.send("", "", "", "size: 61")
    assert sender.send("", "", "", "size: 610") == ["0"]
    assert sender.send("", "", "no unit", "size: 610M") == ["no unit", "M"]


def test_what_is_shorter_leaves_nothing_behind():
    sender = Sender()
    sender.send("a long line indeed", "", "", "here")
    assert sender.send("short", "", "", "here") == ["short"]
