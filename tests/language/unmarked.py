"""Sentences in the source that nobody marked for translation: literals that read as words said to people."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

MARKS = {"_", "N_", "ngettext", "pgettext"}
FOR_PROGRAMMERS = {
    "TypeVar",
    *("AssertionError", "AttributeError", "KeyError", "NotImplementedError", "RuntimeError", "TypeError"),
}
HEADERS = {"Accept", "Authorization", "Date", "Location", "Origin"}
CODE = {"__all__", "DEFAULT_CSS", "_POLICY", "_PROGRAM"}
"""Names of constants that hold code of another language."""
KEYS = {"Enter", "Esc", "Tab", "Up", "Down", "Left", "Right", "Space", "Home", "End", "Del", "Ins"}
UNITS = {"epoch ms", "unit not documented"}
_WORDS = re.compile(r"(?:[A-Za-z][a-z']+|\{\})[,:;]? (?:[a-z']{2,}|\{\})|^[A-Z][a-z]{2,}( \{\})?[.:]?$|^[A-Z].* .*\.$")
_WORD = re.compile(r"[A-Za-z][a-z]{2,}")


def unmarked(file: Path) -> Iterator[str]:
    """The literals of a file that look like a sentence, a phrase or a label, and are not marked."""
    tree = ast.parse(file.read_text("utf-8"))
    passed = set(_not_said(tree))
    for node in ast.walk(tree):
        if node not in passed and (text := _text(node)) and _WORDS.search(text) and _WORD.search(text):
            yield text


def _text(node: ast.AST) -> str:
    """A literal's text; of one with values in it the words with `{}` for each value."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def _not_said(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes in docstrings, marks, annotations and what only a programmer reads."""
    for node in ast.walk(tree):
        inner: list[ast.AST] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inner = [node.value]
        elif isinstance(node, ast.JoinedStr):
            inner = [part for part in node.values if isinstance(part, ast.Constant)]
        elif isinstance(node, ast.Call) and _name(node.func) in MARKS | FOR_PROGRAMMERS:
            inner = [*node.args, *(keyword.value for keyword in node.keywords if _name(node.func) not in MARKS)]
        elif isinstance(node, ast.Assert) and node.msg is not None:
            inner = [node.msg]
        elif isinstance(node, ast.Assign | ast.AnnAssign) and _assigned(node) in CODE:
            inner = [node.value] if node.value is not None else []
        elif isinstance(node, ast.Subscript) and _name(node.value) == "Literal":
            inner = [node.slice]
        for part in inner:
            yield from ast.walk(part)


def _assigned(node: ast.Assign | ast.AnnAssign) -> str:
    return _name(node.targets[0] if isinstance(node, ast.Assign) else node.target)


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""
