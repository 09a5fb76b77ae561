"""`sms-tui demo`: the program on the embedded simulator, in the terminal or in a browser."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from sms_tui.api.errors import SettingsError
from sms_tui.cli.exits import DONE, FAILED
from sms_tui.cli.output import tell
from sms_tui.cli.ports import port
from sms_tui.cli.settings import look, state_directory
from sms_tui.cli.speaking import OPTION
from sms_tui.cli.tui import add_look_options, check_terminal, run_app
from sms_tui.language import N_, _, spoken, why

_EXTRA = ("aiohttp", "textual_serve")
_NO_EXTRA = N_(
    "The browser needs the extra `web`: pip install 'sms-tui[web]', or in a checkout: pip "
    "install '.[web]'. Without it, sms-tui demo runs in this terminal."
)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("task_id", metavar="TASK_ID", nargs="?", help=_("open this sample task at once"))
    parser.add_argument("--tour", action="store_true", help=_("show the tour of five steps again"))
    add_look_options(parser)
    _add_page_options(parser)


def _add_page_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--web", action="store_true", help=_("serve the demo to a browser on this machine"))
    parser.add_argument(
        "--port", type=port, metavar="N", help=_("with --web: the port, 0 for any (default: 8000 if free)")
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.web:
        return _serve(arguments)
    if arguments.port is not None:
        raise SettingsError(_("--port is for the demo in a browser; add --web."))
    check_terminal()
    chosen = look(arguments)
    from sms_tui.cli.connect import demo

    session = demo()
    tour = arguments.tour or (arguments.task_id is None and is_first_time())
    return run_app(session, arguments.task_id, listing=session, every=2.0, poll=5.0, look=chosen, tour=tour)


def is_first_time() -> bool:
    """Whether the demo was not started before, by this user on this machine; from now on it was."""
    mark = state_directory() / "tour-seen"
    try:
        mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark.touch(mode=0o600, exist_ok=False)
    except OSError:
        return False
    return True


def _serve(arguments: argparse.Namespace) -> int:
    look(arguments)  # raises here what every page would
    try:
        from sms_tui.cli.browser import listen, serve
    except ModuleNotFoundError as error:
        if error.name not in _EXTRA:
            raise
        raise SettingsError(_(_NO_EXTRA)) from None
    try:
        listener = listen(arguments.port)
    except OSError as error:
        tell(
            _("Cannot listen on port {port} ({reason}): name another port.").format(
                port=arguments.port, reason=why(error)
            )
        )
        return FAILED
    serve(listener, ["demo", OPTION, spoken(), *_for_a_page(arguments.words)])
    return DONE


def _for_a_page(words: Sequence[str]) -> list[str]:
    """The words of the command without those that are about the page."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    _add_page_options(parser)
    return parser.parse_known_args(words)[1]
