"""Keys from the config file, the mouse, and the clipboard, in a real terminal."""

from __future__ import annotations

import base64
from pathlib import Path

from sample_tasks import reference_task
from terminal import CTRL_P, DOWN, ESCAPE

MOUSE_TAKEN, MOUSE_LEFT = b"\x1b[?1000h", b"\x1b[?1000l"


def configure(environment: dict[str, str], text: str) -> Path:
    file = Path(environment["XDG_CONFIG_HOME"]) / "sms-tui" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return file


def test_two_commands_on_one_key_end_the_start_with_both_names(start, environment):
    configure(environment, '[keys]\nundo = "ctrl+y"\nadd = "d"\n')
    terminal = start("demo")
    assert terminal.exit_code() == 2
    assert terminal.sees("[keys] undo and redo both have ctrl+y; give one of them another key.")
    assert terminal.sees("[keys] add and delete both have d; give one of them another key.")
    assert not terminal.sees("\\u000a")


def test_another_key_from_the_config_file_is_in_the_bar_and_works(edit, environment):
    configure(environment, '[keys]\nundo = "f4"\ncommands = ["f2", "ctrl+p"]\n')
    terminal, _ = edit(reference_task())
    terminal.await_text("F4 Undo", "F2 Commands")
    terminal.send("\x1bOQ")
    terminal.await_text("(Undo) Nothing to undo.")
    terminal.send(CTRL_P)
    terminal.await_gone("Nothing to undo")
    terminal.send("\x1bOS")
    terminal.await_text("Nothing to undo.")


def test_without_the_mouse_it_is_not_asked_for_until_a_key_takes_it_and_leaves_it_again(start, service):
    terminal = start("edit", service.add(reference_task()), "--endpoint", service.url, "--no-mouse")
    terminal.await_text("Service-owned", "/ Find")
    assert MOUSE_TAKEN not in terminal.raw
    terminal.send("\x1bm")
    terminal.await_text("The mouse is taken")
    assert MOUSE_TAKEN in terminal.raw
    assert MOUSE_LEFT not in terminal.raw
    terminal.send("\x1bm")
    terminal.await_text("The mouse is the terminal's", "alt+m takes it again")
    assert MOUSE_LEFT in terminal.raw


def test_inside_screen_a_copy_comes_out_in_pieces(edit):
    terminal, _ = edit(reference_task(), STY="1.pts-0.host")
    terminal.send(DOWN, DOWN, "Y")
    terminal.await_text("Sent to the terminal's clipboard")
    path = terminal.text.partition("clipboard: ")[2].partition(" ")[0]
    coded = base64.b64encode(path.encode()).decode()
    assert f"\x1bP\x1b]52;c;{coded}\a\x1b\\".encode() in terminal.raw


def test_the_tour_is_shown_once_more_when_it_is_asked_for(start, environment):
    mark = Path(environment["XDG_STATE_HOME"]) / "sms-tui" / "tour-seen"
    mark.parent.mkdir(parents=True)
    mark.touch()
    terminal = start("demo", "--tour")
    terminal.await_text("open erp-db-01 with Enter", "14 tasks")
    terminal.send(ESCAPE)
    terminal.await_gone("open erp-db-01 with Enter")
