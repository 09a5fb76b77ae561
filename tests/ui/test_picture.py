"""The picture widget: from block to block by keys, and to what a block stands for by Enter and by click."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import ComposeResult
from textual.pilot import Pilot

from sms_tui.session.picture.disks import DiskMap
from sms_tui.session.picture.lines import ROLES, Run
from sms_tui.simulator.seeds import reference_task
from sms_tui.ui.painting import Themed
from sms_tui.ui.themes import Themes
from sms_tui.ui.widgets.picture import Picture

DISK = ("target_server", "disks", 0)
Z, Y = (*DISK, "physical_volumes", 0), (*DISK, "physical_volumes", 1)
SOURCE = ("source_server",)


class Gallery(Themed):
    """A picture and nothing else; `chosen` are the paths it led to."""

    CSS = """
    Rows { overflow-x: hidden; scrollbar-size-vertical: 1; height: 1fr; }
    Rows > .rows--cursor { background: #0000ff; }
    Rows > .rows--cursor-away { background: #00ff00; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.dress(Themes(), "sms-dark", ascii=False)
        self.chosen: list[object] = []
        self.picture = Picture(self.chosen.append)

    def compose(self) -> ComposeResult:
        yield self.picture

    def on_mount(self) -> None:
        self.picture.focus()


@asynccontextmanager
async def gallery(lines, size=(80, 10)) -> AsyncIterator[tuple[Gallery, Pilot[None]]]:
    app = Gallery()
    async with app.run_test(size=size) as pilot:
        app.picture.show(lambda width: lines)
        await pilot.pause()
        yield app, pilot


def painted(app: Gallery, row: int) -> list[tuple[str, str]]:
    """The runs of a row with the names of their backgrounds."""
    found = []
    for segment in app.picture.render_line(row):
        colour = segment.style.bgcolor if segment.style else None
        found.append((segment.text, colour.name if colour else ""))
    return found


async def test_the_arrows_go_from_block_to_block_and_enter_chooses():
    async with gallery(DiskMap().lines(reference_task(), 80)) as (app, pilot):
        assert app.picture.path == SOURCE
        await pilot.press("down")
        assert app.picture.path == Z
        await pilot.press("home")
        seen = [app.picture.path]
        for _ in range(4):
            await pilot.press("right")
            seen.append(app.picture.path)
        assert seen == [SOURCE, DISK, Z, Y, Y]
        await pilot.press("left", "enter")
        assert app.chosen == [Z]


async def test_a_click_goes_to_the_block_under_it():
    lines = DiskMap().lines(reference_task(), 80)
    whole = "".join(run.text for run in lines[1])
    async with gallery(lines) as (app, pilot):
        await pilot.click(Picture, offset=(whole.index("Y:"), 1))
        await pilot.click(Picture, offset=(whole.index("░"), 1))
        await pilot.click(Picture, offset=(whole.index("Disk 1"), 1))
        assert app.chosen == [Y, Y, DISK]
        assert app.picture.path == DISK


async def test_a_click_beside_a_block_chooses_nothing():
    async with gallery(DiskMap().lines(reference_task(), 80)) as (app, pilot):
        await pilot.click(Picture, offset=(3, 2))
        await pilot.click(Picture, offset=(3, 8))
        assert app.chosen == []


async def test_a_click_after_wide_characters_and_scrolling_hits_what_is_seen():
    lines = [(Run("财务 "), Run("一", "used", ("a", row)), Run("二", "free", ("b", row))) for row in range(40)]
    async with gallery(lines) as (app, pilot):
        app.picture.scroll_to(y=20, animate=False, immediate=True)
        await pilot.pause()
        await pilot.click(Picture, offset=(7, 3))
        await pilot.click(Picture, offset=(6, 4))
        assert app.chosen == [("b", 23), ("a", 24)]


async def test_up_and_down_keep_to_the_nearest_block_and_skip_rows_without_any():
    def row(*paths):
        return tuple(Run(str(path) * 6, "used", (path,)) for path in paths)

    lines = [row("a", "b", "c"), (Run("only words"),), row("d", "e", "f"), row("g")]
    async with gallery(lines) as (app, pilot):
        await pilot.press("right", "right", "down")
        assert app.picture.path == ("f",)
        await pilot.press("down", "down", "up")
        assert app.picture.path == ("d",)
        await pilot.press("end")
        assert app.picture.path == ("g",)
        await pilot.press("home", "up", "left")
        assert app.picture.path == ("a",)


async def test_a_page_down_shows_what_was_below():
    async with gallery([(Run("block", "used", (row,)),) for row in range(100)]) as (app, pilot):
        await pilot.press("pagedown", "pagedown")
        assert app.picture.path == (18,)
        assert 18 - app.picture.scroll_offset.y in range(10)
        await pilot.press("pageup")
        assert app.picture.path == (9,)


async def test_the_cursor_stays_with_its_block_when_the_picture_changes():
    task = reference_task()
    async with gallery(DiskMap().lines(task, 80)) as (app, pilot):
        await pilot.press("end")
        assert app.picture.path == Y
        task["source_server"]["disks"] = [{"name": "a", "size": 10**9, "physical_volumes": []}] * 20
        app.picture.show(lambda width: DiskMap().lines(task, 60))
        assert app.picture.path == Y
        await pilot.pause()
        assert any(
            "Y: 39.5 GiB" in text for row in range(10) for text, colour in painted(app, row) if colour == "#0000ff"
        )


async def test_a_picture_of_nothing_takes_every_key():
    async with gallery(DiskMap().lines(reference_task(), 80)) as (app, pilot):
        app.picture.show(lambda width: [])
        assert app.picture.path is None
        await pilot.press("up", "down", "left", "right", "home", "end", "pagedown", "enter")
        assert app.chosen == []


async def test_the_block_under_the_cursor_is_painted_apart_and_no_other():
    async with gallery(DiskMap().lines(reference_task(), 80)) as (app, pilot):
        await pilot.press("end")
        assert "".join(text for text, colour in painted(app, 1) if colour == "#0000ff").startswith("▐Y: NTFS")
        assert not any(colour == "#0000ff" for _, colour in painted(app, 0))
        app.screen.set_focus(None)
        await pilot.pause()
        assert "".join(text for text, colour in painted(app, 1) if colour == "#00ff00").startswith("▐Y: NTFS")


async def test_every_role_has_a_style():
    async with gallery([tuple(Run(role, role) for role in ROLES)]) as (app, _):
        for role in ROLES:
            if role != "plain":
                app.picture.named_style(role)


async def test_what_takes_long_is_drawn_once_in_a_thread_and_escape_need_not_wait_for_it():
    let, widths, threads = threading.Event(), [], []

    def draw(width):
        widths.append(width)
        threads.append(threading.current_thread())
        let.wait()
        return [(Run(f"disk {at}", "used", ("disk", at)),) for at in range(100)]

    app = Gallery()
    async with app.run_test(size=(80, 10)) as pilot:
        app.picture.show(draw, meanwhile="Comparing…")
        await pilot.pause()
        assert "Comparing…" in painted(app, 0)[0][0]
        await pilot.press("down", "end", "enter")
        assert app.chosen == []
        let.set()
        await app.workers.wait_for_complete()
        await pilot.press("down")
        assert app.picture.path == ("disk", 1)
        assert widths == [79]
        assert threading.main_thread() not in threads
