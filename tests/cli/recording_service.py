"""A service of one task on a port of this machine: keeps every request as it came, and can misbehave at will.

It shares no code with the client or the simulator, and numbers come out of it as they went in.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TASK_ID = "t-1"
TASK = """{
    "id": "t-1",
    "name": "迁移任务",
    "speed_limit": 0,
    "os_type": "LINUX",
    "from_the_future": {"count": 123456789012345678901234567890, "share": 0.1000000000000000055511151231257827},
    "exist_server": null,
    "target_server": {
        "id": "s-1",
        "name": "node",
        "unheard_of": 9007199254740993,
        "disks": [{"name": "Disk 0", "size": 9223372036854775807, "used_size": 0}]
    }
}""".encode()


@dataclass(frozen=True)
class Recorded:
    """One request as it came; header names in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class RecordingService:
    """Answers GET and PUT with the next of the acts prepared by `will`, and without any like the real service."""

    def __init__(self) -> None:
        self.task = TASK
        self.requests: list[Recorded] = []
        self.hanging = threading.Event()
        self.released = threading.Event()
        self.url = ""
        self._acts: dict[str, list[Act]] = {"GET": [], "PUT": []}

    def will(self, method: str, *acts: Act) -> None:
        self._acts[method] += acts

    @property
    def sent(self) -> list[bytes]:
        """The bodies of all PUTs."""
        return [request.body for request in self.requests if request.method == "PUT"]

    def next_act(self, method: str) -> Act:
        acts = self._acts[method]
        return acts.pop(0) if acts else {"GET": shows, "PUT": takes}[method]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: RecordingService

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Recorded(self.command, self.path, headers, self.rfile.read(length))
        self.service.requests.append(request)
        self.service.next_act(self.command)(self.service, request, self.reply)

    do_PUT = do_GET

    def reply(self, status: int | None, content: bytes = b"") -> None:
        """Answer, or with None break the connection off."""
        if status is None:
            self.close_connection = True
            return
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *values: Any) -> None:
        """Not to the screen."""


Reply = Callable[..., None]
Act = Callable[[RecordingService, Recorded, Reply], None]


def shows(service: RecordingService, request: Recorded, reply: Reply) -> None:
    """The task, or the list of it."""
    listed = b'{"count": 1, "tasks": [' + service.task + b"]}"
    reply(200, listed if request.target.startswith("/v3/tasks?") else service.task)


def takes(service: RecordingService, request: Recorded, reply: Reply) -> None:
    """Takes an update: the keys sent replace those of the task."""
    service.task = json.dumps({**json.loads(service.task), **json.loads(request.body)}).encode()
    reply(200, b'{"id": "t-1"}')


def ignores(service: RecordingService, request: Recorded, reply: Reply) -> None:
    """Says yes and does nothing."""
    reply(200, b'{"id": "t-1"}')


def changes(key: str, value: Any) -> Act:
    """Takes an update and then sets a key to a value of its own."""

    def act(service: RecordingService, request: Recorded, reply: Reply) -> None:
        takes(service, request, reply)
        service.task = json.dumps({**json.loads(service.task), key: value}).encode()

    return act


def refuses(status: int, code: str, message: str) -> Act:
    """Answers with an error."""

    def act(service: RecordingService, request: Recorded, reply: Reply) -> None:
        reply(status, json.dumps({"error_code": code, "error_msg": message}).encode())

    return act


def hangs(service: RecordingService, request: Recorded, reply: Reply) -> None:
    """Says nothing until the test is over."""
    service.hanging.set()
    service.released.wait()
    reply(None)


def hangs_up(service: RecordingService, request: Recorded, reply: Reply) -> None:
    """Closes the connection without a word."""
    reply(None)


@contextmanager
def recording_service() -> Iterator[RecordingService]:
    """A RecordingService that runs on a free port."""
    service = RecordingService()
    handler = type("Handler", (_Handler,), {"service": service})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        service.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield service
        finally:
            service.released.set()
            server.shutdown()
            thread.join()
