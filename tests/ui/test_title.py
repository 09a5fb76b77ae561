"""The line above a task: what it says, and how little of it moves while a name is typed."""

from __future__ import annotations

import pytest
from driver import operator
from service import REFERENCE

from sms_tui.ui.widgets.bars import TitleBar, in_steps


def title(op):
    return op.screen.splitlines()[0]


async def test_while_a_name_is_typed_what_follows_moves_with_every_eighth_character_only(session):
    async with operator(session, REFERENCE, size=(140, 30)) as op:
        await op.find("name")
        places = []
        for character in "a migration to the cloud":
            await op.type(character)
            places.append(title(op).index("ef3b9722…"))
    assert [places.count(place) for place in sorted(set(places))] == [5, 8, 8, 3]
    assert places == sorted(places)


async def named(op, name):
    await op.find("name")
    await op.type(name)


async def test_a_name_without_a_character_takes_no_place(session):
    async with operator(session, REFERENCE, size=(140, 30)) as op:
        await named(op, "x")
        await op.press("backspace")
        assert title(op).startswith(" sms-tui   ef3b9722…   ")


async def test_where_the_title_has_no_room_there_are_no_blanks_in_it(session):
    async with operator(session, REFERENCE, size=(80, 24)) as op:
        await named(op, "a migration to")
        assert title(op).startswith(" sms-tui   a migration to   ef3b9722…   ")
        await op.resize(140, 30)
        assert title(op).startswith(" sms-tui   a migration to          ef3b9722…   ")


async def test_what_is_said_of_the_title_has_no_blanks_in_it(session):
    async with operator(session, REFERENCE) as op:
        await named(op, "win")
        assert op.app.screen.query_one(TitleBar).text.startswith("win, ef3b9722..., RUNNING, ")


@pytest.mark.parametrize("word", ["", "x" * 81])
def test_nothing_stands_behind_a_word_that_is_none_or_too_long(word):
    assert in_steps(word) == word
