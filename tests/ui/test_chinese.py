"""The interface in Chinese: no English is left on any screen, and every line is as wide as the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from driver import Operator, operator
from service import REFERENCE, Service

from sms_tui import language
from sms_tui.session.picture.lines import cells

ENGLISH = re.compile(r"(?<![\w.-])(the|of|is|are|not|with|from|leaves|and|to|be|by|your|changes?|errors?)(?![\w.-])")
"""Words that no Chinese sentence has, and no key of the API, value or command either."""

WIDE = ("财务系统迁移任务", "目的端服务器")


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    language.use(language.CHINESE)
    yield
    language.use(language.ENGLISH)


def look(op: Operator, *texts: str) -> None:
    """These are on the screen, no English sentence is, and no line is wider or narrower than the screen."""
    op.see(*texts)
    width = op.app.size.width
    for line in op.screen.splitlines():
        assert not ENGLISH.search(line.replace("MigrationTask", "")), line
        assert cells(line) == width, f"{cells(line)} cells: {line!r}"


async def go_through(op: Operator, steps: list[tuple[str, tuple[str, ...]]]) -> None:
    for key, texts in steps:
        await op.press(*key.split())
        look(op, *texts)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_every_screen_and_question_is_in_chinese(service: Service, size: tuple[int, int]) -> None:
    async with operator(service.session, listing=service.session, size=size) as op:
        look(op, "任务", "源端 → 目的端", "Enter 打开")
        await op.press("ctrl+p")
        look(op, "命令", "重新读取列表", "Esc 离开")
        await op.press("escape")
        await op.type("MigrationTask")
        await op.press("enter")
        look(op, "服务端维护", "0 处修改")
        await go_through(
            op,
            [
                ("f8", ("个警告",)),
                ("f1", ("帮助", "按键")),
                ("escape", ()),
                ("ctrl+f", ("查找字段、名称、值或路径",)),
                ("escape", ()),
                ("P", ("源端磁盘的去向",)),
                ("escape", ()),
                ("ctrl+e", ("第 1 行", "采用")),
                ("escape", ()),
                ("ctrl+s", ("没有要发送的内容",)),
                ("escape", ()),
            ],
        )
        await op.find("target_server.disks")
        await go_through(op, [("alt+t", ("个条目", "排序")), ("f1", ("按此列排序",)), ("escape", ()), ("escape", ())])


async def test_a_change_is_made_reviewed_and_saved_in_chinese(service: Service) -> None:
    async with operator(service.session, REFERENCE, size=(100, 30)) as op:
        await op.find("speed_limit")
        look(op, "限速 · 0–10000 Mbit/s")
        await op.type("50000")
        look(op, "50000 大于最大值 10000 Mbit/s", "1 个错误")
        await op.press("ctrl+s")
        look(op, "复核", "1 处修改")
        await op.press("y")
        look(op, "先更正 1 个错误")
        await op.press("n")
        await op.find("speed_limit")
        await op.type("50")
        look(op, "= 50 Mbit/s")
        await op.press("ctrl+s", "y")
        look(op, "已保存。服务端现有的值：", "已生效")


async def test_leaving_with_changes_asks_in_chinese(service: Service) -> None:
    async with operator(service.session, REFERENCE, size=(80, 24)) as op:
        await op.find("priority")
        await op.press("2")
        await op.press("ctrl+q")
        look(op, "1 处修改未发送。退出并丢弃？", "y 是 · n 否")


async def test_a_conflict_is_decided_in_chinese(service: Service) -> None:
    async with operator(service.session, REFERENCE, size=(100, 30)) as op:
        await op.find("name")
        await op.type("mine")
        await service.elsewhere(REFERENCE, {"name": "theirs"})
        await op.press("ctrl+s")
        look(op, "冲突", "读取时", "对方，现在", "其他值")
        await op.press("m")
        look(op, "全部已定")


async def test_wide_names_are_cut_and_padded_by_the_cells_they_take(service: Service) -> None:
    await service.elsewhere(REFERENCE, {"name": "迁" * 60})
    async with operator(service.session, listing=service.session, size=(80, 24)) as op:
        look(op, *WIDE[:1])
        await op.type("迁迁")
        await op.press("enter")
        look(op, "迁迁 …")
        for columns in (61, 80, 99, 100, 133):
            await op.resize(columns, 24)
            look(op)
