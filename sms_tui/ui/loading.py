"""How far opening a task is, shown where it takes long."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import App
from textual.worker import Worker

if TYPE_CHECKING:
    from sms_tui.ui.dialogs.loading import LoadingDialog

_SOON = 0.15
"""Seconds after which it is shown: a flash would tell nobody anything."""


class Loading:
    """Follows the worker that opens a task. `cancelled` is called once the operator has given it up."""

    def __init__(self, app: App[None], cancelled: Callable[[], None]) -> None:
        self._app, self._cancelled = app, cancelled
        self._dialog: LoadingDialog | None = None
        self._come: tuple[int, int | None] = (0, None)
        self._in_draft = False

    def begin(self, name: str, opening: Worker[None]) -> None:
        self._come, self._in_draft = (0, None), False
        self._app.set_timer(_SOON, partial(self._show, name, opening))

    def has_come(self, come: int, total: int | None) -> None:
        """So many bytes of the task have come, of so many."""
        self._come = (come, total)

    def goes_on(self) -> None:
        """All of the task has come, and its draft is being read."""
        self._in_draft = True

    def end(self) -> None:
        """Opening came to its end, whichever."""
        if self._dialog is not None and self._app.screen is self._dialog:
            self._app.pop_screen()
        self._dialog = None

    def _show(self, name: str, opening: Worker[None]) -> None:
        if opening.is_finished or self._dialog is not None:
            return
        from sms_tui.ui.dialogs.loading import LoadingDialog

        self._dialog = LoadingDialog(name, self._far, partial(self._cancel, opening))
        self._app.push_screen(self._dialog)

    def _far(self) -> tuple[int, int | None, bool]:
        return (*self._come, self._in_draft)

    def _cancel(self, opening: Worker[None]) -> None:
        opening.cancel()
        self.end()
        self._cancelled()
