"""What F1 tells: about the field, the node or the screen that has the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from textual.screen import Screen

from sms_tui.document.document import Document, differs
from sms_tui.language import _
from sms_tui.schema.examples import example
from sms_tui.schema.paths import Path, Value, format_path
from sms_tui.schema.registry import FieldSpec, KindSpec, field_at, kind, kind_at
from sms_tui.ui.text import extent, limits, with_unit
from sms_tui.ui.widgets.lines import Line
from sms_tui.ui.widgets.painted import fitted

_WORDS_WIDE = 17
"""Cells for what a fact is about."""
_SENTENCE_END = re.compile(r"(?<=[.:]) |(?<=。)(?=.)")
_EMPTY = '""'
_REFERENCE_TYPES = {
    "string": "String",
    "int32": "Integer",
    "int64": "Long",
    "double": "Double",
    "boolean": "Boolean",
}


def topic(screen: Screen[Any]) -> tuple[str, list[Line]]:
    """The heading and the text on what has the keyboard: whatever is nearest to it and has something to tell."""
    start = screen.focused or screen
    for node in start.ancestors_with_self:
        tell = getattr(node, "help_lines", None)
        if tell is not None and (lines := list(tell())):
            return _("Help"), lines
        if words := getattr(node, "HELP", ""):
            return _("Help"), [[(sentence, "")] for sentence in _SENTENCE_END.split(_(words))]
    return _("Help"), []


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
        _("path"): format_path(path),
        _("now"): _briefly(document.value(path), spec),
        _("as loaded"): _briefly(document.loaded_value(path), spec) if differs(document, path) else "",
    }


def _briefly(value: Value, spec: FieldSpec) -> str:
    return extent(value).removesuffix(" →") if isinstance(value, dict | list) else with_unit(value, spec)


def _takes(spec: FieldSpec) -> dict[str, str]:
    typed = _(" (typed as it is, or 40G)") if spec.unit == "bytes" else ""
    shown = example(spec)
    return {
        _("takes"): limits(spec),
        _("limits"): _bounds(spec),
        _("unit"): _(spec.unit) if spec.unit else "",
        _("example"): "" if shown is None else with_unit(shown, spec) + typed,
        _("default"): "" if spec.default is None else str(spec.default),
        _("kept by"): _("the service") if spec.owner == "service" else _("you"),
        _("required"): _required(spec),
        _("in the reference"): _("{name}, {type}, of {kind} ({label})").format(
            name=spec.name, type=reference_type(spec), kind=spec.kind, label=kind(spec.kind).label.lower()
        ),
        **{f"  {member or _EMPTY}": meaning for member, meaning in spec.meanings.items()},
    }


def _required(spec: FieldSpec) -> str:
    if spec.required:
        return _("yes")
    return _("on {system}").format(system=spec.required_for.capitalize()) if spec.required_for else _("no")


def reference_type(spec: FieldSpec) -> str:
    """The type of a field in the words of the reference: `Long`, `Array of TargetDisk objects`."""
    if spec.type == "object":
        return _("{of} object").format(of=spec.of)
    return _("Array of {of} objects").format(of=spec.of) if spec.type == "array" else _REFERENCE_TYPES[spec.type]


def _bounds(spec: FieldSpec) -> str:
    """The exact limits, where what the field takes is told in other words."""
    if spec.unit not in ("bytes", "epoch ms") or spec.minimum is None or spec.maximum is None:
        return ""
    return _("{least} to {most}").format(least=f"{spec.minimum:,}", most=f"{spec.maximum:,}")


def _kind_lines(known: KindSpec, path: Path) -> Iterator[Line]:
    yield [(known.label, "heading")]
    yield [(known.help, "")]
    yield [("", "")]
    yield from _facts(
        {_("path"): format_path(path), _("in the reference"): known.name, _("fields"): ", ".join(known.fields)}
    )


def _facts(facts: dict[str, str]) -> Iterable[Line]:
    return [[(f"{fitted(word, _WORDS_WIDE)} ", "dim"), (fact, "")] for word, fact in facts.items() if fact]
