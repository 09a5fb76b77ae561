"""Ports as they are given on the command line."""

from __future__ import annotations

import argparse

from sms_tui.language import _

_LAST = 65535


def port(text: str) -> int:
    """The port that an argument names, 0 for any free one. Raises ArgumentTypeError."""
    if not text.isdecimal() or int(text) > _LAST:
        raise argparse.ArgumentTypeError(
            _("a port is a number from 0 to {most}, not {text}").format(most=_LAST, text=f"{text!r}")
        )
    return int(text)
