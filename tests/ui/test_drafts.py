"""Drafts in the editor: kept, offered again, looked at, discarded, and of one session at a time."""

from __future__ import annotations

import pytest
from driver import operator
from service import REFERENCE

from sms_tui.api.errors import ServiceUnreachable
from sms_tui.session.drafts.store import DraftStore


@pytest.fixture
def drafts(tmp_path):
    return DraftStore(tmp_path)


async def _leave_a_draft(service, drafts):
    """Edit two fields, and leave without sending."""
    async with operator(service.connected(), REFERENCE, drafts=drafts) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.find("target_server.disks[0].size")
        await op.type("80G")
        await op.press("ctrl+q")
        op.see("2 changes are not sent. Quit? They stay as a draft.")
        await op.press("y")


async def test_a_draft_is_resumed_with_its_edits_and_its_undo(service, session, drafts):
    await _leave_a_draft(service, drafts)
    async with operator(session, REFERENCE, drafts=drafts) as op:
        op.see("A draft of this task is here", "Resume at target_server › disks › Disk 1 › size, 2")
        await op.press("r")
        op.see("Resumed 2 edits", "2 changes")
        assert op.document.value(("target_server", "disks", 0, "size")) == 80 * 2**30
        await op.press("ctrl+z")
        op.see("1 change")
        await op.press("ctrl+z")
        assert op.document.changes == []


async def test_a_draft_is_looked_at_before_one_decides(service, session, drafts):
    await _leave_a_draft(service, drafts)
    async with operator(session, REFERENCE, drafts=drafts) as op:
        await op.press("l")
        op.see("speed_limit", "50 Mbit/s", "80 GiB")
        await op.press("escape")
        op.see("r resume · l look · d discard")


async def test_a_discarded_draft_is_in_the_trash_and_the_task_is_as_it_is_held(service, session, drafts, tmp_path):
    await _leave_a_draft(service, drafts)
    async with operator(session, REFERENCE, drafts=drafts) as op:
        await op.press("d")
        op.see("0 changes", "for 30 days")
        assert op.document.changes == []
    assert len(list(tmp_path.rglob("trash/*"))) == 1
    assert drafts.summaries() == []


async def test_leaving_the_question_keeps_the_draft(service, session, drafts):
    await _leave_a_draft(service, drafts)
    async with operator(session, REFERENCE, drafts=drafts) as op:
        await op.press("escape")
    assert [draft.edits for draft in drafts.summaries()] == [2]


async def test_a_submit_that_is_read_back_and_agrees_removes_the_draft(session, drafts):
    async with operator(session, REFERENCE, drafts=drafts) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.submit()
        op.see("Saved.")
        await op.press("enter", "ctrl+q")
    assert drafts.summaries() == []


async def test_what_is_undone_again_leaves_no_draft(session, drafts):
    async with operator(session, REFERENCE, drafts=drafts) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.press("ctrl+z", "ctrl+q")
    assert drafts.summaries() == []


async def test_edits_that_came_to_nothing_leave_no_draft(session, drafts):
    async with operator(session, REFERENCE, drafts=drafts) as op:
        await op.find("speed_limit")
        for text in ("50", "0"):
            await op.press("ctrl+a")
            await op.type(text)
            await op.find("speed_limit")
        op.see("0 changes")
        assert len(op.document.history) == 2
        await op.press("escape", "ctrl+q")
    assert drafts.summaries() == []


async def test_a_draft_of_a_task_that_changed_meanwhile_is_merged(service, session, drafts):
    await _leave_a_draft(service, drafts)
    await service.elsewhere(REFERENCE, {"priority": 2})
    async with operator(session, REFERENCE, drafts=drafts) as op:
        await op.press("r")
        op.see("Meanwhile somebody else changed 1 more; that is merged.", "2 changes")
        assert op.document.base["priority"] == 2


async def test_a_draft_that_clashes_with_what_somebody_did_meanwhile_is_decided_at_the_review(service, session, drafts):
    await _leave_a_draft(service, drafts)
    await service.elsewhere(REFERENCE, {"speed_limit": 70})
    async with operator(session, REFERENCE, drafts=drafts) as op:
        await op.press("r")
        op.see("Somebody else changed the same meanwhile")
        await op.press("ctrl+s")
        op.see("as loaded", "theirs, now")


async def test_a_second_session_is_told_who_edits_and_opens_read_only(session, drafts):
    owner = drafts.acquire(*session.subject(REFERENCE))
    async with operator(session, REFERENCE, drafts=drafts) as op:
        op.see(
            "Somebody is editing this task",
            "process",
            "│ o open read-only  ",
            "│ t take over, with the draft  ",
            "│ Esc leaves  ",
        )
        await op.press("o")
        op.see("This task is being edited by")
        await op.find("speed_limit")
        await op.type("50")
        op.see("Nothing can be changed here.")
        await op.press("escape", "d", "ctrl+s")
        op.see("Nothing can be changed here.", "Target server")
        assert op.document.changes == []
    owner.release()


async def test_taking_over_goes_on_with_the_draft(service, session, drafts):
    await _leave_a_draft(service, drafts)
    owner = drafts.acquire(*session.subject(REFERENCE))
    async with operator(session, REFERENCE, drafts=drafts) as op:
        op.see("2 edits are not sent")
        await op.press("t", "r")
        op.see("Resumed 2 edits")
    with owner.holding() as mine:
        assert not mine


async def test_a_draft_that_cannot_be_written_is_told_loudly_and_editing_goes_on(session, tmp_path):
    (tmp_path / "drafts").write_text("in the way")
    async with operator(session, REFERENCE, drafts=DraftStore(tmp_path)) as op:
        op.see("Drafts cannot be kept")
        await op.find("speed_limit")
        await op.type("50")
        op.see("1 change")
        await op.press("ctrl+q")
        op.see("1 change is not sent. Quit and drop it?")


async def test_a_draft_is_offered_where_the_task_cannot_be_read(service, session, drafts, monkeypatch):
    await _leave_a_draft(service, drafts)

    async def unreachable(task_id, told=None):
        raise ServiceUnreachable("gone")

    monkeypatch.setattr(session, "read", unreachable)
    monkeypatch.setattr(session, "open", unreachable)
    async with operator(session, REFERENCE, drafts=drafts) as op:
        op.see("The task cannot be read", "r resume the draft")
        await op.press("r")
        op.see("2 changes")


async def test_reading_again_takes_edits_back_and_they_can_be_made_again(service, session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await service.elsewhere(REFERENCE, {"priority": 2})
        await op.press("ctrl+r", "y")
        op.see("This is the task as it is held now.", "0 changes")
        assert op.document.base["priority"] == 2
        await op.press("ctrl+y")
        assert op.document.body() == {"speed_limit": 50}


async def test_a_draft_that_the_task_has_already_is_put_away_unasked(service, session, drafts):
    await _leave_a_draft(service, drafts)
    drafted = drafts.load(drafts.summaries()[0].key).document()
    await service.elsewhere(REFERENCE, drafted.body())
    async with operator(session, REFERENCE, drafts=drafts) as op:
        op.see("All that was drafted is in the task by now.", "0 changes")
        await op.find("speed_limit")
        await op.type("7")
        op.see("1 change")
    assert [draft.edits for draft in drafts.summaries()] == [1]


async def test_a_draft_of_which_the_task_has_only_a_part_is_still_offered(service, session, drafts):
    await _leave_a_draft(service, drafts)
    drafted = drafts.load(drafts.summaries()[0].key).document().body()
    assert len(drafted) == 2
    await service.elsewhere(REFERENCE, dict([next(iter(drafted.items()))]))
    async with operator(session, REFERENCE, drafts=drafts) as op:
        op.see("A draft of this task is here")
        await op.press("r")
        op.see("Resumed 2 edits", "1 change")
