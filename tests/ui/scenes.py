"""What the README shows: scenes played by the operator of the tests, saved as SVG, and a whole fix as a recording.

`python tests/ui/scenes.py` renews them all. Clock and service stand still, so that a scene always looks the same.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parent))

from driver import Operator, operator
from recorded import recorded_fix
from service import NOW, REFERENCE, Service
from svg import as_svg

from sms_tui import language

SCREENSHOTS = Path(__file__).parent.parent.parent / "screenshots"
COMMAND = "python tests/ui/scenes.py"
RECORDING = SCREENSHOTS / "fix.cast"

Scene = Callable[[], Awaitable[str]]

_VOLUME = "target_server.disks[0].physical_volumes[1]"


async def task_list() -> str:
    session = Service().session
    async with operator(session, listing=session, size=(120, 24)) as op:
        return as_svg(op.app)


async def editor() -> str:
    """A volume larger than its disk: the finding, the repair that is offered, and the disk map that shows it."""
    async with _opened("wrong volume size", (130, 38)) as op:
        await op.press("f8", "f8")
        return as_svg(op.app)


async def inline_error() -> str:
    async with operator(Service().session, REFERENCE, size=(130, 26)) as op:
        await op.find("priority")
        await op.type("2")
        await op.find("speed_limit")
        await op.type("20000")
        return as_svg(op.app)


async def disk_map() -> str:
    async with _opened("suse-build-07", (130, 40)) as op:
        await op.find("target_server.disks[0].name")
        await op.press("escape")
        return as_svg(op.app)


async def timeline() -> str:
    async with _opened("mysql-order-01", (120, 38)) as op:
        await op.press("end", "up")
        return as_svg(op.app)


async def review() -> str:
    async with operator(Service().session, REFERENCE, size=(100, 24)) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.find("priority")
        await op.type("2")
        await op.press("ctrl+s")
        return as_svg(op.app)


async def conflict() -> str:
    service = Service()
    async with operator(service.session, REFERENCE, size=(100, 20)) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.find("name")
        await op.type("Finance")
        await service.elsewhere(REFERENCE, {"speed_limit": 70, "name": "Accounts"})
        await op.press("ctrl+s", "m")
        return as_svg(op.app)


async def help_() -> str:
    async with operator(Service().session, REFERENCE, size=(110, 34)) as op:
        await op.find(f"{_VOLUME}.used_size")
        await op.press("f1")
        return as_svg(op.app)


async def light() -> str:
    async with operator(Service().session, REFERENCE, size=(120, 30)) as op:
        op.app.wear("sms-light")
        await op.find(f"{_VOLUME}.used_size")
        await op.type("41G")
        return as_svg(op.app)


async def narrow() -> str:
    async with operator(Service().session, REFERENCE, size=(80, 24)) as op:
        await op.find(f"{_VOLUME}.used_size")
        await op.type("41G")
        return as_svg(op.app)


async def plain() -> str:
    """The same in sentences, for a screen reader."""
    async with operator(Service().session, REFERENCE, size=(80, 24), plain=True) as op:
        await op.find(f"{_VOLUME}.used_size")
        await op.type("41G")
        await op.press("enter", "up")
        return as_svg(op.app)


async def chinese() -> str:
    """Wide characters in names, tree, form, disk map and help, and a finding in Chinese."""
    language.use(language.CHINESE)
    try:
        async with _opened("财务系统", (120, 34)) as op:
            await op.find("target_server.disks[1].physical_volumes[0].used_size")
            await op.type("400G")
            return as_svg(op.app)
    finally:
        language.use(language.ENGLISH)


SCENES: dict[str, Scene] = {
    "task-list": task_list,
    "editor": editor,
    "inline-error": inline_error,
    "disk-map": disk_map,
    "timeline": timeline,
    "review": review,
    "conflict": conflict,
    "help": help_,
    "light": light,
    "narrow": narrow,
    "plain": plain,
    "chinese": chinese,
}


@asynccontextmanager
async def _opened(name: str, size: tuple[int, int]) -> AsyncIterator[Operator]:
    """The editor on the sample task of a name, which the operator filters the list by."""
    session = Service().session
    async with operator(session, listing=session, size=size) as op:
        await op.type(name)
        await op.press("enter")
        yield op


async def pictured(name: str) -> str:
    """A scene as SVG."""
    with patch("time.time", lambda: NOW):
        return await SCENES[name]()


async def recorded() -> tuple[str, str]:
    """The recording, and the screen it ends with."""
    with patch("time.time", lambda: NOW):
        session = Service().session
        async with operator(session, listing=session, size=(100, 30)) as op:
            return await recorded_fix(op), op.screen


def main() -> None:
    for name in SCENES:
        (SCREENSHOTS / f"{name}.svg").write_text(asyncio.run(pictured(name)), "utf-8")
    RECORDING.write_text(asyncio.run(recorded())[0], "utf-8")


if __name__ == "__main__":
    main()
