"""An operator changes the structure of a task in the tree."""

from __future__ import annotations

import json

from driver import operator
from service import REFERENCE

from sms_tui.session.file import FileSession

DISKS = ("target_server", "disks")
VOLUMES = (*DISKS, 0, "physical_volumes")


def names(op, path):
    return [entry.get("name") for entry in op.document.value(path)]


async def test_a_volume_is_duplicated_without_its_ids_and_under_the_next_name(session):
    async with operator(session, REFERENCE) as op:
        await op.find("target_server.disks[0].physical_volumes[1].name")
        await op.press("escape", "c")
        assert names(op, VOLUMES)[:2] == ["Z:", "Y:"]
        assert len(names(op, VOLUMES)) == len(set(names(op, VOLUMES))) == 3
        copy = op.document.value((*VOLUMES, 2))
        assert copy.get("id") is None
        op.see("Done: duplicate Y:")
        await op.press("ctrl+z")
        assert op.document.changes == []


async def test_an_entry_is_moved_up_and_down_and_the_cursor_goes_with_it(session):
    async with operator(session, REFERENCE) as op:
        await op.find("target_server.disks[0].physical_volumes[1].name")
        await op.press("escape", "K")
        assert names(op, VOLUMES) == ["Y:", "Z:"]
        await op.press("J")
        assert names(op, VOLUMES) == ["Z:", "Y:"]
        await op.press("J")
        op.see("cannot move further down")


async def test_marked_entries_are_deleted_in_one_edit(session):
    async with operator(session, REFERENCE) as op:
        await op.find("target_server.disks[0].physical_volumes[0].name")
        await op.press("escape", "m", "m")
        assert op.node("Z:").startswith("*")
        await op.press("d")
        assert op.document.value(VOLUMES) == []
        await op.press("ctrl+z")
        assert op.document.changes == []


async def test_of_many_rows_only_the_marked_are_looked_at(tmp_path, monkeypatch):
    file = tmp_path / "task.json"
    steps = [{"id": at, "name": f"STEP_{at}", "progress": 0} for at in range(3000)]
    file.write_text(json.dumps({"sub_tasks": steps}), "utf-8")
    async with operator(FileSession(file)) as op:
        for of_table in (False, True):
            op.app.screen.select(("sub_tasks", 2000))
            await op.press(*["t"] * of_table, "m", "down", "m")
            entries, asked = op.app.screen.entries, []
            for name in ("mark_key", "row_path"):
                known = getattr(entries, name)
                monkeypatch.setattr(entries, name, lambda at, known=known, asked=asked: asked.append(at) or known(at))
            assert entries.meant == [("sub_tasks", 2000), ("sub_tasks", 2002)]
            assert len(asked) == 2
            await op.press("escape")


async def test_escape_unmarks_before_it_leaves(session):
    async with operator(session, REFERENCE) as op:
        await op.find("target_server.disks[0].physical_volumes[0].name")
        await op.press("escape", "m", "escape")
        assert not op.node("Z:").startswith("*")


async def test_a_disk_is_copied_from_source_to_target_and_what_does_not_fit_is_named(session):
    async with operator(session, listing=session) as op:
        await op.type("crm-app")
        await op.press("enter")
        count = len(op.document.value(DISKS))
        await op.find("source_server.disks[0].name")
        await op.press("escape", "C")
        op.see("Copied:")
        await op.find("target_server.disks")
        await op.press("v")
        assert len(op.document.value(DISKS)) == count + 1
        op.see("Done: paste")


async def test_cut_and_paste_moves_a_volume_to_another_disk_in_one_edit(session):
    async with operator(session, listing=session) as op:
        await op.type("wrong volume")
        await op.press("enter")
        first, second = (*DISKS, 0, "physical_volumes"), (*DISKS, 1, "physical_volumes")
        before = len(op.document.value(first)), len(op.document.value(second))
        await op.find("target_server.disks[1].physical_volumes[1].name")
        await op.press("escape", "x")
        await op.find("target_server.disks[0].name")
        await op.press("escape", "v")
        assert (len(op.document.value(first)), len(op.document.value(second))) == (before[0] + 1, before[1] - 1)
        await op.press("ctrl+z")
        assert op.document.changes == []


async def test_one_value_is_set_on_all_marked_entries(session):
    async with operator(session, REFERENCE) as op:
        await op.find("target_server.disks[0].physical_volumes[0].name")
        await op.press("escape", "m", "m")
        await op.press("up")
        await op.press("enter")
        await op.type("")
        while op.app.screen.form.row.name != "file_system":
            await op.press("down")
        await op.type("ReFS")
        await op.press("alt+a")
        assert [volume["file_system"] for volume in op.document.value(VOLUMES)] == ["ReFS", "ReFS"]
