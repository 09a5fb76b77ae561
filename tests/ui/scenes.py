"""The pictures of the README: scenes played by the operator of the tests, saved as SVG.

`python tests/ui/scenes.py` renews them.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from driver import Operator, operator
from service import REFERENCE, Service

SCREENSHOTS = Path(__file__).parent.parent.parent / "screenshots"
COMMAND = "python tests/ui/scenes.py"

Scene = Callable[[], Awaitable[str]]


async def task_list() -> str:
    session = Service().session
    async with operator(session, listing=session, size=(120, 24)) as op:
        return _picture(op)


async def editor() -> str:
    async with operator(Service().session, REFERENCE, size=(130, 32)) as op:
        await op.find("target_server.disks[0].physical_volumes[1].mount_point")
        await op.type("/data")
        await op.find("target_server.disks[0].physical_volumes[1].used_size")
        await op.type("41G")
        return _picture(op)


async def review() -> str:
    async with operator(Service().session, REFERENCE, size=(100, 24)) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.find("priority")
        await op.type("2")
        await op.press("ctrl+s")
        return _picture(op)


SCENES: dict[str, Scene] = {"task-list": task_list, "editor": editor, "review": review}


def _picture(op: Operator) -> str:
    return op.app.export_screenshot(title="sms-tui")


def main() -> None:
    for name, scene in SCENES.items():
        (SCREENSHOTS / f"{name}.svg").write_text(asyncio.run(scene()), "utf-8")


if __name__ == "__main__":
    main()
