"""A change reviewed, agreed to, sent and told of, for every command that sends one."""

from __future__ import annotations

import argparse
import asyncio
import sys

from sms_tui.api.errors import OutcomeUnknown
from sms_tui.cli.connect import connected
from sms_tui.cli.exits import CONFLICT, DONE, FAILED, NO, WRONG_USAGE
from sms_tui.cli.output import ask, at_terminal, out, out_json, tell
from sms_tui.cli.proposal import change_lines, conflict_lines, shown
from sms_tui.cli.settings import service
from sms_tui.document.document import Document
from sms_tui.document.merge import Merge
from sms_tui.document.risks import risks
from sms_tui.language import _
from sms_tui.schema.paths import format_path
from sms_tui.session.outcomes import (
    Blocked,
    Conflicted,
    CutShort,
    Effect,
    Moved,
    NothingToSend,
    NotLanded,
    Outcome,
    Rejected,
    Saved,
    Unknown,
)

_ROUNDS = 5
"""How often somebody else may change the task while the change is agreed to."""


def add_sending_options(parser: argparse.ArgumentParser) -> None:
    """The options of a command that sends a change."""
    parser.add_argument("--yes", action="store_true", help=_("send without asking"))
    parser.add_argument("--dry-run", action="store_true", help=_("print the body that would be sent, send nothing"))
    parser.add_argument(
        "--full", action="store_true", help=_("send every key the reference lists, not only changed ones")
    )


def send(
    arguments: argparse.Namespace, document: Document, merged: Merge | None = None, *, from_stdin: bool = False
) -> int:
    """Show a document's change, have it agreed to, send it and tell what became of it; the exit code.

    `merged` is the merge that the change came out of. Where somebody else changes the task meanwhile, the change is
    shown and agreed to once more.
    """
    if merged is not None and merged.conflicts:
        return _conflicted(merged)
    if merged is not None:
        _tell_meanwhile(Moved(merged.meanwhile))
    for __ in range(_ROUNDS):
        _tell_review(document)
        if (code := _held_back(arguments, document, from_stdin=from_stdin)) is not None:
            return code
        outcome = asyncio.run(_save(arguments, document))
        if not isinstance(outcome, Moved):
            return _ended(outcome)
        _tell_meanwhile(outcome)
    tell(_("Nothing was sent: the task changes faster than it can be reviewed. Try again."))
    return CONFLICT


def _tell_meanwhile(moved: Moved) -> None:
    for line in change_lines(moved.meanwhile):
        tell(_("meanwhile, by somebody else: {line}").format(line=line))


def _tell_review(document: Document) -> None:
    for risk in risks(document):
        tell(_("risky: {words}").format(words=risk.words))
    for line in change_lines(document.changes):
        tell(line)
    for finding in document.findings:
        if not finding.inherited:
            tell(f"{format_path(finding.path) or 'task'}: {finding.problem.severity}: {finding.message}")


def _held_back(arguments: argparse.Namespace, document: Document, *, from_stdin: bool) -> int | None:
    """The exit code if nothing is to be sent, None if it is."""
    if errors := [finding for finding in document.findings if finding.blocks]:
        return _ended(Blocked(errors))
    if not document.body():
        return _ended(NothingToSend(document.unsendable))
    if arguments.dry_run:
        out_json(document.body(full=arguments.full))
        return DONE
    if arguments.yes:
        return None
    # Standard error must be the terminal too: the change to agree to stands there.
    if from_stdin or not at_terminal(sys.stdin, sys.stderr):
        tell(_("Nothing was sent: there is no terminal to ask on. Look at the change above, then add --yes."))
        return WRONG_USAGE
    if _agreed(arguments):
        return None
    tell(_("Nothing was sent."))
    return NO


def _agreed(arguments: argparse.Namespace) -> bool:
    """Ask outside of any event loop: asyncio would keep the first Ctrl-C to itself until the line is typed."""
    chosen = service(arguments)
    question = _("Send this change to {place}? [y/N] ") if chosen else _("Send this change? [y/N] ")
    ask(question.format(place=chosen.place if chosen else ""))
    return sys.stdin.readline().strip().lower() in ("y", "yes")


async def _save(arguments: argparse.Namespace, document: Document) -> Outcome:
    async with connected(arguments) as session:
        try:
            outcome = await session.save(document, full=arguments.full)
        except asyncio.CancelledError as error:
            tell(_interrupted(error.outcome if isinstance(error, CutShort) else None))
            raise
        if session.trouble:
            tell(session.trouble)
        return outcome


def _interrupted(outcome: Outcome | None) -> str:
    """What to say of a save that was cancelled; None if nothing had gone out."""
    match outcome:
        case Saved():
            return _("Interrupted. {words}").format(words=outcome.note)
        case None:
            return _("Interrupted; nothing was sent.")
    return _("Interrupted. {words}").format(words=OutcomeUnknown())


def _conflicted(merged: Merge) -> int:
    for line in conflict_lines(merged):
        out(line)
    tell(_("Nothing was sent: somebody else changed the same. Decide, and apply that to the task as it is now."))
    return CONFLICT


def _ended(outcome: Outcome) -> int:
    match outcome:
        case Saved():
            return _saved(outcome)
        case NothingToSend():
            tell(_("Nothing to send."))
            return DONE
        case Blocked():
            tell(_("Nothing was sent: correct the errors above first."))
            return NO
        case Conflicted(_, merged):
            return _conflicted(merged)
        case NotLanded(error):
            tell(
                _("Not landed: it was sent, but {cause}. The task was read back and has nothing of it.").format(
                    cause=error.cause
                )
            )
        case Unknown():
            tell(_unknown(outcome))
        case Rejected(error):
            tell(str(error))
    return FAILED


def _unknown(outcome: Unknown) -> str:
    return _(
        "Unknown whether it landed: it was sent, but {cause}. {reason} Look at the task before sending it again."
    ).format(cause=outcome.error.cause, reason=outcome.reason)


def _saved(saved: Saved) -> int:
    if saved.after is not None:
        tell(_("{landed}: the answer was lost, the task was read back.").format(landed=_after_all(saved)))
    for effect in saved.effects:
        out(_line(effect))
    if saved.held is None:
        tell(saved.note)
        return FAILED
    return DONE if saved.as_sent else NO


def _after_all(saved: Saved) -> str:
    """What reading back told of an update whose answer was lost."""
    if saved.as_sent:
        return _("Landed")
    kept = any(effect.fate == "kept" for effect in saved.effects)
    return _("Landed, since changed") if kept else _("It may have landed, since changed")


def _line(effect: Effect) -> str:
    now = (
        _(", it is {value}").format(value=shown(effect.held))
        if effect.fate in ("changed by the service", "ignored")
        else ""
    )
    return f"{format_path(effect.change.path)}: {effect.words}{now}"
