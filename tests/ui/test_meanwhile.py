"""What others do while a task is edited: merged, told in the review, or a conflict to decide."""

from __future__ import annotations

import asyncio
import threading

import httpx
from driver import operator
from service import REFERENCE

from sms_tui.document import following, merge, news
from sms_tui.exactjson import loads
from sms_tui.session.outcomes import NothingToSend


async def _elsewhere(service, **changes):
    """Somebody else changes the task."""
    await service.elsewhere(REFERENCE, changes)


async def test_what_somebody_else_changed_is_in_the_review_and_is_not_overwritten(service, session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await _elsewhere(service, priority=2)
        await op.press("ctrl+s")
        op.see("Meanwhile somebody else made 1 change", "priority", "→  2 = high")
        await op.press("y")
        op.see("Saved.", "kept")
        assert service.bodies == [{"speed_limit": 50}]
        assert (await service.held(REFERENCE))["priority"] == 2


async def test_a_change_between_the_review_and_y_is_reviewed_before_anything_is_sent(service, session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.press("ctrl+s")
        await _elsewhere(service, priority=2)
        await op.press("y")
        op.see("Not sent yet: the task was changed meanwhile", "Meanwhile somebody else made 1 change")
        assert service.bodies == []
        await op.press("y")
        assert service.bodies == [{"speed_limit": 50}]


async def test_what_the_service_moves_itself_is_taken_along_without_a_word(service, session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await _elsewhere(service, migrate_speed=12.5)
        await op.press("ctrl+s")
        op.see_not("Meanwhile")
        await op.press("y")
        op.see("Saved.")
        assert op.document.base["migrate_speed"] == 12.5


async def test_a_conflict_shows_base_mine_and_theirs_and_mine_can_be_kept(service, session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await _elsewhere(service, speed_limit=70)
        await op.press("ctrl+s")
        op.see("Conflict", "as loaded", "0 Mbit/s", "mine", "50 Mbit/s", "theirs, now", "70 Mbit/s")
        await op.press("ctrl+s")
        op.see("1 left to decide")
        await op.press("m", "ctrl+s")
        op.see("Review", "settled as you said")
        await op.press("y")
        assert service.bodies == [{"speed_limit": 50}]


async def test_a_long_value_of_a_conflict_is_read_whole_in_the_help_and_the_bar_tells_what_typing_does(
    service, session
):
    async with operator(session, REFERENCE, size=(80, 24)) as op:
        await op.find("region_name")
        await op.type("mine")
        await _elsewhere(service, region_name=f"theirs {'long ' * 20}end")
        await op.press("ctrl+s")
        assert op.line("theirs, now").endswith("…")
        await op.press("f1")
        op.see("long end")
        await op.press("escape", "w")
        op.see("Enter Take it  Esc Leave")
        op.see_not("m Mine")
        await op.press("escape")
        op.see("m Mine")


async def test_taking_theirs_leaves_nothing_to_send(service, session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await _elsewhere(service, speed_limit=70)
        await op.press("ctrl+s", "t", "ctrl+s")
        op.see("Nothing to send")
        await op.press("escape")
        assert op.document.changes == []
        assert op.document.base["speed_limit"] == 70


async def test_another_value_can_be_written(service, session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await _elsewhere(service, speed_limit=70)
        await op.press("ctrl+s", "w")
        await op.press("ctrl+a")
        await op.type("60")
        await op.press("enter", "ctrl+s", "y")
        assert service.bodies == [{"speed_limit": 60}]


async def test_leaving_a_conflict_keeps_the_edits_and_merges_nothing(service, session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await _elsewhere(service, speed_limit=70)
        await op.press("ctrl+s", "escape")
        op.see("Target server", "1 change")
        assert (op.document.base["speed_limit"], op.document.current["speed_limit"]) == (0, 50)


async def test_conflicts_of_several_values_are_decided_one_by_one(service, session):
    async with operator(session, REFERENCE) as op:
        for field, text in (("speed_limit", "50"), ("name", "mine")):
            await op.find(field)
            await op.type(text)
        await _elsewhere(service, speed_limit=70, name="theirs")
        await op.press("ctrl+s")
        op.see("2 values were changed by somebody else too")
        await op.press("m")
        op.see("1 left to decide")
        await op.press("t", "ctrl+s", "y")
        assert [sorted(body) for body in service.bodies] in ([["name"]], [["speed_limit"]])


async def test_a_risky_change_stands_first_and_wants_the_name_typed(service, session):
    async with operator(session, REFERENCE) as op:
        await op.find("target_server.disks[0].size")
        await op.type("20G")
        await op.press("ctrl+s")
        assert op.screen.splitlines()[1].startswith("Risky: type MigrationTask")
        op.see("Shrinks")
        await op.press("y", "enter")
        op.see("That is not MigrationTask")
        assert service.bodies == []
        await op.type("MigrationTask")
        await op.press("enter")
        op.see("Saved.")
        assert len(service.bodies) == 1


async def test_an_answer_that_got_lost_is_told_as_landed(service, session):
    service.answer_after_put = lambda request: (_ for _ in ()).throw(httpx.ReadError("reset", request=request))
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.submit()
        op.see("It landed: the answer was lost", "speed_limit", "kept")
        assert len(service.bodies) == 1


async def test_what_the_service_ignored_is_named_and_stays_to_be_sent(service, session):
    service.answer_put = lambda request: httpx.Response(200, content=b'{"id": "x"}')
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.submit()
        op.see("speed_limit", "ignored", "still in your draft")
        await op.press("enter")
        op.see("1 change")
        await op.submit()
        op.see("kept")
        assert service.bodies == [loads('{"speed_limit": 50}')] * 2


async def test_what_the_service_moves_comes_to_the_screen_by_itself_and_nothing_else_moves(service, session):
    async with operator(session, REFERENCE, poll=0.06) as op:
        await op.find("speed_limit")
        await op.type("50")
        await _elsewhere(service, state="SYNCING")
        await op.await_text("MigrationTask   ef3b9722…   SYNCING")
        op.see_not("Somebody else")
        assert op.document.body() == {"speed_limit": 50}
        await op.type("5")
        assert op.document.body() == {"speed_limit": 505}
        await op.press("ctrl+z", "ctrl+z")
        assert op.document.changes == []


async def test_a_banner_tells_what_somebody_else_changed_and_goes_once_it_is_merged(service, session):
    async with operator(session, REFERENCE, poll=0.06) as op:
        await op.find("speed_limit")
        await op.type("50")
        await _elsewhere(service, priority=2, name="theirs")
        await op.await_text("Somebody else changed name, priority. ctrl+s shows and merges it.")
        assert op.document.value(("priority",)) == 1
        await op.submit()
        await op.press("enter")
        op.see_not("Somebody else changed")
        assert (op.document.value(("priority",)), service.bodies) == (2, [{"speed_limit": 50}])


async def test_what_a_reading_of_a_long_task_brings_is_merged_in_a_thread(service, session, monkeypatch):
    threads, known = [], merge.merge

    def merging(*given):
        threads.append(threading.current_thread())
        return known(*given)

    monkeypatch.setattr("sms_tui.pieces.LONG", 10)
    for module in (merge, news, following):
        monkeypatch.setattr(module, "merge", merging)
    async with operator(session, REFERENCE, poll=0.06) as op:
        await op.find("speed_limit")
        await op.type("50")
        await _elsewhere(service, priority=2, state="SYNCING")
        await op.await_text("Somebody else changed priority. ctrl+s shows and merges it.")
        op.see("SYNCING")
        await op.press("ctrl+s")
        await op.await_text("Meanwhile somebody else made 1 change")
        await op.press("y")
        await op.await_text("Saved.")
        assert service.bodies == [{"speed_limit": 50}]
    assert len(threads) >= 3
    assert threading.main_thread() not in threads


async def test_refused_credentials_are_read_again_from_a_file_and_the_edits_are_sent(service, tmp_path):
    tokens = tmp_path / "token"
    tokens.write_text("SMS_TUI_TOKEN=fresh\n")
    async with operator(service.connected(renews=True), REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        service.answer_put = lambda request: httpx.Response(401, content=b'{"error_code": "APIGW.0307"}')
        await op.submit()
        op.see("Credentials", "a new token alone")
        await op.press("ctrl+a")
        await op.type(str(tmp_path / "none"))
        await op.press("enter")
        op.see("cannot be read")
        await op.press("escape")
        service.answer_put = lambda request: httpx.Response(401, content=b'{"error_code": "APIGW.0307"}')
        await op.submit()
        await op.press("ctrl+a")
        await op.type(str(tokens))
        await op.press("enter")
        op.see("Credentials were read", "Your edits are kept")
        await op.press("y")
        op.see("Saved.")
        assert service.tokens[-1] == "fresh"


async def test_that_a_change_on_its_way_cannot_be_taken_back_is_told_until_the_answer(session, monkeypatch):
    answered = asyncio.Event()

    async def save(document, *, full=False):
        await answered.wait()
        return NothingToSend()

    monkeypatch.setattr(session, "save", save)
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.press("ctrl+s")
        op.burst("y")
        await op.await_text("Sending…")
        op.burst("", "escape")
        await op.await_text("It is on its way and cannot be taken back")
        op.app.screen._spin()
        op.see("It is on its way and cannot be taken back")
        answered.set()
        await op.idle()
        op.see("Nothing to send")


async def test_a_wait_that_the_service_asks_for_is_counted_down_and_can_be_cancelled(service, session):
    service.answer_put = lambda request: httpx.Response(429, headers={"Retry-After": "30"})
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.type("50")
        await op.press("ctrl+s")
        op.burst("y")
        await op.await_text("The service asks to wait: again in 30 s. Esc cancels.")
        await op.press("escape")
        op.see("The wait was cancelled; nothing was sent.", "y Submit")
        await op.press("y")
        op.see("Saved.")
        assert len(service.bodies) == 2
