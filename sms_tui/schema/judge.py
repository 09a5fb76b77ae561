"""The models judge: what the reference's types and limits say about one object, in plain sentences.

pydantic's core is loaded when the first object is judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from sms_tui.exactjson import Json
from sms_tui.language import N_, _
from sms_tui.schema import registry
from sms_tui.schema.registry import FieldSpec

if TYPE_CHECKING:
    from pydantic_core import CoreSchema, SchemaValidator

Verdict: TypeAlias = tuple[str, str, str]
"""The name of a field, the code of the broken rule, and one sentence about it."""

LONE_SURROGATE: Final = "lone-surrogate"

_EXPECTED: Mapping[str, str] = {
    "string": N_("text"),
    "int32": N_("a whole number"),
    "int64": N_("a whole number"),
    "double": N_("a number"),
    "boolean": N_("true or false"),
    "object": N_("an object"),
    "array": N_("a list"),
}
_TYPES: Mapping[str, str] = {
    "string": "str",
    "int32": "int",
    "int64": "int",
    "double": "float",
    "boolean": "bool",
}
"""What pydantic's core calls the types of the reference."""
_BOUNDS: Mapping[str, tuple[str, str]] = {
    "string": ("min_length", "max_length"),
    **dict.fromkeys(("int32", "int64", "double"), ("ge", "le")),
    "boolean": ("", ""),
}
"""What it calls a field's minimum and maximum."""
_UNSAID_UNITS = {"epoch ms", "unit not documented"}
_SHOWN = 40


def judge(kind: str, value: dict[str, Json]) -> Iterator[Verdict]:
    """What is wrong with the fields of an object of that kind.

    Objects and lists inside it are judged only as such (type, number of entries), not looked into.
    """
    fields = registry.kind(kind).fields
    for name, error in _errors(kind, value):
        if error == "missing":
            yield name, "missing", _("required, and absent")
        elif fields[name].type == "double" and _is_number(value[name]):
            yield from _range(fields[name], value[name])
        else:
            yield from _refused(fields[name], value[name])
    # pydantic rounds a Decimal before it compares: one just outside the range has to be found here
    for spec in _doubles(kind):
        number = value.get(spec.name)
        if isinstance(number, Decimal) and spec.maximum is not None and float(number) in (spec.minimum, spec.maximum):
            yield from _range(spec, number)


def type_name(value: Json) -> str:
    """What people call the JSON type of a value."""
    match value:
        case None:
            return "null"
        case bool():
            return _("true or false")
        case str():
            return _("text")
        case int():
            return _("a whole number")
        case float() | Decimal():
            return _("a number with decimals")
        case dict():
            return _("an object")
        case _:
            return _("a list")


def shown(value: Json) -> str:
    """A value as a message quotes it: at most 40 characters, none of them invisible."""
    match value:
        case None | dict() | list():
            return type_name(value)
        case bool():
            return "true" if value else "false"
        case str():
            return _shown_text(value)
        case int() if value.bit_length() > 8 * _SHOWN:  # Python refuses to write a very long number out
            return _("a number of very many digits")
        case _:
            return _shortened(str(value))


def _shown_text(text: str) -> str:
    head = text[: _SHOWN + 1]
    visible = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in head)
    if visible == text and text and not any(sign.isspace() or sign in "\"',;" for sign in text):
        return _shortened(visible)
    return f'"{_shortened(visible, _SHOWN - 2)}"'


def _shortened(text: str, most: int = _SHOWN) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _errors(kind: str, value: dict[str, Json]) -> Iterator[tuple[str, str]]:
    """The fields that pydantic refuses, each with pydantic's name of the error."""
    validator = _validator(kind)
    if validator.isinstance_python(value):
        return
    from pydantic_core import ValidationError

    try:
        validator.validate_python(value)
    except ValidationError as refused:
        for error in refused.errors(include_url=False, include_context=False, include_input=False):
            yield str(error["loc"][0]), error["type"]


@cache
def _validator(kind: str) -> SchemaValidator:
    """Judges one object of a kind, not what is in its objects and lists.

    It is built from what the registry says of each field, which is what the models declare: a model class takes a
    hundred times as long to make, and all of pydantic to load.
    """
    from pydantic_core import SchemaValidator

    fields = {
        name: {
            "type": "typed-dict-field",
            "schema": {"type": "nullable", "schema": _schema(spec)},
            "required": spec.required,
        }
        for name, spec in registry.kind(kind).fields.items()
    }
    return SchemaValidator(cast("CoreSchema", {"type": "typed-dict", "fields": fields, "extra_behavior": "ignore"}))


def _schema(spec: FieldSpec) -> dict[str, Any]:
    """The schema of pydantic's core for a field that has a value."""
    if spec.type in ("object", "array"):
        return _container(spec)
    least, most = _BOUNDS[spec.type]
    bounds = {least: spec.minimum, most: spec.maximum}
    schema: dict[str, Any] = {"type": _TYPES[spec.type], "strict": True}
    schema |= {key: bound for key, bound in bounds.items() if key and bound is not None}
    if spec.enum is None:
        return schema

    def member(value: str | int) -> str | int:
        if value not in (spec.enum or ()):
            raise ValueError
        return value

    return {"type": "function-after", "function": {"type": "no-info", "function": member}, "schema": schema}


def _container(spec: FieldSpec) -> dict[str, Any]:
    """The schema of a list or object, which is only counted: pydantic's own would copy it, however long it is."""

    def counted(value: list[Json]) -> list[Json]:
        if not (spec.minimum or 0) <= len(value) <= (len(value) if spec.maximum is None else spec.maximum):
            raise ValueError
        return value

    schema = {"type": "is-instance", "cls": list if spec.type == "array" else dict}
    if spec.minimum is None and spec.maximum is None:
        return schema
    return {"type": "function-after", "function": {"type": "no-info", "function": counted}, "schema": schema}


@cache
def _doubles(kind: str) -> tuple[FieldSpec, ...]:
    return tuple(spec for spec in registry.kind(kind).fields.values() if spec.type == "double")


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _refused(spec: FieldSpec, value: Json) -> Iterator[Verdict]:
    """Why a field refuses a value, found by the limits the field states."""
    if isinstance(value, str) and spec.type == "string":
        yield from _text(spec, value)
    elif isinstance(value, int) and not isinstance(value, bool) and spec.type in {"int32", "int64"}:
        yield from _range(spec, value)
    elif isinstance(value, list) and spec.type == "array":
        message = _("{count} entries, at most {most}").format(count=len(value), most=spec.maximum)
        yield spec.name, "too-many", message
    else:
        message = _("must be {expected}, is {found}").format(expected=_(_EXPECTED[spec.type]), found=type_name(value))
        yield spec.name, "wrong-type", message


def _range(spec: FieldSpec, number: Any) -> Iterator[Verdict]:
    unit = "" if spec.unit is None or spec.unit in _UNSAID_UNITS else f" {_(spec.unit)}"
    if spec.maximum is not None and number > spec.maximum:
        message = _("{number} is more than the most allowed, {most}")
        yield spec.name, "too-large", message.format(number=shown(number), most=f"{spec.maximum}{unit}")
    elif spec.minimum is not None and number < spec.minimum:
        message = _("{number} is less than the least allowed, {least}")
        yield spec.name, "too-small", message.format(number=shown(number), least=f"{spec.minimum}{unit}")
    elif spec.enum is not None and number not in spec.enum:
        yield spec.name, "not-a-member", _not_a_member(spec, number)


def _text(spec: FieldSpec, text: str) -> Iterator[Verdict]:
    if spec.maximum is not None and len(text) > spec.maximum:
        message = _("{count} characters, at most {most}").format(count=len(text), most=spec.maximum)
        yield spec.name, "too-long", message
    elif spec.minimum is not None and len(text) < spec.minimum:
        message = _("{count} characters, at least {least}").format(count=len(text), least=spec.minimum)
        yield spec.name, "too-short", message
    elif spec.enum is not None and text not in spec.enum:
        yield spec.name, "not-a-member", _not_a_member(spec, text)
    surrogate = next((sign for sign in text if "\ud800" <= sign <= "\udfff"), None)
    if surrogate is not None:
        message = _("half a character, {code}, cannot be written as UTF-8")
        yield spec.name, LONE_SURROGATE, message.format(code=f"\\u{ord(surrogate):04x}")


def _not_a_member(spec: FieldSpec, value: str | int) -> str:
    members = ", ".join(shown(member) for member in spec.enum or ())
    return _("{value} is not one of {members}").format(value=shown(value), members=members)
