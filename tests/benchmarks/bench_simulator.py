"""How fast the simulator answers with 10,000 tasks: `python tests/benchmarks/bench_simulator.py`.

The server has one core to itself, the client, which speaks bare HTTP over a few kept connections, another.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

TASKS = 10_000
_GETS, _PAGES, _PUTS = 3000, 100, 200
_CONNECTIONS = 4
_EXAMPLE = Path(__file__).parent.parent / "data" / "reference_example.json"
_HEAD = "{method} {target} HTTP/1.1\r\nHost: sms\r\nX-Auth-Token: any\r\n"


class Connection:
    """One kept connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def ask(self, target: str, body: bytes | None = None) -> bytes:
        """The body of a reply, which must be one of success."""
        head = _HEAD.format(method="GET" if body is None else "PUT", target=target)
        if body is not None:
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        self._writer.write(f"{head}\r\n".encode() + (body or b""))
        lines = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        assert lines.startswith(b"http/1.1 200"), lines
        return await self._reader.readexactly(int(lines.split(b"content-length: ")[1].split(b"\r\n")[0]))


def measure() -> dict[str, float]:
    """GETs of a task a second, of a page of 200 a second, and the median PUT of the reference's example in ms."""
    figures: dict[str, float] = {}
    with TemporaryDirectory() as directory:
        for where, options in (("memory", []), ("file", ["--db", f"{directory}/tasks.db"])):
            begun = time.perf_counter()
            with _served(*options) as url:
                figures[f"{where}: seconds to begin"] = time.perf_counter() - begun
                for name, value in asyncio.run(_asked(url)).items():
                    figures[f"{where}: {name}"] = value
    return figures


@contextmanager
def _served(*options: str) -> Iterator[str]:
    cores = sorted(os.sched_getaffinity(0))
    command = [sys.executable, "-m", "sms_tui", "simulate", "--port", "0", "--tasks", str(TASKS), *options]
    process = subprocess.Popen(["taskset", "-c", str(cores[0]), *command], stdout=subprocess.PIPE, text=True)
    os.sched_setaffinity(0, cores[1:] or cores)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1]
    finally:
        os.sched_setaffinity(0, cores)
        process.terminate()
        process.communicate()


async def _asked(url: str) -> dict[str, float]:
    address = urlsplit(url)
    lines = [
        Connection(*await asyncio.open_connection(address.hostname, address.port, limit=2**24))
        for _ in range(_CONNECTIONS)
    ]
    pages = [json.loads(await lines[0].ask(f"/v3/tasks?limit=200&offset={at}")) for at in range(0, TASKS, 200)]
    ids = [task["id"] for page in pages for task in page["tasks"]]
    assert len(set(ids)) == TASKS
    gets = await _rate(lines, lambda at: f"/v3/tasks/{ids[at * 7 % TASKS]}", _GETS)
    listed = await _rate(lines, lambda at: f"/v3/tasks?limit=200&offset={at * 200 % TASKS}", _PAGES)
    return {
        "GETs of a task a second": gets,
        "GETs of a page of 200 a second": listed,
        "PUT of the reference's example, median ms": await _put(lines[0], ids),
    }


async def _rate(lines: list[Connection], target: Callable[[int], str], count: int) -> float:
    async def share(first: int) -> None:
        for at in range(first, count, len(lines)):
            await lines[first].ask(target(at))

    begun = time.perf_counter()
    await asyncio.gather(*map(share, range(len(lines))))
    return count / (time.perf_counter() - begun)


async def _put(line: Connection, ids: list[str]) -> float:
    body = _EXAMPLE.read_bytes()
    took = []
    for at in range(_PUTS):
        begun = time.perf_counter()
        await line.ask(f"/v3/tasks/{ids[at * 37 % TASKS]}", body)
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took)


def main() -> None:
    """Print the figures."""
    for name, value in measure().items():
        print(f"{name:52}{value:10.2f}")


if __name__ == "__main__":
    main()
