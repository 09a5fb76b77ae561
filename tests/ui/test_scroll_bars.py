"""What a scroll bar stands on is not missed."""

from __future__ import annotations

import pytest
from driver import operator
from rich.cells import cell_len
from service import REFERENCE, Service

from sms_tui.ui.widgets.lines import Lines


async def test_marks_of_the_tree_stand_beside_its_scroll_bar():
    async with operator(Service().session, REFERENCE, size=(80, 18)) as op:
        await op.find("target_server.disks[0].name")
        await op.type("Disk 9")
        await op.press("escape")
        changed = [line for line in op.screen.splitlines() if "●" in line]
        assert changed[0].startswith("│ ▾ MigrationTask")
        assert len(changed) == 4


async def test_what_is_cut_off_beside_a_scroll_bar_is_marked_as_ever():
    session = Service().session
    async with operator(session, listing=session, size=(80, 16)) as op:
        assert sum("…" in line[-3:] for line in op.screen.splitlines()) >= 10


@pytest.mark.parametrize(("height", "room"), [(18, 79), (200, 80)])
async def test_long_lines_are_wrapped_to_what_the_scroll_bar_leaves(height, room):
    async with operator(Service().session, REFERENCE, size=(80, height)) as op:
        await op.find("project_name")
        await op.paste("x" * 255)
        await op.find("target_server.name")
        await op.paste("y" * 255)
        await op.press("ctrl+s")
        lines = op.app.screen.query_one(Lines)
        widths = [cell_len("".join(text for text, _ in lines.row_parts(row, 80))) for row in range(lines.row_count())]
        assert max(widths) == room
