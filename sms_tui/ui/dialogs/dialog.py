"""What every dialog is: a screen over the others, in a box."""

from __future__ import annotations

from pathlib import Path
from typing import Generic, TypeVar

from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer], Generic[Answer]):
    """A screen over the others that leaves with an answer, or with None. Its look is read with the first of them."""

    CSS_PATH = Path(__file__).with_name("dialogs.tcss")
