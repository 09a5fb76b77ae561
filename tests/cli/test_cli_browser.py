"""`demo --web` as far as the command line goes, and who may open its pages."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_helpers import Run

from sms_tui.cli.browser import listen
from sms_tui.cli.visitors import is_page_of_ours, is_this_user

Ends = tuple[tuple[str, int], tuple[str, int]]


def test_without_the_extra_one_sentence_says_how_to_install_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "sms_tui.cli.browser")
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    ran = run("demo", "--web")
    assert (ran.code, ran.out) == (2, "")
    assert "pip install 'sms-tui[web]'" in ran.err


def test_a_port_without_web_is_refused(run: Run) -> None:
    ran = run("demo", "--port", "8000")
    assert ran.code == 2
    assert "add --web" in ran.err


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_what_is_no_port_is_refused(run: Run, port: str) -> None:
    ran = run("demo", "--web", f"--port={port}")
    assert ran.code == 2
    assert "from 0 to 65535" in ran.err


def test_a_port_that_is_taken_is_told(run: Run, deaf_url: str) -> None:
    ran = run("demo", "--web", "--port", deaf_url.rpartition(":")[2])
    assert ran.code == 3
    assert "name another port" in ran.err


def test_without_a_port_one_is_found_although_8000_is_taken() -> None:
    with listen(None) as first, listen(None) as second:
        assert first.getsockname() != second.getsockname()
        assert {first.getsockname()[0], second.getsockname()[0]} == {"127.0.0.1"}


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:8000", None),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("localhost:9000", "http://localhost:9000"),
        ("localhost", "http://localhost"),
    ],
)
def test_a_page_of_ours_is_let_in(host: str, origin: str | None) -> None:
    assert is_page_of_ours(host, origin)


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:8000", "http://127.0.0.1:3000"),
        ("127.0.0.1:8000", "null"),
        ("127.0.0.1:8000", "https://elsewhere.example"),
        ("elsewhere.example:8000", "http://elsewhere.example:8000"),
        ("127.0.0.1.elsewhere.example", None),
        ("", None),
    ],
)
def test_another_page_and_a_name_that_leads_here_are_not(host: str, origin: str | None) -> None:
    assert not is_page_of_ours(host, origin)


@pytest.fixture
def ends() -> Iterator[Ends]:
    """The ends of a connection of ours, the one that asked for it first."""
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as ours:
        yield ours.getsockname(), ours.getpeername()


def test_a_connection_of_this_user_is_known(ends: Ends) -> None:
    assert is_this_user(*ends)
    assert not is_this_user(ends[0], ("127.0.0.1", 1))


@pytest.mark.parametrize(("state", "user"), [("01", os.getuid() + 1), ("06", 0)], ids=["of another user", "closed"])
def test_another_connection_is_refused(ends: Ends, tmp_path: Path, state: str, user: int) -> None:
    theirs = tmp_path / "tcp"
    table = Path("/proc/net/tcp").read_text("ascii").splitlines()
    theirs.write_text("\n".join(_changed(line.split(), state, user) for line in table), "ascii")
    assert not is_this_user(*ends, theirs)


def _changed(words: list[str], state: str, user: int) -> str:
    """A line of the table of connections in another state, and another user's."""
    return " ".join([*words[:3], state, *words[4:7], str(user), *words[8:]])
