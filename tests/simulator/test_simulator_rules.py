"""The field rules, over every field of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases import every
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.exactjson import Json
from sms_tui.schema.paths import Path, format_path
from sms_tui.schema.registry import ROOT, FieldSpec, kind, kinds
from sms_tui.simulator.rules import violations


def every_place(name: str = ROOT, at: Path = ()) -> Iterator[tuple[Path, FieldSpec]]:
    """Every field of a task, arrays by their first entry."""
    for field in kind(name).fields.values():
        here = (*at, field.name)
        yield here, field
        if field.of is not None:
            yield from every_place(field.of, here if field.type == "object" else (*here, 0))


PLACES = dict(every_place())


def body_with(path: Path, value: Json) -> dict[str, Any]:
    """The smallest body that has this value there; keys beside it are absent."""
    for step in reversed(path):
        value = [value] if isinstance(step, int) else {step: value}
    assert isinstance(value, dict)
    return value


def refused(path: Path, value: Json, stored: Json | None = None) -> bool:
    """Whether the value is refused at its place; missing neighbours do not count."""
    before = {} if stored is None else body_with(path, stored)
    return any(found.path == path for found in violations(body_with(path, value), before))


OF_ANOTHER_TYPE: dict[str, list[Json]] = {
    "string": [1, True, [], {}],
    "boolean": ["true", 0, 1, []],
    "int32": ["1", True, 1.0, [], {}],
    "int64": ["1", True, 1.0, [], {}],
    "double": ["1.0", True, [], {}],
    "object": ["", 1, []],
    "array": ["", 1, {}],
}


def wrong_values(field: FieldSpec) -> list[Json]:
    """Values of other types, and values next to every limit of a field on the wrong side."""
    wrong = [*OF_ANOTHER_TYPE[field.type]]
    if field.enum is not None:
        wrong.append("NO_SUCH_MEMBER")
    if field.maximum is None or field.minimum is None:
        return wrong
    if field.type == "string":
        return [*wrong, "x" * (int(field.maximum) + 1)]
    if field.type == "array":
        return [*wrong, [{}] * (int(field.maximum) + 1)] if field.maximum < 1000 else wrong
    return [*wrong, field.minimum - 1, field.maximum + 1]


def right_values(field: FieldSpec) -> list[Json]:
    """Values that every rule of a field allows, at its limits where it has some."""
    least, most = field.minimum, field.maximum
    if field.enum is not None:
        return [*field.enum]
    if field.type == "string":
        return ["任" * int(most or 300), "x" * int(least or 0)]
    if field.type == "boolean":
        return [True, False]
    if field.type in ("object", "array"):
        return [{} if field.type == "object" else []]
    return [least, most, 5] if field.type != "double" else [least, most, 5, 0.5]


def test_every_kind_is_reached() -> None:
    assert {field.kind for field in PLACES.values()} == set(kinds())


@every("path", PLACES, ids=format_path)
def test_a_field_takes_what_its_limits_allow_and_null_and_nothing_else(path: Path) -> None:
    field = PLACES[path]
    assert not refused(path, None)
    assert [value for value in right_values(field) if refused(path, value)] == []
    assert [value for value in wrong_values(field) if not refused(path, value)] == []


@every("path", PLACES, ids=format_path)
def test_a_wrong_value_that_is_stored_may_come_back_unchanged_but_not_another(path: Path) -> None:
    for value in wrong_values(PLACES[path]):
        assert not refused(path, value, stored=value)
        assert refused(path, value, stored="another wrong value" if PLACES[path].type != "string" else 77)


def _disk(name: str, use: str) -> dict[str, Json]:
    return {"name": name, "device_use": use, "size": 1, "used_size": 1, "physical_volumes": []}


@given(order=st.permutations(["a", "b", "c", "d"]), dropped=st.integers(0, 3))
def test_stored_entries_are_known_again_wherever_they_move(order: list[str], dropped: int) -> None:
    disks = {name: _disk(name, f"USE OF {name}") for name in ("a", "b", "c", "d")}
    stored: Any = {"source_server": {"disks": [*disks.values()]}}
    moved: Any = {"source_server": {"disks": [disks[name] for name in order[dropped:]]}}
    assert list(violations(moved, stored)) == []
    assert len(list(violations(moved, {}))) == 4 - dropped


def test_a_new_entry_is_not_excused_by_its_neighbours() -> None:
    stored: Any = {"source_server": {"disks": [_disk("a", "NORMAL")]}}
    longer: Any = {"source_server": {"disks": [_disk("a", "NORMAL"), _disk("b", "NORMAL")]}}
    assert [found.path[2] for found in violations(longer, stored)] == [1]


def test_a_required_key_missing_in_the_stored_entry_too_is_no_reason_to_refuse() -> None:
    stored: Any = {"sub_tasks": [{"id": 1, "name": "SSL_CONFIG"}]}
    assert list(violations({"sub_tasks": [{"id": 1, "name": "renamed"}]}, stored)) == []
    assert [found.message for found in violations({"sub_tasks": [{"id": 1}, {"id": 2}]}, stored)] == [
        "sub_tasks[1].progress is missing"
    ]


def test_every_violation_is_found_in_the_order_of_the_reference() -> None:
    body: Any = {"speed_limit": -1, "name": 5, "sub_tasks": [{"progress": 101}]}
    assert [found.path for found in violations(body, {})] == [("name",), ("speed_limit",), ("sub_tasks", 0, "progress")]
