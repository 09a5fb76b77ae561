"""The demo in a browser: textual-serve shows the program on a page, each page a process of its own.

All that a page loads comes from here: textual-serve's own one takes a font from the internet.
"""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import closing, redirect_stdout
from importlib.resources import files
from pathlib import Path
from string import Template

from aiohttp import web
from aiohttp.typedefs import Handler
from textual_serve.server import Server

from sms_tui.cli.output import flush, out, tell
from sms_tui.cli.visitors import is_page_of_ours, is_this_user
from sms_tui.language import _, spoken

_HOST = "127.0.0.1"
_PROGRAM = (
    "import sys; at = sys.argv.pop(1); sys.path[:0] = {at} - {*sys.path}; "
    "from sms_tui.cli import main; sys.exit(main())"
)
"""Runs this very package, wherever it lies: the first argument says where."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
READABLE = ("new v.Terminal({", "new v.Terminal({screenReaderMode:!0,")
"""What is replaced in textual-serve's script, so that the terminal has its text in the page: screen readers find it."""
_PARTING = 3.0
"""Seconds that the programs of all pages have to end."""


def listen(port: int | None) -> socket.socket:
    """A socket of this machine alone. Without a port 8000, or a free one where that is taken. Raises OSError."""
    try:
        return socket.create_server((_HOST, 8000 if port is None else port))
    except OSError:
        if port is not None:
            raise
        return socket.create_server((_HOST, 0))


def serve(listener: socket.socket, words: Sequence[str]) -> None:
    """Serve `sms-tui WORDS` until interrupted or terminated; where is said on standard output."""
    with closing(listener), redirect_stdout(sys.stderr):  # textual-serve prints what a program said when it ended
        _look_like_a_browser()
        asyncio.run(_served(listener, _command(words)))


def _command(words: Sequence[str]) -> str:
    """The command of a page's program, for a shell."""
    package = Path(__file__).parents[1]
    return "exec " + shlex.join([sys.executable, "-P", "-c", _PROGRAM, str(package.parent), *words])


def _look_like_a_browser() -> None:
    """Let the programs of the pages see the terminal that a page is, not the one they are served from."""
    for name in ("TMUX", "STY"):
        os.environ.pop(name, None)
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "C")
    language = locale.partition(".")[0]
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LC_ALL=f"{language}.UTF-8")


async def _served(listener: socket.socket, command: str) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    runner = web.AppRunner(_application(command), access_log=None, shutdown_timeout=_PARTING)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    __, port = listener.getsockname()
    with redirect_stdout(sys.__stdout__):
        out(f"http://{_HOST}:{port}/")
        flush()
    tell(_("Open this address in a browser on this machine; every page is a demo of its own. Ctrl-C ends them."))
    if "SSH_CONNECTION" in os.environ:
        tell(
            _("Over SSH, run this where you sit, and open it there: ssh -L {port}:{host}:{port} THIS-MACHINE").format(
                port=port, host=_HOST
            )
        )
    await stop.wait()
    await runner.cleanup()


def _application(command: str) -> web.Application:
    server = Server(command)
    pages: set[asyncio.Task[object]] = set()

    async def show(request: web.Request) -> web.StreamResponse:
        task = asyncio.current_task()
        assert task is not None
        pages.add(task)
        try:
            return await server.handle_websocket(request)
        finally:
            pages.discard(task)

    async def part(ended: web.Application) -> None:
        for task in pages:
            task.cancel()
        if pages:
            await asyncio.wait(pages, timeout=_PARTING)

    application = web.Application(middlewares=[_guarded])
    application.on_shutdown.append(part)
    ours, theirs = files("sms_tui.cli") / "page", Path(server.statics_path)
    terminal = (theirs / "js" / "textual.js").read_text("utf-8").replace(*READABLE)
    application.router.add_get("/", _text(_page(ours.joinpath("index.html").read_text("utf-8")), "text/html"))
    application.router.add_get("/page.js", _text(ours.joinpath("page.js").read_text("utf-8"), "text/javascript"))
    application.router.add_get("/static/js/textual.js", _text(terminal, "text/javascript"))
    application.router.add_get("/ws", show)
    application.router.add_static("/static", theirs)
    return application


def _page(text: str) -> str:
    return Template(text).substitute(
        language=spoken().replace("_", "-"),
        starting=_("The demo is starting…"),
        ended=_("The demo has ended."),
        again=_("Start it again"),
    )


def _text(text: str, content_type: str) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        headers = {"Content-Security-Policy": _POLICY.format(host=request.host), "Cache-Control": "no-store"}
        return web.Response(text=text, content_type=content_type, headers=headers)

    return answer


@web.middleware
async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let this user's own browser in, and nobody else."""
    transport = request.transport
    if transport is None or not is_this_user(*(transport.get_extra_info(end) for end in ("peername", "sockname"))):
        raise web.HTTPForbidden(text=_("This page belongs to another user of the machine.\n"))
    if not is_page_of_ours(request.host, request.headers.get("Origin")):
        raise web.HTTPForbidden(text=_("Open this page by its address on this machine, and from nowhere else.\n"))
    return await handler(request)
