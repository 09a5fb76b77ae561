"""What the review says: the change field by field, the exact body, and what became of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from sms_tui.document import Body, Difference, Document
from sms_tui.document.identity import describe
from sms_tui.exactjson import dumps
from sms_tui.schema.paths import Path, Value
from sms_tui.schema.registry import field_at
from sms_tui.session import Blocked, Effect, NothingToSend, Outcome, Rejected, Saved, Unknown
from sms_tui.ui.text import printable, with_unit
from sms_tui.ui.widgets.lines import Line


def change_lines(document: Document, changes: list[Difference]) -> Iterator[Line]:
    """Every change: where, the old value, the new value."""
    for change in changes:
        task = document.base if change.sort == "removed" else document.current
        where = printable(describe(change.path, task))
        if change.sort == "changed":
            yield [("  ", ""), (where, "title")]
            yield [("      ", ""), (_value(change.old, change.path), "dim"), ("  →  ", ""), _new(change)]
        elif change.sort == "reordered":
            yield [("  ", ""), (where, "title"), ("  entries in another order", "")]
        else:
            sign = "+" if change.sort == "added" else "-"
            yield [(f"{sign} ", "changed"), (where, "title"), (f"  {change.sort}", "")]


def _new(change: Difference) -> tuple[str, str]:
    return _value(change.new, change.path), "changed"


def _value(value: Value, path: Path) -> str:
    text = with_unit(value, field_at(path))
    return text if len(text) <= 400 else f"{text[:400]}… ({len(text)} characters)"


def review_lines(document: Document, body: Body, what: str) -> Iterator[Line]:
    """The whole review: what stands in the way, the changes, what cannot be sent, the exact body under `what`."""
    changes = document.changes
    for finding in document.findings:
        if finding.blocks:
            where = printable(document.describe(finding.path))
            yield [("✗ ", "error"), (where, "title"), (f"  {printable(finding.message)}", "error")]
    yield [(f"{len(changes)} change{'' if len(changes) == 1 else 's'}", "heading")]
    yield from change_lines(document, changes)
    if document.task_id and document.unsendable:
        names = ", ".join(document.unsendable)
        yield [("! ", "warning"), (f"Not sent: {names}. A PUT can neither remove a key nor carry an unknown one.", "")]
    yield [("", "")]
    yield [(what, "heading")]
    for line in dumps(body, indent=2).splitlines():
        yield [(printable(line), "")]


def heading(outcome: Outcome) -> str:
    """How a save ended, in a word or two."""
    match outcome:
        case Saved():
            return "Saved"
        case Unknown():
            return "Outcome unknown"
    return "Not saved"


def outcome_lines(outcome: Outcome) -> Iterator[Line]:
    """What became of a save, in words."""
    match outcome:
        case Saved(effects, held, note):
            yield from _saved(list(effects), held, note)
        case NothingToSend(unsendable):
            yield [("Nothing to send. No request was made.", "heading")]
            if unsendable:
                yield [(f"A PUT cannot carry the changes of: {', '.join(unsendable)}.", "")]
        case Blocked(errors):
            yield [("Not sent: errors stand in the way.", "error")]
            for finding in errors:
                yield [("✗ ", "error"), (printable(finding.message), "")]
        case Rejected(error):
            yield [("Not saved. Your edits are kept.", "error")]
            yield [(printable(str(error)), "")]
        case Unknown(error):
            yield [("Sent, but it is not known whether it landed. Your edits are kept.", "error")]
            yield [(printable(str(error)), "")]
            yield [("Ctrl+r in the task reads it again: look whether it landed before you send anything more.", "")]


def _saved(effects: list[Effect], held: Body | None, note: str) -> Iterator[Line]:
    if held is None:
        yield [("Accepted, but not read back.", "warning")]
        yield [(printable(note), "")]
        return
    if not effects:
        yield [("Saved.", "changed")]
        return
    yield [("Saved. What the service holds now:", "changed")]
    for effect in effects:
        spec = field_at(effect.change.path)
        held_text = "" if effect.change.sort in ("added", "removed", "reordered") else with_unit(effect.held, spec)
        style = "" if effect.fate == "kept" else "warning"
        sign = "  " if effect.fate == "kept" else "! "
        yield [(sign, style), (printable(effect.where), "title"), (f"  {held_text}", ""), (f"  {effect.words}", style)]
