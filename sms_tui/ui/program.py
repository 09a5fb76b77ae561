"""The app as its screens and widgets need it: what Textual calls `app` knows nothing of what is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.dom import DOMNode

if TYPE_CHECKING:
    from sms_tui.ui.app import SmsTui


def program_of(node: DOMNode) -> SmsTui:
    """The app that a widget or screen is part of."""
    return cast("SmsTui", node.app)
