"""What is taken of the terminal and handed to it: the mouse, and texts for the clipboard, through tmux and screen."""

from __future__ import annotations

import base64
import os
import re

import pytest
from driver import operator
from hypothesis import given
from hypothesis import strategies as st
from service import REFERENCE

from sms_tui.ui.multiplexer import multiplexer
from sms_tui.ui.taking_out import MOST_FOR_CLIPBOARD, through_screen, to_clipboard

TEXTS = st.text(st.characters(codec="utf-8"), max_size=400)


def taken(sequences: str) -> str:
    """What a terminal puts into its clipboard."""
    found = re.fullmatch("\x1b]52;c;([^\a\x1b]*)\a", sequences)
    assert found is not None
    return base64.b64decode(found[1]).decode()


@given(TEXTS)
def test_screen_hands_on_short_pieces_that_are_one_sequence_together(text):
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", through_screen(text), re.DOTALL)
    assert "".join(f"\x1bP{piece}\x1b\\" for piece in pieces) == through_screen(text)
    assert max(map(len, pieces)) <= 76
    assert taken("".join(pieces)) == text


def test_the_sequence_is_wrapped_for_what_runs_around_the_program():
    assert taken(to_clipboard("ä", {})) == "ä"
    assert to_clipboard("ä", {"STY": "1.pts"}) == through_screen("ä")
    tmux = to_clipboard("ä", {"TMUX": "/tmp/tmux,1,0"})
    bare, _, rest = tmux.partition("\x1bPtmux;")
    assert taken(bare) == taken(rest.removesuffix("\x1b\\").replace("\x1b\x1b", "\x1b")) == "ä"


@pytest.mark.parametrize(
    ("parents", "inner"),
    [
        (["bash", "screen", "bash", "tmux: server"], "screen"),
        (["bash", "tmux: server", "bash", "SCREEN"], "tmux"),
        (["a) (b", "SCREEN"], "screen"),
        (["bash"], "tmux"),
    ],
)
def test_of_one_multiplexer_in_the_other_it_is_the_inner(tmp_path, parents, inner):
    processes = [os.getpid(), *range(900_001, 900_001 + len(parents)), 1]
    for process, name, parent in zip(processes, ["python", *parents], processes[1:], strict=False):
        (tmp_path / str(process)).mkdir()
        (tmp_path / str(process) / "stat").write_text(f"{process} ({name}) S {parent} 1 1")
    nested = {"TMUX": "/tmp/tmux,1,0", "STY": "1.pts"}
    assert multiplexer(nested, tmp_path) == inner
    assert multiplexer(nested, tmp_path / "none") == "tmux"


async def test_what_is_too_long_for_a_clipboard_is_not_sent_and_a_file_is_named(session, monkeypatch):
    async with operator(session, REFERENCE) as op:
        sent: list[str] = []
        monkeypatch.setattr(op.app._driver, "write", sent.append)
        op.app.copy_to_clipboard("x" * (MOST_FOR_CLIPBOARD + 1))
        await op.idle()
        op.see("too long for a terminal's clipboard; alt+w writes a file")
        assert sent == []


async def test_the_text_of_the_json_view_is_written_to_a_file(session, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with operator(session, REFERENCE) as op:
        await op.find("target_server.disks[0]")
        await op.press("escape", "ctrl+e", "alt+w", "enter")
        op.see("Written to text.json")
        assert (tmp_path / "text.json").read_text() == op.app.screen.text.text + "\n"


class Driver:
    """A terminal with a mouse."""

    _mouse = True

    def __init__(self) -> None:
        self.done: list[str] = []

    def _enable_mouse_support(self) -> None:
        assert self._mouse
        self.done.append("taken")

    def _disable_mouse_support(self) -> None:
        assert self._mouse
        self.done.append("left")


async def test_the_mouse_is_left_to_the_terminal_and_taken_again(session, monkeypatch):
    async with operator(session, REFERENCE) as op:
        await op.press("alt+m")
        op.see("There is no mouse to leave here.")
        real, driver = op.app._driver, Driver()
        monkeypatch.setattr(op.app, "_driver", driver)
        op.app.action_mouse()
        assert (driver.done, driver._mouse) == (["left"], False)
        op.app.action_mouse()
        assert (driver.done, driver._mouse) == (["left", "taken"], True)
        monkeypatch.setattr(op.app, "_driver", real)


async def test_ctrl_c_tells_what_quits(session):
    async with operator(session, REFERENCE) as op:
        await op.press("ctrl+c")
        op.see("ctrl+q quits.")
