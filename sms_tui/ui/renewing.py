"""Credentials read anew while the program runs, and waits that the service asks for."""

from __future__ import annotations

from collections.abc import Callable

from sms_tui.api.errors import SettingsError
from sms_tui.language import N_, _
from sms_tui.session.session import Session
from sms_tui.ui.link import link_of, wait_words
from sms_tui.ui.terminal import AtTerminal

FOUND_ANEW = N_("(where the program looks at its start)")
_WHERE_CREDENTIALS = N_(
    "A file that holds a new token alone, or lines such as SMS_TUI_TOKEN=… or CLOUD_SDK_AK=… and "
    "CLOUD_SDK_SK=…. What you edited stays."
)


class Renewing(AtTerminal):
    """An app on a session whose credentials may be refused, and whose service may ask to wait."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def action_credentials(self) -> None:
        """Ask for a file with other credentials and go on with them."""
        self.ask_credentials()

    def ask_credentials(
        self,
        then: Callable[[], object] | None = None,
        otherwise: Callable[[], object] | None = None,
        *,
        trouble: str = "",
    ) -> None:
        """Ask for other credentials, and go on with `then` once they were read, with `otherwise` if that is given up.

        `trouble` says why the last ones could not be read.
        """

        def named(path: str | None) -> None:
            if path is not None:
                self.run_worker(
                    self._renew("" if path == _(FOUND_ANEW) else path, then, otherwise), group="credentials"
                )
            elif otherwise is not None:
                otherwise()

        if self._session.renews:
            from sms_tui.ui.dialogs.line import LineDialog

            self.push_screen(
                LineDialog(_("Credentials"), f"{trouble} {_(_WHERE_CREDENTIALS)}".lstrip(), _(FOUND_ANEW)), named
            )
        elif otherwise is not None:
            otherwise()

    async def _renew(
        self, path: str, then: Callable[[], object] | None, otherwise: Callable[[], object] | None
    ) -> None:
        try:
            await self._session.renew(path)
        except SettingsError as error:
            self.ask_credentials(then, otherwise, trouble=str(error))
            return
        self.say(_("Credentials were read. Go on where you were."))
        if then is not None:
            then()

    def told_to_wait(self, seconds: float) -> None:
        """The service asks to wait before it lists or shows a task."""
        if seconds > 0:
            self.say(
                _("The service asks to wait: again {when}.").format(when=wait_words(seconds, link_of(self))), alert=True
            )
        else:
            self.say("")
