"""What is seen while a large task, or one behind a slow line, is being opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, TypeAlias

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from sms_tui.language import N_, _
from sms_tui.schema.units import format_size
from sms_tui.ui.dialogs.dialog import Dialog
from sms_tui.ui.link import link_of
from sms_tui.ui.text import printable
from sms_tui.ui.widgets.bars import KeyBar
from sms_tui.ui.widgets.tasks import progress_bar

_EVERY = 0.25
"""Seconds between two looks at how far it is."""


Far: TypeAlias = Callable[[], tuple[int, int | None, bool]]
"""Tells how many bytes have come, of how many, and whether it is the draft by now that is read."""


class LoadingDialog(Dialog[None]):
    """Shows how much of a task has come; Esc calls `cancel`."""

    HELP: ClassVar[str] = N_("The task is being read. Nothing is lost if you cancel.")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", N_("Cancel"), show=False)]

    def __init__(self, name: str, far: Far, cancel: Callable[[], None]) -> None:
        super().__init__()
        self._heading, self._far, self._cancel = name, far, cancel
        self._words = Static(markup=False)
        self._keys = KeyBar()

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = _("Opening {heading}").format(heading=printable(self._heading))
            yield self._words
        yield self._keys

    def on_mount(self) -> None:
        self._keys.show(("Esc", _("Cancel")), ("quit", _("Quit")))
        self._show()
        if not link_of(self).quiet:
            self.set_interval(_EVERY, self._show)

    def _show(self) -> None:
        words = how_far(*self._far()) if not link_of(self).quiet else _("Esc cancels.")
        if words != self._words.content:
            self._words.update(words)

    def action_cancel(self) -> None:
        self._cancel()


def how_far(come: int, total: int | None, in_draft: bool) -> str:
    """How far it is: waiting, how many bytes have come, or making sense of all of them."""
    if in_draft:
        return _("The task is read; now its draft…")
    if not come:
        return _("Waiting for the first byte…")
    if total is None:
        return _("Reading: {come} so far").format(come=format_size(come))
    words = _("{come} of {total} read") if come < total else _("{total} read, understanding it…")
    words = words.format(come=format_size(come), total=format_size(total))
    return f"{progress_bar(min(100, come * 100 // total))}   {words}"
