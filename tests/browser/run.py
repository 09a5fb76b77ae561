"""The demo in a real browser: Chromium without a window types into a field and reads the screen back.

`python tests/browser/run.py` needs Debian's package `chromium`; `--picture FILE` saves what was seen as PNG. The plain
tests speak the page's websocket without a browser (`tests/e2e/test_e2e_pages.py`).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from chromium import PATIENCE, Page, chromium

ENTER, ESCAPE, F1, F8 = ("Enter", 13), ("Escape", 27), ("F1", 112), ("F8", 119)
_SCREEN = "document.querySelector('.xterm-accessibility')?.innerText ?? ''"


class Screen:
    """What a page shows, and the requests and errors it made."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.hosts: set[str] = set()
        self.errors: list[str] = []
        page.on("Network.requestWillBeSent", lambda event: self._requested(event["request"]["url"]))
        page.on("Network.webSocketCreated", lambda event: self._requested(event["url"]))
        page.on("Runtime.exceptionThrown", lambda event: self.errors.append(str(event["exceptionDetails"])))
        page.on("Log.entryAdded", lambda event: self._logged(event["entry"]))

    async def watch(self) -> None:
        for domain in ("Page", "Network", "Runtime", "Log"):
            await self.page.call(f"{domain}.enable")
        await self.page.call("Emulation.setFocusEmulationEnabled", enabled=True)

    async def see(self, *texts: str) -> None:
        """Wait until all of the texts are on the page."""
        text = ""
        try:
            async with asyncio.timeout(PATIENCE):
                while not all(wanted in text for wanted in texts):
                    await asyncio.sleep(0.1)
                    text = (await self.page.evaluate(_SCREEN)).replace("\xa0", " ")
        except TimeoutError:
            raise AssertionError(f"waited in vain for {texts}; the page:\n{text}") from None

    def _requested(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob"):
            self.hosts.add(parts.netloc)

    def _logged(self, entry: dict[str, Any]) -> None:
        if entry["level"] == "error":
            self.errors.append(entry["text"])


async def story(url: str, picture: Path | None) -> None:
    """Find the task with the wrong volume size, type into a field, and read back what the program made of it."""
    async with chromium() as page:
        screen = Screen(page)
        await screen.watch()
        await page.open(url)
        await screen.see("14 tasks")
        await page.type("wrong volume size")
        await screen.see("1 of 14 tasks")
        await page.press(*ENTER)
        await screen.see("0 errors · 2 warnings · 0 changes")
        await page.press(*F8)
        await screen.see("1 of 2: ")
        await page.press(*F1)
        await screen.see("─ Help ─")
        await page.press(*ESCAPE)
        await page.type("/speed_limit")
        await page.press(*ENTER)
        await page.type("50")
        await screen.see("= 50 Mbit/s", "1 change")
        if picture is not None:
            await page.picture(picture)
        await page.press("s", 83, ctrl=True)
        await screen.see(" Review ", "speed_limit")
        assert screen.hosts == {urlsplit(url).netloc}, f"the page loaded from {screen.hosts}"
        assert not screen.errors, screen.errors


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--picture", type=Path, metavar="FILE", help="save what the page looked like as PNG")
    picture = parser.parse_args().picture
    with tempfile.TemporaryDirectory() as home:
        command = (sys.executable, "-m", "sms_tui", "demo", "--web", "--port", "0")
        environment = os.environ | {
            "HOME": home,
            "XDG_STATE_HOME": f"{home}/state",
            "XDG_CONFIG_HOME": f"{home}/config",
        }
        server = await asyncio.create_subprocess_exec(*command, env=environment, stdout=asyncio.subprocess.PIPE)
        assert server.stdout is not None
        try:
            await story((await server.stdout.readline()).decode().strip(), picture)
        finally:
            server.terminate()
            await server.wait()
    print("The demo works in Chromium, and loads nothing from elsewhere.")


if __name__ == "__main__":
    asyncio.run(main())
