"""One call as the faults see it: what is asked, what is answered, and how the answer is brought."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Literal, TypeAlias

from sms_tui import exactjson
from sms_tui.exactjson import Json

Operation: TypeAlias = Literal["list", "show", "update"]
OPERATIONS: tuple[Operation, ...] = ("list", "show", "update")

Headers: TypeAlias = tuple[tuple[str, str], ...]
"""Names and values; the length of the body is never among them, it follows from the body."""

JSON_TYPE = ("Content-Type", "application/json")
_TASKS = re.compile(r"/v3/tasks(/[^/]+)?\Z")
_LARGEST_PIECE = 1024 * 1024
_PIECES_A_SECOND = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, whole."""

    method: str
    path: str
    headers: Headers
    body: bytes = b""

    @property
    def operation(self) -> Operation | None:
        """Which call of the API it is; None for any other."""
        found = _TASKS.search(self.path)
        if found is None:
            return None
        if self.method == "GET":
            return "show" if found[1] else "list"
        return "update" if self.method == "PUT" and found[1] else None

    def reading(self) -> Asked:
        """The GET of the same path by the same caller."""
        return Asked("GET", self.path, self.headers)

    def sending(self, body: Json) -> Asked:
        """The PUT of this JSON to the same path by the same caller."""
        headers = (*without(self.headers, "content-type"), JSON_TYPE)
        return Asked("PUT", self.path, headers, exactjson.dumps(body).encode())


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply, whole."""

    status: int
    headers: Headers
    body: bytes


class Ending(Enum):
    """What follows once the reply is under way."""

    WHOLE = auto()
    CLOSED = auto()
    RESET = auto()
    NEVER = auto()


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a reply is brought: not before `after` seconds, its body with `rate` bytes a second if that is not None.

    Where the ending is CLOSED or RESET, half of the body comes, under the length of the whole. None as the reply is
    not a byte of one.
    """

    reply: Reply | None
    ending: Ending = Ending.WHOLE
    after: float = 0
    rate: float | None = None

    def pieces(self) -> Iterator[tuple[float, bytes]]:
        """What is brought of the body, each piece with the pause (seconds) before it."""
        body = self.reply.body if self.reply else b""
        if self.ending is not Ending.WHOLE:
            body = body[: len(body) // 2]
        size = max(1, round(self.rate / _PIECES_A_SECOND)) if self.rate else _LARGEST_PIECE
        pause = size / self.rate if self.rate else 0.0
        for start in range(0, len(body), size):
            yield pause, body[start : start + size]


Handler: TypeAlias = Callable[[Asked], Awaitable[Delivery]]
Service: TypeAlias = Callable[[Asked], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Call:
    """A call that a fault strikes: `ahead` hands it on to the faults behind and the service, `service` past them.

    A reply put into `held` under a path is what the next GET of that path gets.
    """

    operation: Operation
    asked: Asked
    ahead: Handler
    service: Service
    held: dict[str, Reply]


Act: TypeAlias = Callable[[Call], Awaitable[Delivery]]


def without(headers: Headers, *names: str) -> Headers:
    """The headers but for those of these names (in lower case)."""
    return tuple(header for header in headers if header[0].lower() not in names)
