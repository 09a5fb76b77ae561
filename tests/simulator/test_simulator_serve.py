"""The simulator as a server, in a process of its own."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from simulator_helpers import REFERENCE_ID, TOKEN, start_simulator

Served = tuple[subprocess.Popen[str], str]


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=20)
    return process.returncode, out, err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_listens_and_ends_quietly_on_a_signal(simulator_on_port: Served, number: int) -> None:
    process, url = simulator_on_port
    with httpx.Client(base_url=url, headers=TOKEN, trust_env=False) as client:
        assert client.get("/v3/tasks").json()["count"] >= 12
        process.send_signal(number)
        assert ended(process) == (0, "", "")


def test_a_client_that_breaks_off_does_no_harm(simulator_on_port: Served) -> None:
    process, url = simulator_on_port
    port = int(url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as line:
        head = f"PUT /v3/tasks/{REFERENCE_ID} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: t\r\nContent-Length: 900\r\n\r\n"
        line.sendall(head.encode() + b'{"name":')
    reply = httpx.get(f"{url}/v3/tasks/{REFERENCE_ID}", headers=TOKEN, trust_env=False)
    assert reply.json()["name"] == "MigrationTask"
    process.terminate()
    assert ended(process) == (0, "", "")


def test_the_refusal_of_a_body_too_large_reaches_the_client(simulator_on_port: Served) -> None:
    _, url = simulator_on_port
    headers = {**TOKEN, "Content-Type": "application/json"}
    with httpx.Client(trust_env=False) as client:
        reply = client.put(f"{url}/v3/tasks/{REFERENCE_ID}", content=b" " * (13 * 1024 * 1024), headers=headers)
    assert (reply.status_code, reply.json()["error_code"]) == (413, "APIGW.0201")


def test_a_file_keeps_changes_over_a_restart(tmp_path: Path) -> None:
    path = f"pathlib.Path({str(tmp_path / 'tasks.db')!r})"
    names = []
    for _ in range(2):
        process = start_simulator("'127.0.0.1'", "0", path)
        assert process.stdout is not None
        url = f"{process.stdout.readline().strip().removeprefix('listening on ')}/v3/tasks/{REFERENCE_ID}"
        with httpx.Client(headers=TOKEN, trust_env=False) as client:
            names.append(client.get(url).json()["name"])
            assert client.put(url, json={"name": "renamed"}).status_code == 200
        process.terminate()
        assert ended(process) == (0, "", "")
    assert names == ["MigrationTask", "renamed"]


def test_a_taken_port_is_one_sentence_and_exit_code_3() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, out, err = ended(start_simulator("'127.0.0.1'", str(port), "None"))
    assert (code, out) == (3, "")
    assert f"port {port}" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org"])
def test_a_host_beyond_this_machine_is_refused_unless_asked_for(host: str) -> None:
    code, out, err = ended(start_simulator(repr(host), "0", "None"))
    assert (code, out) == (2, "")
    assert host in err
    assert err.count("\n") == 1


def test_a_host_beyond_this_machine_is_taken_when_asked_for() -> None:
    process = start_simulator("'0.0.0.0'", "0", "None", "beyond_loopback=True")
    assert process.stdout is not None
    assert process.stdout.readline().startswith("listening on http://0.0.0.0:")
    process.terminate()
    assert ended(process) == (0, "", "")


def test_a_damaged_file_is_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    path = tmp_path / "tasks.db"
    path.write_bytes(b"no database" * 500)
    code, out, err = ended(start_simulator("'127.0.0.1'", "0", f"pathlib.Path({str(path)!r})"))
    assert (code, out) == (2, "")
    assert err.startswith(str(path))
    assert err.count("\n") == 1


def test_importing_the_package_loads_no_server_and_no_framework() -> None:
    program = (
        "import sys, sms_tui.simulator; print([n for n in ('starlette', 'uvicorn', 'sqlite3') if n in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
