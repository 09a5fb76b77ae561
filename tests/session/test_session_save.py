"""Saving to the service: what is sent, how it can end, and what the document holds then."""

from __future__ import annotations

import pytest
from session_fakes import TASK_ID

from sms_tui.api.errors import OutcomeUnknown, RequestRefused, ServiceFailed, ServiceUnreachable, TaskNotFound
from sms_tui.document import Document, RemoveValue, SetValue
from sms_tui.exactjson import dumps
from sms_tui.schema.registry import ROOT, kind
from sms_tui.session import Blocked, NothingToSend, Rejected, Saved, Unknown

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
    assert service.reads == 1
    assert document.value(SPEED) == 50
    document.undo()
    document.undo()
    assert document.changes == []
    document.redo()
    service.refuses = None
    assert isinstance(await session.save(document), Saved)
    assert service.bodies[-1] == {"speed_limit": 5}


@pytest.mark.parametrize("landed", [True, False])
async def test_an_answer_that_got_lost_is_neither_saved_nor_refused_and_the_edits_are_kept(
    session, service, document, landed
):
    error = OutcomeUnknown("the line broke")
    service.loses, service.refuses = (error, None) if landed else (None, error)
    document.apply("speed", SetValue(SPEED, 50))
    assert await session.save(document) == Unknown(error)
    assert [change.path for change in document.changes] == [SPEED]
    document.undo()
    assert document.value(SPEED) == 0


async def test_accepted_but_not_read_back_says_so_and_the_document_starts_over_from_what_was_sent(
    session, service, document
):
    service.unreadable = ServiceUnreachable("gone")
    document.apply("unknown", SetValue(("compress_rate",), 2))
    document.apply("speed", SetValue(SPEED, 50))
    base = document.base
    outcome = await session.save(document)
    assert isinstance(outcome, Saved)
    assert (outcome.effects, outcome.held) == ((), None)
    assert "could not be read back" in outcome.note
    assert "The service cannot be reached: gone" in outcome.note
    assert document.current == {**base, "speed_limit": 50}
    assert document.changes == []
    assert document.undo() is None


async def test_a_field_the_service_ignored_or_changed_is_told(session, service, document):
    service.takes = lambda task, body: {**task, "name": body["name"].upper()}
    document.apply("speed", SetValue(SPEED, 50))
    document.apply("rename", SetValue(("name",), "other"))
    outcome = await session.save(document)
    assert [(effect.where, effect.fate, effect.held) for effect in outcome.effects] == [
        ("name", "changed by the service", "OTHER"),
        ("speed_limit", "ignored", 0),
    ]
    assert document.current["name"] == "OTHER"
    assert document.changes == []


async def test_a_field_that_no_get_shows_is_told_as_not_shown(session, service, document):
    service.hides = {"exist_server"}
    document.apply("exists", SetValue(("exist_server",), True))
    outcome = await session.save(document)
    (effect,) = outcome.effects
    assert (effect.where, effect.fate) == ("exist_server", "not shown by the service")
    assert service.bodies == [{"exist_server": True}]
    assert document.changes == []
