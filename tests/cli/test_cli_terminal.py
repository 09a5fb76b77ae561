"""On a terminal: the question before an update, terminals that cannot be used, and the demo."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cli_helpers import BodyFile, terminal
from recording_service import TASK_ID, RecordingService

from sms_tui.cli.tui import set_textual
from sms_tui.ui.themes import Themes

BODY = '{"speed_limit": 50}'


@pytest.mark.parametrize("answer", ["y", "Yes"])
def test_a_yes_sends_the_change_that_was_shown(service: RecordingService, body_file: BodyFile, answer: str) -> None:
    with terminal("apply", TASK_ID, body_file(BODY)) as screen:
        screen.see(f"Send this change to {service.url.removeprefix('http://')}? [y/N]")
        assert screen.text.startswith("speed_limit: 0 -> 50")
        assert not service.sent
        screen.type(f"{answer}\r")
        assert screen.ended() == 0
        assert screen.text.endswith("speed_limit: kept")
    assert service.sent == [b'{"speed_limit":50}']


@pytest.mark.parametrize("answer", ["\r", "yesterday\r", "\x04"])
def test_anything_else_sends_nothing(service: RecordingService, body_file: BodyFile, answer: str) -> None:
    with terminal("apply", TASK_ID, body_file(BODY)) as screen:
        screen.see("[y/N]")
        screen.type(answer)
        assert screen.ended() == 1
        assert screen.text.endswith("Nothing was sent.")
    assert not service.sent


def test_one_interrupt_at_the_question_is_enough(service: RecordingService, body_file: BodyFile) -> None:
    with terminal("apply", TASK_ID, body_file(BODY)) as screen:
        screen.see("[y/N]")
        screen.interrupt()
        assert screen.ended() == 130
        assert "Traceback" not in screen.text
    assert not service.sent


def test_nothing_to_send_asks_nothing(service: RecordingService, body_file: BodyFile) -> None:
    with terminal("apply", TASK_ID, body_file('{"speed_limit": 0}')) as screen:
        assert screen.ended() == 0
        assert screen.text == "Nothing to send."


def test_the_answer_is_data_only_where_standard_output_goes_elsewhere(
    service: RecordingService, body_file: BodyFile, tmp_path: Path
) -> None:
    file = tmp_path / "out"
    with file.open("wb") as out, terminal("apply", TASK_ID, body_file(BODY), stdout=out.fileno()) as screen:
        screen.see("[y/N]")
        screen.type("y\r")
        assert screen.ended() == 0
    assert file.read_text() == "speed_limit: kept\n"


def test_a_change_that_is_shown_elsewhere_cannot_be_agreed_to(
    service: RecordingService, body_file: BodyFile, tmp_path: Path
) -> None:
    file = tmp_path / "err"
    with file.open("wb") as err, terminal("apply", TASK_ID, body_file(BODY), stderr=err.fileno()) as screen:
        assert screen.ended() == 2
    assert "there is no terminal to ask on" in file.read_text()
    assert not service.sent


@pytest.mark.parametrize(
    ("command", "environ", "size", "says"),
    [
        ((), {"TERM": "dumb"}, (100, 30), "TERM=dumb"),
        (("edit", TASK_ID), {"TERM": "dumb"}, (100, 30), "TERM=dumb"),
        (("demo",), {"TERM": ""}, (100, 30), "TERM is not set"),
        (("demo",), {}, (59, 30), "59 by 30; make it at least 60 by 16"),
        (("demo",), {}, (100, 15), "100 by 15; make it at least 60 by 16"),
    ],
)
def test_a_terminal_that_cannot_be_used_is_told(
    service: RecordingService, command: tuple[str, ...], environ: dict[str, str], size: tuple[int, int], says: str
) -> None:
    with terminal(*command, columns=size[0], lines=size[1], environ=environ) as screen:
        assert screen.ended() == 2
        assert says in screen.text.replace("\n", "")
        assert "Traceback" not in screen.text


def test_a_theme_there_is_not_is_told_with_those_there_are() -> None:
    with terminal("demo", "--theme", "neon") as screen:
        assert screen.ended() == 2
        assert screen.text.replace("\n", "") == f"There is no theme neon; the themes are {', '.join(Themes().names())}."


def test_a_theme_of_the_config_file_that_there_is_not_is_told_with_the_file(environment: Path) -> None:
    (environment / "config.toml").write_text('theme = "neon"')
    with terminal("demo", columns=400) as screen:
        assert screen.ended() == 2
        assert screen.text.startswith(f"{environment / 'config.toml'}: There is no theme neon; the themes are ")


def test_the_demo_shows_its_tasks_and_ends_on_ctrl_q() -> None:
    with terminal("demo") as screen:
        screen.see("crm-app-02")
        screen.type("\x11")
        assert screen.ended() == 0


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"STY": "1.pts", "COLORTERM": "truecolor"}, "256"),
        ({"STY": "1.pts", "COLORTERM": "truecolor", "TEXTUAL_COLOR_SYSTEM": "truecolor"}, "truecolor"),
        ({"STY": "1.pts", "COLORTERM": "truecolor", "TMUX": "/tmp/tmux"}, None),
        ({"STY": "1.pts"}, None),
        ({"COLORTERM": "truecolor"}, None),
    ],
    ids=["screen", "told otherwise", "tmux", "few colours", "none"],
)
def test_gnu_screen_is_sent_no_colours_that_it_takes_for_attributes(
    environ: dict[str, str], colours: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("STY", "TMUX", "COLORTERM", "TEXTUAL_COLOR_SYSTEM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    set_textual()
    assert os.environ.get("TEXTUAL_COLOR_SYSTEM") == colours
