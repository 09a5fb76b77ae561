"""The command line in this process and in one of its own, with an environment in which nothing is configured."""

from __future__ import annotations

import io
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import stamina
from cli_helpers import BodyFile, Ran, Run
from recording_service import RecordingService, recording_service

from sms_tui.cli import main

KEPT = ("PATH", "SYSTEMROOT", "TMPDIR", "LD_LIBRARY_PATH")


@pytest.fixture
def secret() -> str:
    """A token that no output may hold; made anew for every test."""
    return f"fake-{secrets.token_hex(12)}"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Nothing configured, an empty home; the directory of the config file. Retries come without pauses."""
    for name in list(os.environ):
        if name not in KEPT:
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    config = home / ".config" / "sms-tui"
    config.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LANG", "C.UTF-8")
    return config


@pytest.fixture(autouse=True)
def _no_pauses() -> Iterator[None]:
    with stamina.set_testing(True, attempts=100, cap=True):
        yield


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch, secret: str) -> Iterator[RecordingService]:
    """A service of one task, configured by the environment."""
    with recording_service() as running:
        monkeypatch.setenv("SMS_TUI_ENDPOINT", running.url)
        monkeypatch.setenv("SMS_TUI_TOKEN", secret)
        yield running


@pytest.fixture
def deaf_url() -> Iterator[str]:
    """An endpoint that refuses connections: the port is taken, nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, secret: str) -> Run:
    """A command in this process; `stdin` is a pipe that holds these bytes."""

    def ran(*arguments: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(arguments)
        captured = capsys.readouterr()
        assert secret not in captured.out + captured.err
        return Ran(code, captured.out, captured.err)

    return ran


@pytest.fixture
def run_process(secret: str) -> Run:
    """A command in a process of its own, where every warning is an error; the environment is that of the test."""

    def ran(*arguments: str, stdin: bytes = b"", **environ: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "sms_tui", *arguments],
            input=stdin,
            capture_output=True,
            env={**os.environ, **environ},
            timeout=60,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        assert secret not in out + err
        return Ran(done.returncode, out, err)

    return ran


@pytest.fixture
def body_file(tmp_path: Path) -> BodyFile:
    """Puts a task body into a file; its name."""

    numbers = count()

    def written(body: str | bytes) -> str:
        file = tmp_path / f"body-{next(numbers)}.json"
        file.write_bytes(body if isinstance(body, bytes) else body.encode())
        return str(file)

    return written
