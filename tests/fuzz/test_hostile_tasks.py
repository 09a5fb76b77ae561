"""Whatever stands in a field, at whatever depth and length: it is marked, drawn, merged, and sent back untouched."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path as File

import pytest
from fuzz_material import DEEP, FILLED, FILLED_TEXT, JSON, PLACES, hostile_tasks, nested, replaced
from hypothesis import given

from sms_tui.document.body import Body
from sms_tui.document.document import Document
from sms_tui.document.edits import SetValue
from sms_tui.document.fixes import offers
from sms_tui.document.merge import merge
from sms_tui.document.risks import risks
from sms_tui.document.search import search
from sms_tui.document.states import gate
from sms_tui.exactjson import Json, dumps, loads
from sms_tui.schema.checks.checker import check
from sms_tui.schema.paths import Path, value_at
from sms_tui.schema.registry import FieldSpec
from sms_tui.session.picture.disks import DiskMap
from sms_tui.session.picture.lines import PictureLine, cells
from sms_tui.session.picture.page import page
from sms_tui.session.picture.places import placing
from sms_tui.session.picture.time_axis import timeline
from sms_tui.session.summary import summarize
from sms_tui.ui.forms.rows import form_rows
from sms_tui.ui.json_view.layout import lay_out
from sms_tui.ui.marks import Marks
from sms_tui.ui.tree.nodes import ROOT, Node, Outline, children, keys_to, label

NOW = 1_790_000_000_000
VALUES: list[Json] = [None, True, "x", 1, 0.5, [], {}, [1], {"a": 1}, [None]]
TABLES = json.loads((File(__file__).parents[1] / "schema" / "reference_fields.json").read_text("utf-8"))
FIELDS = {(spec.kind, spec.name): (spec, path) for spec, path in reversed(PLACES)}
"""Each of the 189 fields, at the first place where a task has it."""


def test_every_field_of_the_reference_is_put_to_the_test() -> None:
    assert set(FIELDS) == {(kind, row["name"]) for kind, rows in TABLES.items() for row in rows}
    assert len(FIELDS) == 189
    assert [problem for problem in check(FILLED) if problem.severity == "error"] == []


@pytest.mark.parametrize("kind", TABLES)
def test_a_value_of_any_type_in_any_field_is_marked_drawn_and_sent_back_untouched(kind: str) -> None:
    for (of, _), (spec, path) in FIELDS.items():
        for value in VALUES if of == kind else ():
            task = replaced(around(path), path, value)
            assert isinstance(task, dict)
            marked = {found.path for found in check(task)}
            if unfit := misplaced(spec, path, value):
                assert unfit in marked, (path, value)
            stands(task, path)


def around(path: Path, task: Json = FILLED) -> Json:
    """A task with all its plain values, but of its lists and objects only those of a path, on both servers."""
    if isinstance(task, list):
        return [around(path, entry) for entry in task]
    if not isinstance(task, dict):
        return task
    kept = {*path, "source_server", "target_server"}
    return {
        key: around(path, below) for key, below in task.items() if key in kept or not isinstance(below, dict | list)
    }


def misplaced(spec: FieldSpec, path: Path, value: Json) -> Path | None:
    """Where a value should be marked that is not of the type of its field, None if it is."""
    if value is None:
        return path if spec.required else None
    if spec.type == "array" and isinstance(value, list):
        return (*path, 0) if value else None
    fitting: dict[str, type | tuple[type, ...]] = {
        "string": str,
        "boolean": bool,
        "double": (int, float, Decimal),
        "int32": int,
        "int64": int,
        "object": dict,
    }
    is_number = isinstance(value, bool) and spec.type != "boolean"
    return None if isinstance(value, fitting.get(spec.type, ())) and not is_number else path


def stands(task: Body, path: Path) -> None:
    """A task can be opened, looked at and sent with something odd at a path."""
    text = dumps(task)
    document = Document(task, "t-1")
    assert not any(finding.blocks for finding in document.findings)
    is_marked(document)
    is_outlined(task, path)
    is_drawn(task, path)
    is_merged(task, path)
    is_edited(task, path)
    assert dumps(task) == text


def is_marked(document: Document) -> None:
    assert document.findings
    marks = Marks(document)
    assert marks.errors == 0
    assert marks.warnings == len(document.findings)
    for finding in document.findings:
        assert marks.sign(finding.path[:1])[0] in "!✗"
        assert finding.message


def is_outlined(task: Body, path: Path) -> None:
    nodes = list(all_nodes(task))
    assert list(Outline(task, {node.key for node in nodes})) == nodes
    assert len({node.key for node in nodes}) == len(nodes)
    for node in nodes:
        assert all(isinstance(words, str) for words in label(task, node))
        assert form_rows(task, node)
    assert keys_to(task, path)


def all_nodes(task: Body, node: Node = ROOT) -> Iterator[Node]:
    yield node
    for child in children(task, node) if node.opens else ():
        yield from all_nodes(task, child)


def is_drawn(task: Body, path: Path) -> None:
    drawings: list[tuple[int, Callable[[int], list[PictureLine]]]] = [
        (40, lambda width: DiskMap().lines(task, width, focus=path, captions=True)),
        (100, lambda width: timeline(task, width, NOW)),
        (50, lambda width: placing(task, width, ascii=True)),
    ]
    for width, draw in drawings:
        for line in draw(width):
            assert sum(cells(run.text) for run in line) <= width
    assert summarize(task).text is not None


def is_merged(task: Body, path: Path) -> None:
    assert merge(task, task, task).merged is task
    named: Body = {**task, "name": "mine"}
    merged = merge(task, named, loads(dumps(task)))
    assert (dumps(merged.merged), merged.conflicts, merged.meanwhile) == (dumps(named), (), ())
    assert dumps(merge(task, FILLED, task).merged) == dumps(FILLED)


def is_edited(task: Body, path: Path) -> None:
    """Another field is changed, then something beside the odd value, then that itself."""
    document = Document(task, "t-1")
    key, value = ("priority", 2) if path == ("name",) else ("name", "mine")
    document.apply("elsewhere", SetValue((key,), value))
    assert dumps(document.body()) == dumps({key: value})
    assert dumps(document.body(full=True)) == dumps(
        {name: {**task, key: value}[name] for name in task if name in FILLED}
    )
    beside: Json = {**task, key: value}
    if isinstance(holder := value_at(task, path[:-1]), dict):
        beside = replaced(beside, path[:-1], {**value_at(beside, path[:-1]), "new": 1})
        document.apply("beside", SetValue((*path[:-1], "new"), 1))
        assert path[-1] in holder
    assert isinstance(beside, dict)
    sent = document.body()
    assert dumps(sent) == dumps({name: beside[name] for name in sent})
    document.apply("the odd value", SetValue(path, 2))
    assert all(risk.words for risk in risks(document))
    assert all(len(list(offers(document, finding))) < 20 for finding in document.findings)
    gate(task.get("state"), path)


@given(hostile_tasks())
def test_a_task_with_anything_in_several_places_stands(task: Body) -> None:
    stands(task, ("target_server",))
    for line in page(task, 80, NOW):
        assert sum(cells(run.text) for run in line) <= 80
    assert search(task, "disk") is not None


@given(JSON)
def test_a_task_that_is_no_task_is_drawn_all_the_same(task: Json) -> None:
    assert page(task, 60, NOW)
    assert placing(task, 60)
    assert summarize(task)
    assert check(task) is not None


DEEPLY: dict[str, Json] = {"lists": [], "objects": {}, "mixed": nested(DEEP)}
for _ in range(DEEP):
    DEEPLY["lists"], DEEPLY["objects"] = [DEEPLY["lists"]], {"a": DEEPLY["objects"]}


@pytest.mark.parametrize("sort", DEEPLY)
@pytest.mark.parametrize(
    "path",
    [
        ("a key nobody knows",),
        ("target_server", "a key nobody knows"),
        ("target_server", "disks", 0, "a key nobody knows"),
        ("name",),
        ("state",),
        ("error_json",),
        ("source_server",),
        ("target_server", "disks"),
        ("target_server", "disks", 0),
        ("target_server", "disks", 0, "size"),
        ("target_server", "disks", 0, "physical_volumes", 0, "name"),
        ("sub_tasks", 0, "process_trace"),
    ],
    ids=lambda path: path[-1],
)
def test_a_hundred_levels_where_none_belong_are_marked_and_sent_back_untouched(path: Path, sort: str) -> None:
    holder = value_at(FILLED, path[:-1])
    step, deep = path[-1], DEEPLY[sort]
    changed = replaced(FILLED, path[:-1], {**holder, step: deep} if isinstance(holder, dict) else [deep])
    task = loads(dumps(changed))
    assert isinstance(task, dict)
    assert any(found.path[: len(path)] == path for found in check(task))
    stands(task, path)
    assert page(task, 80, NOW)
    assert lay_out(task)


TEXTS = {"latin": "a", "words": "ab ", "chinese": "磁", "marks": "e\u0301", "hidden": "\u202e", "broken": "\ud800"}


@pytest.mark.parametrize("sort", TEXTS)
def test_names_of_ten_thousand_characters_are_marked_and_drawn_in_time(sort: str) -> None:
    long = (TEXTS[sort] * 10_000)[:10_000]
    named = [path for _, path in PLACES if path[-1] in ("name", "state", "process_trace")]
    task: Json = FILLED
    for path in named:
        task = replaced(task, path, long)
    assert isinstance(task, dict)
    began = time.process_time()
    marked = {finding.path for finding in Document(task, "t-1").findings}
    assert marked >= set(named)
    stands(task, ("target_server", "disks", 0, "name"))
    assert search(task, "磁") is not None
    assert page(task, 80, NOW)
    assert time.process_time() - began < 10  # it takes about one


def test_the_filled_task_is_written_as_it_was_read() -> None:
    assert dumps(loads(FILLED_TEXT)).encode() == FILLED_TEXT
