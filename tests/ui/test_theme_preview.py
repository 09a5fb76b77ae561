"""Themes in the command palette: one is shown while the cursor is on it, and stays if it is chosen."""

from __future__ import annotations

import shutil
from pathlib import Path

from driver import Operator, operator
from service import REFERENCE

from sms_tui.ui.themes import Themes

THEMES = Path(__file__).parent.parent.parent / "themes"


def ground(op: Operator) -> str:
    """The colour of the first cell of the screen, which the palette does not cover."""
    first = next(iter(op.app.screen_stack[-2].query("TitleBar").first().render_line(0)))
    assert first.style is not None
    assert first.style.bgcolor is not None
    return first.style.bgcolor.name


async def test_moving_over_a_theme_shows_it_and_escape_restores(session):
    async with operator(session, REFERENCE) as op:
        await op.press("ctrl+p")
        await op.type("theme")
        seen = [ground(op)]
        for _ in Themes().names()[1:]:
            await op.press("down")
            seen.append(ground(op))
        assert len(set(seen)) > 5
        assert op.app.theme == "tritanopia"
        await op.press("escape")
        assert op.app.theme == "sms-dark"


async def test_what_is_no_theme_is_shown_as_it_was(session):
    async with operator(session, REFERENCE) as op:
        await op.press("ctrl+p")
        await op.type("theme nord")
        assert op.app.theme == "nord"
        for _ in "theme nord":
            await op.press("backspace")
        assert op.app.theme == "sms-dark"


async def test_a_theme_that_cannot_be_used_says_why_and_changes_nothing(session, tmp_path):
    shutil.copy(THEMES / "nord.toml", tmp_path / "ours.toml")
    (tmp_path / "zz.toml").write_text('[palette]\nred = "rot"\n[roles]\n')
    async with operator(session, REFERENCE, themes=Themes(tmp_path)) as op:
        await op.press("ctrl+p")
        await op.type("theme ours")
        assert op.app.theme == "ours"
        await op.press(*["backspace"] * 4)
        await op.type("zz")
        op.see('zz.toml, line 2: red = "rot" is no colour')
        assert op.app.theme == "sms-dark"
        await op.press("enter")
        assert op.app.theme == "sms-dark"
        op.see("zz.toml, line 2:")
