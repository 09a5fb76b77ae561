"""`--version`: the versions of the program and its parts."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from cli_helpers import Run, terminal

from sms_tui import __version__
from sms_tui.cli.versions import EXTRAS, PARTS

PROJECT = tomllib.loads((Path(__file__).parent.parent.parent / "pyproject.toml").read_text("utf-8"))["project"]


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9-]", requirement)[0] for requirement in requirements}


def test_it_tells_the_program_python_and_each_part(run: Run) -> None:
    done = run("--version")
    program, python, *parts = done.out.splitlines()
    assert (done.code, done.err, program) == (0, "", f"sms-tui {__version__}")
    assert re.fullmatch(r"\w+ 3\.\d+\.\S+ on \w+ \S+", python)
    assert parts[: len(PARTS)] == [f"{name} {version(name)}" for name in PARTS]


def test_the_parts_are_what_the_package_requires() -> None:
    assert names(PROJECT["dependencies"]) == set(PARTS)
    assert names(PROJECT["optional-dependencies"]["web"]) == set(EXTRAS)


def test_a_part_that_is_not_there_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sms_tui.cli.versions.PARTS", ("no-such-part",))
    assert "no-such-part is missing" in run("--version").out.splitlines()


def test_no_terminal_can_spoil_it() -> None:
    with terminal("--version", columns=20, environ={"TERM": "dumb", "LANG": "C"}) as screen:
        assert screen.ended() == 0
        assert "textual 8." in screen.text
