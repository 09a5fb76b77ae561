"""The words the models are written in: value types with their limits, and `about` for what people read.

The types name what the reference's tables say (type, lengths, ranges, item counts). `Text` and its like, the usual
cases, admit null: the reference sends null even where it says a field is required, so null is judged by the checks, as
a warning. `Str`, `Str255`, `I32` and `I64` are what rarer cases are built from, such as
`Annotated[I32, Field(ge=0, le=100)] | None`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, Strict
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

INT32_MAX = 2**31 - 1
INT64_MAX = 2**63 - 1

Unit = Literal["bytes", "MB", "ms", "s", "%", "Mbit/s", "MB/s", "epoch ms", "vCPU", "unit not documented"]
Owner = Literal["operator", "service"]
Os = Literal["LINUX", "WINDOWS"]

Item = TypeVar("Item", bound="Kind")


@dataclass(frozen=True)
class OneOf:
    """An enumeration on top of another type, so that type, limits and members are each judged and each published.

    `Literal` would take `true` for 1 and drop the limits that the reference states beside its enums.
    """

    members: tuple[str | int, ...]

    def __init__(self, *members: str | int) -> None:
        object.__setattr__(self, "members", members)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._member, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "enum": list(self.members)}

    def _member(self, value: str | int) -> str | int:
        if value not in self.members:
            raise PydanticCustomError("not_a_member", "not one of the enumeration")
        return value


Str = Annotated[str, Strict()]
Str255 = Annotated[Str, Field(min_length=0, max_length=255)]
I32 = Annotated[int, Strict(), Field(json_schema_extra={"format": "int32"})]
I64 = Annotated[int, Strict(), Field(json_schema_extra={"format": "int64"})]

Text = Str255 | None
Int32 = Annotated[I32, Field(ge=0, le=INT32_MAX)] | None
Int64 = Annotated[I64, Field(ge=0, le=INT64_MAX)] | None
Double = Annotated[float, Strict(), Field(ge=0, le=10000)] | None
Boolean = Annotated[bool, Strict()] | None
ListOf = Annotated[list[Item], Field(min_length=0, max_length=65535)] | None


class Kind(BaseModel):
    """One kind of object in a task. A model judges values; it never replaces the plain JSON it judged."""

    model_config = ConfigDict(extra="ignore")


def about(
    label: str,
    help: str,
    *,
    unit: Unit | None = None,
    owner: Owner = "operator",
    required: bool = False,
    required_for: Os | None = None,
    default: str | int | bool | None = None,
    meanings: Mapping[str, str] | Mapping[int, str] | None = None,
) -> Any:
    """What people read about a field, and who owns it; everything else stands in its type.

    `default` is the reference's default, `required_for` the only OS on which the reference requires the field, and
    `meanings` says in a word or two what enum members stand for.
    """
    extra: dict[str, Any] = {"x-owner": owner}
    if unit is not None:
        extra["x-unit"] = unit
    if required_for is not None:
        extra["x-required-for"] = required_for
    if meanings is not None:
        extra["x-meanings"] = {str(member): meaning for member, meaning in meanings.items()}
    value = ... if required else default
    return Field(value, title=label, description=help, json_schema_extra=extra)
