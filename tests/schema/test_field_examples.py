"""The example that the help shows for a field is one that the field takes."""

from __future__ import annotations

from cases import every

from sms_tui.schema.checks.formats import misread
from sms_tui.schema.examples import _BY_KIND, _BY_NAME, example
from sms_tui.schema.judge import judge
from sms_tui.schema.registry import FieldSpec, kinds

FIELDS = [spec for known in kinds().values() for spec in known.fields.values()]
LEAVES = [spec for spec in FIELDS if spec.of is None]


def named(spec: FieldSpec) -> str:
    return f"{spec.kind}.{spec.name}"


@every("spec", LEAVES, ids=named)
def test_every_field_has_an_example_that_no_check_objects_to(spec: FieldSpec) -> None:
    value = {spec.name: example(spec)}
    assert value[spec.name] not in (None, "")
    assert [said for name, _, said in judge(spec.kind, value) if name == spec.name] == []
    assert list(misread(spec.kind, value)) == []


def test_lists_and_objects_have_none() -> None:
    assert {example(spec) for spec in FIELDS if spec.of is not None} == {None}


def test_no_example_is_kept_for_a_field_that_is_not_there() -> None:
    assert set(_BY_NAME) <= {spec.name for spec in LEAVES}
    assert set(_BY_KIND) <= {(spec.kind, spec.name) for spec in LEAVES}
