"""The demo in a browser: what a page shows and loads, who may open one, and how it ends."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator

import aiohttp
import pytest
from pages import Server, await_end, visiting
from stories import go_to
from terminal import ENTER


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[Server]:
    started_from = {"TERM": "linux", "LANG": "C", "TMUX": "somewhere"}  # nothing of it is true of a page
    running = Server(environment | started_from)
    yield running
    running.close()


async def test_a_value_typed_on_a_page_is_seen_there_alone_and_outlives_the_page(server):
    async with visiting(server) as other:
        await other.see("14 tasks")
        others = server.programs
        async with visiting(server) as page:
            await page.focus()
            await page.see("14 tasks")
            await page.shows(lambda: page.colours > other.colours, "the cursor of a page that has the focus")
            await page.type(f"wrong volume size{ENTER}")
            await page.see("0 errors · 2 warnings · 0 changes")
            await page.type(f"{go_to('speed_limit')}50")
            await page.see("= 50 Mbit/s", "1 change", "●speed_limit")
            (program,) = server.programs - others
        await_end(program)
        await other.resize(100, 30)
        await other.type(f"wrong volume size{ENTER}")
        await other.see("A draft of this task is here", "Resume at speed_limit, 1 edit")
        assert "50 Mbit/s" not in other.text


def test_over_ssh_it_is_told_how_to_reach_the_page_from_where_one_sits(environment):
    server = Server(environment | {"SSH_CONNECTION": "10.0.0.1 50000 10.0.0.2 22"})
    server.signal(signal.SIGTERM)
    code, said = server.ended()
    port = server.url.split(":")[2].rstrip("/")
    assert code == 0
    assert f"ssh -L {port}:127.0.0.1:{port} " in said


async def test_an_interrupt_ends_the_server_and_what_runs_for_its_pages(server):
    async with visiting(server) as page:
        await page.see("14 tasks")
        (program,) = server.programs
        server.signal(signal.SIGINT)
        await page.closed()
    code, said = server.ended()
    assert code == 0
    assert "Traceback" not in said
    await_end(program)


async def test_what_runs_for_a_page_ends_when_its_server_is_killed(server):
    async with visiting(server) as page:
        await page.see("14 tasks")
        (program,) = server.programs
        server.signal(signal.SIGKILL)
        await_end(program)


async def test_all_that_a_page_loads_comes_from_its_server(server):
    async with aiohttp.ClientSession() as session:

        async def got(path: str) -> tuple[str, str]:
            async with session.get(f"{server.url.rstrip('/')}{path}") as answer:
                assert answer.status == 200, path
                return await answer.text("latin-1"), answer.headers.get("Content-Security-Policy", "")

        page, policy = await got("/")
        sources = re.findall(r'(?:src|href)="(?!data:)([^"]*)"|url\("([^"]*)"\)', page)
        paths = [path for found in sources for path in found if path]
        assert len(paths) == 4
        loaded = {path: (await got(path))[0] for path in paths}
        assert "screenReaderMode:!0,allowProposedApi" in loaded["/static/js/textual.js"]
        host = server.url.split("/")[2]
        assert policy.startswith("default-src 'none'; ")
        assert f"connect-src 'self' ws://{host};" in policy
        assert not re.search(r"https?:(?!//www\.w3\.org/)", page)


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://elsewhere.example"}, {"Origin": "http://127.0.0.1:1"}, {"Host": "elsewhere.example"}],
)
async def test_a_page_of_somebody_else_reaches_nothing(server, headers):
    async with aiohttp.ClientSession() as session:
        for path in ("", "ws", "static/js/textual.js"):
            async with session.get(f"{server.url}{path}", headers=headers) as answer:
                assert answer.status == 403
                assert "Open this page by its address" in await answer.text()
    assert not server.programs
