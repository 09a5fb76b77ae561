"""Chromium without a window, driven over its devtools protocol: Debian's package `chromium`, and aiohttp."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import aiohttp

PATIENCE = 60.0
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--remote-debugging-port=0", "--no-first-run")
"""No sandbox: CI runs as root, where Chromium has none; it opens nothing but our own page."""

Event = Callable[[dict[str, Any]], None]


class Page:
    """One page. `on` hears of events by their names in the protocol."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._hears: dict[str, Event] = {}
        self._listening = asyncio.create_task(self._listen())

    async def __aenter__(self) -> Page:
        return self

    async def __aexit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._listening.cancel()

    def on(self, event: str, heard: Event) -> None:
        self._hears[event] = heard

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol and wait for its result."""
        number = len(self._answers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        return await asyncio.wait_for(self._answers[number], PATIENCE)

    async def open(self, url: str) -> None:
        await self.call("Page.navigate", url=url)

    async def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression."""
        done = await self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        return done["result"].get("value")

    async def type(self, text: str) -> None:
        for character in text:
            await self.call("Input.dispatchKeyEvent", type="keyDown", text=character, key=character)
            await self.call("Input.dispatchKeyEvent", type="keyUp", key=character)

    async def press(self, key: str, code: int, *, ctrl: bool = False) -> None:
        """Press a key by its name and its number on Windows, which is what the protocol knows keys by."""
        what = {"key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": 2 if ctrl else 0}
        await self.call("Input.dispatchKeyEvent", type="rawKeyDown", **what)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **what)

    async def picture(self, file: Path) -> None:
        """Save what the page looks like as PNG."""
        shot = await self.call("Page.captureScreenshot", format="png")
        await asyncio.to_thread(file.write_bytes, base64.b64decode(shot["data"]))

    async def _listen(self) -> None:
        async for message in self._socket:
            said = json.loads(message.data)
            if (number := said.get("id")) is None:
                self._hears.get(said["method"], lambda _: None)(said["params"])
            elif "error" in said:
                self._answers[number].set_exception(AssertionError(said["error"]["message"]))
            else:
                self._answers[number].set_result(said["result"])


@asynccontextmanager
async def chromium(width: int = 1280, height: int = 800) -> AsyncIterator[Page]:
    """A browser of its own with one empty page, gone in the end."""
    name = next(filter(None, map(shutil.which, _NAMES)), None)
    if name is None:
        raise SystemExit("There is no Chromium here; install Debian's package: apt-get install chromium.")
    with tempfile.TemporaryDirectory(prefix="chromium.", ignore_cleanup_errors=True) as home:
        options = (*_OPTIONS, f"--user-data-dir={home}", f"--window-size={width},{height}")
        nowhere = asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(
            name, *options, "about:blank", stdout=nowhere, stderr=asyncio.subprocess.PIPE
        )
        try:
            async with _connected(await _port(process)) as page:
                yield page
        finally:
            process.terminate()
            await process.wait()


async def _port(process: asyncio.subprocess.Process) -> int:
    """Where the browser listens, which it says on standard error."""
    assert process.stderr is not None
    async with asyncio.timeout(PATIENCE):
        async for line in process.stderr:
            if line.startswith(b"DevTools listening on ws://"):
                return int(line.split(b":")[2].split(b"/")[0])
    raise AssertionError("Chromium ended before it listened")


@asynccontextmanager
async def _connected(port: int) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
            targets = await answer.json()
        address = next(target["webSocketDebuggerUrl"] for target in targets if target["type"] == "page")
        async with session.ws_connect(address, max_msg_size=0) as socket, Page(socket) as page:
            yield page
