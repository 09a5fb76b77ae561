"""Who may open the page: programs of this user on this machine, and no page of somebody else's.

The page has no login, and what it shows can write files. Other users of the machine reach its port, and every page
that is open in the browser can try it; both are told apart by what they cannot forge.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

_LOOPBACK = ("127.0.0.1", "localhost")
_CONNECTIONS = Path("/proc/net/tcp")
_ESTABLISHED = "01"


def is_page_of_ours(host: str, origin: str | None) -> bool:
    """Whether the headers Host and Origin of a request are those of the page itself, or of no page.

    The port may be another than ours, for ssh can forward it. A name that only leads here is refused: whoever owns it
    could let it lead elsewhere first (DNS rebinding).
    """
    return urlsplit(f"//{host}").hostname in _LOOPBACK and origin in (None, f"http://{host}")


def is_this_user(peer: tuple[str, int], here: tuple[str, int], connections: Path = _CONNECTIONS) -> bool:
    """Whether the other end of a connection belongs to this user or to root; both ends are IPv4 addresses with ports.

    Only Linux tells; elsewhere everybody on the machine is let in.
    """
    if not connections.exists():
        return True
    wanted = [_as_listed(peer), _as_listed(here)]
    return any(ends == wanted and uid in (0, os.getuid()) for ends, uid in _listed(connections))


def _listed(connections: Path) -> Iterator[tuple[list[str], int]]:
    """The two ends of each connection, and the user whose it is. One that was closed would be listed as root's."""
    for line in connections.read_text("ascii").splitlines()[1:]:
        _, here, there, state, _, _, _, uid, *_ = line.split()
        if state == _ESTABLISHED:
            yield [here, there], int(uid)


def _as_listed(end: tuple[str, int]) -> str:
    """An address and port as the table has them: the address as a number of this machine's byte order."""
    address = int.from_bytes(bytes(map(int, end[0].split("."))), sys.byteorder)
    return f"{address:08X}:{end[1]:04X}"
