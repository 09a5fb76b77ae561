"""Terminals without colours, or without signs beyond ASCII: everything can still be read and told apart."""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from driver import Operator, operator
from rich.color import ColorSystem
from rich.segment import Segment
from service import REFERENCE, Service
from textual.color import Color

from sms_tui.session.picture.lines import _WIDE_SINCE_UNICODE_16
from sms_tui.session.picture.signs import ASCII, UNICODE
from sms_tui.ui.ascii import TWINS, AsciiSigns
from sms_tui.ui.marks import SIGNS
from sms_tui.ui.mirror import colours_of
from sms_tui.ui.painting import Themed
from sms_tui.ui.themes import Themes

PACKAGE = Path(__file__).parent.parent.parent / "sms_tui"
NO_COLOR = {"NO_COLOR": "1"}
DISK = "target_server.disks[0].physical_volumes[1]"


def texts(file: Path) -> Iterator[str]:
    """The texts in a module that are no docstrings."""
    tree = ast.parse(file.read_text("utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_every_sign_that_is_drawn_has_a_twin_in_ascii():
    files = [
        file for layer in ("ui", "session", "document", "schema", "api") for file in (PACKAGE / layer).rglob("*.py")
    ]
    written = {character for file in files for text in texts(file) for character in text}
    signs = {sign for sign in written if not sign.isascii() and not _WIDE_SINCE_UNICODE_16.match(sign)}
    drawn = {sign for sign in signs if unicodedata.category(sign) in ("Sm", "So", "Po", "Pd", "Pi", "Pf")}
    assert {"✗", "●", "…", "█"} <= drawn
    assert {sign for sign in drawn if ord(sign) not in TWINS} - set("、。，：；（）「」！？”’") == set()


def test_a_twin_is_one_ascii_character():
    assert all(twin.isascii() and len(twin) == 1 and twin.isprintable() for twin in TWINS.values())


def test_signs_that_stand_in_one_place_have_twins_that_differ():
    for together in ([SIGNS["error"], SIGNS["warning"], "●", " "], "▾▸", "●○", "▲▼", "█░·?!", "►◄"):
        assert len({sign.translate(TWINS) for sign in together}) == len(together)


@pytest.mark.parametrize("sign", [UNICODE.used, UNICODE.free, UNICODE.left, UNICODE.right, UNICODE.cut, UNICODE.failed])
def test_a_picture_has_the_twins_that_show_draws_with(sign):
    name = next(name for name in UNICODE._fields if getattr(UNICODE, name) == sign)
    assert sign.translate(TWINS) == getattr(ASCII, name)


def test_text_of_a_task_stays_as_it_is():
    kept = [Segment("财务系统 é"), Segment("plain")]
    assert AsciiSigns().apply(kept, Color(0, 0, 0)) == kept


def lines(op: Operator) -> list[list[Segment]]:
    return [list(strip) for strip in op.app.screen._compositor.render_strips()]


def at_cursor(op: Operator) -> list[str]:
    """The texts that are drawn reversed, a line each."""
    reversed_ = ["".join(part.text for part in line if part.style and part.style.reverse) for line in lines(op)]
    return [text.strip() for text in reversed_ if text.strip()]


async def test_without_colours_no_cell_has_one_and_every_mark_can_be_read():
    async with operator(Service().session, REFERENCE, theme="", environ=NO_COLOR) as op:
        assert op.app.theme == "terminal"
        await op.find(f"{DISK}.used_size")
        await op.type("41G")
        await op.find("speed_limit")
        await op.type("99999")
        op.see("1 error", "2 changes", "✗●speed_limit", "Disks")
        styles = {part.style for line in lines(op) for part in line if part.style}
        assert {colour.name for style in styles for colour in (style.color, style.bgcolor) if colour} == {"default"}


async def test_without_colours_the_cursor_is_reversed_wherever_it_is():
    async with operator(Service().session, REFERENCE, theme="", environ=NO_COLOR) as op:
        assert any("MigrationTask" in text for text in at_cursor(op))
        await op.press("enter", "down")
        assert any(text.startswith("type") for text in at_cursor(op))
        await op.press("ctrl+f")
        await op.type("speed_li")
        assert any(text.startswith("speed_limit") for text in at_cursor(op))


async def test_without_colours_the_block_under_the_cursor_of_the_map_differs_from_the_others():
    async with operator(Service().session, REFERENCE, theme="", environ=NO_COLOR) as op:
        op.app.set_focus(op.app.screen.picture)
        await op.press("home")
        picture = op.app.screen.picture
        seen = set()
        for _ in range(3):
            await op.press("right")
            row = [(part.text, part.style.reverse) for part in picture.render_line(picture.cursor) if part.style]
            seen.add(tuple(row))
        assert len(seen) == 3


async def test_in_ascii_a_whole_edit_is_drawn_with_ascii():
    async with operator(Service().session, REFERENCE, ascii=True) as op:
        await op.find(f"{DISK}.used_size")
        await op.type("41G")
        await op.find("speed_limit")
        await op.type("99999")
        op.see("x@speed_limit", "!@", "v MigrationTask", "[Y: NTFS", "+- Disks -")
        assert op.screen.isascii(), op.screen
        await op.press("ctrl+p")
        assert op.screen.isascii(), op.screen
        await op.press("escape", "ctrl+e")
        assert op.screen.isascii(), op.screen
        await op.press("escape", "ctrl+s")
        assert op.screen.isascii(), op.screen


@pytest.mark.parametrize(
    ("environ", "system", "theme"),
    [
        ({"TERM": "linux"}, ColorSystem.STANDARD, "terminal"),
        ({"TERM": "screen"}, ColorSystem.STANDARD, "terminal"),
        ({"TERM": "tmux-256color"}, ColorSystem.EIGHT_BIT, "sms-dark"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, ColorSystem.TRUECOLOR, "sms-dark"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, ColorSystem.TRUECOLOR, "terminal"),
    ],
)
def test_the_theme_is_chosen_by_the_colours_that_a_terminal_has(monkeypatch, environ, system, theme):
    for name in ("TERM", "COLORTERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    app = Themed()
    app.dress(Themes(), "", ascii=False)
    assert (colours_of(app.console), app.theme) == (system, theme)


def test_a_theme_of_the_terminals_own_colours_is_sent_as_such(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    app = Themed()
    app.dress(Themes(), "terminal", ascii=False)
    assert app.native_ansi_color
    assert list(app.get_line_filters()) == []
