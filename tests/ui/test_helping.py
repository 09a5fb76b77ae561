"""Help on whatever has the keyboard, the key sheet, and the palette that says why a command does nothing now."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from driver import Operator, operator
from service import REFERENCE
from textual.binding import Binding
from textual.screen import Screen

import sms_tui.ui
from sms_tui.ui.commands import Command, commands, offered
from sms_tui.ui.dialogs.confirm import ConfirmDialog
from sms_tui.ui.dialogs.help import HelpDialog

VOLUME = "target_server.disks[0].physical_volumes[1]"


def ui_classes() -> list[type]:
    """Every class of the interface."""
    names = [module.name for module in pkgutil.walk_packages(sms_tui.ui.__path__, "sms_tui.ui.")]
    found = [cls for name in names for cls in vars(importlib.import_module(name)).values() if isinstance(cls, type)]
    return sorted({cls for cls in found if cls.__module__.startswith("sms_tui.ui.")}, key=lambda cls: cls.__name__)


async def test_f1_tells_all_about_a_field(session):
    async with operator(session, REFERENCE) as op:
        await op.find(f"{VOLUME}.size")
        await op.type("41G")
        await op.press("f1")
        op.see("Capacity of the volume", "kept by           you", "unit              bytes", "required          no")
        op.see("now               44023414784 = 41 GiB", "as loaded         42423287808 = 39.5")
        op.see("example           42949672960 = 40 GiB", "limits            0 to 9,223,372,036,854,775,807")
        op.see("in the reference  size, Long, of TargetPhysicalVolumes (target volume)")
        op.see(f"path              {VOLUME}.size")


async def test_f1_in_the_tree_tells_of_the_entry_and_of_the_list(session):
    async with operator(session, REFERENCE) as op:
        await op.find(VOLUME)
        await op.press("escape", "f1")
        op.see("Target volume", "in the reference  TargetPhysicalVolumes", f"path              {VOLUME}")
        await op.press("f1", "p", "f1")
        op.see("Target disk")
        await op.press("f1")
        await op.find("target_server.disks")
        await op.press("f1")
        op.see("in the reference  disks, Array of TargetDisk objects, of TargetServer", "now               1 entry")


async def test_f1_twice_comes_back_and_the_field_is_still_being_edited(session):
    async with operator(session, REFERENCE) as op:
        await op.find("speed_limit")
        await op.press("f1", "f1")
        await op.type("70")
        op.see("= 70 Mbit/s")


async def test_the_key_sheet_has_the_keys_of_the_find_bar_before_anything_was_looked_for(session):
    async with operator(session, REFERENCE) as op:
        await op.press("question_mark", "end")
        op.see("While finding", "Go to the match")


async def test_f1_helps_in_the_list_the_review_the_find_bar_and_over_a_question(session):
    async with operator(session, listing=session) as op:
        await op.press("f1")
        op.see("Typing filters by name", "Open the task", "ctrl+r")
        await op.press("escape", "enter", "ctrl+f", "f1")
        op.see("Type part of a field's name", "While finding")
        await op.press("escape", "escape")
        await op.find("speed_limit")
        await op.type("5")
        await op.press("ctrl+s", "f1")
        op.see("Exactly what would be sent", "Submit")
        await op.press("escape", "n", "ctrl+q", "f1")
        op.see("A question that waits for y or n", "Yes")
        await op.press("escape")
        assert isinstance(op.app.screen, ConfirmDialog)


async def test_a_question_mark_in_the_tree_shows_every_key_by_where_it_works(session):
    async with operator(session, REFERENCE, size=(140, 130)) as op:
        await op.press("?")
        op.see("In the tree", "On entries, in the tree and in tables", "Moving about", "Everywhere")
        op.see(
            "ctrl+z           undo                 Undo",
            "F8               next_problem         Next problem",
            "/  ctrl+f",
        )
        await op.press("?", "escape")
        await op.find("name")
        await op.type("what?")
        op.see("what?")


async def test_the_sheet_has_every_binding_of_what_is_on_the_screen(session):
    async with operator(session, REFERENCE) as op:
        screen = op.app.screen
        told = {(type(command.node), command.action) for command in commands(screen)}
        assert told >= {(type(screen.task_tree), "screen.mirror"), (type(screen), "find"), (type(op.app), "quit")}
        assert {command.words for command in commands(screen)} >= {
            "Mark, for the keys here to work on all that is marked"
        }


def test_every_key_of_ours_has_words_or_stands_for_one_that_has():
    plumbing = {("escape", "clear"), ("ctrl+c", "tell_quit"), ("end", "end"), ("enter", "open"), ("down", "move(1)")}
    plumbing |= {
        ("up", "move(-1)"),
        ("enter", "enter_table"),
        ("ctrl+e", "screen.leave"),
        ("f7", "screen.next_change(1)"),
    }
    for cls in ui_classes():
        for binding in cls.__dict__.get("BINDINGS", ()):
            assert isinstance(binding, Binding)
            assert binding.description or binding.id or (binding.key, binding.action) in plumbing, (
                cls.__name__,
                binding.key,
            )


def test_every_screen_and_dialog_has_help():
    for cls in ui_classes():
        if issubclass(cls, Screen) and cls is not HelpDialog and not cls.__subclasses__():
            own = any(hasattr(cls, name) for name in ("HELP", "help_lines"))
            parts = cls.__name__ in ("EditorScreen", "PictureDialog")  # what has the keyboard there tells
            assert own or parts, f"{cls.__name__} has no HELP"


# The palette


def entry(op: Operator, words: str) -> Command:
    return next(command for command in offered(op.app.screen) if command.words == words)


async def test_the_palette_says_why_a_command_does_nothing_now(session):
    async with operator(session, REFERENCE) as op:
        await op.press("ctrl+p")
        op.see("(Undo) Nothing to undo.", "(Next change) No changes.")
        await op.type("undo")
        op.see("Not now: Nothing to undo.")
        await op.press("enter")
        op.see("Not now: Nothing to undo.", "Commands")
        await op.press("ctrl+p")
        op.see_not("Not now")
        await op.find("speed_limit")
        await op.type("5")
        await op.press("ctrl+p")
        await op.type("undo")
        op.see_not("Not now")
        await op.press("enter")
        op.see("Undone")


@pytest.mark.parametrize("place", ["", VOLUME])
async def test_what_the_palette_says_is_what_the_key_says(session, place):
    async with operator(session, REFERENCE) as op:
        if place:
            await op.find(place)
            await op.press("escape")
        refused = [command for command in offered(op.app.screen) if command.why_not]
        assert refused
        for command in refused:
            node, action = command.target
            await op.app.run_action(action, node)
            await op.idle()
            op.see(command.why_not[:100])
            assert op.app.screen is node.screen
        assert op.document.history == ()


async def test_a_key_and_the_one_that_is_shorter_are_one_command(session):
    async with operator(session, REFERENCE) as op:
        assert entry(op, "Put back the loaded value").keys == ("alt+u", "u")
        assert entry(op, "Show the list as a table").keys == ("alt+t", "t")


async def test_a_review_of_a_risky_change_says_why_y_is_not_enough(session):
    async with operator(session, REFERENCE) as op:
        await op.find("target_server.disks")
        await op.press("escape", "right", "d", "ctrl+s")
        op.see("Risky")
        assert "risky" in entry(op, "Submit").why_not
        await op.press("ctrl+p")
        await op.type("submit")
        op.see("Not now: This is risky")


def test_the_readme_names_every_key_and_no_other():
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    table = readme.partition("## Keys")[2].partition("\n\nSizes")[0]
    named = {key for row in table.splitlines()[4:] for key in re.findall(r"`([^`]+)`", row)}
    bound = {
        key for cls in ui_classes() for binding in cls.__dict__.get("BINDINGS", ()) for key in binding.key.split(",")
    }
    words = {"slash": "/", "question_mark": "?", "escape": "Esc", "enter": "Enter"}
    known = {words.get(key, key.upper() if re.fullmatch(r"f\d+", key) else key) for key in bound}
    others = {"$EDITOR", "word", "column:word", "[keys]", "config.toml"}
    assert named - known - others == set()
    commands_ = {
        "/",
        "a",
        "d",
        "c",
        "x",
        "C",
        "v",
        "K",
        "J",
        "m",
        "u",
        "M",
        "P",
        "e",
        "y",
        "Y",
        "t",
        "?",
        "F1",
        "F3",
        "F7",
    }
    commands_ |= {"F8", "F9", *(f"ctrl+{letter}" for letter in "efpqrszyl"), *(f"alt+{letter}" for letter in "mnupwyt")}
    assert commands_ <= named
