"""Theme files: what is in one, what is wrong with one and where, and the operator's own beside those of the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sms_tui.ui.themes import ROLES, ThemeError, Themes

THEMES = Path(__file__).parent.parent.parent / "themes"
GOOD = (THEMES / "nord.toml").read_text("utf-8")


def told(tmp_path: Path, text: str | bytes) -> str:
    """What is said of a file that is no theme."""
    file = tmp_path / "mine.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ThemeError) as caught:
        Themes(tmp_path).read("mine")
    return str(caught.value).removeprefix(str(file))


def line_of(text: str, start: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith(start))


def test_there_are_a_dark_a_light_and_six_more():
    assert Themes().names() == sorted(file.stem for file in THEMES.glob("*.toml"))
    assert {"sms-dark", "sms-light", "high-contrast", "deuteranopia", "tritanopia", "nord", "gruvbox", "terminal"} <= {
        *Themes().names()
    }


@pytest.mark.parametrize("name", Themes().names())
def test_a_theme_gives_every_role_a_colour(name):
    assert set(Themes().read(name).roles) == set(ROLES)


def test_the_first_theme_says_of_every_role_what_it_is_for():
    lines = (THEMES / "sms-dark.toml").read_text("utf-8").splitlines()
    assert [line.split(" = ")[0] for line in lines if re.match(r"[a-z0-9-]+ = \"[a-z]+\"", line)] == list(ROLES)


def test_own_themes_stand_beside_the_others_and_go_before_one_of_the_same_name(tmp_path):
    (tmp_path / "mine.toml").write_text(GOOD)
    (tmp_path / "sms-light.toml").write_text(GOOD)
    (tmp_path / ".mine.toml.swp.toml").write_text("")
    (tmp_path / "notes.txt").write_text("")
    themes = Themes(tmp_path)
    assert themes.names() == sorted([*Themes().names(), "mine"])
    assert themes.read("mine").roles == themes.read("sms-light").roles == themes.read("nord").roles


def test_only_the_file_of_the_theme_that_is_wanted_is_read(tmp_path):
    (tmp_path / "broken.toml").write_text("[")
    assert Themes(tmp_path).read("nord").name == "nord"


@pytest.mark.parametrize("name", ["neon", "", "../themes/nord", "nord.toml", ".."])
def test_a_name_that_is_none_is_told_with_those_there_are(name):
    with pytest.raises(
        ThemeError, match=f"There is no theme {re.escape(name)}; the themes are .*gruvbox, .*tritanopia."
    ):
        Themes().read(name)


@pytest.mark.parametrize(
    ("line", "instead", "says"),
    [
        ("error = ", 'error = "rde"', 'error = "rde": [palette] has no rde'),
        ("error = ", 'eror = "red"', "there is no role eror; error may be meant"),
        ("error = ", "error = 3", "error must be a text in quotes"),
        ("red = ", 'red = "crimson"', 'red = "crimson" is no colour; write it like "#rrggbb", "#rgb", "ansi_red"'),
        ("red = ", 'red = "#ff00"', 'red = "#ff00" is no colour'),
        ("red = ", 'red = "ansi_pink"', 'red = "ansi_pink" is no colour'),
        ("red = ", "red = #ff0000", "not TOML that can be read: Invalid value"),
        ("red = ", 'red = "#ff0000', "not TOML that can be read"),
        (
            "[palette]",
            "dark = true\n[palette]",
            "there is no place for dark in a theme, only the tables [palette], [roles] and [sixteen]",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, line, instead, says):
    at = line_of(GOOD, line)
    whole = next(found for found in GOOD.splitlines() if found.startswith(line))
    assert told(tmp_path, GOOD.replace(whole, instead, 1)).startswith(f", line {at}: {says}")


@pytest.mark.parametrize(
    ("line", "instead", "says"),
    [
        ("snow = ", 'snow = "#ffffff"', 'snow is none of the terminal\'s own colours; write it like "ansi_red"'),
        ("snow = ", "snow = []", "snow must be a text in quotes"),
        ("snow = ", 'snov = "ansi_white"', "[palette] has no snov"),
    ],
)
def test_what_is_wrong_with_the_colours_for_a_terminal_of_16_is_told_with_its_line(tmp_path, line, instead, says):
    before, few = GOOD.split("[sixteen]")
    few = f"[sixteen]{few}"
    whole = next(found for found in few.splitlines() if found.startswith(line))
    at = before.count("\n") + line_of(few, line)
    assert told(tmp_path, before + few.replace(whole, instead, 1)).startswith(f", line {at}: {says}")


def test_colours_for_a_terminal_of_16_that_lack_are_named(tmp_path):
    before, few = GOOD.split("[sixteen]")
    lacking = before + "[sixteen]" + few.replace('dusk = "ansi_black"\n', "").replace('red = "ansi_bright_red"\n', "")
    assert told(tmp_path, lacking) == f", line {line_of(lacking, '[sixteen]')}: [sixteen] lacks dusk, red."
    assert told(tmp_path, f"sixteen = 16\n{before}") == ", line 1: the theme lacks the table [sixteen]."


def test_a_colour_table_of_another_name_is_missed(tmp_path):
    assert told(tmp_path, GOOD.replace("[palette]", "[colours]")) == ", line 1: the theme lacks the table [palette]."


def test_roles_that_lack_are_all_named_with_the_line_of_their_table(tmp_path):
    left = re.sub(r"(?m)^(volume-[35]|text) = .*\n", "", GOOD)
    assert told(tmp_path, left) == f", line {line_of(left, '[roles]')}: [roles] lacks text, volume-3, volume-5."


def test_the_first_of_many_faults_is_told(tmp_path):
    bad = GOOD.replace('white = "#eceff4"', 'white = "#eceff"').replace('error = "red"', 'error = "rot"')
    assert told(tmp_path, bad).startswith(f", line {line_of(bad, 'white')}: white =")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", ", line 1: the theme lacks the table [palette]."),
        ("[palette]\n[roles]\n", ", line 2: [roles] lacks background, surface,"),
        ("palette = 1\n[roles]\n", ", line 1: the theme lacks the table [palette]."),
        (b'[palette]\nred = "\xff"\n', ", line 2: this is not UTF-8 text."),
        ("x = " + "[" * 5000, " is not TOML that can be read: it is nested too deeply."),
        ("x = " + "9" * 5000, ", line 1: not TOML that can be read"),
    ],
)
def test_a_file_of_anything_is_no_theme(tmp_path, text, says):
    assert told(tmp_path, text).startswith(says)


def test_a_file_that_cannot_be_read_is_told(tmp_path, monkeypatch):
    def refuse(file, *_):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "mine.toml").write_text(GOOD)
    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(ThemeError, match=r"Cannot read .*mine.toml: Permission denied\."):
        Themes(tmp_path).read("mine")


def test_a_table_within_a_line_has_a_line_too(tmp_path):
    roles = ", ".join(f"{role} = 'a'" for role in ROLES)
    assert told(tmp_path, f"palette = {{a = 'blau'}}\nroles = {{{roles}}}").startswith(
        ', line 1: a = "blau" is no colour'
    )
