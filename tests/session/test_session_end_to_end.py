"""A session through the real client, against the simulator: open, edit, save, and read what became of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from sms_tui.api.client import Client
from sms_tui.api.credentials import Token
from sms_tui.api.errors import RequestRefused, TaskNotFound
from sms_tui.document.edits import SetValue
from sms_tui.document.structure import add, addition_at, delete
from sms_tui.exactjson import dumps
from sms_tui.session.outcomes import NothingToSend, Rejected, Saved
from sms_tui.session.proposing import propose
from sms_tui.session.service import ServiceSession
from sms_tui.session.summary import summarize
from sms_tui.simulator import demo_app

NOON = 1_760_000_000.0


@pytest.fixture
async def session() -> AsyncIterator[ServiceSession]:
    transport = httpx.ASGITransport(demo_app(clock=lambda: NOON))
    session = ServiceSession(Client("http://127.0.0.1", Token("any"), transport=transport), "simulator")
    yield session
    await session.close()


async def id_of(session: ServiceSession, name: str) -> str:
    """The id of the first sample task whose name holds this."""
    tasks = [summarize(task) async for page in session.tasks() for task in page]
    return next(task.id for task in tasks if name in task.name)


async def test_edits_are_held_by_the_service_and_the_rest_stays_exactly_as_it_was(session):
    document = await session.open(await id_of(session, "MigrationTask"))
    before = document.current
    document.apply("speed", SetValue(("speed_limit",), 50))
    document.apply("size", SetValue(("target_server", "disks", 0, "size"), 2**40 + 1))
    outcome = await session.save(document)
    assert isinstance(outcome, Saved)
    assert [(effect.where, effect.fate, effect.held) for effect in outcome.effects] == [
        ("speed_limit", "kept", 50),
        ("target_server › disks › Disk 1 › size", "kept", 2**40 + 1),
    ]
    reopened = await session.open(document.task_id)
    assert dumps(reopened.current) == dumps(document.current)
    propose(reopened, {"speed_limit": 0, "target_server": before["target_server"]})
    assert dumps(reopened.current) == dumps(before)
    assert await session.save(document) == NothingToSend([])


async def test_every_sample_task_can_be_renamed_and_sent_in_full(session):
    ids = [task["id"] async for page in session.tasks() for task in page]
    assert len(ids) > 5
    for task_id in ids:
        document = await session.open(task_id)
        document.apply("rename", SetValue(("name",), "renamed"))
        outcome = await session.save(document, full=True)
        assert isinstance(outcome, Saved), (task_id, outcome)
        assert [effect.fate for effect in outcome.effects] == ["kept"]


async def test_entries_added_and_deleted_are_held(session):
    document = await session.open(await id_of(session, "MigrationTask"))
    volumes = ("target_server", "disks", 0, "physical_volumes")
    addition = addition_at(document, volumes)
    assert addition is not None
    add(document, addition)
    document.apply("name", SetValue((*addition.path, "name"), "X:"))
    delete(document, (*volumes, 0))
    outcome = await session.save(document)
    assert isinstance(outcome, Saved)
    assert [(effect.change.sort, effect.where.rpartition(" › ")[2], effect.fate) for effect in outcome.effects] == [
        ("removed", "Z:", "kept"),
        ("added", "X:", "kept"),
    ]
    assert [volume["name"] for volume in document.value(volumes)] == ["Y:", "X:"]


async def test_a_field_that_no_get_shows_is_saved_and_told_as_not_shown(session):
    document = await session.open(await id_of(session, "MigrationTask"))
    document.apply("exists", SetValue(("exist_server",), True))
    outcome = await session.save(document)
    assert isinstance(outcome, Saved)
    assert [effect.fate for effect in outcome.effects] == ["not shown by the service"]


async def test_what_the_service_refuses_keeps_the_edits(session):
    document = await session.open(await id_of(session, "MigrationTask"))
    document.apply("speed", SetValue(("speed_limit",), 50))
    document.task_id = "unknown"
    outcome = await session.save(document)
    assert isinstance(outcome, Rejected)
    assert isinstance(outcome.error, RequestRefused | TaskNotFound)
    assert [change.path for change in document.changes] == [("speed_limit",)]


async def test_an_unknown_task_cannot_be_opened(session):
    with pytest.raises(TaskNotFound):
        await session.open("unknown")
