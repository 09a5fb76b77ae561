"""A line to the service that is cut at a chosen moment of an update, and carries everything else unharmed."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from types import TracebackType
from typing import Literal, Self
from urllib.parse import urlsplit

Moment = Literal["before", "during", "after", "in the answer"]
"""Of a PUT: with nothing of it passed on, with half its body, with all of it and no answer, with half the answer."""

_UPDATE = b"PUT "
_LARGEST = 1 << 16


class CutLine:
    """Passes on to a service what comes to `url`, from `with` to its end; the first `cuts` updates are cut."""

    def __init__(self, service: str, moment: Moment, cuts: int = 1) -> None:
        self._service, self._moment, self._left = urlsplit(service), moment, cuts
        self.updates = 0
        """How many updates were sent this way."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # closed
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        """One connection: requests on, answers back, one after the other."""
        address = (self._service.hostname or "", self._service.port or 80)
        with contextlib.suppress(OSError), client, socket.create_connection(address) as service:
            while request := _message(client):
                cut = request.startswith(_UPDATE) and self._is_cut()
                if cut and self._moment == "before":
                    return _reset(client)
                if cut and self._moment == "during":
                    service.sendall(request[:-8])
                    return _reset(client)
                service.sendall(request)
                answer = _message(service)
                if cut:
                    client.sendall(answer[:-8] if self._moment == "in the answer" else b"")
                    return _reset(client)
                client.sendall(answer)
        return None

    def _is_cut(self) -> bool:
        self.updates += 1
        self._left -= 1
        return self._left >= 0


def _message(line: socket.socket) -> bytes:
    """One whole request or answer; nothing once the line is closed."""
    data = b""
    while b"\r\n\r\n" not in data:
        if not (more := line.recv(_LARGEST)):
            return b""
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [int(row.split(b":")[1]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length:")]
    missing = sum(lengths) - len(body)
    while missing > 0:
        more = line.recv(_LARGEST)
        if not more:
            return b""
        data += more
        missing -= len(more)
    return data


def _reset(line: socket.socket) -> None:
    """Cut with an RST."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()
