"""The simulator as a server, and every command for the service against it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from cli_helpers import PATIENCE, Run

REFERENCE_ID = "ef3b9722-07a0-40ae-89b0-889ee96d0001"
Simulator = tuple[subprocess.Popen[bytes], str]


@pytest.fixture
def simulator(monkeypatch: pytest.MonkeyPatch, secret: str) -> Iterator[Simulator]:
    """A simulator on a free port, configured as the service; any token does."""
    command = [sys.executable, "-W", "error", "-m", "sms_tui", "simulate", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ))
    assert process.stdout is not None
    line = process.stdout.readline().decode()
    assert line.startswith("listening on http://127.0.0.1:"), process.communicate()
    url = line.removeprefix("listening on ").strip()
    monkeypatch.setenv("SMS_TUI_ENDPOINT", url)
    monkeypatch.setenv("SMS_TUI_TOKEN", secret)
    try:
        yield process, url
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_listens_and_ends_quietly_on_a_signal(simulator: Simulator, number: int) -> None:
    process, _ = simulator
    process.send_signal(number)
    assert process.communicate(timeout=PATIENCE) == (b"", b"")
    assert process.returncode == 0


@pytest.mark.usefixtures("simulator")
def test_a_task_is_listed_got_changed_and_read_again(run_process: Run) -> None:
    listed = run_process("list", "--name", "MigrationTask")
    assert listed.code == 0
    assert [task["id"] for task in listed.json["tasks"]] == [REFERENCE_ID]

    got = run_process("get", REFERENCE_ID)
    edited = got.json | {"speed_limit": 77}
    del edited["id"]
    body = json.dumps({"speed_limit": 77, "name": edited["name"]}).encode()
    assert run_process("diff", REFERENCE_ID, "-", stdin=body).code == 1

    applied = run_process("apply", REFERENCE_ID, "-", "--yes", stdin=body)
    assert (applied.code, applied.out) == (0, "speed_limit: kept\n")
    assert run_process("get", REFERENCE_ID).json["speed_limit"] == 77
    assert run_process("diff", REFERENCE_ID, "-", stdin=body).code == 0


@pytest.mark.usefixtures("simulator")
def test_states_it_can_and_cannot_filter_by_are_listed(run: Run) -> None:
    names = [
        [task["name"] for task in run("list", "--state", state).json["tasks"]] for state in ("SYNCING", "SYNC_FAIL")
    ]
    assert names == [["oa-mail-01"], ["gis-archive-01"]]
    assert "财务系统迁移任务" in run("list").out


@pytest.mark.usefixtures("simulator")
def test_an_unknown_id_is_an_error_of_the_service(run: Run) -> None:
    ran = run("get", "no-such-task")
    assert (ran.code, ran.out) == (3, "")
    assert "SMS.7703" in ran.err


def test_a_port_that_is_taken_is_told(run_process: Run, deaf_url: str) -> None:
    port = deaf_url.rpartition(":")[2]
    ran = run_process("simulate", "--port", port)
    assert (ran.code, ran.out) == (3, "")
    assert f"port {port}" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("port", ["99999", "-1", "http", ""])
def test_a_port_that_cannot_be_is_wrong_usage(run: Run, port: str) -> None:
    ran = run("simulate", f"--port={port}")
    assert (ran.code, ran.out) == (2, "")
    assert f"a port is a number from 0 to 65535, not '{port}'" in ran.err


@pytest.mark.parametrize("tasks", ["100001", "-1", "many", "9" * 5000])
def test_a_number_of_tasks_that_cannot_be_is_wrong_usage(run: Run, tasks: str) -> None:
    ran = run("simulate", "--port=0", f"--tasks={tasks}")
    assert (ran.code, ran.out) == (2, "")
    assert f"a number of tasks is from 0 to 100,000, not '{tasks}'" in ran.err


def test_a_host_other_machines_reach_must_be_asked_for(run_process: Run) -> None:
    ran = run_process("simulate", "--port", "0", "--host", "0.0.0.0")
    assert (ran.code, ran.out) == (2, "")
