"""The rules of the domain: a task as plain JSON of any shape in, `Problem`s out. Pure, synchronous, never raises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sms_tui.deferred import deferred

if TYPE_CHECKING:
    from sms_tui.schema.checks.checker import Checker, check

__all__ = ["Checker", "check"]

__getattr__ = deferred(__name__, {"Checker": "checker", "check": "checker"})
