"""The worked examples of CONTRIBUTING.md, followed word for word in a copy of the tree."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TEXT = (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")
EXAMPLES = dict(re.findall(r"^## (An? .+?)$\n(.*?)(?=^## )", TEXT, re.MULTILINE | re.DOTALL))
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COPIED = ("sms_tui", "themes", "tests/schema", "tests/cli", "tests/ui", "tests/data", ".github")

HALF_WRITTEN = shutil.ignore_patterns("*.pyc.*")
"""Tests that run beside this one compile what they import."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the tree, whose `.venv` is the environment of this test."""
    for name in COPIED:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=HALF_WRITTEN)
    for name in ("README.md", "CHANGELOG.md", "pyproject.toml", "tests/conftest.py", "tests/cases.py"):
        shutil.copy2(ROOT / name, tmp_path / name)
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name, words in (("python", ""), ("sms-tui", "-m sms_tui"), ("pytest", "-m pytest")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n', "utf-8")
        (programs / name).chmod(0o700)
    return tmp_path


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_example_can_be_followed(example: str, tree: Path) -> None:
    blocks = list(blocks_of(EXAMPLES[example]))
    assert "console" in [language for _, language, _ in blocks]
    for before, language, block in blocks:
        if language == "diff":
            change(tree, block)
        elif language == "console":
            run(tree, block)
        else:
            write(tree, before, block)


def test_there_is_an_example_of_each_first_change() -> None:
    assert set(EXAMPLES) == {"A field", "A check", "A command", "A theme"}


def test_the_commands_to_begin_with_are_those_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for command in (".venv/bin/pip install --quiet --editable '.[test]'", ".venv/bin/pytest -n 4 --dist worksteal"):
        assert command in TEXT
        assert command in readme


def test_every_path_that_is_named_is_there() -> None:
    made = {name for example in EXAMPLES.values() for before, _, _ in blocks_of(example) for name in new_file(before)}
    for name in re.findall(r"`((?:sms_tui|tests|themes)/[\w/.-]+)`", TEXT):
        assert name in made or (ROOT / name).exists(), name


def blocks_of(example: str) -> Iterator[tuple[str, str, str]]:
    """The line before each fenced block, its language and what is in it."""
    for found in FENCED.finditer(example):
        yield example[: found.start()].rstrip().rpartition("\n")[2], found[1], found[2]


def new_file(before: str) -> list[str]:
    return re.findall(r"`([\w/.-]+)`:$", before)


def write(tree: Path, before: str, block: str) -> None:
    """Make the file that the line before the block names."""
    (name,) = new_file(before)
    assert not (tree / name).exists(), name
    (tree / name).write_text(block, "utf-8")


def change(tree: Path, block: str) -> None:
    """Make the changes of a diff whose hunks have no numbers: each says enough to be found in one place."""
    for name, hunks in re.findall(r"^--- a/(.+)\n\+\+\+ b/\1\n((?:(?!--- a/).*\n)+)", block, re.MULTILINE):
        file = tree / name
        for hunk in hunks.split("@@\n")[1:]:
            lines = hunk.splitlines(keepends=True)
            old = "".join(line[1:] for line in lines if line[0] != "+")
            new = "".join(line[1:] for line in lines if line[0] != "-")
            text = file.read_text("utf-8")
            assert text.count(old) == 1, f"{name} has not once:\n{old}"
            file.write_text(text.replace(old, new), "utf-8")


def run(tree: Path, block: str) -> None:
    """Run the commands, which must succeed (1 where errors of a task are shown); what is shown must come."""
    for command, shown in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        assert done.returncode == (1 if " error" in shown else 0), done.stdout
        assert not shown or done.stdout == shown
