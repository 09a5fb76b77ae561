"""What a command loads: the screen for those with a screen only, HTTP for those with a service only; how it leaves."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from cli_helpers import PATIENCE
from recording_service import TASK_ID, RecordingService

PROGRAM = """
import sys
from sms_tui.cli import main
code = main(sys.argv[1:])
print(code, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
SCREEN = {"textual", "rich", "pygments"}
SERVER = {"starlette", "uvicorn", "click"}
WIRE = {"httpx", "httpcore", "stamina"}
LATER = (
    *("pydantic", "pydantic_core", "sms_tui.schema.checks.checker"),
    *(f"sms_tui.api.{name}" for name in ("client", "codes", "connection", "credentials")),
    *(f"sms_tui.document.{name}" for name in ("arrange", "clip", "fixes", "merge", "mirror", "search", "structure")),
    *(
        f"sms_tui.session.{name}"
        for name in ("catching_up", "outcomes", "picture.time_axis", "picture.told", "service")
    ),
    *(f"sms_tui.ui.{name}" for name in ("dialogs", "json_view", "plain.sending", "plain.voice", "table", "tour")),
    *(f"sms_tui.ui.screens.{name}" for name in ("conflict", "find", "review", "table", "task_list")),
)
"""What the check, an edit, a search, a dialog or a submit loads when it is begun."""


def loaded(*arguments: str, code: int = 0) -> set[str]:
    """The top-level modules that a command has loaded when it ends."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        input=b"{}",
        capture_output=True,
        env=dict(os.environ),
        timeout=PATIENCE,
    )
    ended_with, *modules = run.stderr.decode().splitlines()[-1].split()
    assert int(ended_with) == code
    return set(modules)


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("--version",), ("apply", "--help"), ("schema",), ("completion", "tasks"), ("completion", "themes")],
)
def test_help_version_schema_and_the_ids_of_tasks_load_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert not loaded(*arguments) & (SCREEN | SERVER | WIRE | {"pydantic", "sqlite3", "shtab"})


def test_wrong_usage_loads_nothing_heavy() -> None:
    assert not loaded("get", code=2) & (SCREEN | SERVER | WIRE | {"pydantic", "sqlite3"})


def test_check_loads_no_screen_no_wire_and_no_server() -> None:
    assert not loaded("check", "-") & (SCREEN | SERVER | WIRE | {"sqlite3"})


@pytest.mark.parametrize("arguments", [("list",), ("get", TASK_ID), ("diff", TASK_ID, "-"), ("apply", TASK_ID, "-")])
def test_commands_for_the_service_load_no_screen_and_no_server(
    service: RecordingService, arguments: tuple[str, ...]
) -> None:
    modules = loaded(*arguments)
    assert not modules & (SCREEN | SERVER | {"sqlite3"})
    assert "httpx" in modules


@pytest.mark.parametrize("command", [(), ("edit", TASK_ID)])
def test_the_editor_loads_no_screen_before_it_knows_that_it_can_start(
    service: RecordingService, command: tuple[str, ...]
) -> None:
    assert not loaded(*command, code=2) & SCREEN


def test_the_editor_loads_for_its_first_frame_nothing_of_what_comes_later() -> None:
    start = "import sms_tui.cli.edit, sms_tui.session.drafts.store, sms_tui.ui.app"
    shown = f"{start}; import sys; print(*(name for name in sys.modules if name.startswith(('sms_tui', 'pydantic'))))"
    run = subprocess.run([sys.executable, "-c", shown], capture_output=True, env=dict(os.environ), timeout=PATIENCE)
    loaded = set(run.stdout.decode().split())
    assert "sms_tui.ui.screens.editor" in loaded
    assert {name for name in loaded for later in LATER if f"{name}.".startswith(f"{later}.")} == set()


@pytest.mark.parametrize(("options", "in_haste"), [((), True), (("-W", "error"), False)])
def test_the_end_is_not_held_up_by_a_search_for_garbage_unless_warnings_are_wanted(
    options: tuple[str, ...], in_haste: bool
) -> None:
    left = "import atexit, gc; atexit.register(lambda: print(gc.get_freeze_count() > 10_000))"
    run = [sys.executable, *options, "-c", f"{left}{PROGRAM}", "schema"]
    ended = subprocess.run(run, capture_output=True, env=dict(os.environ), timeout=PATIENCE)
    assert ended.stdout.decode().splitlines()[-1] == str(in_haste)
