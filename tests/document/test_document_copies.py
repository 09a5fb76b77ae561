"""Lists that the edit before left behind: taken again where nobody else has them, and never else."""

from __future__ import annotations

from contextlib import suppress

import pytest
from document_material import JSON, TASKS, changes_of
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document import copies
from sms_tui.document.copies import Copies
from sms_tui.document.document import Document
from sms_tui.document.edits import EditError, InsertEntry, RemoveValue, SetValue, apply_all
from sms_tui.exactjson import Json, dumps

NOWHERE = RemoveValue(("nowhere",))


class Marked(list[Json]):
    """A list that is told from its copies."""


@pytest.fixture(scope="module", autouse=True)
def no_list_is_too_short():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copies, "_LONG", 1)
        yield


def edited(kept: Copies, entries: list[Json], at: int, value: Json) -> list[Json]:
    """The list after an edit that sets an entry."""
    entries = kept.of(entries, at)
    entries[at] = value
    kept.settle()
    return entries


def test_the_list_that_an_edit_replaced_is_the_next_ones():
    kept = Copies()
    second = edited(kept, Marked(range(20)), 3, "x")
    third = edited(kept, second, 5, "y")
    assert isinstance(third, Marked)
    assert third == [*range(3), "x", 4, "y", *range(6, 20)]
    assert second == [*range(3), "x", *range(4, 20)]


@pytest.mark.parametrize("holding", [lambda entries: entries, iter, lambda entries: {"disks": entries}])
def test_a_list_that_somebody_else_has_stays_as_it_is(holding):
    kept, first = Copies(), Marked(range(20))
    holder = holding(first)
    second = edited(kept, first, 3, "x")
    del first
    third = edited(kept, second, 5, "y")
    assert not isinstance(third, Marked)
    assert third == [*range(3), "x", 4, "y", *range(6, 20)]
    assert [*(holder["disks"] if isinstance(holder, dict) else holder)] == [*range(20)]


def test_a_list_that_an_edit_went_through_by_more_than_one_change_is_brought_up_in_all_places():
    kept = Copies()
    second = kept.of(Marked(range(40)), 1)
    for at in (1, 7, 1):
        kept.of(second, at)[at] = f"x{at}"
    kept.settle()
    third = edited(kept, second, 5, "y")
    assert isinstance(third, Marked)
    assert third == [0, "x1", *range(2, 5), "y", 6, "x7", *range(8, 40)]


def test_a_list_whose_entries_moved_is_copied():
    kept = Copies()
    second = kept.of(Marked(range(20)))
    second.insert(0, "x")
    kept.settle()
    third = edited(kept, second, 5, "y")
    assert not isinstance(third, Marked)
    assert third == ["x", *range(4), "y", *range(5, 20)]


def test_an_edit_that_fails_leaves_no_list_half_changed():
    kept = Copies()
    task, _ = apply_all({"disks": [*range(20)]}, [SetValue(("disks", 1), "x")], kept)
    task, _ = apply_all(task, [SetValue(("disks", 2), "y")], kept)
    before = dumps(task)
    with pytest.raises(EditError):
        apply_all(task, [SetValue(("disks", 3), "lost"), NOWHERE], kept)
    assert dumps(task) == before
    task, _ = apply_all(task, [SetValue(("disks", 4), "z")], kept)
    task, _ = apply_all(task, [SetValue(("disks", 5), "end")], kept)
    assert task == {"disks": [0, "x", "y", 3, "z", "end", *range(6, 20)]}


@given(st.data())
def test_whatever_is_done_no_task_that_somebody_has_changes(data):
    document = Document(data.draw(TASKS))
    held = [(document.current, dumps(document.current))]
    for _ in range(data.draw(st.integers(1, 20))):
        match data.draw(st.sampled_from(["set", "any", "fail", "undo", "redo"])):
            case "set":
                lists = [path for path in _entries(document.current) if path]
                if lists:
                    change = SetValue(data.draw(st.sampled_from(lists)), data.draw(JSON))
                    alone, _inverse = apply_all(document.current, [change])
                    document.apply("set", change)
                    assert dumps(document.current) == dumps(alone)
            case "any":
                changes = [data.draw(changes_of(document.current))]
                changes.append(data.draw(changes_of(apply_all(document.current, changes)[0])))
                alone, _inverse = apply_all(document.current, changes)
                document.apply("any", *changes)
                assert dumps(document.current) == dumps(alone)
            case "fail":
                before = dumps(document.current)
                with suppress(EditError):
                    document.apply("fail", data.draw(changes_of(document.current)), InsertEntry(("nowhere", 0), 0))
                assert dumps(document.current) == before
            case "undo":
                document.undo()
            case "redo":
                document.redo()
        if data.draw(st.booleans()):
            held.append((document.current, dumps(document.current)))
        for task, text in held:
            assert dumps(task) == text
    while document.undo():
        pass
    assert dumps(document.current) == held[0][1]


def _entries(value: Json, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths of all entries of lists."""
    found = [path] if path and isinstance(path[-1], int) else []
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return found + [entry for step, below in steps for entry in _entries(below, (*path, step))]
