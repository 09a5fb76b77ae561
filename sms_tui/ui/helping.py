"""What F1 tells: about the field, the node or the screen that has the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from textual.screen import Screen

from sms_tui.document import Document
from sms_tui.document.document import differs
from sms_tui.schema.examples import example
from sms_tui.schema.paths import Path, Value, format_path
from sms_tui.schema.registry import FieldSpec, KindSpec, field_at, kind, kind_at
from sms_tui.ui.text import extent, limits, with_unit
from sms_tui.ui.widgets.lines import Line

_WORDS_WIDE = 17
"""Cells for what a fact is about."""
_SENTENCE_END = re.compile(r"(?<=[.:]) ")
_EMPTY = '""'
_REFERENCE_TYPES = {"string": "String", "int32": "Integer", "int64": "Long", "double": "Double", "boolean": "Boolean"}


def topic(screen: Screen[Any]) -> tuple[str, list[Line]]:
    """The heading and the text on what has the keyboard: whatever is nearest to it and has something to tell."""
    start = screen.focused or screen
    for node in start.ancestors_with_self:
        tell = getattr(node, "help_lines", None)
        if tell is not None and (lines := list(tell())):
            return "Help", lines
        if words := getattr(node, "HELP", ""):
            return "Help", [[(sentence, "")] for sentence in _SENTENCE_END.split(words)]
    return "Help", []


def place_lines(document: Document, path: Path) -> Iterator[Line]:
    """What stands at a path: a field, or an entry of a list, or the task as a whole."""
    if (spec := field_at(path)) is not None:
        yield from field_lines(document, path, spec)
    elif (known := kind_at(path)) is not None:
        yield from _kind_lines(known, path)


def field_lines(document: Document, path: Path, spec: FieldSpec) -> Iterator[Line]:
    """A field: what it means, what it holds, what it takes, whose it is, and what the reference calls it."""
    yield [(spec.label, "heading")]
    yield [(spec.help, "")]
    yield [("", "")]
    yield from _facts({**_values(document, path, spec), **_takes(spec)})
    for finding in document.inspector.at(path):
        style, sign = ("error", "✗") if finding.blocks else ("warning", "!")
        yield [(f"{sign} ", style), (finding.message, "")]


def spec_lines(spec: FieldSpec) -> Iterator[Line]:
    """A field, wherever it stands."""
    yield [(spec.label, "heading")]
    yield [(spec.help, "")]
    yield [("", "")]
    yield from _facts(_takes(spec))


def _values(document: Document, path: Path, spec: FieldSpec) -> dict[str, str]:
    return {
        "path": format_path(path),
        "now": _briefly(document.value(path), spec),
        "as loaded": _briefly(document.loaded_value(path), spec) if differs(document, path) else "",
    }


def _briefly(value: Value, spec: FieldSpec) -> str:
    return extent(value).removesuffix(" →") if isinstance(value, dict | list) else with_unit(value, spec)


def _takes(spec: FieldSpec) -> dict[str, str]:
    typed = " (typed as it is, or 40G)" if spec.unit == "bytes" else ""
    shown = example(spec)
    return {
        "takes": limits(spec),
        "limits": _bounds(spec),
        "unit": spec.unit or "",
        "example": "" if shown is None else with_unit(shown, spec) + typed,
        "default": "" if spec.default is None else str(spec.default),
        "kept by": "the service" if spec.owner == "service" else "you",
        "required": "yes" if spec.required else f"on {spec.required_for.capitalize()}" if spec.required_for else "no",
        "in the reference": f"{spec.name}, {reference_type(spec)}, of {spec.kind} ({kind(spec.kind).label.lower()})",
        **{f"  {member or _EMPTY}": meaning for member, meaning in spec.meanings.items()},
    }


def reference_type(spec: FieldSpec) -> str:
    """The type of a field in the words of the reference: `Long`, `Array of TargetDisk objects`."""
    if spec.type == "object":
        return f"{spec.of} object"
    return f"Array of {spec.of} objects" if spec.type == "array" else _REFERENCE_TYPES[spec.type]


def _bounds(spec: FieldSpec) -> str:
    """The exact limits, where what the field takes is told in other words."""
    if spec.unit not in ("bytes", "epoch ms") or spec.minimum is None or spec.maximum is None:
        return ""
    return f"{spec.minimum:,} to {spec.maximum:,}"


def _kind_lines(known: KindSpec, path: Path) -> Iterator[Line]:
    yield [(known.label, "heading")]
    yield [(known.help, "")]
    yield [("", "")]
    yield from _facts({"path": format_path(path), "in the reference": known.name, "fields": ", ".join(known.fields)})


def _facts(facts: dict[str, str]) -> Iterable[Line]:
    return [[(f"{word:<{_WORDS_WIDE}} ", "dim"), (fact, "")] for word, fact in facts.items() if fact]
