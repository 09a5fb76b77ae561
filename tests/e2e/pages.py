"""The demo in a browser, without the browser: its server as a process, and pages as the websockets they are."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import subprocess
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pyte
from terminal import PATIENCE, PROGRAM


class Server:
    """`sms-tui demo --web` on a free port."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        command = [*PROGRAM, "demo", "--web", "--port", "0"]
        self._process = subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().decode().strip()

    @property
    def programs(self) -> set[int]:
        """The processes of its pages, by their numbers."""
        number = self._process.pid
        return set(map(int, Path(f"/proc/{number}/task/{number}/children").read_text("ascii").split()))

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def ended(self) -> tuple[int, str]:
        """Wait for the server to end; its exit code and the rest of what it said."""
        out, err = self._process.communicate(timeout=PATIENCE)
        return self._process.returncode, (out + err).decode()

    def close(self) -> None:
        """End it if it still runs."""
        self._process.kill()
        with self._process:
            pass


def await_end(process: int) -> None:
    """Wait for a process that need not be a child of ours to end."""
    try:
        file = os.pidfd_open(process)
    except ProcessLookupError:
        return
    ended, _, _ = select.select([file], [], [], PATIENCE)
    os.close(file)
    assert ended, f"process {process} has not ended"


class Page:
    """What a page of the browser does: sends keys, and draws what it gets."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, columns: int, lines: int) -> None:
        self._socket = socket
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)

    @property
    def colours(self) -> set[str]:
        """The backgrounds on the screen."""
        return {cell.bg for row in self._screen.buffer.values() for cell in row.values()}

    async def focus(self) -> None:
        """Say that the keys go to this page."""
        await self._socket.send_json(["focus"])

    async def type(self, keys: str) -> None:
        """Send keys, as a terminal would."""
        await self._socket.send_json(["stdin", keys])

    async def resize(self, columns: int, lines: int) -> None:
        """Make the window another size."""
        self._screen.resize(lines, columns)
        await self._socket.send_json(["resize", {"width": columns, "height": lines}])

    async def see(self, *texts: str) -> None:
        """Draw until all of the texts are there."""
        await self.shows(lambda: all(text in self.text for text in texts), f"{texts}")

    async def shows(self, condition: Callable[[], bool], words: str) -> None:
        """Draw until a condition holds."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    await self._draw()
        except TimeoutError:
            raise AssertionError(f"waited in vain for {words}; the screen:\n{self.text}") from None

    async def closed(self) -> bool:
        """Draw until the server closes the page."""
        async with asyncio.timeout(PATIENCE):
            while not self._socket.closed:
                await self._draw()
        return True

    async def _draw(self) -> None:
        message = await self._socket.receive()
        if message.type is aiohttp.WSMsgType.BINARY:
            self._stream.feed(message.data)
        elif message.type is not aiohttp.WSMsgType.TEXT and message.type is not aiohttp.WSMsgType.CLOSED:
            assert message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING), message


@asynccontextmanager
async def visiting(server: Server, columns: int = 120, lines: int = 40) -> AsyncIterator[Page]:
    """A page of the server, open until the end."""
    async with aiohttp.ClientSession() as session:
        address = f"{server.url}ws?width={columns}&height={lines}"
        async with session.ws_connect(address, headers={"Origin": server.url.rstrip("/")}) as socket:
            yield Page(socket, columns, lines)
