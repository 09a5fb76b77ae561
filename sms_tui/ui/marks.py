"""Which places of a task carry a mark: `✗` error, `!` warning, `●` changed, from a leaf up to the root."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sms_tui.document import Document, Finding
from sms_tui.schema.paths import Path

Worst = Literal["error", "warning", "inherited", ""]

SIGNS = {"error": "✗", "warning": "!", "inherited": "!", "": " "}
_RANK: dict[Worst, int] = {"": 0, "inherited": 1, "warning": 2, "error": 3}


@dataclass(slots=True)
class Marks:
    """The marks of a document as of the last `read`."""

    worst: dict[Path, Worst] = field(default_factory=dict)
    changed: set[Path] = field(default_factory=set)
    findings: dict[Path, list[Finding]] = field(default_factory=dict)
    errors: int = 0
    warnings: int = 0
    changes: int = 0

    def read(self, document: Document) -> None:
        """Take the marks anew from a document's findings and changes."""
        self.worst, self.changed, self.findings = {}, set(), {}
        self.errors = self.warnings = 0
        for finding in document.findings:
            self._add(finding)
        self.changes = len(document.changes)
        for change in document.changes:
            path = change.holder if change.sort == "removed" else change.path
            self.changed.update(path[:length] for length in range(len(path) + 1))

    def _add(self, finding: Finding) -> None:
        self.findings.setdefault(finding.path, []).append(finding)
        worst: Worst = finding.problem.severity
        if finding.inherited:
            worst = "inherited"
        if finding.blocks:
            self.errors += 1
        else:
            self.warnings += 1
        for length in range(len(finding.path) + 1):
            place = finding.path[:length]
            if _RANK[worst] > _RANK[self.worst.get(place, "")]:
                self.worst[place] = worst

    def at(self, path: Path) -> Sequence[Finding]:
        """The findings at exactly this place."""
        return self.findings.get(path, ())

    def sign(self, path: Path) -> str:
        """Two cells: the worst finding at or under a place, and whether something there changed."""
        return SIGNS[self.worst.get(path, "")] + ("●" if path in self.changed else " ")
