"""What judges a task says what the models say: for every field of the reference, with values of all sorts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from cases import every
from pydantic import BaseModel, ValidationError, create_model

from sms_tui.schema import registry
from sms_tui.schema.judge import judge
from sms_tui.schema.models import KINDS

FIELDS = [(kind, spec) for kind, known in registry.kinds().items() for spec in known.fields.values()]
ODD = [None, True, False, 0, 1, -1, 2**31, 2**63, 2**70, 0.0, 1.5, -0.5, 10000.5, 1e300, Decimal("0.1"), "", "x", "1"]
ODD += ["\ud800", "x" * 5000, [], [1], {}, {"a": 1}]


def values_for(spec: registry.FieldSpec) -> list[Any]:
    """Odd values, and for the limits of the field those at them and just beyond."""
    found = [*ODD, *(spec.enum or ())]
    for bound in (spec.minimum, spec.maximum):
        if bound is None or spec.type == "array":  # how long a list may be is judged in test_judge
            continue
        for value in (bound - 1, bound, bound + 1):
            if spec.type in ("int32", "int64", "double"):
                found.append(value)
            elif value >= 0:
                found.append("x" * int(value))
    return found


def single(kind: str, spec: registry.FieldSpec) -> type[BaseModel]:
    """A model of that one field as the models declare it; what is in its objects and lists is left alone."""
    info = KINDS[kind].model_fields[spec.name]
    return create_model("Single", **{spec.name: (info.annotation, info)})


def refuses(model: type[BaseModel], name: str, value: Any) -> bool:
    """Whether the model refuses the value itself, whatever it says of values in it."""
    try:
        model.model_validate({name: value})
    except ValidationError as refused:
        return any(len(error["loc"]) == 1 for error in refused.errors(include_url=False, include_input=False))
    return False


@every(("kind", "spec"), FIELDS, ids=lambda field: f"{field[0]}.{field[1].name}")
def test_a_field_is_judged_as_its_model_judges_it(kind, spec):
    model = single(kind, spec)
    for value in values_for(spec):
        judged = [name for name, code, _ in judge(kind, {spec.name: value}) if name == spec.name]
        assert bool(judged) == refuses(model, spec.name, value), f"{value!r:.40}"


@pytest.mark.parametrize("kind", list(KINDS))
def test_what_a_model_requires_is_missed(kind):
    required = [name for name, info in KINDS[kind].model_fields.items() if info.is_required()]
    assert [name for name, code, _ in judge(kind, {}) if code == "missing"] == required
