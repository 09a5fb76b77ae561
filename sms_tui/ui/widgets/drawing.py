"""What is drawn below the form: the disks, or the sub-tasks in time, in as many lines as the screen has for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from textual.geometry import Size

from sms_tui.document.document import Document
from sms_tui.language import N_, _
from sms_tui.schema.paths import Path
from sms_tui.session.picture.disks import DiskMap, folded_map
from sms_tui.ui.commands import named_keys
from sms_tui.ui.widgets.picture import Picture

if TYPE_CHECKING:
    from sms_tui.session.picture.disks import DiskMap
    from sms_tui.session.picture.lines import PictureLine

Draw: TypeAlias = Callable[[int], Sequence["PictureLine"]]

_ROOM_FOR_ALL, _ROOM_FOR_TWO = 34, 24
"""Lines of the screen from which on all disks are drawn, and from which on two: the one under the cursor and the one it
is paired with. Below that it is one line."""
_FRAME, _LEAST_WHOLE = 2, 10
_DISKS, _STEPS = N_("Disks"), N_("Sub-tasks")


class Drawing(Picture):
    """Draws what the cursor is about. Folded it says by its title which key shows all."""

    def __init__(self, document: Document, select: Callable[[Path], None]) -> None:
        super().__init__(select, id="map")
        self._document, self._map = document, DiskMap()
        self._most = 2
        self._key = ""

    def share(self, screen: Size) -> None:
        """Take as many lines as a screen of a size has for the drawing."""
        whole, line = screen.height >= _ROOM_FOR_ALL, screen.height < _ROOM_FOR_TWO
        rows = max(_LEAST_WHOLE, screen.height // 4)
        self._most = rows - _FRAME if whole else 1 if line else 2
        self.set_class(whole, "-whole")
        self.set_class(line, "-line")
        self.styles.height = rows if whole else None

    def show_place(self, place: Path, *, in_time: bool) -> None:
        """Draw the disks about a place, or the sub-tasks."""
        document = self._document
        if self.has_class("-whole"):
            title, draw = whole(document, place, self._map, in_time=in_time, most=self._most)
            self.entitle(title)
            self.show(draw)
            return
        self._key = self._key or next(iter(named_keys(self.screen).get("drawing", ())), "")
        self.entitle(" · ".join(word for word in (_(_STEPS if in_time else _DISKS), self._key) if word))
        self.show(partial(_folded, document, place, in_time, self._most))


def whole(document: Document, place: Path, disks: DiskMap, *, in_time: bool, most: int) -> tuple[str, Draw]:
    """The title of a whole drawing, and what draws it for a width."""
    if in_time:
        from sms_tui.session.picture.time_axis import timeline

        return _(_STEPS), partial(timeline, document.current, now_ms=_now())
    return _(_DISKS), partial(disks.lines, document.current, focus=place, most=most)


def in_words(document: Document, *, in_time: bool) -> tuple[str, Draw]:
    """The title of the same in sentences, and what makes them."""
    from sms_tui.session.picture.told import told_disks, told_steps

    if in_time:
        return _(_STEPS), lambda width: told_steps(document.current, _now())
    return _(_DISKS), lambda width: told_disks(document.current)


def _folded(document: Document, place: Path, in_time: bool, most: int, width: int) -> Sequence[PictureLine]:
    if in_time:
        from sms_tui.session.picture.time_axis import folded_timeline

        return folded_timeline(document.current, width, _now(), focus=place)[-most:]
    lines = folded_map(document.current, width, focus=place)
    focused = [line for line in lines if most == 1 and line[0].role == "focus"]
    return (focused or lines[-1:]) if most == 1 else lines


def _now() -> int:
    return int(time.time() * 1000)
