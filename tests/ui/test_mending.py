"""Repairs, mirroring, and the pictures below the form."""

from __future__ import annotations

import json
import threading

from driver import operator
from service import REFERENCE

from sms_tui.document import mirror
from sms_tui.schema.checks.checker import check
from sms_tui.session.file import FileSession


async def test_the_wrong_volume_size_is_mended_by_the_repair_that_is_offered(service, session):
    async with operator(session, listing=session) as op:
        await op.type("wrong")
        await op.press("enter", "f8")
        op.see("F9: set size of D: to 200 GiB as on the source")
        await op.press("f9", "enter")
        op.see("0 errors · 0 warnings · 1 change", "Done: set size of D:")
        await op.press("ctrl+z")
        op.see("2 warnings · 0 changes")


async def test_the_repairs_take_no_more_of_the_screen_than_they_need(session):
    async with operator(session, listing=session, size=(100, 40)) as op:
        await op.type("wrong")
        await op.press("enter", "f8", "f9")
        lines = op.screen.splitlines()
        top = next(at for at, line in enumerate(lines) if "─ Repairs ─" in line)
        bottom = next(at for at, line in enumerate(lines) if "Enter runs one" in line)
        op.see("grow disk Disk 1")
        assert bottom - top == 1 + 1 + 3  # the line to type in, and three repairs


async def test_a_repair_is_told_whole_on_a_small_screen(session):
    async with operator(session, listing=session, size=(60, 16)) as op:
        await op.type("wrong")
        await op.press("enter", "f8", "f9")
        op.see("set size of D: to 200 GiB as on the source", "shrink D: by 1780 GiB, its free_size to 89 GiB")


async def test_where_no_repair_is_offered_nothing_happens(session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.press("escape", "f9")
        op.see("No repair is offered here")
        assert op.document.changes == []


async def test_mirroring_shows_the_difference_first_and_is_one_undo(session):
    async with operator(session, listing=session) as op:
        await op.type("wrong")
        await op.press("enter", "M")
        op.see("Mirror the source onto the target", "D: › size")
        await op.press("n")
        assert op.document.changes == []
        await op.press("M", "y")
        op.see("0 warnings", "Mirrored the source onto the target")
        await op.press("ctrl+z")
        assert op.document.changes == []


async def test_a_long_task_is_mirrored_in_a_thread(session, monkeypatch):
    monkeypatch.setattr("sms_tui.pieces.LONG", 10)
    threads, known = [], mirror.left_over
    monkeypatch.setattr(mirror, "left_over", lambda task: threads.append(threading.current_thread()) or known(task))
    async with operator(session, listing=session) as op:
        await op.type("wrong")
        await op.press("enter", "M")
        await op.await_text("Mirror the source onto the target")
        await op.press("y")
        op.see("0 warnings", "Mirrored the source onto the target")
        await op.press("M")
        await op.await_text("Nothing to do: the target has all that the source has")
        assert len(threads) == 2
        assert threading.main_thread() not in threads


async def test_what_mirroring_many_disks_changed_is_checked_in_pieces(tmp_path, monkeypatch):
    disks = [{"name": f"Disk {at}", "size": 2**30, "used_size": 2**40} for at in range(2000)]
    file = tmp_path / "task.json"
    file.write_text(json.dumps({"source_server": {"disks": disks}, "target_server": {"disks": []}}), "utf-8")
    pieces = []
    async with operator(FileSession(file)) as op:
        checker = op.document.inspector._checker
        assert checker is not None
        known = checker.work
        monkeypatch.setattr(checker, "work", lambda steps=None: pieces.append(steps) or known(steps))
        await op.press("M")
        await op.await_text("Mirror the source onto the target")
        await op.press("y")
        expected = check(op.document.current)
        await op.await_text(f"0 errors · {len(expected)} warnings")
        assert len(op.document.value(("target_server", "disks"))) == 2000
        assert None not in pieces
        assert max(pieces) <= 300
        assert [finding.problem for finding in op.document.findings] == expected


async def test_the_disk_map_follows_the_size_being_typed(session):
    async with operator(session, REFERENCE) as op:
        op.see("target Disk 1 40 GiB")
        await op.find("target_server.disks[0].size")
        await op.type("80G")
        op.see("target Disk 1 80 GiB")


async def test_the_disk_map_gives_way_on_a_small_screen(session):
    async with operator(session, REFERENCE, size=(120, 24)) as op:
        op.see_not("a cell is")


async def test_the_sub_tasks_are_drawn_in_time_while_the_cursor_is_on_them(session):
    async with operator(session, listing=session) as op:
        await op.type("nfs-share")
        await op.press("enter")
        await op.find("sub_tasks")
        assert "Sub-tasks" in op.line("─ Sub-tasks")
        op.see("MIGRATE_LINUX_FILE")
        await op.find("target_server")
        op.see("─ Disks")


async def test_a_block_of_the_disk_map_leads_to_its_volume(session):
    async with operator(session, REFERENCE) as op:
        op.app.screen.set_focus(op.app.screen.picture)
        await op.press("end", "enter")
        assert op.app.screen.task_tree.node.path[:2] == ("target_server", "disks")
