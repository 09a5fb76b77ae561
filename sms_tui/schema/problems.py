"""A broken rule at a place in a task."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sms_tui.schema.paths import Path

Severity = Literal["error", "warning"]


class Problem(NamedTuple):
    """One finding. `code` names the rule (`too-large`, `volumes-exceed-disk`), `message` is one plain sentence.

    `path` is the value to look at first; the message names the other places by what the operator calls them.
    """

    path: Path
    severity: Severity
    code: str
    message: str
