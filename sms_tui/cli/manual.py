"""The man page, made from the parsers. `python -m sms_tui.cli.manual` renews the one that is installed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from sms_tui import __version__
from sms_tui.cli import whole_parser
from sms_tui.cli.settings import ENVIRONMENT

STORED = Path(__file__).with_name("sms-tui.1")
_NAME = "a terminal editor for migration tasks of Huawei Cloud SMS"
_FILES = {
    "$XDG_CONFIG_HOME/sms-tui/config.toml (~/.config)": "the settings, and profiles of settings",
    "$XDG_STATE_HOME/sms-tui/ (~/.local/state)": "drafts, receipts, and the ids of the tasks that were seen last",
    "~/.huaweicloud/credentials": "credentials, where the environment has none",
}
_EXAMPLES = {
    "Look around, with no account and no network:": "sms-tui demo",
    "Edit one task of a region:": "sms-tui edit ef3b9722-07a1-46aa-8c1e-2d8b2f8ff1c3 --region cn-north-4",
    "See what a file would change, then change it:": "sms-tui diff ID task.json; sms-tui apply ID task.json",
    "Complete task ids in bash:": 'eval "$(sms-tui completion bash)"',
}


def text() -> str:
    """The page as it is stored."""
    return "\n".join(_page(whole_parser())) + "\n"


def _page(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield '.\\" Made by python -m sms_tui.cli.manual; change the help texts instead.'
    yield f'.TH SMS\\-TUI 1 "" "sms\\-tui {__version__}" "User Commands"'
    yield from (".nh", ".ad l")  # no word is divided: names and options can be searched for
    yield from (".SH NAME", f"sms\\-tui \\- {escaped(_NAME)}", ".SH SYNOPSIS")
    yield from _synopsis(parser)
    for _, command in _commands(parser):
        yield from (".br", *_synopsis(command))
    yield from (".SH DESCRIPTION", escaped(parser.description or ""))
    yield from (".SH OPTIONS", "Where no command is given:", *_arguments(parser))
    yield ".SH COMMANDS"
    for name, command in _commands(parser):
        yield from (f".SS {escaped(name)}", *_command(command, common=_named(parser)))
    yield from _ending((parser.epilog or "").removeprefix(ENVIRONMENT).strip())


def _ending(exit_codes: str) -> Iterator[str]:
    yield from (".SH EXIT STATUS", *_as_it_is(exit_codes))
    yield from (".SH ENVIRONMENT", *_as_it_is(ENVIRONMENT))
    yield ".SH FILES"
    for file, what in _FILES.items():
        yield from (".TP", f".I {escaped(file)}", escaped(what))
    yield ".SH EXAMPLES"
    for what, command in _EXAMPLES.items():
        yield from (".PP", escaped(what), ".PP", ".RS 4", escaped(command), ".RE")


def _command(parser: argparse.ArgumentParser, common: Mapping[str, str | None]) -> Iterator[str]:
    """A command; of the options it shares with `sms-tui` alone only the names."""
    yield escaped(parser.description or "")
    yield from _arguments(parser, common)
    if shared := [name for name, help in _named(parser).items() if common.get(name) == help]:
        names = ", ".join(f"\\fB{escaped(name)}\\fR" for name in shared)
        yield from (".PP", f"As above: {names}.")
    for name, action in _commands(parser):
        yield from (".TP", f".B {escaped(name)}", escaped(_help_of(parser, name)), ".RS", *_arguments(action), ".RE")
    if parser.epilog and parser.epilog != ENVIRONMENT:
        yield from (".PP", *_as_it_is(parser.epilog.removeprefix(ENVIRONMENT).strip()))


def _synopsis(parser: argparse.ArgumentParser) -> Iterator[str]:
    required = [_called(action) for action in _own(parser) if action.option_strings and action.required]
    positional = [_value(action) for action in _own(parser) if not action.option_strings]
    words = ["[\\fIOPTION\\fR]...", *required, *positional, *(["\\fIACTION\\fR"] if _commands(parser) else [])]
    if parser.prog == "sms-tui":
        words = words[:1]
    yield f"\\fB{escaped(parser.prog)}\\fR {' '.join(words)}"


def _arguments(
    parser: argparse.ArgumentParser, common: Mapping[str, str | None] = MappingProxyType({})
) -> Iterator[str]:
    for action in _own(parser):
        if not any(common.get(name) == action.help for name in action.option_strings):
            yield from (".TP", _called(action), escaped(parser._get_formatter()._expand_help(action)))


def _named(parser: argparse.ArgumentParser) -> dict[str, str | None]:
    """The help of each option."""
    return {name: action.help for action in _own(parser) for name in action.option_strings}


def _called(action: argparse.Action) -> str:
    """An argument with all its names and its value."""
    names = ", ".join(f"\\fB{escaped(name)}\\fR" for name in action.option_strings)
    return " ".join(word for word in (names, _value(action)) if word)


def _value(action: argparse.Action) -> str:
    """What an argument is called, "" for an option without one."""
    if action.nargs == 0:
        return ""
    name = f"\\fI{escaped(str(action.metavar or action.dest.upper()))}\\fR"
    return f"[{name}]" if action.nargs == "?" else name


def _own(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """The arguments of a command; that --help helps is told once."""
    return [
        action
        for action in parser._actions
        if action.help != argparse.SUPPRESS
        and not isinstance(action, argparse._SubParsersAction)
        and not (isinstance(action, argparse._HelpAction) and parser.prog != "sms-tui")
    ]


def _commands(parser: argparse.ArgumentParser) -> list[tuple[str, argparse.ArgumentParser]]:
    actions = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return [entry for action in actions for entry in action.choices.items()]


def _help_of(parser: argparse.ArgumentParser, name: str) -> str:
    actions = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return next(str(each.help) for action in actions for each in action._choices_actions if each.dest == name)


def _as_it_is(text: str) -> Iterator[str]:
    """Lines that are not filled."""
    yield from (".nf", *(escaped(line) for line in text.splitlines()), ".fi")


def escaped(text: str) -> str:
    """Text in which roff obeys nothing, and in which a `-` can be copied into a shell."""
    plain = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    plain = plain.replace("~", "\\(ti").replace("^", "\\(ha")
    return "\n".join(f"\\&{line}" if line.startswith(".") else line for line in plain.split("\n"))


if __name__ == "__main__":
    STORED.write_text(text(), "utf-8")
