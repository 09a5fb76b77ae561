"""Whatever the three sides of a merge are, nothing is lost, nothing is changed in place, and undo leads back."""

from __future__ import annotations

from fuzz_material import JSON, hostile_tasks, varied
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.body import Body
from sms_tui.document.document import Document
from sms_tui.document.edits import apply_all
from sms_tui.document.merge import merge, take
from sms_tui.document.ownership import churned
from sms_tui.document.patch import changes_between
from sms_tui.document.risks import risks
from sms_tui.exactjson import Json, dumps
from sms_tui.session.catching_up import catch_up, settle
from sms_tui.session.effects import effects
from sms_tui.session.outcomes import Conflicted

OBJECTS = st.dictionaries(st.sampled_from(["name", "disks", "target_server", "sub_tasks", "speed_limit", "x"]), JSON)
BASES = hostile_tasks() | OBJECTS


@st.composite
def sides(draw: st.DrawFn) -> tuple[Body, Body, Body]:
    """A task, what I made of it, and what somebody else made of it; or three unrelated ones."""
    base = draw(BASES)
    if draw(st.booleans()):
        return base, draw(varied(base)), draw(varied(base))
    return base, draw(OBJECTS), draw(OBJECTS)


@given(sides(), st.data())
def test_any_three_tasks_are_merged_and_left_as_they_are(three: tuple[Body, Body, Body], data: st.DataObject) -> None:
    before = list(map(dumps, three))
    base, mine, theirs = three
    merged = merge(base, mine, theirs)
    assert list(map(dumps, three)) == before
    assert all(isinstance(merged.where(conflict), str) for conflict in merged.conflicts)
    assert dumps(take(merged, {})) == dumps(merged.merged)
    count = len(merged.conflicts)
    picked = st.sampled_from(["base", "mine", "theirs"]).map(
        lambda side: lambda at: getattr(merged.conflicts[at], side)
    )
    picks = {at: data.draw(picked | JSON.map(lambda value: lambda at: value))(at) for at in range(count)}
    assert dumps(take(merged, picks))


@given(sides())
def test_where_one_side_changed_nothing_the_other_stands(three: tuple[Body, Body, Body]) -> None:
    base, mine, theirs = three
    for merged, stands in (
        (merge(base, mine, base), mine),
        (merge(base, base, theirs), theirs),
        (merge(base, mine, mine), mine),
    ):
        assert merged.conflicts == ()
        assert dumps(merged.merged) == dumps(stands)


@given(sides())
def test_the_changes_between_any_two_tasks_make_one_the_other_and_back(three: tuple[Body, Body, Body]) -> None:
    old, new, _ = three
    task: Json = old
    made, inverse = apply_all(task, changes_between(old, new))
    assert dumps(made) == dumps(new)
    assert dumps(apply_all(made, inverse)[0]) == dumps(old)


@given(sides())
def test_a_document_follows_any_task_and_undo_leads_to_it(three: tuple[Body, Body, Body]) -> None:
    base, mine, theirs = three
    document = Document(base, "t")
    document.apply("mine", *changes_between(base, mine))
    document.follow(theirs)
    assert risks(document) is not None
    assert all(finding.message for finding in document.findings)
    now = dumps(document.current)
    while document.undo():
        pass
    assert dumps(document.current) == dumps(theirs)
    while document.redo():
        pass
    assert dumps(document.current) == now


@given(sides(), st.sampled_from(["base", "mine", "theirs"]))
def test_any_task_that_is_read_again_is_caught_up_with(three: tuple[Body, Body, Body], side: str) -> None:
    base, mine, theirs = three
    document = Document(base, "t")
    document.apply("mine", *changes_between(base, mine))
    news = catch_up(document, theirs)
    if isinstance(news, Conflicted):
        assert dumps(document.current) == dumps(mine)
        conflicts = news.merge.conflicts
        settle(document, news, {at: getattr(conflict, side) for at, conflict in enumerate(conflicts)})
    assert dumps(document.base) == dumps(theirs)


@given(sides())
def test_the_fate_of_every_change_is_told(three: tuple[Body, Body, Body]) -> None:
    base, mine, held = three
    for effect in effects(base, mine, mine, held):
        assert effect.fate in ("kept", "changed by the service", "ignored", "not shown by the service")
    assert all(effect.fate in ("kept", "not shown by the service") for effect in effects(base, mine, mine, mine))
    assert isinstance(churned(base, held), dict)
