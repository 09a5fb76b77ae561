"""Values at a limit are accepted and values just beyond are refused, by the published JSON Schema and by the models."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from cases import every
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError as SchemaError
from pydantic import ValidationError
from schema_reference import TABLES, Case, accepted_cases, refused_cases, smallest

from sms_tui import exactjson
from sms_tui.schema.models import KINDS
from sms_tui.schema.registry import ROOT, task_schema

MANY = 1000


class Long(list[Any]):
    """A list that takes no time to be written out: each error of the schema's judge holds what it judged, in words."""

    def __repr__(self) -> str:
        return f"[{len(self)} entries]"


@cache
def validator(kind: str) -> Draft202012Validator:
    if kind == ROOT:
        return Draft202012Validator(task_schema())
    return Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": task_schema()["$defs"]})


def schema_errors(case: Case) -> list[SchemaError]:
    """What the published schema holds against the value.

    In a long list the entries are all alike, so they are judged once and only their number is judged in full.
    """
    value = case.value
    if not isinstance(value, list) or len(value) < MANY:
        return list(validator(case.kind).iter_errors(smallest(case.kind) | {case.field: value}))
    one = list(validator(case.kind).iter_errors(smallest(case.kind) | {case.field: value[:1]}))
    shape = task_schema()["$defs"].get(case.kind, task_schema())["properties"][case.field]
    counted = {"anyOf": [{key: part for key, part in shape["anyOf"][0].items() if key != "items"}, shape["anyOf"][1]]}
    return [*one, *Draft202012Validator(counted).iter_errors(Long(value))]


def model_errors(case: Case) -> list[tuple[Any, str]]:
    try:
        KINDS[case.kind].model_validate(smallest(case.kind) | {case.field: case.value})
    except ValidationError as refusal:
        return [(error["loc"], error["type"]) for error in refusal.errors(include_url=False, include_input=False)]
    return []


@every("case", accepted_cases())
def test_a_value_at_a_limit_is_accepted(case: Case) -> None:
    assert schema_errors(case) == []
    assert model_errors(case) == []


@every("case", refused_cases())
def test_a_value_beyond_is_refused_for_its_reason(case: Case) -> None:
    [error] = schema_errors(case)
    assert case.keyword in {part.validator for part in error.context or ()}
    assert model_errors(case) == [((case.field,), case.error)]


@pytest.mark.parametrize("kind", TABLES)
def test_a_required_key_must_be_there(kind: str) -> None:
    required = {row["name"] for row in TABLES[kind] if row["required"]}
    for name in required:
        without = {key: value for key, value in smallest(kind).items() if key != name}
        assert [error.validator for error in validator(kind).iter_errors(without)] == ["required"]
        with pytest.raises(ValidationError) as refusal:
            KINDS[kind].model_validate(without)
        assert [(error["loc"], error["type"]) for error in refusal.value.errors()] == [((name,), "missing")]


@pytest.mark.parametrize("kind", TABLES)
def test_an_unknown_key_is_nobody_s_business(kind: str) -> None:
    with_more = smallest(kind) | {"a key of tomorrow": {"x": [None]}}
    assert validator(kind).is_valid(with_more)
    KINDS[kind].model_validate(with_more)


def test_a_speed_with_more_digits_than_a_double_is_accepted() -> None:
    body = exactjson.loads('{"migrate_speed": 9.64451800000000000000000001}')
    assert validator(ROOT).is_valid(body)
    KINDS[ROOT].model_validate(body)
