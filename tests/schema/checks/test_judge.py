"""One object against the types and limits of its kind."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest
from check_tasks import EXAMPLE

from sms_tui.schema.judge import judge, shown

SUB_TASK = {"progress": 5}


@pytest.mark.parametrize(
    ("kind", "value", "field", "code", "message"),
    [
        ("SubTask", {}, "progress", "missing", "required, and absent"),
        ("SubTask", {"progress": "5"}, "progress", "wrong-type", "must be a whole number, is text"),
        ("SubTask", {"progress": True}, "progress", "wrong-type", "must be a whole number, is true or false"),
        ("SubTask", {"progress": 5.0}, "progress", "wrong-type", "must be a whole number, is a number with decimals"),
        (
            "SubTask",
            {"progress": Decimal("0.1")},
            "progress",
            "wrong-type",
            "must be a whole number, is a number with decimals",
        ),
        ("SubTask", {"progress": -1}, "progress", "too-small", "-1 is less than the least allowed, 0 %"),
        ("SubTask", {"progress": 101}, "progress", "too-large", "101 is more than the most allowed, 100 %"),
        ("SubTask", SUB_TASK | {"name": []}, "name", "wrong-type", "must be text, is a list"),
        ("SubTask", SUB_TASK | {"name": "x" * 256}, "name", "too-long", "256 characters, at most 255"),
        ("SubTask", SUB_TASK | {"migrate_speed": "1"}, "migrate_speed", "wrong-type", "must be a number, is text"),
        (
            "SubTask",
            SUB_TASK | {"migrate_speed": False},
            "migrate_speed",
            "wrong-type",
            "must be a number, is true or false",
        ),
        (
            "PutTaskReq",
            {"speed_limit": 20000},
            "speed_limit",
            "too-large",
            "20000 is more than the most allowed, 10000 Mbit/s",
        ),
        (
            "PutTaskReq",
            {"start_date": 2**63},
            "start_date",
            "too-large",
            f"{2**63} is more than the most allowed, {2**63 - 1}",
        ),
        ("PutTaskReq", {"os_type": "BOTH"}, "os_type", "not-a-member", "BOTH is not one of WINDOWS, LINUX"),
        ("PutTaskReq", {"enterprise_project_id": ""}, "enterprise_project_id", "too-short", "0 characters, at least 1"),
        ("PutTaskReq", {"connected": 1}, "connected", "wrong-type", "must be true or false, is a whole number"),
        ("PutTaskReq", {"target_server": []}, "target_server", "wrong-type", "must be an object, is a list"),
        ("PutTaskReq", {"sub_tasks": {}}, "sub_tasks", "wrong-type", "must be a list, is an object"),
        ("PutTaskReq", {"sub_tasks": [{}] * 65536}, "sub_tasks", "too-many", "65536 entries, at most 65535"),
        ("VolumeGroups", {"logical_volumes": [{}] * 256}, "logical_volumes", "too-many", "256 entries, at most 255"),
        (
            "PostSourceServerBody",
            {"start_type": "AUTO"},
            "start_type",
            "not-a-member",
            'AUTO is not one of MANUAL, MGC, ""',
        ),
        (
            "PutTaskReq",
            {"name": "a\ud800"},
            "name",
            "lone-surrogate",
            "half a character, \\ud800, cannot be written as UTF-8",
        ),
    ],
)
def test_a_broken_limit_is_said_in_one_plain_sentence(
    kind: str, value: dict[str, Any], field: str, code: str, message: str
) -> None:
    assert list(judge(kind, value)) == [(field, code, message)]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("SubTask", {"progress": 100}),
        ("SubTask", {"progress": None}),
        ("SubTask", SUB_TASK | {"name": "x" * 255, "migrate_speed": 10000, "id": 2**63 - 1}),
        ("SubTask", SUB_TASK | {"migrate_speed": Decimal("9999.99999999999999999999")}),
        ("SubTask", SUB_TASK | {"unheard-of": [1, {"deep": None}]}),
        ("PutTaskReq", {"sub_tasks": [1] * 65535, "source_server": {"size": "not looked at"}}),
        ("PostSourceServerBody", {"start_type": ""}),
        ("PutTaskReq", {"name": "𝄞 一"}),
    ],
)
def test_what_the_reference_allows_passes(kind: str, value: dict[str, Any]) -> None:
    assert list(judge(kind, value)) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (Decimal("10000.00000000000000000001"), "too-large"),
        (Decimal("-0.000000000000000000000000000000001"), "too-small"),
        (Decimal("-1E-999"), "too-small"),
        (Decimal("1E+999"), "too-large"),
        (Decimal("20000.00000000000000000001"), "too-large"),
        (10**400, "too-large"),
        (-(10**400), "too-small"),
    ],
)
def test_a_number_is_compared_as_written_and_not_as_rounded(number: Decimal | int, code: str) -> None:
    assert [found for _, found, _ in judge("SubTask", SUB_TASK | {"migrate_speed": number})] == [code]


def test_broken_text_is_judged_by_its_other_limits_too() -> None:
    found = [code for _, code, _ in judge("SubTask", SUB_TASK | {"user_op": "\udfff" * 51})]
    assert found == ["too-long", "lone-surrogate"]


def test_each_broken_field_is_reported() -> None:
    value = {"progress": "x", "id": -1, "name": 1, "user_op": "y" * 51}
    assert {field for field, _, _ in judge("SubTask", value)} == set(value)


def test_the_references_example_passes() -> None:
    assert list(judge("PutTaskReq", EXAMPLE)) == []
    assert list(judge("TargetServer", EXAMPLE["target_server"])) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", "plain"),
        ("", '""'),
        ("two words", '"two words"'),
        ("\x1b[31mred\u202e", '"\\u001b[31mred\\u202e"'),
        ("x" * 99, '"' + "x" * 37 + '…"'),
        (None, "null"),
        (True, "true"),
        ({}, "an object"),
        (12, "12"),
        (10**400, "a number of very many digits"),
    ],
)
def test_a_quoted_value_is_short_and_visible(value: Any, expected: str) -> None:
    assert shown(value) == expected
    assert len(shown(value)) <= 40


def test_a_check_loads_no_pydantic_but_its_core() -> None:
    program = (
        "import sys; from sms_tui.schema.checks.checker import check; check({'priority': 9}); "
        "print({'pydantic', 'pydantic_core'} & {*sys.modules})"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "{'pydantic_core'}\n"
