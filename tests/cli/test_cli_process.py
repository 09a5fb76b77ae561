"""The command as a process among others: pipes that close, locales, signals, missing streams."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_helpers import PATIENCE, Ran, Run
from recording_service import TASK_ID, RecordingService, hangs, shows

SMS_TUI = [sys.executable, "-W", "error", "-m", "sms_tui"]


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out.decode(), err.decode()


@pytest.fixture
def closed_pipe() -> Iterator[int]:
    """The writing end of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--help"], 0), (["schema"], 0), (["list"], 0), (["check", "-"], 1), (["diff", "t-1", "-"], 1)],
)
def test_a_reader_that_went_away_changes_neither_the_end_nor_the_exit_code(
    service: RecordingService, closed_pipe: int, arguments: list[str], code: int
) -> None:
    body = b'{"speed_limit": 99999, "priority": null}'
    run = subprocess.run(
        [*SMS_TUI, *arguments], input=body, stdout=closed_pipe, stderr=subprocess.PIPE, timeout=PATIENCE
    )
    assert run.returncode == code
    assert b"Traceback" not in run.stderr
    assert b"Exception" not in run.stderr


def test_an_update_is_made_though_nobody_reads_the_narration(service: RecordingService, closed_pipe: int) -> None:
    body = b'{"speed_limit": 50}'
    command = [*SMS_TUI, "apply", TASK_ID, "-", "--yes"]
    run = subprocess.run(command, input=body, stdout=closed_pipe, stderr=closed_pipe, timeout=PATIENCE)
    assert run.returncode == 0
    assert service.sent == [b'{"speed_limit":50}']


@pytest.mark.parametrize("command", ["schema", "check"])
def test_an_output_that_cannot_be_written_is_told(tmp_path: Path, command: str) -> None:
    file = tmp_path / "out"
    file.touch()
    arguments = ["schema"] if command == "schema" else ["check", "--json", "-"]
    with file.open("rb") as unwritable:
        run = subprocess.run(
            [*SMS_TUI, *arguments], input=b"{}", stdout=unwritable, stderr=subprocess.PIPE, timeout=PATIENCE
        )
    assert run.returncode == 3
    assert run.stderr.decode().splitlines()[-1] == "Cannot write the output: Bad file descriptor."
    assert b"Traceback" not in run.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_from_the_start_are_no_crash(closed: str) -> None:
    script = f'exec "$@" {closed}'
    run = subprocess.run(["/bin/sh", "-c", script, "sh", *SMS_TUI, "check", "-"], input=b"{}", capture_output=True)
    assert run.returncode == (2 if "<&-" in closed else 0)
    assert b"Traceback" not in run.stderr
    if closed == "<&-":
        assert run.stderr == b"Standard input is closed; name a file.\n"


def test_a_standard_input_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with (tmp_path / "in").open("wb") as unreadable:
        run = subprocess.run([*SMS_TUI, "check", "-"], stdin=unreadable, capture_output=True, timeout=PATIENCE)
    assert (run.returncode, run.stderr) == (2, b"Cannot read standard input: Bad file descriptor.\n")


@pytest.mark.parametrize(
    "locale",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "ascii:strict"},
    ],
)
def test_chinese_names_come_out_in_utf_8_whatever_the_locale(
    run_process: Run, service: RecordingService, locale: dict[str, str]
) -> None:
    ran = run_process("apply", TASK_ID, "-", "--dry-run", stdin='{"name": "搬"}'.encode(), **locale)
    assert ran == Ran(0, '{\n  "name": "搬"\n}\n', 'name: "迁移任务" -> "搬"\n')


def test_names_that_are_not_utf_8_are_no_crash(service: RecordingService) -> None:
    run = subprocess.run([*SMS_TUI, "check", b"\xff.json"], capture_output=True, timeout=PATIENCE)
    assert (run.returncode, run.stderr) == (2, b"Cannot read \\udcff.json: No such file or directory.\n")
    run = subprocess.run([*SMS_TUI, "get", b"\xff", b"\xff"], capture_output=True, timeout=PATIENCE)
    assert run.returncode == 2
    assert b"Traceback" not in run.stderr


@pytest.mark.parametrize("arguments", [["list"], ["apply", TASK_ID, "-", "--yes"]])
def test_an_interrupt_while_the_service_says_nothing_ends_with_130(
    service: RecordingService, arguments: list[str]
) -> None:
    service.will("GET", hangs)
    process = subprocess.Popen(
        [*SMS_TUI, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(b"{}")
    process.stdin.close()
    process.stdin = None
    assert service.hanging.wait(PATIENCE)
    process.send_signal(signal.SIGINT)
    assert ended(process) == (130, "", "")


def test_an_interrupt_while_an_update_is_under_way_says_that_its_end_is_unknown(
    service: RecordingService, tmp_path: Path
) -> None:
    service.will("GET", shows)
    service.will("PUT", hangs)
    body = tmp_path / "body.json"
    body.write_text('{"speed_limit": 50}')
    command = [*SMS_TUI, "apply", TASK_ID, str(body), "--yes"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert service.hanging.wait(PATIENCE)
    process.send_signal(signal.SIGINT)
    code, out, err = ended(process)
    assert (code, out) == (130, "")
    assert err.splitlines()[1:] == [
        "Interrupted. Nothing tells whether the update landed. "
        "Load the task again and look before sending it once more."
    ]
