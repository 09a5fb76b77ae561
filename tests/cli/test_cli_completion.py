"""Completion: what the words are, and bash completing them."""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_helpers import PATIENCE, Run
from recording_service import TASK_ID, RecordingService

from sms_tui.cli import COMMANDS, whole_parser
from sms_tui.cli.connect import DEMO, seen_tasks
from sms_tui.cli.shells import script

CHECKOUT = Path(__file__).parent.parent.parent
COMPLETE = """
set -u
source "$1"
COMP_WORDS=("${@:2}") COMP_CWORD=$(($# - 2)) COMP_LINE="${*:2}" COMP_POINT=${#COMP_LINE}
_shtab_sms_tui
printf '%s\\n' "${COMPREPLY[@]:-}"
"""
"""Complete the last of the words as bash does when TAB is pressed: the function, with its variables set."""


@pytest.fixture(scope="module")
def bash(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script of bash, and a program beside it to be found on the path."""
    directory = tmp_path_factory.mktemp("bash")
    (directory / "completion.bash").write_text(script("bash"), "utf-8")
    program = directory / "sms-tui"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m sms_tui "$@"\n', "utf-8")
    program.chmod(0o700)
    return directory


def completed(bash: Path, *words: str, program: str = "sms-tui") -> list[str]:
    """What bash offers for the last of the words."""
    done = subprocess.run(
        ["bash", "--norc", "-c", COMPLETE, "bash", str(bash / "completion.bash"), program, *words],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "PATH": f"{bash}{os.pathsep}{os.environ['PATH']}"},
        timeout=PATIENCE,
        cwd=bash,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


def test_bash_completes_commands_options_and_actions(bash: Path) -> None:
    assert set(completed(bash, "")) == set(COMMANDS)
    assert completed(bash, "dr") == ["drafts"]
    assert completed(bash, "list", "--st") == ["--state"]
    assert completed(bash, "drafts", "re") == ["resume"]
    assert completed(bash, "--region", "cn-north-4", "ed") == ["edit"]
    assert completed(bash, "completion", "") == ["bash", "zsh", "fish"]


def test_bash_completes_the_ids_of_tasks_that_were_listed(bash: Path, run: Run, service: RecordingService) -> None:
    assert completed(bash, "edit", "") == []
    assert run("list").code == 0
    assert completed(bash, "edit", TASK_ID[:2]) == [TASK_ID]
    assert completed(bash, "apply", "--yes", TASK_ID[:2]) == [TASK_ID]
    assert completed(bash, "get", TASK_ID[:2], program=str(bash / "sms-tui")) == [TASK_ID]
    requests = len(service.requests)
    assert completed(bash, "get", "") == [TASK_ID]
    assert len(service.requests) == requests


def test_bash_completes_a_file_with_a_blank_in_its_name(bash: Path) -> None:
    (bash / "two words.json").write_text("{}", "utf-8")
    assert completed(bash, "check", "two w") == ["two", "words.json"]
    assert completed(bash, "edit", "--file", "two") == ["two", "words.json"]


def test_a_task_is_offered_with_its_name_and_where_it_is_if_that_is_not_clear(run: Run) -> None:
    seen_tasks().note("https://a.example", [{"id": "t1", "name": "web\n 网 \x1b[31m"}])
    seen_tasks().note(DEMO, [{"id": "sample", "name": "one"}])
    assert run("completion", "tasks").out == "t1\tweb 网 \\u001b[31m\n"
    assert run("completion", "samples").out == "sample\tone\n"
    seen_tasks().note("https://b.example", [{"id": "t2"}])
    assert run("completion", "tasks").out.splitlines()[0] == "t2\thttps://b.example"


def test_profiles_are_those_of_the_config_file_that_are_words(run: Run, environment: Path) -> None:
    (environment / "config.toml").write_text('[profiles.lab]\nregion = "r"\n[profiles."$(x)"]\n', "utf-8")
    assert run("completion", "profiles").out == "lab\n"


def test_themes_are_those_there_are_and_the_operators_own(run: Run, environment: Path) -> None:
    (environment / "themes").mkdir()
    (environment / "themes" / "mine.toml").write_text("", "utf-8")
    assert {"mine", "sms-dark"} <= set(run("completion", "themes").out.split())


@pytest.mark.parametrize("what", ["tasks", "samples", "drafts", "receipts", "profiles"])
def test_where_nothing_is_known_nothing_is_offered(run: Run, what: str) -> None:
    done = run("completion", what)
    assert (done.code, done.out, done.err) == (0, "", "")


def test_another_shell_is_refused_with_those_there_are(run: Run) -> None:
    done = run("completion", "tcsh")
    assert done.code == 2
    assert "bash, zsh and fish, not for 'tcsh'" in done.err
    assert "receipts" not in done.err.splitlines()[-1]  # what only the scripts ask for


def test_fish_has_every_command_and_option_and_asks_for_task_ids() -> None:
    lines = script("fish").splitlines()
    for name in COMMANDS:
        assert any(f" -a {name} " in line for line in lines), name
    for command in ("edit", "get", "show", "diff", "apply"):
        using = f"_shtab_sms_tui_using {command};"
        assert any(using in line and '"(_sms_tui_known tasks)"' in line for line in lines), command
    assert any("_using demo;" in line and "samples" in line for line in lines)
    assert any("_using undo;" in line and "receipts" in line for line in lines)


def test_zsh_has_every_command_and_asks_for_task_ids() -> None:
    text = script("zsh")
    assert text.startswith("#compdef sms-tui\n")
    for name in COMMANDS:
        assert re.search(rf"^    {name}:", text, re.MULTILINE), name
    assert len(re.findall(r":_sms_tui_tasks\"$", text, re.MULTILINE)) == 5
    for function in set(re.findall(r":(_sms_tui_\w+)\"$", text, re.MULTILINE)):
        assert f"\n{function}() {{" in text


def test_no_help_text_is_taken_for_code_by_a_shell() -> None:
    """In zsh's double quotes `$` and backquotes would be run."""
    specs = [line for line in script("zsh").splitlines() if line.lstrip().startswith(('"-', '"(', "{-"))]
    assert specs
    for spec in specs:
        assert not re.search(r"(?<!\\)[`$]", spec), spec


def test_every_argument_for_an_id_is_known_to_the_completion() -> None:
    asked = [action.dest for parser in _parsers(whole_parser()) for action in parser._actions]
    wanted = sum(map(asked.count, ("task_id", "draft", "receipt")))
    assert len(re.findall(r"_sms_tui_known (tasks|samples|drafts|receipts)", script("fish"))) == wanted > 10


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        for each in action.choices.values() if isinstance(action.choices, dict) else ():
            yield from _parsers(each)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_what_a_command_is_for_is_told_whole(shell: str) -> None:
    told = script(shell).replace("\\", "")
    assert all(words in told for words in COMMANDS.values())
