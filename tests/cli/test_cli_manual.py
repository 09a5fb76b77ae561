"""The man page: what it holds, and that it is up to date."""

from __future__ import annotations

import re

import pytest

from sms_tui.cli import COMMANDS, manual


def test_the_stored_page_is_that_of_the_commands() -> None:
    assert manual.STORED.read_text("utf-8") == manual.text(), "stale: run `python -m sms_tui.cli.manual`"


def test_it_has_the_sections_that_are_looked_for() -> None:
    sections = re.findall(r"^\.SH (.+)$", manual.text(), re.MULTILINE)
    assert sections == [
        "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES"
    ]  # fmt: skip
    assert re.findall(r"^\.SS (.+)$", manual.text(), re.MULTILINE) == list(COMMANDS)


def test_every_line_is_text_or_a_request_that_is_known() -> None:
    requests = {line.split()[0] for line in manual.text().splitlines() if line.startswith((".", "'"))}
    assert requests <= {
        '.\\"',
        ".TH",
        ".nh",
        ".ad",
        ".SH",
        ".SS",
        ".TP",
        ".PP",
        ".RS",
        ".RE",
        ".B",
        ".I",
        ".br",
        ".nf",
        ".fi",
    }
    assert manual.text().isascii()


def test_blocks_that_are_opened_are_closed() -> None:
    lines = manual.text().splitlines()
    for opening, closing in ((".nf", ".fi"), (".RS", ".RE")):
        assert sum(line.startswith(opening) for line in lines) == lines.count(closing)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        (".profile", "\\&.profile"),
        ("one\n'two", "one\n\\(aqtwo"),
        ("a\\b --full", "a\\eb \\-\\-full"),
        ("~/x `y` ^", "\\(ti/x \\(gay\\(ga \\(ha"),
    ],
)
def test_no_text_is_taken_for_a_request(text: str, escaped: str) -> None:
    assert manual.escaped(text) == escaped


def test_an_option_that_commands_share_is_told_once() -> None:
    page = manual.text()
    assert page.count("\\fB\\-\\-endpoint\\fR \\fIURL\\fR") == 1
    assert page.count("\\fB\\-\\-lang\\fR, \\fB\\-\\-endpoint\\fR, \\fB\\-\\-region\\fR, \\fB\\-\\-profile\\fR.") >= 5
