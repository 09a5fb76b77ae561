"""Starting the terminal interface."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from sms_tui.api.errors import SettingsError
from sms_tui.cli.exits import FAILED
from sms_tui.cli.output import at_terminal, tell
from sms_tui.cli.settings import USUAL, Look, config_file, state_directory, themes_directory
from sms_tui.language import _
from sms_tui.ui.room import LEAST_COLUMNS, LEAST_LINES, is_too_small
from sms_tui.ui.served import is_served

if TYPE_CHECKING:
    from sms_tui.session.service import ServiceSession
    from sms_tui.session.session import Session
    from sms_tui.ui.themes import Themes


def add_look_options(parser: argparse.ArgumentParser) -> None:
    """The options of every command with a screen."""
    parser.add_argument(
        "--theme", metavar="NAME", help=_("the colours, such as sms-light or terminal (else theme in the config file)")
    )
    parser.add_argument(
        "--ascii",
        action="store_const",
        const="on",
        help=_("draw with ASCII, as where the locale is not UTF-8 (else ascii in the config file)"),
    )
    parser.add_argument(
        "--plain",
        action="store_const",
        const="on",
        help=_("for screen readers: sentences in one column, no drawings (else plain in the config file)"),
    )
    parser.add_argument("--no-diff", action="store_true", help=_("send whole regions, not only the cells that changed"))
    parser.add_argument(
        "--no-mouse",
        dest="mouse",
        action="store_const",
        const="off",
        help=_("leave the mouse to the terminal, to select and copy with (else mouse in the config file)"),
    )
    parser.add_argument(
        "--link-meter",
        action="store_const",
        const="on",
        help=_("measure the line to the terminal, and spare it if it is slow (else link_meter in the config file)"),
    )


def check_terminal() -> None:
    """Raises SettingsError where the editor could not be used."""
    if is_served():
        return
    if not at_terminal(sys.stdin, sys.stdout):
        raise SettingsError(_("The editor needs a terminal; for scripts there are list, get, check, diff and apply."))
    kind = os.environ.get("TERM", "")
    if kind in ("", "dumb"):
        raise SettingsError(
            _("This terminal ({kind}) cannot place text; set TERM, or use list, get, check, diff and apply.").format(
                kind=f"TERM={kind}" if kind else _("TERM is not set")
            )
        )
    columns, lines = os.get_terminal_size(sys.stdout.fileno())
    if is_too_small(columns, lines):
        raise SettingsError(
            _(
                "The terminal is {columns} by {lines}; make it at least {least} by {fewest} (80 by 24 is comfortable)."
            ).format(columns=columns, lines=lines, least=LEAST_COLUMNS, fewest=LEAST_LINES)
        )


def run_app(
    session: Session,
    task_id: str | None = None,
    *,
    listing: ServiceSession | None = None,
    every: float | None = None,
    poll: float | None = 15.0,
    look: Look = USUAL,
    resume: bool = False,
    tour: bool | None = None,
) -> int:
    """Run the interface to its end; the exit code. Raises SettingsError for a theme that cannot be had.

    `resume` goes on with the draft without asking. `every` is how often the list is read, `poll` how often an open
    task is, in seconds; None is never. `tour` is whether the tour is shown; None where there is none.
    """
    set_textual()
    from sms_tui.session.drafts.errors import DraftError
    from sms_tui.session.drafts.store import DraftStore
    from sms_tui.ui.app import SmsTui
    from sms_tui.ui.signals import held_back

    drafts = DraftStore(state_directory())
    with suppress(DraftError):  # told where drafts are used
        drafts.purge()
    keys = _keymap(look.keys)
    app = SmsTui(
        session,
        task_id,
        listing=listing,
        every=every,
        poll=poll,
        drafts=drafts,
        resume=resume,
        themes=_themes(look),
        theme=look.theme,
        ascii=look.ascii,
        plain=look.plain,
        diff=look.diff,
        link_meter=look.link_meter and not is_served(),
        keymap=keys,
        tour=tour,
    )
    with held_back():
        app.run(mouse=look.mouse)
    if app.failure:
        tell(app.failure)
        return app.return_code or FAILED
    return app.return_code or 0


def _themes(look: Look) -> Themes:
    """The themes there are. Raises SettingsError where the config file names none of them."""
    from sms_tui.ui.themes import NoSuchThemeError, Themes

    themes = Themes(themes_directory())
    if look.theme_is_stored:
        try:
            themes.read(look.theme)
        except NoSuchThemeError as error:
            raise SettingsError(f"{config_file()}: {error}") from None
    return themes


def set_textual() -> None:
    """What Textual reads from the environment as it is imported."""
    for name in ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_DEVTOOLS"):
        os.environ.pop(name, None)  # they write every key to a file, secrets included
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    if "STY" in os.environ and "TMUX" not in os.environ and os.environ.get("COLORTERM"):
        # GNU screen hands COLORTERM on, and takes the three parts of a colour for attributes
        os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")
    if not os.environ.get("NO_COLOR"):
        os.environ.pop("NO_COLOR", None)  # set but empty it means nothing


def _keymap(keys: Mapping[str, object]) -> dict[str, str]:
    """The keys of the config file, checked. Raises SettingsError."""
    if not keys:
        return {}
    from sms_tui.ui.keymap import KeymapError, keymap  # looks at every screen

    try:
        return keymap(keys)
    except KeymapError as error:
        raise SettingsError(*(f"{config_file()}: [keys] {line}" for line in error.lines)) from None
