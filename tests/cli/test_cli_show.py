"""show: a task as a page, plain in a pipe and in colour on a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_helpers import BodyFile, Run, terminal
from recording_service import TASK_ID, RecordingService, refuses
from test_cli_simulate import REFERENCE_ID, simulator  # noqa: F401  # a fixture
from test_cli_startup import SCREEN, SERVER, WIRE, loaded

EXAMPLE = Path(__file__).parent.parent / "data" / "reference_example.json"


def test_a_file_is_shown_in_plain_text_a_hundred_columns_wide(run: Run) -> None:
    ran = run("show", "--file", str(EXAMPLE))
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "MigrationTask"
    assert any("▐Y: NTFS 39.5 GiB████" in line for line in lines)
    assert "Problems" in lines
    assert 90 < max(map(len, lines)) <= 100
    assert all(line == line.rstrip() and line.isprintable() for line in lines)


def test_standard_input_is_shown_like_a_file(run: Run) -> None:
    ran = run("show", "--file", "-", stdin=EXAMPLE.read_bytes())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("MigrationTask\n")


def test_a_task_of_the_service_is_shown(run: Run, service: RecordingService) -> None:
    ran = run("show", TASK_ID)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("迁移任务\n")
    assert not service.sent


@pytest.mark.usefixtures("simulator")
def test_a_sample_task_of_the_simulator_is_shown(run_process: Run) -> None:
    ran = run_process("show", REFERENCE_ID)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"MigrationTask\n{REFERENCE_ID}\n")
    assert "▐Y: NTFS 39.5 GiB████" in ran.out


@pytest.mark.parametrize("width", ["40", "60", "200"])
def test_the_width_is_as_asked(run: Run, width: str) -> None:
    lines = run("show", "--file", str(EXAMPLE), "--width", width).out.splitlines()
    assert max(map(len, lines)) <= int(width)
    assert max(map(len, lines)) > int(width) * 0.8


@pytest.mark.parametrize("width", ["39", "1001", "-80", "wide", "８０"])
def test_a_width_that_cannot_be_is_wrong_usage(run: Run, width: str) -> None:
    ran = run("show", "--file", str(EXAMPLE), "--width", width)
    assert (ran.code, ran.out) == (2, "")
    assert "is not a number of columns from 40 to 1000" in ran.err


def test_ascii_is_ascii(run: Run) -> None:
    ran = run("show", "--file", str(EXAMPLE), "--ascii")
    assert ran.out.isascii()
    assert "[Y: NTFS 39.5 GiB####" in ran.out


def test_a_locale_without_utf_8_gets_ascii_and_the_names_as_they_are(run_process: Run) -> None:
    body = '{"name": "财务系统", "target_server": {"disks": [{"name": "d", "size": 1, "physical_volumes": []}]}}'
    ran = run_process("show", "--file", "-", stdin=body.encode(), LC_ALL="C")
    assert ran.code == 0
    assert ran.out.replace("财务系统", "").isascii()
    assert "财务系统" in ran.out
    assert "·" in run_process("show", "--file", "-", stdin=body.encode(), LC_ALL="C.UTF-8").out


def test_nothing_in_a_task_steers_the_terminal(run: Run) -> None:
    body = '{"name": "a\\u001b[2J", "sub_tasks": [{"name": "b\\u009b", "process_trace": "c\\u0007\\nd"}]}'
    ran = run("show", "--file", "-", stdin=body.encode())
    assert ran.code == 0
    assert all(line.isprintable() for line in ran.out.splitlines())
    assert "a\\u001b[2J" in ran.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "one of the arguments TASK_ID --file is required"),
        (("x", "--file", "y"), "not allowed with argument"),
        (("--file", "no such file"), "Cannot read no such file"),
    ],
)
def test_wrong_usage_ends_with_2(run: Run, arguments: tuple[str, ...], says: str) -> None:
    ran = run("show", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


def test_what_is_no_task_body_ends_with_2(run: Run, body_file: BodyFile) -> None:
    ran = run("show", "--file", body_file("[1]"))
    assert (ran.code, ran.out) == (2, "")
    assert "does not hold a JSON object" in ran.err


def test_without_a_service_it_says_how_to_name_one(run: Run) -> None:
    ran = run("show", TASK_ID)
    assert ran.code == 2
    assert "No service is configured" in ran.err


def test_an_unknown_task_ends_with_3(run: Run, service: RecordingService) -> None:
    service.will("GET", refuses(400, "SMS.7703", "Task does not exist"))
    ran = run("show", "no-such-task")
    assert (ran.code, ran.out) == (3, "")
    assert "SMS.7703" in ran.err


@pytest.mark.parametrize(("environ", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True)])
def test_on_a_terminal_it_is_in_colour_and_as_wide(environ: dict[str, str], coloured: bool) -> None:
    with terminal("show", "--file", str(EXAMPLE), columns=90, lines=60, environ=environ) as screen:
        assert screen.ended() == 0
        row = next(at for at, line in enumerate(screen.text.splitlines()) if "▐Y:" in line)
        cells = screen._screen.buffer[row]
        painted = {cells[at].fg for at in range(90) if cells[at].data in "█░"}
        assert painted - {"default"} == ({"brown"} if coloured else set())
        assert len(screen.text.splitlines()[row]) == 90


def test_a_file_loads_no_screen_no_wire_and_no_server() -> None:
    assert not loaded("show", "--file", "-") & (SCREEN | SERVER | WIRE | {"sqlite3"})


def test_a_task_of_the_service_loads_no_screen_and_no_server(service: RecordingService) -> None:
    modules = loaded("show", TASK_ID)
    assert not modules & (SCREEN | SERVER | {"sqlite3"})
    assert "httpx" in modules
