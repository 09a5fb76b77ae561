"""The simulator as a server on a port."""

from __future__ import annotations

import asyncio
import ipaddress
import signal
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from sms_tui.language import _, why
from sms_tui.simulator.app import simulator
from sms_tui.simulator.faults import Faults
from sms_tui.simulator.faults.wire import FaultyApp, FaultyProtocol
from sms_tui.simulator.seeds import seed_tasks
from sms_tui.simulator.seeds.many import with_copies
from sms_tui.simulator.store import Store, StoreError

DONE, WRONG_USAGE, LINE_FAILED = 0, 2, 3
_STOPPING = (signal.SIGINT, signal.SIGTERM)


def serve(
    host: str,
    port: int,
    db: Path | None,
    *,
    tasks: int = 0,
    beyond_loopback: bool = False,
    faults: Sequence[str] = (),
) -> int:
    """Serve until interrupted or terminated; the tasks live in the file `db`, or in memory when None.

    Port 0 takes a free one. A new store begins with the sample tasks, and with copies of them where more `tasks` are
    asked for. `listening on URL` goes to stdout once connections are accepted. Only a host of this machine is taken
    unless `beyond_loopback`: the simulator verifies no credentials. `faults` are written as
    `sms_tui.simulator.faults.spec` has it. Returns the exit code: 0 stopped, 2 a host or a file that cannot be used, 3
    no listening on that port; the reason goes to stderr. Raises FaultError.
    """
    if not (beyond_loopback or _is_loopback(host)):
        return _failed(
            WRONG_USAGE, _("{host} is not an address of this machine alone: use 127.0.0.1.").format(host=host)
        )
    app_faults = Faults(*faults) if faults else None
    try:
        store = Store(db)
    except StoreError as error:
        return _failed(WRONG_USAGE, str(error))
    with closing(store):
        now = time.time()
        store.seed(with_copies(seed_tasks(now), tasks), now)
        try:
            listener = listen(host, port)
        except (OSError, OverflowError) as error:
            return _failed(
                LINE_FAILED,
                _("Cannot listen on {host} port {port} ({reason}): name another port.").format(
                    host=host, port=port, reason=why(error) if isinstance(error, OSError) else error
                ),
            )
        with listener:
            asyncio.run(_Server(configuration(simulator(store), app_faults)).serve([listener]))
    return DONE


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections. Raises OSError, OverflowError."""
    listener = socket.create_server((host, port), family=_family(host))
    # asyncio does so for the sockets it makes alone; without, each reply on a kept connection takes 40 ms longer
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


class _Server(uvicorn.Server):
    """Uvicorn, saying where it listens and ending without an exception when told to stop."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or ():
            host, port = listener.getsockname()[:2]
            print(f"listening on http://{f'[{host}]' if ':' in host else host}:{port}", flush=True)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at the first signal. Uvicorn's own version raises the signal again once it has stopped."""
        before = {number: signal.signal(number, self.handle_exit) for number in _STOPPING}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def configuration(app: Starlette, faults: Faults | None = None) -> uvicorn.Config:
    """Settings under which the app is served, and nothing is printed but its own errors."""
    return uvicorn.Config(
        app if faults is None else FaultyApp(app, faults),
        http="auto" if faults is None else FaultyProtocol,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=2,
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _failed(code: int, reason: str) -> int:
    print(reason, file=sys.stderr)
    return code
