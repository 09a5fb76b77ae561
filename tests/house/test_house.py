"""The habits of the house, held by a test: sizes, the README, names that Textual uses already."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from cases import every
from textual.app import App
from textual.containers import Container
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.widgets import Input, Static

from sms_tui.cli import COMMANDS
from sms_tui.ui.commands import described, keys_of
from sms_tui.ui.keymap import PLACES

ROOT = Path(__file__).parent.parent.parent
SOURCES = sorted((ROOT / "sms_tui").rglob("*.py"))
LONGEST_FILE, LONGEST_CLASS, MOST_METHODS, LONGEST_FUNCTION = 400, 300, 25, 50

FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def _length(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1


def _too_large(file: Path) -> Iterator[str]:
    text = file.read_text("utf-8")
    if (lines := text.count("\n")) > LONGEST_FILE:
        yield f"{file.name} has {lines} lines, at most {LONGEST_FILE}"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            methods = sum(isinstance(child, FUNCTIONS) for child in node.body)
            if _length(node) > LONGEST_CLASS or methods > MOST_METHODS:
                yield f"{file.name}: class {node.name} has {_length(node)} lines and {methods} methods"
        elif isinstance(node, FUNCTIONS) and _length(node) > LONGEST_FUNCTION:
            yield f"{file.name}: {node.name} has {_length(node)} lines, at most {LONGEST_FUNCTION}"


@every("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_file_class_or_function_is_too_large(file):
    assert list(_too_large(file)) == []


@every("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_module_says_what_it_is(file):
    assert ast.get_docstring(ast.parse(file.read_text("utf-8")))


def _names_textual_uses() -> set[str]:
    names: set[str] = set()
    for widget in (App, ModalScreen, ScrollView, Static, Input, Container):
        for cls in widget.__mro__[:-1]:
            try:
                names |= set(re.findall(r"self\.(_\w+)\b", inspect.getsource(cls)))
            except (OSError, TypeError):
                continue
    return names


def test_no_private_attribute_of_a_widget_shadows_one_of_textual():
    textual = _names_textual_uses()
    assert "_nodes" in textual, "the search for Textual's own names finds nothing"
    clashes = []
    for file in (ROOT / "sms_tui" / "ui").rglob("*.py"):
        for cls in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(cls, ast.ClassDef):
                stored = {
                    node.attr
                    for node in ast.walk(cls)
                    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
                }
                clashes += [f"{file.name}: {cls.name}.{name}" for name in stored & textual if name != "_loop"]
    assert clashes == []


def test_the_readme_is_short_and_names_every_command_with_its_help():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert readme.count("\n") <= 150
    for name, words in COMMANDS.items():
        assert re.search(rf"^\| `sms-tui {name}\b[^`]*` \| {re.escape(words)} \|$", readme, re.MULTILINE), name


def test_every_key_that_the_readme_names_does_something():
    _, _, keys = (ROOT / "README.md").read_text("utf-8").partition("\n## Keys\n")
    cells = re.findall(r"^\| (`.*?) \|", keys.partition("\n## ")[0], re.MULTILINE)
    named = {key for cell in cells for key in re.findall("`(.+?)`", cell)}
    bindings = [binding for cls in {cls for place in PLACES for cls in place} for _, binding in described(cls)]
    assert len(named) > 35
    assert named - {key for binding in bindings for key in keys_of(binding, {})} == set()


def test_ci_runs_the_readmes_own_test_command():
    readme = (ROOT / "README.md").read_text("utf-8").splitlines()
    first = next(line for line in readme if "pytest" in line)
    assert first.strip().startswith("python3 -m venv .venv && ")
    assert first.strip().endswith(".venv/bin/pytest -n 4 --dist worksteal")
    assert "grep -m1 'pytest' README.md" in (ROOT / ".ci" / "run").read_text("utf-8")
