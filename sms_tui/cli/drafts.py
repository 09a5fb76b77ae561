"""`sms-tui drafts`: what was edited and not submitted yet."""

from __future__ import annotations

import argparse
from pathlib import Path

from sms_tui.cli.connect import DEMO, connect, demo
from sms_tui.cli.exits import DONE
from sms_tui.cli.output import out, out_json, tell
from sms_tui.cli.proposal import change_lines
from sms_tui.cli.settings import look, state_directory
from sms_tui.cli.tui import add_look_options, check_terminal, run_app
from sms_tui.exactjson import Json
from sms_tui.language import _, ngettext
from sms_tui.schema.units import format_date
from sms_tui.session.drafts.errors import DraftError
from sms_tui.session.drafts.reading import LoadedDraft
from sms_tui.session.drafts.store import DraftStore, DraftSummary
from sms_tui.session.drafts.subject import FILE
from sms_tui.session.file import FileSession


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help=_("a line for each draft, the last changed first"))
    listing.add_argument("--json", action="store_true", help=_("print the drafts as a JSON list"))
    _add_key(actions.add_parser("show", help=_("print what a draft changes, a line for each")))
    resume = actions.add_parser("resume", help=_("go on editing where a draft was left"))
    _add_key(resume)
    add_look_options(resume)
    _add_key(actions.add_parser("discard", help=_("put a draft into the trash, which keeps it for 30 days")))
    export = actions.add_parser("export", help=_("print the body that would be sent: the changed top-level keys"))
    _add_key(export)
    export.add_argument("--whole", action="store_true", help=_("print the whole task as it was edited"))


def run(arguments: argparse.Namespace) -> int:
    store = DraftStore(state_directory())
    try:
        store.purge()
        return _run(store, arguments)
    finally:
        for word in store.words:
            tell(word)


def _run(store: DraftStore, arguments: argparse.Namespace) -> int:
    if arguments.action == "list":
        return _list(store.summaries(), as_json=arguments.json)
    draft = chosen(store, arguments.draft)
    if arguments.action == "resume":
        return _resume(draft, arguments)
    if arguments.action == "discard":
        out(
            _("The draft {key} is in the trash for 30 days: {path}").format(
                key=draft.key, path=store.discard(draft.key)
            )
        )
        return DONE
    loaded = store.load(draft.key)
    if loaded.trouble:
        tell(_("The draft {key} is not whole. {trouble}").format(key=draft.key, trouble=loaded.trouble))
    return _show(loaded) if arguments.action == "show" else _export(loaded, whole=arguments.whole)


def chosen(store: DraftStore, wanted: str) -> DraftSummary:
    """The draft of a key, of the beginning of one, or of a task. Raises DraftError."""
    drafts = store.summaries()
    exact = [draft for draft in drafts if draft.key == wanted]
    found = exact or [draft for draft in drafts if draft.key.startswith(wanted) or draft.task_id == wanted]
    if len(found) != 1:
        several = _("{count} drafts are meant by {key}; sms-tui drafts list names them.")
        none = _("There is no draft {key}; sms-tui drafts list names them.")
        raise DraftError((several if found else none).format(count=len(found), key=wanted))
    return found[0]


def _resume(draft: DraftSummary, arguments: argparse.Namespace) -> int:
    """Open the editor on the task of a draft, in the place where it was made."""
    if not draft.usable:
        raise DraftError(_("The draft {key} cannot be resumed. {trouble}").format(key=draft.key, trouble=draft.trouble))
    chosen = look(arguments)
    if draft.place == FILE:
        check_terminal()
        return run_app(FileSession(Path(draft.task_id)), look=chosen, resume=True)
    if draft.place == DEMO:
        check_terminal()
        return run_app(demo(), draft.task_id, poll=2.0, look=chosen, resume=True)
    arguments.endpoint = draft.place
    session = connect(arguments)
    check_terminal()
    return run_app(session, draft.task_id, look=chosen, resume=True)


def _add_key(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("draft", metavar="KEY", help=_("the draft's key, the beginning of it, or the task's id"))


def _list(drafts: list[DraftSummary], *, as_json: bool) -> int:
    if as_json:
        out_json([_record(draft) for draft in drafts])
    elif not drafts:
        tell(_("There are no drafts: everything that was edited was submitted or discarded."))
    else:
        for draft in drafts:
            out(_line(draft))
    return DONE


def _record(draft: DraftSummary) -> Json:
    return {**draft._asdict(), "texts": list(draft.texts)}


def _line(draft: DraftSummary) -> str:
    parts = [draft.key, format_date(draft.changed // 1000 * 1000)]
    if draft.usable:
        parts += [draft.place, f"{draft.task_id} {draft.name}".strip()]
        edits = ngettext("{count} edit", "{count} edits", draft.edits).format(count=draft.edits)
        parts += [edits, draft.where]
        parts += [_("JSON text of {where} not taken in").format(where=where) for where in draft.texts]
    return "  ".join(part for part in (*parts, draft.trouble) if part)


def _show(draft: LoadedDraft) -> int:
    for line in change_lines(draft.document().changes):
        out(line)
    for typed in draft.texts.values():
        out(_("JSON text of {where}, not taken in:").format(where=typed.where))
        for text in (typed.text or "").splitlines():
            out(f"    {text}")
    return DONE


def _export(draft: LoadedDraft, *, whole: bool) -> int:
    document = draft.document()
    out_json(document.current if whole else document.body())
    for typed in draft.texts.values():
        tell(
            _("JSON text of {where} was not taken in and is in no body; sms-tui drafts show prints it").format(
                where=typed.where
            )
        )
    for name in [] if whole else document.unsendable:
        tell(
            _("{name}: not in the body, the reference lists no such key of a task or it was left out").format(name=name)
        )
    return DONE
