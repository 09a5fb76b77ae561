"""What operators do over and over, in keys and in what they wait to see."""

from __future__ import annotations

import json
from typing import Any

from recording import Request
from terminal import CTRL_S, ENTER, Terminal


def go_to(field: str) -> str:
    """The keys that go to a field, from anywhere but a text, and begin to edit it."""
    return f"/{field}{ENTER}"


def review(terminal: Terminal) -> None:
    """Ask for the review and wait until it is there."""
    terminal.send(CTRL_S)
    terminal.await_text(" Review ", "y Submit")


def submit(terminal: Terminal) -> None:
    """Review, send, and see it saved."""
    review(terminal)
    terminal.send("y")
    terminal.await_text(" Saved ", "Enter Back to the task")


def only(requests: list[Request]) -> Request:
    """The one request there must be."""
    assert len(requests) == 1
    return requests[0]


def exact(content: bytes) -> Any:
    """JSON with nothing smoothed over: objects as pairs in their order, floats as they are written."""
    return json.loads(content, object_pairs_hook=tuple, parse_float="float {}".format)


def served(value: Any) -> Any:
    """A value as `exact` reads it from a reply of the recording service."""
    return exact(json.dumps(value).encode())
