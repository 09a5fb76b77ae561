"""The reference's tables as data, and what a value at or beyond one of their limits looks like."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLES: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("reference_fields.json").read_text("utf-8")
)
EXAMPLE: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "reference_example.json").read_text("utf-8"))
ROWS = [(kind, row) for kind, rows in TABLES.items() for row in rows]


def row_id(row: tuple[str, dict[str, Any]]) -> str:
    """What a row is called in the report of a test."""
    return f"{row[0]}.{row[1]['name']}"


LEAST = {"string": "min_length", "array": "min_items"}
MOST = {"string": "max_length", "array": "max_items"}


@dataclass(frozen=True)
class Case:
    """A value for one field; `keyword` and `error` say by what the JSON Schema and the model refuse it, if they do."""

    kind: str
    field: str
    says: str
    value: Any
    keyword: str | None = None
    error: str | None = None

    def __str__(self) -> str:
        return f"{self.kind}.{self.field} {self.says}"


def limits(row: dict[str, Any]) -> tuple[Any, Any]:
    """Least and most the reference allows, of the value, its length or its item count; None where it states neither."""
    return row.get(LEAST.get(row["type"], "minimum")), row.get(MOST.get(row["type"], "maximum"))


def smallest(kind: str) -> dict[str, Any]:
    """The smallest object of a kind: its required keys, all null."""
    return {row["name"]: None for row in TABLES[kind] if row["required"]}


def accepted_cases() -> Iterator[Case]:
    """Null, the enumerated values, and otherwise a value at each limit, for every field."""
    for kind, row in ROWS:
        yield Case(kind, row["name"], "null", None)
        if "enum" in row:
            yield from (Case(kind, row["name"], f"= {member!r}", member) for member in row["enum"])
        elif row["type"] == "boolean":
            yield from (Case(kind, row["name"], f"= {value}", value) for value in (True, False))
        elif row["type"] == "object":
            yield Case(kind, row["name"], "smallest", smallest(row["object"]))
        else:
            for limit in limits(row):
                yield Case(kind, row["name"], f"at {limit}", _sized(row, limit))


def refused_cases() -> Iterator[Case]:
    """A value just beyond each limit, one outside each enumeration, and values of the wrong JSON type."""
    for kind, row in ROWS:
        least, most = limits(row)
        names = _REFUSALS[row["type"]]
        if least is not None and (row["type"] in _NUMBERS or least > 0):
            yield Case(kind, row["name"], f"below {least}", _sized(row, _below(row, least)), *names.below)
        if most is not None:
            yield Case(kind, row["name"], f"above {most}", _sized(row, _above(row, most)), *names.above)
        if "enum" in row:
            stranger = "OTHER" if row["type"] == "string" else max(row["enum"]) + 1
            yield Case(kind, row["name"], f"= {stranger!r}", stranger, "enum", _STRANGER[row["type"]])
        for value in names.wrong:
            yield Case(kind, row["name"], f"= {value!r}", value, "type", names.type_error)


def _sized(row: dict[str, Any], size: Any) -> Any:
    if row["type"] == "string":
        return "字" * size
    if row["type"] == "array":
        return [smallest(row["items"])] * size
    return size


def _above(row: dict[str, Any], most: Any) -> Any:
    return math.nextafter(most, math.inf) if row["type"] == "double" else most + 1


def _below(row: dict[str, Any], least: Any) -> Any:
    return math.nextafter(least, -math.inf) if row["type"] == "double" else least - 1


@dataclass(frozen=True)
class _Refusals:
    """How values of one type are refused: (JSON Schema keyword, pydantic error type)."""

    type_error: str
    wrong: tuple[Any, ...]
    below: tuple[str, str] = ("", "")
    above: tuple[str, str] = ("", "")


_NUMBERS = {"int32", "int64", "double"}
_STRANGER = {"string": "not_a_member", "int32": "less_than_equal"}
_RANGE = {"below": ("minimum", "greater_than_equal"), "above": ("maximum", "less_than_equal")}
_REFUSALS = {
    "string": _Refusals(
        "string_type",
        (1, True, [], {}),
        below=("minLength", "string_too_short"),
        above=("maxLength", "string_too_long"),
    ),
    "int32": _Refusals("int_type", ("1", True, 1.5, []), **_RANGE),
    "int64": _Refusals("int_type", ("1", True, 1.5, []), **_RANGE),
    "double": _Refusals("float_type", ("1.0", True, []), **_RANGE),
    "boolean": _Refusals("bool_type", ("true", 1, 0, [])),
    "object": _Refusals("model_type", ("", 1, [], True)),
    "array": _Refusals("list_type", ("", 1, {}, True), below=("minItems", "too_short"), above=("maxItems", "too_long")),
}
