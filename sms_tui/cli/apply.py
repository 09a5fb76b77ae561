"""`sms-tui apply`: change a task to what a body says, through the same session as the editor."""

from __future__ import annotations

import argparse
import asyncio
import sys

from sms_tui.api.errors import OutcomeUnknown
from sms_tui.cli.bodies import add_body_argument, body_from
from sms_tui.cli.connect import connected
from sms_tui.cli.exits import DONE, FAILED, NO, WRONG_USAGE
from sms_tui.cli.output import ask, at_terminal, out, out_json, tell
from sms_tui.cli.proposal import change_lines, proposed, shown
from sms_tui.cli.settings import add_service_options, service
from sms_tui.document import Document
from sms_tui.schema.paths import format_path
from sms_tui.session import Blocked, Effect, NothingToSend, Outcome, Rejected, Saved, Unknown


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("task_id", metavar="TASK_ID", help="the task's id")
    add_body_argument(parser)
    parser.add_argument("--yes", action="store_true", help="send without asking")
    parser.add_argument("--dry-run", action="store_true", help="print the body that would be sent, send nothing")
    parser.add_argument("--full", action="store_true", help="send every key the reference lists, not only changed ones")
    add_service_options(parser)


def run(arguments: argparse.Namespace) -> int:
    document = asyncio.run(proposed(arguments, body_from(arguments.file)))
    # A key that the task has too came from a GET and may have moved since; one that it lacks is a slip of the pen.
    misspelt = [name for name in document.unsendable if name not in document.base]
    _tell_review(document)
    code = _applied(arguments, document)
    return NO if code == DONE and misspelt else code


def _tell_review(document: Document) -> None:
    for line in change_lines(document):
        tell(line)
    for name in document.unsendable:
        tell(f"{format_path((name,))}: not sent, the reference lists no such key of a task")
    for finding in document.findings:
        if not finding.inherited:
            tell(f"{format_path(finding.path) or 'task'}: {finding.problem.severity}: {finding.message}")


def _applied(arguments: argparse.Namespace, document: Document) -> int:
    if errors := [finding for finding in document.findings if finding.blocks]:
        return _ended(Blocked(errors))
    if not document.body():
        return _ended(NothingToSend(document.unsendable))
    if arguments.dry_run:
        out_json(document.body(full=arguments.full))
        return DONE
    if not arguments.yes:
        # Standard error must be the terminal too: the change to agree to stands there.
        if arguments.file == "-" or not at_terminal(sys.stdin, sys.stderr):
            tell("Nothing was sent: there is no terminal to ask on. Look at the change above, then add --yes.")
            return WRONG_USAGE
        if not _agreed(arguments):
            tell("Nothing was sent.")
            return NO
    return _ended(_sent(arguments, document))


def _agreed(arguments: argparse.Namespace) -> bool:
    """Ask outside of any event loop: asyncio would keep the first Ctrl-C to itself until the line is typed."""
    chosen = service(arguments)
    ask(f"Send this change{f' to {chosen.place}' if chosen else ''}? [y/N] ")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _sent(arguments: argparse.Namespace, document: Document) -> Outcome:
    try:
        return asyncio.run(_save(arguments, document))
    except KeyboardInterrupt:
        tell(f"Interrupted. {OutcomeUnknown()}")
        raise


async def _save(arguments: argparse.Namespace, document: Document) -> Outcome:
    async with connected(arguments) as session:
        return await session.save(document, full=arguments.full)


def _ended(outcome: Outcome) -> int:
    match outcome:
        case Saved(effects, held, note):
            for effect in effects:
                out(_line(effect))
            if held is None:
                tell(note)
                return FAILED
            return DONE if all(effect.fate in ("kept", "not shown by the service") for effect in effects) else NO
        case NothingToSend():
            tell("Nothing to send.")
            return DONE
        case Blocked():
            tell("Nothing was sent: correct the errors above first.")
            return NO
        case Rejected(error) | Unknown(error):
            tell(str(error))
            return FAILED


def _line(effect: Effect) -> str:
    now = f", it is {shown(effect.held)}" if effect.fate in ("changed by the service", "ignored") else ""
    return f"{format_path(effect.change.path)}: {effect.words}{now}"
