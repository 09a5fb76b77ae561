"""Whole editing sessions, request by request: what is read and sent, in which order, and how each submit ends."""

from __future__ import annotations

from typing import Any

import pytest
from edit_script import Edits, Opens, Played, Saves, Shows, Takes, play

from sms_tui.api.errors import CredentialsRefused, OutcomeUnknown, RequestRefused, ServiceUnreachable, TaskNotFound
from sms_tui.document.body import Body
from sms_tui.document.edits import InsertEntry, MoveEntry, RemoveValue, SetValue
from sms_tui.exactjson import dumps, loads
from sms_tui.session.outcomes import Conflicted, Moved, NothingToSend, NotLanded, Rejected, Saved, Unknown
from sms_tui.session.receipts import Receipts

SPEED, NAME = ("speed_limit",), ("name",)
DISKS = ("target_server", "disks")
LOST = OutcomeUnknown("the line broke")


def disk(number: int, **more: Any) -> Body:
    return {"id": number, "name": f"Disk {number}", "size": 40 * 2**30, "used_size": 2**53 + 1, **more}


def task(**more: Any) -> Body:
    """A task of a service newer than this program, with values that a careless client would spoil."""
    server = {"id": "s-1", "name": "node", "disks": [disk(1), disk(2)], "unheard_of": {"at": 0.0, "gone": None}}
    return {
        "id": "task-1",
        "name": "n",
        "type": "MIGRATE_QUANTUM",
        "state": "READY",
        "speed_limit": 0,
        "migrate_speed": 1.5,
        "total_time": 2**63 - 1,
        "note\ud800": "kept",
        "target_server": server,
        **more,
    }


def server(*disks: Body, **more: Any) -> Body:
    """The target server of the task, with these disks."""
    return {**task()["target_server"], "disks": list(disks), **more}


def settled(played: Played) -> bool:
    """Whether the document starts over, with nothing left to send or to take back."""
    return not played.document.changes and played.document.undo() is None


# One submit


async def test_a_field_and_an_entry_are_sent_each_in_its_top_level_key_and_nothing_else():
    sent = {"speed_limit": 50, "target_server": server(disk(1), disk(2, size=2**40))}
    played = await play(
        Opens(), Shows(task()),
        Edits(SetValue((*DISKS, 1, "size"), 2**40)), Edits(SetValue(SPEED, 50)),
        Saves(Saved), Shows(task()), Takes(sent), Shows(task(**sent)),
    )  # fmt: skip
    assert played.fates == {"speed_limit": "kept", "target_server › disks › Disk 2 › size": "kept"}
    assert settled(played)


async def test_an_untouched_task_makes_no_request():
    await play(Opens(), Shows(task()), Saves(NothingToSend))


async def test_what_is_typed_and_taken_back_makes_no_request():
    played = await play(
        Opens(), Shows(task()), Edits(SetValue(SPEED, 50)), Edits(SetValue(SPEED, 0)), Saves(NothingToSend)
    )
    assert played.document.changes == []


async def test_a_task_that_is_not_there_is_asked_for_once():
    with pytest.raises(TaskNotFound):
        await play(Opens(), Shows(TaskNotFound("gone")))


async def test_keys_and_values_that_only_a_newer_service_knows_go_back_as_they_came():
    newer = loads(dumps(server(disk(1, engine={"cores": [1, None]}), disk(2), name="mine")))
    before = task(target_server={**newer, "name": "node"})
    await play(
        Opens(), Shows(before),
        Edits(SetValue(("target_server", "name"), "mine")),
        Saves(Saved), Shows(before), Takes({"target_server": newer}), Shows(task(target_server=newer)),
    )  # fmt: skip


# Refused, mended, sent again


async def test_a_refused_value_is_corrected_and_sent_again_after_another_reading():
    refused = RequestRefused("Illegal task name.", status=400, code="SMS.7711")
    played = await play(
        Opens(), Shows(task()), Edits(SetValue(NAME, "a b")),
        Saves(Rejected), Shows(task()), Takes({"name": "a b"}, refused),
        Edits(SetValue(NAME, "a-b")),
        Saves(Saved), Shows(task()), Takes({"name": "a-b"}), Shows(task(name="a-b")),
    )  # fmt: skip
    assert played.outcomes[0] == Rejected(refused)
    assert refused.field == "name"
    assert settled(played)


async def test_the_same_refusal_twice_keeps_the_edit_and_its_undo():
    refused = RequestRefused("Illegal task name.", status=400, code="SMS.7711")
    attempt = (Saves(Rejected), Shows(task()), Takes({"name": "a b"}, refused))
    played = await play(Opens(), Shows(task()), Edits(SetValue(NAME, "a b")), *attempt, *attempt)
    assert [change.new for change in played.document.changes] == ["a b"]
    played.document.undo()
    assert played.document.changes == []


@pytest.mark.parametrize("error", [CredentialsRefused("expired", status=401), ServiceUnreachable("gone")])
async def test_where_the_task_cannot_be_read_again_nothing_is_sent(error):
    played = await play(
        Opens(), Shows(task()), Edits(SetValue(SPEED, 50)),
        Saves(Rejected), Shows(error),
        Saves(Saved), Shows(task()), Takes({"speed_limit": 50}), Shows(task(speed_limit=50)),
    )  # fmt: skip
    assert settled(played)


async def test_a_task_that_is_gone_at_the_submit_is_not_written_to():
    played = await play(
        Opens(), Shows(task()), Edits(SetValue(SPEED, 50)), Saves(Rejected), Shows(TaskNotFound("gone"))
    )
    assert played.document.body() == {"speed_limit": 50}


# Changed on the server before the update


@pytest.mark.parametrize(
    "meanwhile",
    [
        {"name": "theirs"},
        {"target_server": server(disk(1), disk(2), name="theirs")},
        {"target_server": server(disk(1))},
        {"target_server": server(disk(1), disk(2), disk(3))},
        {"target_server": server(disk(2), disk(1))},
    ],
    ids=["a field", "a nested field", "an entry removed", "an entry added", "entries reordered"],
)
async def test_what_another_changed_is_merged_shown_and_stays_in_the_body(meanwhile):
    """My edit is of disk 1, theirs of anything else; nothing goes out before it was reviewed once more."""
    now = task(**meanwhile)
    disks = [disk(1, size=2**40) if one["id"] == 1 else one for one in now["target_server"]["disks"]]
    sent = {"target_server": {**now["target_server"], "disks": disks}}
    played = await play(
        Opens(), Shows(task()), Edits(SetValue((*DISKS, 0, "size"), 2**40)),
        Saves(Moved), Shows(now),
        Saves(Saved), Shows(now), Takes(sent), Shows({**now, **sent}),
    )  # fmt: skip
    assert list(played.fates.values()) == ["kept"]


async def test_what_only_the_service_moves_is_neither_shown_nor_sent():
    now = task(state="RUNNING", migrate_speed=9.5)
    played = await play(
        Opens(), Shows(task()), Edits(SetValue(SPEED, 50)),
        Saves(Saved), Shows(now), Takes({"speed_limit": 50}), Shows({**now, "speed_limit": 50, "migrate_speed": 10.5}),
    )  # fmt: skip
    assert played.document.base["migrate_speed"] == 10.5


async def test_the_same_value_by_another_is_nothing_to_send():
    await play(Opens(), Shows(task()), Edits(SetValue(SPEED, 50)), Saves(NothingToSend), Shows(task(speed_limit=50)))


async def test_another_value_by_another_is_a_conflict_at_every_submit_until_it_is_settled():
    clash = (Saves(Conflicted), Shows(task(speed_limit=70)))
    played = await play(Opens(), Shows(task()), Edits(SetValue(SPEED, 50)), *clash, *clash)
    assert (played.document.base["speed_limit"], played.document.body()) == (0, {"speed_limit": 50})


async def test_an_entry_that_i_edited_and_another_removed_is_a_conflict():
    await play(
        Opens(), Shows(task()), Edits(SetValue((*DISKS, 0, "size"), 2**40)),
        Saves(Conflicted), Shows(task(target_server=server(disk(2)))),
    )  # fmt: skip


async def test_mine_added_removed_and_reordered_goes_out_over_theirs():
    """I take out disk 1, add disk 4 and put it first; meanwhile another renames disk 2."""
    theirs = task(target_server=server(disk(1), disk(2, name="data")))
    mine = {"target_server": server(disk(4), disk(2, name="data"))}
    played = await play(
        Opens(), Shows(task()),
        Edits(RemoveValue((*DISKS, 0))), Edits(InsertEntry((*DISKS, 1), disk(4))), Edits(MoveEntry((*DISKS, 1), 0)),
        Saves(Moved), Shows(theirs),
        Saves(Saved), Shows(theirs), Takes(mine), Shows(task(**mine)),
    )  # fmt: skip
    assert settled(played)


# Reading back


async def test_an_update_that_does_not_show_at_once_is_looked_at_once_more_before_it_is_told_as_ignored():
    played = await play(
        Opens(), Shows(task()), Edits(SetValue(SPEED, 50)),
        Saves(Saved), Shows(task()), Takes({"speed_limit": 50}), Shows(task()), Shows(task(speed_limit=50)),
    )  # fmt: skip
    assert played.fates == {"speed_limit": "kept"}
    assert settled(played)


async def test_what_is_ignored_at_the_second_look_too_is_told_and_stays_to_be_sent():
    played = await play(
        Opens(), Shows(task()), Edits(SetValue(SPEED, 50), SetValue(NAME, "mine")),
        Saves(Saved), Shows(task()), Takes({"name": "mine", "speed_limit": 50}),
        Shows(task(name="mine")), Shows(task(name="mine")),
    )  # fmt: skip
    assert played.fates == {"name": "kept", "speed_limit": "ignored"}
    assert played.document.body() == {"speed_limit": 50}


async def test_what_the_service_changed_is_told_after_one_look():
    played = await play(
        Opens(), Shows(task()), Edits(SetValue(SPEED, 50)),
        Saves(Saved), Shows(task()), Takes({"speed_limit": 50}), Shows(task(speed_limit=40)),
    )  # fmt: skip
    assert played.fates == {"speed_limit": "changed by the service"}


async def test_where_the_second_look_fails_nothing_is_told_as_ignored():
    played = await play(
        Opens(), Shows(task()), Edits(SetValue(SPEED, 50)),
        Saves(Saved), Shows(task()), Takes({"speed_limit": 50}), Shows(task()), Shows(ServiceUnreachable("gone")),
        Saves(NothingToSend), Shows(task(speed_limit=50)),
    )  # fmt: skip
    assert settled(played)


async def test_no_note_about_a_reading_says_that_nothing_was_changed():
    played = await play(
        Opens(), Shows(task()), Edits(SetValue(SPEED, 50)),
        Saves(Saved), Shows(task()), Takes({"speed_limit": 50}), Shows(ServiceUnreachable("gone")),
        Saves(Unknown), Shows(task()), Takes({"speed_limit": 50}, LOST), Shows(ServiceUnreachable("gone")),
    )  # fmt: skip
    accepted, unknown = played.outcomes
    assert accepted.note == (
        "The service accepted it, but the task could not be read back; your edits are kept. "
        "The service cannot be reached: gone."
    )
    assert unknown.reason == "The task could not be read back. The service cannot be reached: gone."


# The answer was lost


async def test_a_lost_update_that_never_shows_is_looked_for_three_times_and_is_sent_again_only_by_the_operator():
    lost = (Saves(NotLanded), Shows(task()), Takes({"speed_limit": 50}, LOST), *[Shows(task())] * 3)
    played = await play(Opens(), Shows(task()), Edits(SetValue(SPEED, 50)), *lost, *lost)
    assert played.document.body() == {"speed_limit": 50}


async def test_a_lost_update_of_what_no_reading_shows_is_unknown_not_lost():
    played = await play(
        Opens(), Shows(task()), Edits(SetValue(("exist_server",), True)),
        Saves(Unknown), Shows(task()), Takes({"exist_server": True}, LOST), *[Shows(task())] * 3,
    )  # fmt: skip
    assert played.outcomes[-1].reason == "The task was read back, but it never shows what was sent."
    assert played.document.body() == {"exist_server": True}


async def test_that_the_service_moves_a_value_is_no_proof_that_a_lost_update_landed():
    played = await play(
        Opens(), Shows(task()), Edits(SetValue(("migrate_speed",), 5.0)),
        Saves(Unknown), Shows(task()), Takes({"migrate_speed": 5.0}, LOST),
        *[Shows(task(migrate_speed=speed)) for speed in (2.5, 3.5, 4.5)],
    )  # fmt: skip
    assert played.document.body() == {"migrate_speed": 5.0}


async def test_a_lost_update_after_which_another_wrote_the_same_field_is_told_with_what_stands_there():
    played = await play(
        Opens(), Shows(task()), Edits(SetValue(SPEED, 50)),
        Saves(Saved), Shows(task()), Takes({"speed_limit": 50}, LOST), Shows(task(speed_limit=70)),
    )  # fmt: skip
    assert played.fates == {"speed_limit": "changed by the service"}
    assert played.document.body() == {"speed_limit": 50}


# Receipts


async def test_each_submit_leaves_a_receipt_whether_it_was_refused_or_kept(tmp_path):
    receipts = Receipts(tmp_path)
    await play(
        Opens(), Shows(task()), Edits(SetValue(NAME, "a b")),
        Saves(Rejected), Shows(task()), Takes({"name": "a b"}, RequestRefused("no", status=400)),
        Edits(SetValue(NAME, "a-b")),
        Saves(Saved), Shows(task()), Takes({"name": "a-b"}), Shows(task(name="a-b")),
        receipts=receipts,
    )  # fmt: skip
    kept = [receipt for _, receipt in receipts.all()]
    assert {receipt.outcome: (receipt.body, receipt.after, receipt.status) for receipt in kept} == {
        "rejected": ({"name": "a b"}, None, 400),
        "saved": ({"name": "a-b"}, {"name": "a-b"}, 200),
    }


@pytest.mark.parametrize("saving", [Saves(NothingToSend), Saves(Moved), Saves(Conflicted)])
async def test_where_nothing_was_sent_there_is_no_receipt(tmp_path, saving):
    edits = [] if saving.ends is NothingToSend else [Edits(SetValue(SPEED, 50))]
    now = {Moved: [Shows(task(name="x"))], Conflicted: [Shows(task(speed_limit=70))]}.get(saving.ends, [])
    await play(Opens(), Shows(task()), *edits, saving, *now, receipts=Receipts(tmp_path))
    assert list(tmp_path.iterdir()) == []
