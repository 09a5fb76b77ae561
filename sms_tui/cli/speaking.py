"""The language of a run: `--lang`, else SMS_TUI_LANG, else `lang` in the config file, else the locale, else English."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from sms_tui import language
from sms_tui.language import CHINESE, ENGLISH, N_, _, known, ngettext, spoken

OPTION = "--lang"
VARIABLE = "SMS_TUI_LANG"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_WITHOUT_CHINESE = "linux"
"""The terminal that has no Chinese letters, whatever the locale: the kernel's own console."""


class LanguageError(ValueError):
    """A language that is not spoken here; the text says which are."""


def speak(argv: Sequence[str], environ: Mapping[str, str] = os.environ) -> list[str]:
    """Speak the language that is chosen from now on; the arguments without that choice. Raises LanguageError."""
    rest, wanted = _taken_out(argv)
    wanted = wanted if wanted is not None else environ.get(VARIABLE, "").strip() or None
    if wanted is not None and known(wanted) is None:
        use(_of_surroundings(environ))
        raise LanguageError(no_such_language(wanted))
    use(_of_surroundings(environ) if wanted is None else known(wanted) or ENGLISH)
    return rest


def use(chosen: str) -> None:
    """Speak a language, argparse too; English where the catalog of another is not installed."""
    try:
        language.use(chosen)
    except OSError:
        language.use(ENGLISH)
    if chosen != ENGLISH:  # argparse asks the catalog of the system, which has nothing of it
        vars(argparse).update(_=_, ngettext=ngettext)


def no_such_language(name: str) -> str:
    """What to say of a language that is not spoken here."""
    return _("There is no language {name}; the languages are {known}.").format(
        name=name, known=", ".join(language.LANGUAGES)
    )


def add_language_option(parser: argparse.ArgumentParser) -> None:
    """The option as the help tells it; `speak` has taken it out of the arguments by then."""
    help = _("en or zh_CN (else SMS_TUI_LANG, lang in the config file, or the locale)")
    parser.add_argument(OPTION, metavar="LANG", help=help)


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Lays help out; Chinese is broken by the cells it takes, for it has no spaces to be broken at."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return super()._split_lines(text, width) if spoken() == ENGLISH else broken(text, width)


def broken(text: str, width: int) -> list[str]:
    """A text in lines of at most so many cells."""
    from sms_tui.session.picture.lines import wrapped

    return list(wrapped(text, width))


def _taken_out(argv: Sequence[str]) -> tuple[list[str], str | None]:
    """The arguments without the language, and the language; one that is named twice counts as named last."""
    rest: list[str] = []
    wanted = None
    coming = iter(argv)
    for argument in coming:
        if argument == "--":
            return [*rest, argument, *coming], wanted
        if argument.startswith(f"{OPTION}="):
            wanted = argument.partition("=")[2]
        elif argument == OPTION and (value := next(coming, None)) is not None:
            wanted = value
        else:
            rest.append(argument)
    return rest, wanted


def _of_surroundings(environ: Mapping[str, str]) -> str:
    if (stored := _stored(environ)) is not None:
        return stored
    found = _of_locale(environ)
    return ENGLISH if found == CHINESE and environ.get("TERM") == _WITHOUT_CHINESE else found


def _of_locale(environ: Mapping[str, str]) -> str:
    """As gettext chooses: by the list LANGUAGE, in any locale but that of C, else by the locale."""
    name = next((value for variable in _LOCALE if (value := environ.get(variable))), "C")
    preferred = environ.get("LANGUAGE", "").split(":") if name.partition(".")[0] not in ("C", "POSIX") else []
    return next((found for each in (*preferred, name) if (found := known(each))), ENGLISH)


def _stored(environ: Mapping[str, str]) -> str | None:
    """The language in the config file; what is wrong with the file is told by whoever needs the rest of it."""
    if sys.platform == "linux":  # most have no such file: seeing that must not cost the loading of what reads it
        home = environ.get("XDG_CONFIG_HOME", "").strip() or os.path.expanduser("~/.config")  # noqa: PTH111
        if not os.path.exists(f"{home}/sms-tui/config.toml"):  # noqa: PTH110
            return None
    from sms_tui.api.errors import SettingsError
    from sms_tui.cli.settings import stored_language

    try:
        return stored_language()
    except SettingsError:
        return None


ARGPARSE = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
    N_("unexpected option string: %s"),
)
"""What argparse says, for it to be translated."""
