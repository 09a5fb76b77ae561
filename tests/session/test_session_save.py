"""Saving to the service: what is sent, how it can end, and what the document holds then."""

from __future__ import annotations

import pytest
from session_fakes import TASK_ID

from sms_tui.api.errors import OutcomeUnknown, RequestRefused, ServiceFailed, ServiceUnreachable, TaskNotFound
from sms_tui.document.document import Document
from sms_tui.document.edits import RemoveValue, SetValue
from sms_tui.exactjson import dumps
from sms_tui.schema.registry import ROOT, kind
from sms_tui.session.catching_up import settle
from sms_tui.session.outcomes import Blocked, Conflicted, Moved, NothingToSend, NotLanded, Rejected, Saved, Unknown

SPEED = ("speed_limit",)


@pytest.fixture
async def document(session) -> Document:
    return await session.open(TASK_ID)


async def test_opening_shows_the_task_as_the_service_holds_it(session, example):
    document = await session.open(TASK_ID)
    assert (document.task_id, dumps(document.current)) == (TASK_ID, dumps(example))
    assert session.place == "a place"


async def test_opening_fails_as_the_service_fails(session, service):
    service.bodies.append({})
    service.unreadable = TaskNotFound("gone")
    with pytest.raises(TaskNotFound):
        await session.open(TASK_ID)


async def test_all_pages_are_listed_with_the_filters_asked_for(session, service):
    found = [task async for page in session.tasks(state="RUNNING") for task in page]
    assert [task.get("id") for task in found] == [None, "another"]
    assert service.filters == {"state": "RUNNING"}


async def test_closing_the_session_closes_the_connections(session, service):
    await session.close()
    assert service.closed


async def test_what_was_edited_is_sent_and_the_document_starts_over_from_what_is_held(session, service, document):
    document.apply("speed", SetValue(SPEED, 50))
    document.apply("ip", SetValue(("target_server", "ip"), "10.0.0.1"))
    expected = {"speed_limit": 50, "target_server": {**document.base["target_server"], "ip": "10.0.0.1"}}
    assert session.body(document) == expected
    outcome = await session.save(document)
    assert [dumps(body) for body in service.bodies] == [dumps(expected)]
    assert isinstance(outcome, Saved)
    assert [(effect.where, effect.fate, effect.held) for effect in outcome.effects] == [
        ("speed_limit", "kept", 50),
        ("target_server › ip", "kept", "10.0.0.1"),
    ]
    assert outcome.held == service.task == document.base == document.current
    assert (document.changes, document.undo(), document.redo()) == ([], None, None)
    assert isinstance(await session.save(document), NothingToSend)


async def test_what_the_service_changed_meanwhile_is_there_after_a_save_and_is_no_effect(session, service, document):
    service.task = {**service.task, "state": "SYNCING"}
    document.apply("speed", SetValue(SPEED, 50))
    outcome = await session.save(document)
    assert [effect.where for effect in outcome.effects] == ["speed_limit"]
    assert service.bodies == [{"speed_limit": 50}]
    assert document.current["state"] == "SYNCING"


async def test_the_full_body_is_every_listed_key_and_effects_are_told_of_the_changes_alone(session, service, document):
    document.apply("speed", SetValue(SPEED, 50))
    outcome = await session.save(document, full=True)
    assert list(service.bodies[0]) == [key for key in document.base if key in kind(ROOT).fields]
    assert [effect.where for effect in outcome.effects] == ["speed_limit"]


@pytest.mark.parametrize("full", [False, True])
async def test_an_untouched_task_makes_no_request(session, service, document, full):
    assert await session.save(document, full=full) == NothingToSend([])
    assert (service.bodies, service.reads) == ([], 1)


@pytest.mark.parametrize("full", [False, True])
async def test_changes_that_no_body_can_carry_make_no_request_are_named_and_stay(session, service, document, full):
    document.apply("absent", RemoveValue(("migration_ip",)))
    document.apply("unknown", SetValue(("compress_rate",), 2))
    assert await session.save(document, full=full) == NothingToSend(["compress_rate", "migration_ip"])
    assert service.bodies == []
    assert len(document.changes) == 2


async def test_an_error_of_the_operator_makes_no_request_and_is_named(session, service, document):
    document.apply("bad", SetValue(SPEED, 99999))
    outcome = await session.save(document)
    assert isinstance(outcome, Blocked)
    assert [finding.path for finding in outcome.errors] == [SPEED]
    assert service.bodies == []
    assert document.value(SPEED) == 99999


async def test_an_error_that_came_with_the_task_does_not_stand_in_the_way(session, service):
    service.task = {**service.task, "speed_limit": 20000}
    document = await session.open(TASK_ID)
    document.apply("rename", SetValue(("name",), "other"))
    assert isinstance(await session.save(document), Saved)
    assert service.bodies == [{"name": "other"}]


@pytest.mark.parametrize("error", [RequestRefused("no", status=400), ServiceUnreachable("gone"), ServiceFailed("500")])
async def test_refused_or_never_sent_the_edits_are_kept_and_can_be_undone_or_sent_again(
    session, service, document, error
):
    service.refuses = error
    document.apply("speed", SetValue(SPEED, 5))
    document.apply("speed", SetValue(SPEED, 50))
    outcome = await session.save(document)
    assert outcome == Rejected(error)
    assert document.value(SPEED) == 50
    document.undo()
    document.undo()
    assert document.changes == []
    document.redo()
    service.refuses = None
    assert isinstance(await session.save(document), Saved)
    assert service.bodies[-1] == {"speed_limit": 5}


LOST = OutcomeUnknown("the line broke")


async def test_an_update_whose_answer_got_lost_is_found_to_have_landed(session, service, document):
    service.loses = LOST
    document.apply("speed", SetValue(SPEED, 50))
    outcome = await session.save(document)
    assert isinstance(outcome, Saved)
    assert (outcome.after, outcome.as_sent) == (LOST, True)
    assert (document.changes, document.base["speed_limit"], len(service.bodies)) == ([], 50, 1)


async def test_an_update_that_landed_and_was_changed_since_is_found_so(session, service, document):
    service.loses = LOST
    service.takes = lambda task, body: {**task, **body, "speed_limit": 70}
    document.apply("speed", SetValue(SPEED, 50))
    document.apply("rename", SetValue(("name",), "other"))
    outcome = await session.save(document)
    assert isinstance(outcome, Saved)
    assert (outcome.after, outcome.as_sent) == (LOST, False)
    assert {effect.where: effect.fate for effect in outcome.effects} == {
        "name": "kept",
        "speed_limit": "changed by the service",
    }


async def test_an_update_that_did_not_land_is_found_so_after_a_while_and_can_be_sent_again(
    session, service, document, pauses
):
    service.refuses = LOST
    document.apply("speed", SetValue(SPEED, 50))
    assert await session.save(document) == NotLanded(LOST)
    assert sum(pauses) > 0
    assert [change.path for change in document.changes] == [SPEED]
    assert len(service.bodies) == 1
    service.refuses = None
    assert isinstance(await session.save(document), Saved)
    assert service.bodies == [{"speed_limit": 50}] * 2


async def test_an_update_that_lands_late_is_waited_for(session, service, document, pauses):
    service.refuses = LOST
    document.apply("speed", SetValue(SPEED, 50))
    pauses.after = lambda: service.task.update(speed_limit=50) if len(pauses) == 2 else None
    outcome = await session.save(document)
    assert isinstance(outcome, Saved)
    assert outcome.after is LOST


@pytest.mark.parametrize("landed", [True, False])
async def test_where_nothing_can_be_read_back_the_outcome_is_unknown_and_the_edits_are_kept(
    session, service, document, landed
):
    service.loses, service.refuses = (LOST, None) if landed else (None, LOST)
    service.unreadable = ServiceUnreachable("gone")
    document.apply("speed", SetValue(SPEED, 50))
    outcome = await session.save(document)
    assert outcome == Unknown(LOST, "The task could not be read back. The service cannot be reached: gone.")
    assert [change.path for change in document.changes] == [SPEED]
    service.unreadable = service.loses = service.refuses = None
    assert isinstance(await session.save(document), NothingToSend if landed else Saved)
    assert len(service.bodies) == (1 if landed else 2)


async def test_accepted_but_not_read_back_says_so_and_the_edits_are_kept(session, service, document):
    service.unreadable = ServiceUnreachable("gone")
    document.apply("speed", SetValue(SPEED, 50))
    outcome = await session.save(document)
    assert isinstance(outcome, Saved)
    assert (outcome.effects, outcome.held, outcome.as_sent) == ((), None, False)
    assert "could not be read back" in outcome.note
    assert "The service cannot be reached: gone" in outcome.note
    assert [change.path for change in document.changes] == [SPEED]


async def test_a_field_the_service_ignored_or_changed_is_told_and_stays_to_be_sent(session, service, document):
    service.takes = lambda task, body: {**task, "name": body["name"].upper(), "priority": body["priority"]}
    document.apply("speed", SetValue(SPEED, 50))
    document.apply("rename", SetValue(("name",), "other"))
    document.apply("priority", SetValue(("priority",), 2))
    outcome = await session.save(document)
    assert [(effect.where, effect.fate, effect.held) for effect in outcome.effects] == [
        ("name", "changed by the service", "OTHER"),
        ("priority", "kept", 2),
        ("speed_limit", "ignored", 0),
    ]
    assert document.base["name"] == "OTHER"
    assert document.body() == {"name": "other", "speed_limit": 50}


async def test_what_somebody_else_changed_goes_back_to_the_review_before_anything_is_sent(session, service, document):
    document.apply("speed", SetValue(SPEED, 50))
    service.task = {**service.task, "priority": 2, "migrate_speed": 7.5}
    outcome = await session.save(document)
    assert isinstance(outcome, Moved)
    assert [change.path for change in outcome.meanwhile] == [("priority",)]
    assert service.bodies == []
    assert document.body() == {"speed_limit": 50}
    assert isinstance(await session.save(document), Saved)
    assert service.bodies == [{"speed_limit": 50}]
    assert (service.task["priority"], service.task["migrate_speed"]) == (2, 7.5)


async def test_a_nested_object_takes_along_what_the_service_holds_now(session, service, document):
    document.apply("ip", SetValue(("target_server", "ip"), "10.0.0.1"))
    service.task = {**service.task, "target_server": {**service.task["target_server"], "image_disk_id": "img-1"}}
    assert isinstance(await session.save(document), Saved)
    assert service.bodies[0]["target_server"]["image_disk_id"] == "img-1"


async def test_the_same_change_on_both_sides_is_nothing_to_send(session, service, document):
    document.apply("speed", SetValue(SPEED, 50))
    service.task = {**service.task, "speed_limit": 50}
    assert await session.save(document) == NothingToSend([])
    assert service.bodies == []


async def test_the_same_value_changed_by_both_is_a_conflict_and_waits_for_a_pick(session, service, document):
    document.apply("speed", SetValue(SPEED, 50))
    service.task = {**service.task, "speed_limit": 70}
    outcome = await session.save(document)
    assert isinstance(outcome, Conflicted)
    (conflict,) = outcome.merge.conflicts
    assert (conflict.path, conflict.base, conflict.mine, conflict.theirs) == (SPEED, 0, 50, 70)
    assert (service.bodies, document.base["speed_limit"]) == ([], 0)
    settle(document, outcome, {0: 60})
    assert isinstance(await session.save(document), Saved)
    assert service.bodies == [{"speed_limit": 60}]


@pytest.mark.parametrize("pick", [70, 0])
async def test_a_conflict_can_be_settled_either_way(session, service, document, pick):
    document.apply("speed", SetValue(SPEED, 50))
    service.task = {**service.task, "speed_limit": 70}
    outcome = await session.save(document)
    settle(document, outcome, {0: pick})
    assert document.body() == ({} if pick == 70 else {"speed_limit": 0})
    document.undo()
    document.undo()
    assert document.changes == []


async def test_a_task_that_is_gone_at_save_keeps_the_edits(session, service, document):
    document.apply("speed", SetValue(SPEED, 50))
    service.bodies.append({})
    service.unreadable = TaskNotFound("gone")
    assert await session.save(document) == Rejected(service.unreadable)
    assert [change.path for change in document.changes] == [SPEED]


async def test_a_field_that_no_get_shows_is_told_as_not_shown(session, service, document):
    service.hides = {"exist_server"}
    document.apply("exists", SetValue(("exist_server",), True))
    outcome = await session.save(document)
    (effect,) = outcome.effects
    assert (effect.where, effect.fate) == ("exist_server", "not shown by the service")
    assert service.bodies == [{"exist_server": True}]
    assert document.changes == []
