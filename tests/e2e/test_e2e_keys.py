"""Keys from the config file, the mouse, and the clipboard, in a real terminal."""

from __future__ import annotations

import base64
from pathlib import Path

from sample_tasks import reference_task
from terminal import CTRL_P, CTRL_Q, DOWN, ESCAPE

MOUSE_TAKEN, MOUSE_LEFT = b"\x1b[?1000h", b"\x1b[?1000l"


def configure(environment: dict[str, str], text: str) -> Path:
    file = Path(environment["XDG_CONFIG_HOME"]) / "sms-tui" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return file


def test_two_commands_on_one_key_end_the_start_with_both_names(start, environment):
    file = configure(environment, '[keys]\nundo = "ctrl+y"\nfold_al = "f6"\n')
    terminal = start("demo")
    assert terminal.exit_code() == 2
    assert terminal.sees("[keys] fold_al: there is no command of that name. Did you mean fold_all?")
    file.write_text('[keys]\nundo = "ctrl+y"\n')
    terminal = start("demo")
    assert terminal.exit_code() == 2
    assert terminal.sees("[keys] undo and redo both have ctrl+y; give one of them another key.")


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


def test_the_mouse_is_left_to_the_terminal_by_a_key_and_taken_again(edit):
    terminal, _ = edit(reference_task())
    before = terminal.raw.count(MOUSE_TAKEN)
    assert before
    terminal.send("\x1bm")
    terminal.await_text("The mouse is the terminal's", "alt+m takes it again")
    assert MOUSE_LEFT in terminal.raw
    terminal.send("\x1bm")
    terminal.await_text("The mouse is taken")
    assert terminal.raw.count(MOUSE_TAKEN) == before + 1


def test_without_the_mouse_it_is_never_asked_for_until_the_key(edit, start, service, environment):
    configure(environment, 'mouse = "off"\n')
    terminal, task_id = edit(reference_task())
    assert MOUSE_TAKEN not in terminal.raw
    terminal.send(CTRL_Q)
    assert terminal.exit_code() == 0
    terminal = start("edit", task_id, "--endpoint", service.url, "--no-mouse")
    terminal.await_text("Service-owned", "/ Find")
    assert MOUSE_TAKEN not in terminal.raw
    terminal.send("\x1bm")
    terminal.await_text("The mouse is taken")
    assert MOUSE_TAKEN in terminal.raw


def test_inside_screen_a_copy_comes_out_in_pieces(edit):
    terminal, _ = edit(reference_task(), STY="1.pts-0.host")
    terminal.send(DOWN, DOWN, "Y")
    terminal.await_text("Sent to the terminal's clipboard")
    path = terminal.text.partition("clipboard: ")[2].partition(" ")[0]
    coded = base64.b64encode(path.encode()).decode()
    assert f"\x1bP\x1b]52;c;{coded}\a\x1b\\".encode() in terminal.raw


def test_the_tour_is_shown_the_first_time_and_when_it_is_asked_for(start):
    def shows_tour(*words: str) -> bool:
        terminal = start("demo", *words)
        terminal.await_text("erp-db-01", "Enter Open", "14 tasks")
        terminal.send("?")
        terminal.await_text("Every key of this screen")
        terminal.send(ESCAPE)
        terminal.await_gone("Every key of this screen")
        seen = bool(terminal.sees("open erp-db-01 with Enter"))
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
        return seen

    assert [shows_tour(), shows_tour(), shows_tour("--tour")] == [True, False, True]
