"""The service, the operator's surroundings, and the program in a terminal, ended when a test ends."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from recording import RecordingService, Task
from terminal import CHECKOUT, PROGRAM, Terminal
from warm import Warm


class Start(Protocol):
    """Starts `sms-tui`, or a program in Python, with these words in a terminal of a size; variables for its environment
    by name. It is started anew as an operator starts it, or `warm`, where the start is not what the test is about."""

    def __call__(
        self,
        *words: str,
        columns: int = ...,
        lines: int = ...,
        before: str = ...,
        program: str = ...,
        warm: bool = ...,
        **variables: str,
    ) -> Terminal: ...


class Edit(Protocol):
    """Puts a task into the service and opens it in the editor; returns the terminal and the task's id."""

    def __call__(
        self, task: Task, *, columns: int = ..., lines: int = ..., before: str = ..., **variables: str
    ) -> tuple[Terminal, str]: ...


@pytest.fixture(scope="session")
def service() -> Iterator[RecordingService]:
    with RecordingService() as running:
        yield running


@pytest.fixture(scope="session")
def libraries() -> Iterator[Warm]:
    """The process that has read the libraries."""
    warm = Warm(CHECKOUT)
    yield warm
    warm.close()


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A home of its own, a token that opens nothing, and no word of the surroundings of the tests."""
    home = tmp_path / "home"
    home.mkdir()
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "SMS_TUI_TOKEN": f"not-a-token-{secrets.token_hex(16)}",
    }


@pytest.fixture
def terminals(environment: dict[str, str]) -> Iterator[list[Terminal]]:
    """The terminals of a test. In the end nobody may have seen the token in any of them."""
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()
        assert environment["SMS_TUI_TOKEN"].encode() not in terminal.raw


@pytest.fixture
def start(environment: dict[str, str], terminals: list[Terminal], libraries: Warm) -> Start:
    def started(
        *words: str,
        columns: int = 120,
        lines: int = 40,
        before: str = "",
        program: str = "",
        warm: bool = False,
        **variables: str,
    ) -> Terminal:
        command = [sys.executable, "-c", program] if program else PROGRAM
        terminal = Terminal(
            [*command, *words],
            environment | variables,
            columns=columns,
            lines=lines,
            before=before,
            warm=libraries if warm else None,
        )
        terminals.append(terminal)
        return terminal

    return started


@pytest.fixture
def edit(service: RecordingService, start: Start) -> Edit:
    def opened(task: Task, *, before: str = "", **options: Any) -> tuple[Terminal, str]:
        task_id = service.add(task)
        terminal = start("edit", task_id, "--endpoint", service.url, before=before, warm=not before, **options)
        terminal.await_text("Service-owned", "/ Find")
        return terminal, task_id

    return opened
