"""What a terminal is sent: the colours and signs that it has, in the theme that was asked for."""

from __future__ import annotations

import re
import shutil
from argparse import Namespace
from pathlib import Path

import pytest
from cli_helpers import Run, Terminal, terminal

from sms_tui.cli.settings import look
from sms_tui.cli.signs import needs_ascii

THEMES = Path(__file__).parent.parent.parent / "themes"
EXAMPLE = Path(__file__).parent.parent / "data" / "reference_example.json"
EDIT = ("edit", "--file", str(EXAMPLE))


@pytest.mark.parametrize(
    ("environ", "ascii"),
    [
        ({}, False),
        ({"LANG": "C"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),  # what Python makes of LANG=C
        ({"LC_CTYPE": "C.UTF-8"}, False),  # what Python makes of no locale
        ({"LANG": "C", "LC_CTYPE": "zh_CN.UTF-8"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, True),
        ({"LANG": "C", "LC_ALL": "C.utf8"}, False),
        ({"LANG": "en_US.utf8"}, False),
        ({"LANG": "en_US.ISO-8859-1"}, True),
        ({"LANG": "C.UTF-8", "TERM": "linux"}, True),
        ({"LANG": "C.UTF-8", "TERM": "vt220"}, True),
        ({"LANG": "C.UTF-8", "TERM": "tmux-256color"}, False),
    ],
)
def test_ascii_is_drawn_where_the_environment_tells_of_no_more(environ: dict[str, str], ascii: bool) -> None:
    assert needs_ascii(environ) is ascii


def colours(screen: Terminal) -> set[str]:
    """Every colour that is on the screen: a name for one of the sixteen, else red, green and blue."""
    return {colour for row in screen._screen.buffer.values() for cell in row.values() for colour in (cell.fg, cell.bg)}


def edited(*options: str, **environ: str) -> tuple[str, set[str], bytes]:
    """The editor on its example: its text, its colours, and all that was sent."""
    with terminal(*EDIT, *options, environ={"COLORTERM": "", **environ}) as screen:
        screen.see("! source_server")
        text, seen = screen.text, colours(screen)
        screen.type("\x11")
        assert screen.ended() == 0
        return text, seen, screen.sent


SGR = re.compile(rb"\x1b\[([0-9;]*)m")


@pytest.mark.parametrize("kind", ["linux", "screen"])
def test_a_terminal_of_16_colours_is_sent_no_others(kind: str) -> None:
    text, seen, sent = edited(TERM=kind)
    codes = {code for found in SGR.findall(sent) for code in found.split(b";")}
    assert not codes & {b"38", b"48"}
    assert "brightbrown" in seen
    assert text.isascii() is (kind == "linux")


def test_inside_tmux_the_palette_of_256_is_used() -> None:
    _, _, sent = edited(TERM="tmux-256color")
    assert b"38;5;" in sent
    assert b"38;2;" not in sent


def test_no_color_sends_no_colour_at_all() -> None:
    text, seen, _ = edited(TERM="xterm-256color", NO_COLOR="1")
    assert seen == {"default"}
    assert "▾ MigrationTask" in text


def test_ascii_is_all_that_is_sent_in_the_locale_c() -> None:
    text, _, sent = edited(LANG="C")
    assert text.isascii()
    assert sent.isascii()


@pytest.mark.parametrize(
    ("option", "setting", "locale", "ascii"),
    [(None, "", "C", True), (None, "", "C.UTF-8", False), ("on", "off", "C.UTF-8", True), (None, "off", "C", False)],
)
def test_the_option_goes_before_the_config_file_and_this_before_the_locale(
    environment: Path, option: str | None, setting: str, locale: str, ascii: bool
) -> None:
    (environment / "config.toml").write_text(f'ascii = "{setting}"\n' if setting else "")
    assert look(Namespace(ascii=option, no_diff=False), {"LANG": locale}).ascii is ascii


def test_an_own_theme_is_used_by_its_name(environment: Path) -> None:
    (environment / "themes").mkdir()
    shutil.copy(THEMES / "terminal.toml", environment / "themes" / "mine.toml")
    (environment / "config.toml").write_text('theme = "mine"\n')
    _, _, sent = edited(TERM="xterm-256color", COLORTERM="truecolor")
    assert b"38;" not in sent


@pytest.mark.parametrize("chosen", ["--theme", "theme in the config file"])
def test_a_theme_that_cannot_be_used_is_told_with_file_and_line(environment: Path, chosen: str) -> None:
    file = environment / "themes" / "mine.toml"
    file.parent.mkdir()
    file.write_text((THEMES / "nord.toml").read_text().replace('error = "red"', 'error = "rot"'))
    line = next(at for at, text in enumerate(file.read_text().splitlines(), 1) if text.startswith("error"))
    if chosen != "--theme":
        (environment / "config.toml").write_text('theme = "mine"\n')
    with terminal(*EDIT, *(("--theme", "mine") if chosen == "--theme" else ()), columns=300) as screen:
        assert screen.ended() == 2
        assert screen.text == f'{file}, line {line}: error = "rot": [palette] has no rot.'


def test_ascii_in_the_config_file_is_on_or_off(environment: Path, run: Run) -> None:
    (environment / "config.toml").write_text('ascii = "yes"\n')
    ran = run(*EDIT)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith('ascii must be "on" or "off".\n')


def test_plain_mode_is_an_option_and_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert not look(Namespace(no_diff=False), {}).plain
    assert look(Namespace(no_diff=False, plain="on"), {}).plain
    (tmp_path / "sms-tui").mkdir()
    (tmp_path / "sms-tui" / "config.toml").write_text('plain = "on"\n', "utf-8")
    assert look(Namespace(no_diff=False), {}).plain
