"""A drawing of the task to look at, and to go from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from sms_tui.language import N_, _
from sms_tui.schema.paths import Path
from sms_tui.session.picture.lines import PictureLine
from sms_tui.ui.dialogs.dialog import Dialog
from sms_tui.ui.widgets.picture import Picture


class PictureDialog(Dialog[Path | None]):
    """Shows what `draw` makes for a width, and before that what is said `meanwhile` if it takes long; Enter on a part
    of it leaves with its path."""

    DEFAULT_CSS = """
    PictureDialog > .tall {
        width: 96%;
        max-width: 96%;
        height: 90%;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,f6", "dismiss(None)", N_("Leave"), show=False)]

    def __init__(self, title: str, draw: Callable[[int], Sequence[PictureLine]], *, meanwhile: str = "") -> None:
        super().__init__()
        self._heading, self._draw, self._meanwhile = title, draw, meanwhile
        self._picture = Picture(self._chosen)

    def compose(self) -> ComposeResult:
        with Vertical(classes="tall") as box:
            box.border_title = self._heading
            box.border_subtitle = _("Enter goes there · Esc leaves")
            yield self._picture

    def on_mount(self) -> None:
        self.set_focus(self._picture)
        self._picture.show(self._draw, meanwhile=self._meanwhile)

    def _chosen(self, path: Path) -> None:
        self.dismiss(path)
