"""Registry, published JSON Schema and models say what the reference's tables say: nothing more, nothing less."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from cases import every
from jsonschema import Draft202012Validator
from schema_reference import EXAMPLE, ROWS, TABLES, limits, row_id

from sms_tui.schema import jsonschema as published
from sms_tui.schema.models import KINDS
from sms_tui.schema.models.task import PutTaskReq
from sms_tui.schema.registry import ROOT, FieldSpec, kinds, task_schema

EVERY_FIELD = every(("kind", "row"), ROWS, ids=row_id)
EVERY_KIND = pytest.mark.parametrize("kind", TABLES)
JSON_TYPES = {"int32": "integer", "int64": "integer", "double": "number"}
LIMIT_KEYWORDS = {"string": ("minLength", "maxLength"), "array": ("minItems", "maxItems")}


def definition(kind: str) -> dict[str, Any]:
    schema = task_schema()
    found: dict[str, Any] = schema if kind == ROOT else schema["$defs"][kind]
    return found


def spec(kind: str, row: dict[str, Any]) -> FieldSpec:
    return kinds()[kind].fields[row["name"]]


def test_the_copied_tables_are_whole() -> None:
    assert len(TABLES) == 14
    assert len(ROWS) == 189


def test_there_are_exactly_the_kinds_of_the_reference() -> None:
    assert set(kinds()) == set(TABLES)
    assert list(KINDS) == list(TABLES)
    assert {ROOT, *task_schema()["$defs"]} == set(TABLES)


@EVERY_KIND
def test_fields_are_those_of_the_reference_in_its_order(kind: str) -> None:
    names = [row["name"] for row in TABLES[kind]]
    assert list(kinds()[kind].fields) == names
    assert list(definition(kind)["properties"]) == names
    assert list(KINDS[kind].model_fields) == names


@EVERY_FIELD
def test_the_registry_tells_a_field_as_the_reference_does(kind: str, row: dict[str, Any]) -> None:
    found = spec(kind, row)
    assert (found.kind, found.name, found.type, found.required) == (kind, row["name"], row["type"], row["required"])
    assert (found.minimum, found.maximum) == limits(row)
    assert found.of == row.get("object", row.get("items"))
    assert found.enum == (tuple(row["enum"]) if "enum" in row else None)
    assert found.default == row.get("default")
    assert found.required_for == row.get("required_for_os")


@EVERY_FIELD
def test_the_published_schema_demands_what_the_reference_demands(kind: str, row: dict[str, Any]) -> None:
    shape = dict(definition(kind)["properties"][row["name"]])
    for note in ("title", "description", "x-owner", "x-unit", "x-meanings", "x-required-for"):
        shape.pop(note, None)
    default = {"default": row["default"]} if "default" in row else {}
    assert shape == {"anyOf": [published_value(row), {"type": "null"}], **default}


def published_value(row: dict[str, Any]) -> dict[str, Any]:
    if row["type"] == "object":
        return {"$ref": f"#/$defs/{row['object']}"}
    value: dict[str, Any] = {"type": JSON_TYPES.get(row["type"], row["type"])}
    keywords = LIMIT_KEYWORDS.get(row["type"], ("minimum", "maximum"))
    value |= {keyword: limit for keyword, limit in zip(keywords, limits(row), strict=True) if limit is not None}
    if row["type"] in ("int32", "int64"):
        value["format"] = row["type"]
    if row["type"] == "array":
        value["items"] = {"$ref": f"#/$defs/{row['items']}"}
    if "enum" in row:
        value["enum"] = row["enum"]
    return value


@EVERY_KIND
def test_the_published_schema_requires_what_the_reference_requires(kind: str) -> None:
    assert definition(kind).get("required", []) == [row["name"] for row in TABLES[kind] if row["required"]]


def test_the_stored_schema_is_the_one_the_models_make() -> None:
    stored = published.STORED.read_text("utf-8")
    assert stored == published.text(), "stale: run `python -m sms_tui.schema.jsonschema`"


def test_the_published_schema_is_valid_2020_12() -> None:
    assert task_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(task_schema())


def test_the_reference_s_own_example_is_accepted() -> None:
    assert list(Draft202012Validator(task_schema()).iter_errors(EXAMPLE)) == []
    PutTaskReq.model_validate(EXAMPLE)


def test_the_registry_loads_no_pydantic() -> None:
    code = (
        "import sys\n"
        "import sms_tui.schema, sms_tui.schema.paths, sms_tui.schema.problems\n"
        "from sms_tui.schema.registry import kinds\n"
        "assert len(kinds()) == 14\n"
        "print([name for name in sys.modules if name.partition('.')[0] in ('pydantic', 'pydantic_core')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


def test_the_example_is_stored_as_plain_json_with_its_nulls() -> None:
    assert len(EXAMPLE) == 25
    assert json.dumps(EXAMPLE).count("null") == 22
