"""The command line: one module a sub-command, loaded when it is called."""

from __future__ import annotations

import argparse
import atexit
import gc
import sys
import textwrap
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from sms_tui.cli.exits import FAILED, INTERRUPTED, WRONG_USAGE
from sms_tui.cli.output import OutputError, flush, speak_utf8, tell
from sms_tui.cli.speaking import Formatter, LanguageError, add_language_option, broken, speak
from sms_tui.cli.versions import ShowVersions
from sms_tui.language import ENGLISH, N_, _, spoken

COMMANDS = {
    "demo": N_("look around on sample tasks: no account, no network"),
    "edit": N_("edit one task, or with --file a task body offline"),
    "list": N_("print the tasks as JSON"),
    "get": N_("print one task as JSON, exactly as the service holds it"),
    "show": N_(
        "print one task as a page for people: disks to scale, sub-tasks in time, problems; --file for a task body"
    ),
    "check": N_("print the problems of a task body; exit 1 if there are errors, warnings alone are no reason"),
    "diff": N_("print what a task body would change; exit 0 if nothing, 1 if it differs"),
    "apply": N_("change a task to what a body says; top-level keys absent from it stay as they are"),
    "drafts": N_("list, show, resume, export or discard what was edited and not submitted yet"),
    "receipts": N_("list what was submitted, or show one receipt: what was sent, what came back"),
    "undo": N_("take back what a submit changed, in the task as it is now"),
    "schema": N_("print the JSON Schema (2020-12) of the PUT body"),
    "simulate": N_("serve the simulator on a port of this machine"),
    "completion": N_("print what lets a shell complete commands, options and task ids: bash, zsh or fish"),
}
"""The commands with their help; each is a module of this package with `configure` and `run`."""

_DESCRIPTION = N_("""\
A terminal editor for migration tasks of Huawei Cloud SMS.
Without a command: the task list of the configured service.""")
_EXIT_CODES = N_("""\
Exit codes:
  0 done; 1 the answer is no (problems found, differs, not all of a change
  landed); 2 wrong usage or unreadable input; 3 the service answered with an
  error, or the line failed; 4 somebody else changed the same meanwhile,
  nothing was sent; 130 interrupted""")
_WITH_VALUE = ("--endpoint", "--region", "--profile", "--theme")
"""The options that may stand before the command and take the next word as their value."""
_WIDTH = 78
_NEW_OBJECTS = 100_000
"""After so many the garbage collector looks at them: starting leaves no garbage, and looking for it takes 28 ms."""


class _Command(Protocol):
    """What a command's module holds."""

    def configure(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int: ...


def _leave_all() -> None:
    """Let the interpreter end without looking for garbage in all that is there, which takes an editor 150 ms."""
    gc.freeze()


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    gc.set_threshold(_NEW_OBJECTS)
    if not sys.warnoptions:  # who asks for warnings hears of what is left open at the end
        atexit.unregister(_leave_all)
        atexit.register(_leave_all)
    speak_utf8()
    try:
        code = _called(speak(sys.argv[1:] if argv is None else argv))
        flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except LanguageError as error:
        tell(str(error))
        return WRONG_USAGE
    except OutputError as error:
        tell(str(error))
        return FAILED


def _called(argv: Sequence[str]) -> int:
    try:
        command, arguments = _parsed(argv)
    except SystemExit as told:  # by argparse: help, the version, or what is wrong with the arguments
        return cast(int, told.code)
    return _run(command, arguments)


def _run(command: _Command, arguments: argparse.Namespace) -> int:
    from sms_tui.api.errors import ApiError, RequestRefused, SettingsError
    from sms_tui.document.edits import EditError
    from sms_tui.session.errors import FileError

    try:
        return command.run(arguments)
    except (SettingsError, FileError) as error:
        for line in error.args if isinstance(error, SettingsError) else [error]:
            tell(str(line))
        return WRONG_USAGE
    except EditError as error:
        tell(_("The body does not fit: {reason}.").format(reason=error))
        return WRONG_USAGE
    except ApiError as error:
        tell(str(error))
        asked_wrongly = isinstance(error, RequestRefused) and error.status is None  # by the client, before sending
        return WRONG_USAGE if asked_wrongly else FAILED


def _parsed(argv: Sequence[str]) -> tuple[_Command, argparse.Namespace]:
    """The command that is called, with its arguments; options that stand before it are its own."""
    at = 0
    while at < len(argv) and argv[at].startswith("-"):
        at += 2 if argv[at] in _WITH_VALUE else 1
    if at >= len(argv) or argv[at] not in COMMANDS:
        command = _module("tasks")
        return command, _parser_of_none(command).parse_args(argv)
    command, words = _module(argv[at]), [*argv[:at], *argv[at + 1 :]]
    return command, _parser_of(argv[at], command).parse_args(words, argparse.Namespace(words=words))


def _module(name: str) -> _Command:
    return cast(_Command, import_module(f"sms_tui.cli.{name}"))


def _parser_of(name: str, command: _Command) -> argparse.ArgumentParser:
    text = _(COMMANDS[name])
    sentence = _("{what}.").format(what=f"{text[0].upper()}{text[1:]}")
    filled = textwrap.fill(sentence, _WIDTH) if spoken() == ENGLISH else "\n".join(broken(sentence, _WIDTH))
    parser = _parser(f"sms-tui {name}", filled)
    command.configure(parser)
    return parser


def _parser_of_none(command: _Command) -> argparse.ArgumentParser:
    """The parser where no command is called: it tells the commands by name alone, and loads none of them."""
    parser = _parser("sms-tui", _(_DESCRIPTION))
    parser.add_argument("--version", action=ShowVersions)
    command.configure(parser)
    parser.epilog = f"{parser.epilog}\n{_(_EXIT_CODES)}"
    commands = parser.add_subparsers(title=_("commands"), metavar="COMMAND")
    for name, text in COMMANDS.items():
        commands.add_parser(name, help=_(text))
    return parser


def whole_parser() -> argparse.ArgumentParser:
    """The parser of all commands, every one loaded: for the shells and the man page."""
    parser = _parser_of_none(_module("tasks"))
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            action.choices.update({name: _parser_of(name, _module(name)) for name in COMMANDS})
    return parser


def _parser(prog: str, description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=prog,
        description=description,
        allow_abbrev=False,
        formatter_class=Formatter,
    )
    add_language_option(parser)
    return parser
