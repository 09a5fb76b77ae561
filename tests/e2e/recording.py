"""A task service on loopback that writes down what it is asked, byte for byte, and misbehaves on demand.

It knows nothing of the program: tasks are dicts, a PUT puts its top-level keys over those the task has. What it is told
to do goes by task id, so that tests may share one service.
"""

from __future__ import annotations

import copy
import json
import socket
import struct
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

Task = dict[str, Any]

LIST = "/v3/tasks"


@dataclass(frozen=True)
class Request:
    """One request as it came; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class RecordingService:
    """Serves tasks under `url` from `with` to its end, and keeps every request. Its list has the newest task first."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self._tasks: dict[str, Task] = {}
        self._ignored: dict[str, set[str]] = {}
        self._acts: dict[tuple[str, str], Callable[[_Handler], None]] = {}
        self._over = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.service = self
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    def add(self, task: Task) -> str:
        """Hold a copy of a task under a new id, and return the id."""
        task_id = str(uuid.uuid4())
        self._tasks[task_id] = copy.deepcopy(task) | {"id": task_id}
        return task_id

    def held(self, task_id: str) -> Task:
        """The task as the service holds it now; what is changed in it is changed in the service."""
        return self._tasks[task_id]

    def puts(self, task_id: str) -> list[Request]:
        """The updates of a task that arrived."""
        return [request for request in self.requests if request.method == "PUT" and request.path == f"{LIST}/{task_id}"]

    # What it is told to do

    def refuse(self, method: str, task_id: str, status: int, body: Any = None) -> None:
        """Answer each request of that method with a status and a JSON body."""
        self._acts[method, task_id] = lambda handler: handler.answer(status, body)

    def hang(self, method: str, task_id: str) -> None:
        """Never answer a request of that method."""
        self._acts[method, task_id] = lambda handler: handler.hang(self._over)

    def reset(self, method: str, task_id: str) -> None:
        """Take in each request of that method whole, then reset the connection instead of answering."""
        self._acts[method, task_id] = lambda handler: handler.reset()

    def behave(self, method: str, task_id: str) -> None:
        """Answer requests of that method properly again."""
        del self._acts[method, task_id]

    def ignore(self, task_id: str, key: str) -> None:
        """Accept updates of a top-level key, but keep the value there is."""
        self._ignored.setdefault(task_id, set()).add(key)

    # What it does

    def take(self, handler: _Handler, request: Request) -> None:
        """Write a request down and answer it."""
        self.requests.append(request)
        path, _, _ = request.path.partition("?")
        task_id = path.removeprefix(f"{LIST}/")
        if act := self._acts.get((request.method, task_id)):
            return act(handler)
        if path == LIST:
            return handler.answer(200, {"count": len(self._tasks), "tasks": [*reversed(self._tasks.values())]})
        if task_id not in self._tasks:
            return handler.answer(400, {"error_code": "SMS.7703", "error_msg": "The task does not exist."})
        if request.method == "PUT":
            ignored = self._ignored.get(task_id, ())
            sent = json.loads(request.body)
            self._tasks[task_id].update({key: value for key, value in sent.items() if key not in ignored})
            return handler.answer(200, {"id": task_id})
        return handler.answer(200, self._tasks[task_id])


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    service: RecordingService

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that is gone is no error of the service."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.service.take(self, Request(self.command, self.path, headers, body))

    do_GET = do_PUT = do_POST = do_DELETE = _take

    def answer(self, status: int, body: Any) -> None:
        """Send a whole reply."""
        content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def hang(self, over: threading.Event) -> None:
        """Say nothing until the service ends."""
        over.wait()
        self.close_connection = True

    def reset(self) -> None:
        """Cut the line with an RST."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent."""
