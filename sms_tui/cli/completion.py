"""`sms-tui completion`: scripts by which bash, zsh and fish complete, and the words they ask for at every TAB."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping

from sms_tui.cli.exits import DONE
from sms_tui.cli.output import out
from sms_tui.cli.settings import profiles, state_directory, themes_directory
from sms_tui.language import N_, _

SHELLS = ("bash", "zsh", "fish")
WORDS = ("tasks", "samples", "drafts", "receipts", "profiles", "themes")
"""What the scripts ask for: the ids and names that this user's files know. None of it asks the service."""
_EPILOG = N_("""\
For bash, in ~/.bashrc:   eval "$(sms-tui completion bash)"
For zsh, in ~/.zshrc, after compinit:   eval "$(sms-tui completion zsh)"
For fish:   sms-tui completion fish > ~/.config/fish/completions/sms-tui.fish

Task ids are those that were listed or opened last; nothing asks the service.
The scripts get them from sms-tui completion tasks (samples, drafts, receipts,
profiles, themes): an id a line, and what it is called after a tab.""")
_WORD = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.@+-]*")
"""What every shell takes for one word, whatever it does with it."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="SHELL", type=_what, choices=(*SHELLS, *WORDS), help=_("bash, zsh or fish"))
    parser.epilog = _(_EPILOG)


def _what(word: str) -> str:
    """A shell; or what the scripts ask for, which nobody else needs to be told of."""
    if word not in (*SHELLS, *WORDS):
        raise argparse.ArgumentTypeError(
            _("there is a completion for bash, zsh and fish, not for {shell}").format(shell=f"{word!r}")
        )
    return word


def run(arguments: argparse.Namespace) -> int:
    if arguments.what in SHELLS:
        from sms_tui.cli.shells import script

        for line in script(arguments.what).splitlines():
            out(line)
    else:
        for word, name in _known(arguments.what):
            out(f"{word}\t{' '.join(name.split())}".rstrip())
    return DONE


def _known(what: str) -> Iterator[tuple[str, str]]:
    """The words of a kind with what people call them; one that is no plain word is left out."""
    return ((word, name) for word, name in _all(what) if _WORD.fullmatch(word))


def _all(what: str) -> Iterable[tuple[str, str]]:
    if what in ("tasks", "samples"):
        return _tasks(samples=what == "samples")
    if what == "drafts":
        return _drafts()
    if what == "receipts":
        from sms_tui.cli.connect import receipts

        return ((key, "") for key in receipts().keys())  # noqa: SIM118  # no mapping
    return ((name, "") for name in (_themes() if what == "themes" else profiles()))


def _themes() -> list[str]:
    from sms_tui.ui.themes import Themes

    return Themes(themes_directory()).names()


def _tasks(*, samples: bool) -> Iterator[tuple[str, str]]:
    """The tasks that were seen last, of the demo or of every service, which is named where there are several."""
    from sms_tui.cli.connect import DEMO, seen_tasks

    places: Mapping[str, Mapping[str, str]] = {
        place: tasks for place, tasks in seen_tasks().places().items() if (place == DEMO) == samples
    }
    for place, tasks in places.items():
        for id, name in tasks.items():
            yield id, f"{name} {place}" if len(places) > 1 else name


def _drafts() -> Iterator[tuple[str, str]]:
    from sms_tui.session.drafts.store import DraftStore

    for draft in DraftStore(state_directory()).summaries():
        yield draft.key, f"{draft.name} {draft.where}"
