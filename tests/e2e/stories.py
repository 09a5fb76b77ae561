"""What operators do over and over, in keys and in what they wait to see."""

from __future__ import annotations

import json
from typing import Any

from recording import Request
from terminal import CTRL_S, ENTER, Terminal

RISKY = "Risky: type "


def go_to(field: str) -> str:
    """The keys that go to a field, from anywhere but a text, and begin to edit it."""
    return f"/{field}{ENTER}"


def review(terminal: Terminal) -> None:
    """Ask for the review and wait until it is there."""
    terminal.send(CTRL_S)
    terminal.await_that(
        lambda: terminal.sees(" Review ") and (terminal.sees("y Submit") or terminal.sees(RISKY)), "to see the review"
    )


def agree(terminal: Terminal) -> None:
    """Agree to what is reviewed: with y, or with the task's name where the review wants that."""
    if not terminal.sees(RISKY):
        terminal.send("y")
        return
    name = terminal.line(RISKY).split(RISKY)[1].split(" and press Enter")[0]
    terminal.send(name)
    terminal.await_text(name)
    terminal.send(ENTER)


def submit(terminal: Terminal) -> None:
    """Review, send, and see it saved."""
    review(terminal)
    agree(terminal)
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
