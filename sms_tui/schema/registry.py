"""Every field of a task by its place: kinds, limits, labels, units and owners as plain data.

Labels, help and meanings are in the language in use; units are codes (`bytes`, `epoch ms`), translated when shown.

Read from the generated `task.schema.json`, so that a form can be drawn before (or without) loading pydantic; the
models in `sms_tui.schema.models` are where the facts are declared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from sms_tui.language import _, spoken
from sms_tui.schema.paths import Path

Type = Literal["string", "int32", "int64", "double", "boolean", "object", "array"]
ROOT = "PutTaskReq"
_SCHEMA = FilePath(__file__).with_name("task.schema.json")


class FieldSpec(NamedTuple):
    """One entry of a kind. `of` is the kind of an object field, or of the items of an array field.

    `minimum`/`maximum` bound the value, the length in characters or the item count, whichever the type has.
    """

    kind: str
    name: str
    type: Type
    label: str
    help: str
    required: bool = False
    minimum: int | float | None = None
    maximum: int | float | None = None
    enum: tuple[str | int, ...] | None = None
    meanings: Mapping[str, str] = MappingProxyType({})
    default: str | int | bool | None = None
    unit: str | None = None
    owner: Literal["operator", "service"] = "operator"
    required_for: Literal["LINUX", "WINDOWS"] | None = None
    of: str | None = None


class KindSpec(NamedTuple):
    """One of the 14 object types; `label` is its everyday name, `fields` are in the reference's order."""

    name: str
    label: str
    help: str
    fields: Mapping[str, FieldSpec]


def kinds() -> Mapping[str, KindSpec]:
    """All kinds by their name in the reference."""
    return _kinds(spoken())


@cache
def _kinds(language: str) -> Mapping[str, KindSpec]:
    schema = task_schema()
    definitions = {ROOT: schema, **schema["$defs"]}
    return MappingProxyType({name: _kind(name, definition) for name, definition in definitions.items()})


@cache
def task_schema() -> Any:
    """The JSON Schema (2020-12) of the PUT body. Shared: do not change it."""
    return json.loads(_SCHEMA.read_text("utf-8"))


def kind(name: str) -> KindSpec:
    """The kind of that name. Raises KeyError."""
    return kinds()[name]


def field_at(path: Path) -> FieldSpec | None:
    """The field whose value stands at a path; None for the root, an entry of a list, or an unknown key."""
    if not path or isinstance(path[-1], int):
        return None
    owner = kind_at(path[:-1])
    return owner.fields.get(path[-1]) if owner else None


def kind_at(path: Path) -> KindSpec | None:
    """The kind of the object at a path (the root, an object field, or an entry of a list), None if there is none."""
    here: KindSpec | None = kind(ROOT)
    items: str | None = None
    for step in path:
        if isinstance(step, int):
            here, items = (kind(items) if items else None), None
            continue
        spec = here.fields.get(step) if here else None
        here = kind(spec.of) if spec is not None and spec.of and spec.type == "object" else None
        items = spec.of if spec is not None and spec.type == "array" else None
    return here


def _kind(name: str, definition: Mapping[str, Any]) -> KindSpec:
    required = set(definition.get("required", ()))
    fields = {key: _field(name, key, shape, key in required) for key, shape in definition["properties"].items()}
    label, help = definition["title"], definition["description"]
    return KindSpec(name, _(label), _(help), MappingProxyType(fields))


def _field(kind_name: str, name: str, shape: Mapping[str, Any], required: bool) -> FieldSpec:
    value, label, help = shape["anyOf"][0], shape["title"], shape["description"]
    type_, of = _type(value)
    least, most = {"string": ("minLength", "maxLength"), "array": ("minItems", "maxItems")}.get(
        type_, ("minimum", "maximum")
    )
    return FieldSpec(
        kind=kind_name,
        name=name,
        type=type_,
        label=_(label),
        help=_(help),
        required=required,
        minimum=value.get(least),
        maximum=value.get(most),
        enum=tuple(value["enum"]) if "enum" in value else None,
        meanings=MappingProxyType({member: _(text) for member, text in shape.get("x-meanings", {}).items()}),
        default=shape.get("default"),
        unit=shape.get("x-unit"),
        owner=shape["x-owner"],
        required_for=shape.get("x-required-for"),
        of=of,
    )


def _type(value: Mapping[str, Any]) -> tuple[Type, str | None]:
    if "$ref" in value:
        return "object", _referred(value)
    if value["type"] == "array":
        return "array", _referred(value["items"])
    named: Mapping[str, Type] = {"integer": "int32", "number": "double", "boolean": "boolean", "string": "string"}
    return ("int64" if value.get("format") == "int64" else named[value["type"]]), None


def _referred(value: Mapping[str, Any]) -> str:
    return str(value["$ref"]).rpartition("/")[2]
