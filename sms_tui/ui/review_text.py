"""What the review says: the change field by field, the exact body, and what became of it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from sms_tui.api.codes import place
from sms_tui.api.errors import ApiError
from sms_tui.document.body import Body
from sms_tui.document.diff import Difference
from sms_tui.document.document import Document
from sms_tui.document.identity import describe, entry_name
from sms_tui.document.risks import Risk
from sms_tui.language import N_, _, ngettext
from sms_tui.schema.paths import Path, Value, format_path
from sms_tui.schema.registry import field_at
from sms_tui.session.outcomes import Blocked, Effect, NothingToSend, Outcome, Rejected, Saved, Unknown
from sms_tui.ui.body_text import body_lines
from sms_tui.ui.text import printable, with_unit
from sms_tui.ui.widgets.lines import Line

_MOST_CHANGES = 5000
"""Changes that are listed one by one; what nobody reads is counted."""
_MOST_RISKS = 500
_MOST_MEANWHILE = 20


def change_lines(document: Document, changes: list[Difference]) -> Iterator[Line]:
    """Every change: where, the old value, the new value. They stay those of now, whenever a line is asked for."""
    base, current = document.base, document.current
    for change in changes[:_MOST_CHANGES]:
        task = base if change.sort == "removed" else current
        where = printable(describe(change.path, task))
        if change.sort == "changed":
            yield [("  ", ""), (where, "title")]
            yield [("      ", ""), (_value(change.old, change.path), "dim"), ("  →  ", ""), _new(change)]
        elif change.sort == "reordered":
            yield [("  ", ""), (where, "title"), (_("  entries in another order"), "")]
        else:
            sign = "+" if change.sort == "added" else "-"
            yield [(f"{sign} ", "changed"), (where, "title"), (f"  {_(change.sort)}", "")]
    if len(changes) > _MOST_CHANGES:
        yield [(_("  and {count} more").format(count=len(changes) - _MOST_CHANGES), "")]


def _new(change: Difference) -> tuple[str, str]:
    return _value(change.new, change.path), "changed"


def _value(value: Value, path: Path) -> str:
    text = with_unit(value, field_at(path))
    return text if len(text) <= 400 else _("{start}… ({count} characters)").format(start=text[:400], count=len(text))


def review_lines(document: Document, body: Body, what: str) -> Iterator[Line]:
    """The whole review: what stands in the way, the changes, what cannot be sent, the exact body under `what`."""
    changes, base = document.changes, document.base
    for finding in document.findings:
        if finding.blocks:
            where = printable(document.describe(finding.path))
            yield [("✗ ", "error"), (where, "title"), (f"  {printable(finding.message)}", "error")]
    yield [(ngettext("{count} change", "{count} changes", len(changes)).format(count=len(changes)), "heading")]
    yield from change_lines(document, changes)
    if document.task_id and document.unsendable:
        names = ", ".join(document.unsendable)
        yield [
            ("! ", "warning"),
            (_("Not sent: {names}. A PUT can neither remove a key nor carry an unknown one.").format(names=names), ""),
        ]
    yield [("", "")]
    yield [(what, "heading")]
    for line in body_lines(body, base):
        yield [(printable(line), "")]


def meanwhile_lines(document: Document, meanwhile: Sequence[Difference]) -> Iterator[Line]:
    """What somebody else changed since the task was read."""
    if not meanwhile:
        return
    made = ngettext(
        "Meanwhile somebody else made {count} change, merged with yours:",
        "Meanwhile somebody else made {count} changes, merged with yours:",
        len(meanwhile),
    )
    yield [(made.format(count=len(meanwhile)), "warning")]
    for change in meanwhile[:_MOST_MEANWHILE]:
        if change.sort == "changed":
            where = printable(describe(change.path, document.base))
            new = _value(change.new, change.path)
            yield [("  ", ""), (where, "title"), (f"  {_value(change.old, change.path)}  →  {new}", "")]
        else:
            yield [("  ", ""), (_entry(document, change), "title"), (f"  {_(change.sort)}", "")]
    if len(meanwhile) > _MOST_MEANWHILE:
        yield [(_("  and {count} more").format(count=len(meanwhile) - _MOST_MEANWHILE), "")]
    yield [("", "")]


def _entry(document: Document, change: Difference) -> str:
    """The name of an entry that came or went, with the way to its list."""
    if change.sort == "reordered":
        return printable(describe(change.path, document.base))
    entry = change.old if change.sort == "removed" else change.new
    name = entry_name(entry, int(change.path[-1]))
    return printable(" › ".join([describe(change.holder, document.base), name]))


def risk_lines(risks: Sequence[Risk], word: str) -> Iterator[Line]:
    """What is dangerous, before anything else, and what has to be typed to send it all the same."""
    yield [(_("Risky: type {word} and press Enter to submit").format(word=word), "error")]
    for risk in risks[:_MOST_RISKS]:
        yield [("✗ ", "error"), (printable(risk.words), "title")]
    if len(risks) > _MOST_RISKS:
        yield [(_("  and {count} more").format(count=len(risks) - _MOST_RISKS), "title")]
    yield [("", "")]


def field_to_mend(document: Document, outcome: Outcome) -> Path | None:
    """The field that a refusal is about, where the service's code tells and the task has it."""
    if not isinstance(outcome, Rejected) or not isinstance(outcome.error, ApiError):
        return None
    field = outcome.error.field
    return place(field, document.current) if field is not None else None


def heading(outcome: Outcome) -> str:
    """How a save ended, in a word or two."""
    match outcome:
        case Saved(held=None):
            return _("Accepted")
        case Saved():
            return _("Saved")
        case Unknown():
            return _("Outcome unknown")
    return _("Not saved")


def briefly(outcome: Outcome, key: Callable[[str], str]) -> str:
    """How a save ended, in a sentence: `Saved: 2 kept, 1 ignored`."""
    if isinstance(outcome, Saved) and outcome.effects:
        fates = Counter(effect.words for effect in outcome.effects)
        return f"{heading(outcome)}: {', '.join(f'{count} {words}' for words, count in fates.items())}."
    return ". ".join(text.strip() for line in outcome_lines(outcome, key) for text, _ in line[-1:] if text)


def outcome_lines(outcome: Outcome, key: Callable[[str], str]) -> Iterator[Line]:
    """What became of a save, in words; `key` tells the key that a command of the editor has."""
    match outcome:
        case Saved():
            yield from _saved(outcome, key)
        case NothingToSend(unsendable):
            yield [(_("Nothing to send. No request was made."), "heading")]
            if unsendable:
                yield [(_("A PUT cannot carry the changes of: {names}.").format(names=", ".join(unsendable)), "")]
        case Blocked(errors):
            yield [(_("Not sent: errors stand in the way."), "error")]
            for finding in errors:
                where = printable(format_path(finding.path))
                yield [("✗ ", "error"), (where, "title"), (f"  {printable(finding.message)}", "")]
        case Rejected(error):
            yield [(_("Not saved. Your edits are kept."), "error")]
            yield [(printable(str(error)), "")]
        case Unknown(error, reason):
            yield [(_("Sent, but it is not known whether it landed. Your edits are kept."), "error")]
            yield [(printable(str(error)), "")]
            yield [(printable(reason), "")]
            words = _("{key} reads it again once the service answers, and tells what is still to be sent.")
            yield [(words.format(key=key("review")), "")]


def _saved(saved: Saved, key: Callable[[str], str]) -> Iterator[Line]:
    if saved.held is None:
        yield [(_("Accepted, but not read back."), "warning")]
        yield [(printable(saved.note), "")]
        return
    if saved.after is not None:
        yield [(_after_all(saved), "changed")]
    if not saved.effects:
        yield [(_("Saved."), "changed")]
        return
    yield [(_("Saved. What the service holds now:"), "changed")]
    for effect in saved.effects:
        yield _effect_line(effect)
    if not saved.as_sent:
        yield [("", "")]
        words = _(
            "What was not taken is still in your draft: {back} puts back what the service has, {again} tries again."
        )
        yield [(words.format(back=key("put_back_short"), again=key("review")), "")]


def _after_all(saved: Saved) -> str:
    """What reading back told of an update whose answer was lost."""
    if saved.as_sent:
        return _("It landed: the answer was lost, but the task was read back.")
    if any(effect.fate == "kept" for effect in saved.effects):
        return _("It landed, since changed: the answer was lost, but the task was read back.")
    return _("It may have landed, since changed: the answer was lost, and by now something else stands there.")


def _effect_line(effect: Effect) -> Line:
    spec = field_at(effect.change.path)
    held = "" if effect.change.sort in ("added", "removed", "reordered") else with_unit(effect.held, spec)
    style = "" if effect.fate == "kept" else "warning"
    sign = "  " if effect.fate == "kept" else "! "
    return [(sign, style), (printable(effect.where), "title"), (f"  {held}", ""), (f"  {effect.words}", style)]


SORTS = (N_("changed"), N_("added"), N_("removed"), N_("reordered"))
"""The sorts of change."""
