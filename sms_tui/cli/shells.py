"""The scripts of the shells, made from the parsers by shtab."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import shtab

from sms_tui.cli import COMMANDS, whole_parser
from sms_tui.cli.completion import SHELLS, WORDS
from sms_tui.cli.speaking import OPTION
from sms_tui.language import LANGUAGES, _

_ASKED_FOR = {
    "task_id": "tasks",
    "draft": "drafts",
    "receipt": "receipts",
    "profile": "profiles",
    "theme": "themes",
}
"""The words that an argument takes, by its name."""
_FILES = ("file", "base", "db")
_PREAMBLES = {
    "bash": """\
_sms_tui_known() {
  local IFS=$'\\n'
  compgen -W "$("${COMP_WORDS[0]}" completion "$1" 2>/dev/null | cut -f 1)" -- "$2"
}
_sms_tui_files() { compgen -f -- "$1"; }
""",
    "zsh": """\
_sms_tui_known() {
  local -a known
  known=(${(f)"$(${~_comp_command1:-sms-tui} completion $1 2>/dev/null)"})
  known=("${(@)known/$'\\t'/:}")
  (( $#known )) && _describe "$1" known
}
""",
    "fish": """\
function _sms_tui_known
  set -l words (commandline -opc)
  $words[1] completion $argv 2>/dev/null
end
""",
}
_EACH = {
    "bash": '_sms_tui_{words}() {{ _sms_tui_known {words} "$1"; }}\n',
    "zsh": "_sms_tui_{words}() {{ _sms_tui_known {words}; }}\n",
    "fish": "",
}


def script(shell: str) -> str:
    """The script of a shell."""
    parser = whole_parser()
    for each in _parsers(parser):
        _teach(each)
    preamble = _PREAMBLES[shell] + "".join(_EACH[shell].format(words=words) for words in WORDS)
    return shtab.complete(parser, shell, preamble=preamble)


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                yield from _parsers(each)


def _teach(parser: argparse.ArgumentParser) -> None:
    """Tell shtab what the arguments of a command take, and what it is for in one line: it takes no more of that."""
    if (name := parser.prog.rpartition(" ")[2]) in COMMANDS:
        parser.description = _(COMMANDS[name])
    for action in parser._actions:
        words = _ASKED_FOR.get(action.dest)
        if words is not None:
            words = "samples" if words == "tasks" and parser.prog.endswith(" demo") else words
            action.complete = _completed(f"_sms_tui_{words}", f"(_sms_tui_known {words})")  # type: ignore[attr-defined]
        elif action.dest in _FILES:
            action.complete = {**shtab.FILE, "bash": "_sms_tui_files"}  # type: ignore[attr-defined]
        elif action.dest == "what":
            action.choices = SHELLS
        elif OPTION in action.option_strings:
            action.choices = LANGUAGES
        if action.nargs == "?":
            action.nargs = None  # shtab's bash would offer it again and again


def _completed(function: str, command: str) -> dict[str, str]:
    return {"bash": function, "zsh": function, "fish": command}
