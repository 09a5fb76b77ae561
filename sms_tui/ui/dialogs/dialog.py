"""What every dialog is: a screen over the others, in a box."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer], Generic[Answer]):
    """A screen over the others that leaves with an answer, or with None."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;

        & > Vertical {
            width: 60;
            max-width: 90%;
            height: auto;
            max-height: 80%;
            padding: 0 1;
            border: round $accent;
            background: $surface;
        }

        & > .tall {
            width: 84;
            height: 80%;
        }

        .reason {
            height: 2;
            color: $warning;
        }

        .hint {
            margin-top: 1;
            color: $dim;
        }
    }
    """
