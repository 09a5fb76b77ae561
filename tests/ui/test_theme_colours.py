"""The themes that come with the program can be read: by role, by what is drawn, with fewer colours, by other eyes."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from colour_sums import TERMINALS, Rgb, contrast, difference, rgb, rounded
from driver import Operator, operator
from rich.color import ColorSystem
from rich.style import Style
from service import Service

from sms_tui.ui.painting import textual_theme
from sms_tui.ui.themes import GROUNDS, ROLES, VOLUME_COLOURS, Themes

THEMES = Path(__file__).parent.parent.parent / "themes"
NAMES = Themes().names()
IN_RGB = [name for name in NAMES if name != "terminal"]
NO_TEXT = {*GROUNDS, "cursor", "cursor-text", "selection", "selection-text", "line"}
DRAWN_ON = [(role, ground) for role in ROLES if role not in NO_TEXT for ground in GROUNDS]
DRAWN_ON += [("cursor-text", "cursor"), ("selection-text", "selection")]
VOLUMES = [f"volume-{number}" for number in range(1, VOLUME_COLOURS + 1)]
CONFUSABLE = [
    *combinations(["error", "warning", "changed"], 2),
    *combinations([role for role in ROLES if role.startswith("state-")], 2),
    *combinations([role for role in ROLES if role.startswith("json-")], 2),
    *zip(VOLUMES, [*VOLUMES[1:], VOLUMES[0]], strict=True),
    ("used", "free"),
    ("used", "group"),
]
TOO_MANY = {"sms-light": ("state-ready", "state-done"), "high-contrast": ("state-ready", "state-stopped")}
"""States for which sixteen colours have no further one that can be read; their words tell them apart."""
EYES = [("deuteranopia", "deuteranopia"), ("deuteranopia", "protanopia"), ("tritanopia", "tritanopia")]
"""The themes for certain eyes, with those."""
LINES = set("─│╭╮╰╯░▁▂▃▄▅▆▇")
"""Signs of which a reader needs no more than that they are there."""


def least(name: str) -> float:
    """The contrast that text needs in a theme."""
    return 7.0 if name == "high-contrast" else 4.5


def unreadable(colours: dict[str, Rgb], need: float) -> list[str]:
    found = [(role, ground, contrast(colours[role], colours[ground])) for role, ground in DRAWN_ON]
    return [f"{role} on {ground}: {sum:.2f}" for role, ground, sum in found if sum < need]


@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize("name", NAMES)
def test_every_text_has_contrast_on_every_ground(name, terminal):
    colours = {role: rgb(colour, terminal) for role, colour in Themes().read(name).roles.items()}
    assert unreadable(colours, least(name)) == []
    assert all(contrast(colours["line"], colours[ground]) >= 3 for ground in GROUNDS[:2])


@pytest.mark.parametrize("name", IN_RGB)
def test_every_text_has_contrast_in_256_colours_too(name):
    theme = textual_theme(Themes().read(name), ColorSystem.EIGHT_BIT)
    colours = {role: rounded(theme.variables[role]) for role in ROLES}
    assert unreadable(colours, least(name)) == []


@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize("name", IN_RGB)
def test_every_text_has_contrast_in_16_colours_too(name, terminal):
    colours = {role: rgb(colour, terminal) for role, colour in Themes().read(name).sixteen.items()}
    assert unreadable(colours, least(name)) == []
    assert all(contrast(colours["line"], colours[ground]) >= 3 for ground in GROUNDS)


@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize(
    ("name", "eyes"),
    [*((name, "") for name in IN_RGB), *EYES],
)
def test_what_could_be_confused_looks_different_in_16_colours_too(name, eyes, terminal):
    roles = Themes().read(name).sixteen
    colours = {role: rgb(roles[role], terminal) for role in ROLES}
    pairs = [pair for pair in CONFUSABLE if pair != TOO_MANY.get(name)]
    assert [pair for pair in pairs if difference(colours[pair[0]], colours[pair[1]], eyes) < 13] == []


@pytest.mark.parametrize(("name", "like"), [("nord", "terminal"), ("sms-light", "sms-light")])
async def test_a_theme_that_says_nothing_of_16_colours_is_drawn_in_those_of_another(name, like, tmp_path, monkeypatch):
    text = (THEMES / f"{name}.toml").read_text("utf-8")
    (tmp_path / "mine.toml").write_text(text.partition("[sixteen]")[0])
    session = Service().session
    async with operator(session, listing=session) as op:
        op.app.themes = Themes(tmp_path)
        monkeypatch.setattr(op.app.console, "_color_system", ColorSystem.STANDARD)
        assert op.app.wear("mine") == ""
        wanted = Themes().read(like)
        assert op.app.current_theme.variables.items() >= (wanted.sixteen or wanted.roles).items()
        assert op.app.current_theme.dark == (name == "nord")


@pytest.mark.parametrize("name", NAMES)
def test_what_could_be_confused_looks_different(name):
    roles = Themes().read(name).roles
    close = [pair for pair in CONFUSABLE if difference(rgb(roles[pair[0]]), rgb(roles[pair[1]])) < 15]
    assert close == []


@pytest.mark.parametrize(
    ("name", "eyes"),
    EYES,
)
def test_what_could_be_confused_looks_different_to_the_eyes_that_a_theme_is_for(name, eyes):
    roles = Themes().read(name).roles
    close = [pair for pair in CONFUSABLE if difference(rgb(roles[pair[0]]), rgb(roles[pair[1]]), eyes) < 15]
    assert close == []


def test_the_simulation_finds_what_colour_blind_eyes_confuse():
    red, green, blue, teal = rgb("#cc4422"), rgb("#667722"), rgb("#2255cc"), rgb("#117788")
    assert difference(red, green) > 60 > 35 > difference(red, green, "deuteranopia")
    assert difference(blue, teal) > 45 > 30 > difference(blue, teal, "tritanopia")


def test_only_the_theme_for_few_colours_is_made_of_the_terminals_own():
    own = {name: {colour.startswith("ansi_") for colour in Themes().read(name).roles.values()} for name in NAMES}
    assert own == {name: {name == "terminal"} for name in NAMES}


def drawn(op: Operator) -> list[tuple[str, Style]]:
    """The texts on the screen with how they are drawn."""
    strips = op.app.screen._compositor.render_strips()
    return [(segment.text.strip(), segment.style) for strip in strips for segment in strip if segment.text.strip()]


def faint(op: Operator, need: float) -> list[str]:
    """What on the screen has too little contrast."""
    found = []
    for text, style in drawn(op):
        assert style.color is not None
        assert style.bgcolor is not None
        assert style.color.triplet is not None, text
        assert style.bgcolor.triplet is not None, text
        sum = contrast(rgb(style.color.triplet.hex), rgb(style.bgcolor.triplet.hex))
        if sum < (3 if set(text) <= LINES else need):
            found.append(f"{text!r} {style.color.triplet.hex} on {style.bgcolor.triplet.hex}: {sum:.2f}")
    return found


async def test_whatever_is_drawn_has_contrast():
    session = Service().session
    async with operator(session, listing=session, size=(120, 45)) as op:
        scenes: list[tuple[str, list[str], str]] = [
            ("list", ["down"], ""),
            ("editor", ["enter", "f8"], ""),
            ("find", ["ctrl+f"], "speed_limit"),
            ("a value that is wrong", ["enter"], "99999"),
            ("JSON", ["enter", "ctrl+e", "shift+down"], ""),
            ("map", ["escape", "tab", "tab", "right"], ""),
            ("review", ["ctrl+s"], ""),
        ]
        name = "high-contrast"
        assert op.app.wear(name) == ""
        for scene, keys, text in scenes:
            await op.press(*keys)
            await op.type(text)
            assert len(drawn(op)) > 15
            assert faint(op, least(name)) == [], scene
