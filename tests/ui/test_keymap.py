"""Other keys from the config file: taken where they are sound, refused with both names where they clash, and shown."""

from __future__ import annotations

import pytest
from driver import operator
from service import REFERENCE
from test_helping import ui_classes
from textual.screen import ModalScreen, Screen

from sms_tui.ui.keymap import PLACES, KeymapError, keymap


def refused(table: dict[str, object]) -> str:
    with pytest.raises(KeymapError) as caught:
        keymap(table)
    return str(caught.value)


def test_a_command_gets_one_key_or_several():
    table = {"undo": "F4", "find": ["/", "ctrl+g"], "down": ["down", "j"], "add": "+"}
    assert keymap(table) == {"undo": "f4", "find": "slash,ctrl+g", "down": "down,j", "add": "plus"}
    assert keymap({"next_problem": "shift+F4"}) == {"next_problem": "shift+f4,f16"}


def test_two_commands_may_trade_their_keys():
    assert keymap({"undo": "ctrl+y", "redo": "ctrl+z"}) == {"undo": "ctrl+y", "redo": "ctrl+z"}


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"undo": "ctrl+y"}, "undo and redo both have ctrl+y"),
        ({"undo": "f4", "find": "f4"}, "undo and find both have F4"),
        ({"delete": "f8"}, "delete and next_problem both have F8"),
        ({"review": "ctrl+k"}, 'review and "Delete all to the right" both have ctrl+k'),
        ({"undoo": "f4"}, "undoo: there is no command of that name. Did you mean undo?"),
        ({"qqqqqq": "f4"}, "The key sheet"),
        ({"undo": "ctrl+i"}, "'ctrl+i' is no key that a terminal sends"),
        ({"undo": ""}, "'' is no key"),
        ({"undo": "escape"}, "Esc keeps its own meaning"),
        ({"set_null": "n"}, "it works while text is typed, where n is text"),
        ({"put_back": "u"}, "it works while text is typed, where u is text"),
        ({"undo": 4}, "a key is a text in quotes"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(table, words):
    assert words in refused(table)


def test_all_that_is_wrong_is_told_at_once():
    assert len(refused({"undoo": "f4", "redo": "ctrl+m", "find": 1}).splitlines()) == 3


def test_keys_that_two_have_by_default_are_no_clash():
    assert keymap({"find": ["/", "ctrl+f"]}) == {"find": "slash,ctrl+f"}


def test_every_screen_is_looked_at_for_clashes():
    screens = {cls for cls in ui_classes() if issubclass(cls, Screen) and not issubclass(cls, ModalScreen)}
    bottom = {cls for cls in screens if not cls.__subclasses__()}
    assert bottom == {cls for place in PLACES for cls in place if issubclass(cls, Screen)}


async def test_the_remapped_key_works_and_is_shown_in_bar_sheet_and_palette(session):
    keys = keymap({"undo": ["f4", "ctrl+g"], "add": "+", "delete": []})
    async with operator(session, REFERENCE, keymap=keys) as op:
        op.see("F4 Undo", "+ Add")
        op.see_not("^z Undo", "d Delete")
        await op.find("speed_limit")
        await op.type("5")
        await op.press("ctrl+z")
        op.see("1 change ")
        await op.press("f4")
        op.see("Undone", "0 changes")
        await op.press("ctrl+y", "ctrl+g")
        op.see("0 changes")
        await op.press("escape", "ctrl+p")
        await op.type("undo")
        op.see("F4  ctrl+g")
        await op.press("escape", "?")
        op.see("no key           delete               Delete")


async def test_a_remapped_key_works_in_the_json_view_too(session):
    async with operator(session, REFERENCE, keymap=keymap({"undo": "f4"})) as op:
        await op.press("ctrl+e")
        await op.type("x")
        await op.press("ctrl+z")
        assert op.app.screen.changed
        await op.press("f4")
        assert not op.app.screen.changed


async def test_a_letter_given_to_a_command_is_still_text_while_text_is_typed(session):
    async with operator(session, REFERENCE, keymap=keymap({"find": "g", "undo": "w"})) as op:
        await op.press("g")
        await op.type("migration_ip")
        await op.press("enter")
        await op.type("gw")
        op.see("gw")


async def test_a_message_names_the_key_that_a_command_has_now(session):
    keys = keymap({"undo": "f4", "repair": "ctrl+g", "next_problem": ["f8", "f5"]})
    async with operator(session, REFERENCE, keymap=keys) as op:
        await op.find("target_server.disks[0]")
        await op.press("escape", "c")
        op.see("F4 takes it back.")
        await op.press("f4", "escape")
        await op.press("ctrl+g")
        op.see("No repair is offered here. F8 goes to the next problem and says what ctrl+g would do.")


async def test_a_letter_in_a_message_is_the_one_that_the_command_has_now(session):
    async with operator(session, REFERENCE, keymap=keymap({"cut": "D", "mark": [], "find": "g"})) as op:
        await op.press("v")
        op.see("Nothing was cut or copied; D cuts and C copies")
        await op.press("n")
        op.see("Nothing was looked for yet; g finds.")
        await op.press("alt+a")
        op.see("Mark entries with the palette")
