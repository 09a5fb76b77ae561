"""What a journal still tells, whatever happened to it: all of it, what stands before the damage, or why nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sms_tui.document.body import Body
from sms_tui.document.document import Document
from sms_tui.document.edits import EditError, apply_all
from sms_tui.exactjson import Json
from sms_tui.language import _
from sms_tui.schema.paths import Path
from sms_tui.session.drafts.coding import BASE, FACTS, PART, CodingError, Facts, base_from, facts_from, steps_from
from sms_tui.session.drafts.errors import DraftError
from sms_tui.session.drafts.files import Identity
from sms_tui.session.drafts.records import FORMAT, Record, format_of, scan
from sms_tui.session.drafts.steps import Entry, History, StepError, Typed


class Contents(NamedTuple):
    """A journal as far as it is sound; `base` is the text of the loaded task. `trouble` says what is lost, if any."""

    facts: Facts
    base: bytes
    history: History
    trouble: str


class LoadedDraft(NamedTuple):
    """A draft to go on with: the edits that stand, oldest first, and those taken back, which can be made again, and
    JSON texts not taken in.

    `identity` is the file it was read from, None where that is damaged and must be kept when the draft is written on.
    """

    key: str
    facts: Facts
    base: Body
    edits: Sequence[Entry]
    undone: Sequence[Entry]
    texts: Mapping[Path, Typed]
    changed: int
    trouble: str
    identity: Identity | None

    @property
    def history(self) -> History:
        return History(self.edits, self.undone, self.changed, self.texts)

    def document(self) -> Document:
        """The document as it was left, with its undo and redo."""
        document = Document(self.base, self.facts.subject.document_id)
        for entry in self.edits:
            document.apply(entry.label, *entry.changes)
        again = sum(_made(document, entry) for entry in reversed(self.undone))
        for __ in range(again):
            document.undo()
        return document


def read_contents(data: bytes) -> Contents:
    """Take a journal apart without reading the loaded task. Raises DraftError where nothing can be told."""
    _check_format(data)
    scanned = scan(data)
    try:
        facts, base, steps = _parted(scanned.records)
    except CodingError as error:
        raise DraftError(_unusable(str(error))) from None
    history = History()
    trouble = ""
    if scanned.cut:
        trouble = _("Its last line ({broken}) was cut off; what stands before that is kept.").format(
            broken=scanned.broken
        )
    elif scanned.broken:
        trouble = _("It is damaged from line {broken} on; what stands before that is kept.").format(
            broken=scanned.broken
        )
    try:
        for step in steps_from(steps):
            history.take(step)
    except (CodingError, StepError) as error:
        trouble = _("From an edit on it cannot be followed ({reason}); what stands before that is kept.").format(
            reason=error
        )
    return Contents(facts, base, history, trouble)


def load(data: bytes, key: str, identity: Identity) -> LoadedDraft:
    """Read a journal whole. Raises DraftError where nothing can be used."""
    contents = read_contents(data)
    try:
        base = base_from(contents.base)
    except CodingError as error:
        raise DraftError(_unusable(_("the task in it cannot be read: {reason}").format(reason=error))) from None
    history, trouble = contents.history, contents.trouble
    fitting = _fitting(base, history.done)
    undone = history.undone
    if fitting < len(history.done):
        trouble = _("Edit {fitting} of {count} does not fit the task; the edits before it are kept.").format(
            fitting=fitting + 1, count=len(history.done)
        )
        undone = []
    return LoadedDraft(
        key,
        contents.facts,
        base,
        tuple(history.done[:fitting]),
        tuple(undone),
        history.texts,
        history.changed or contents.facts.started,
        trouble,
        None if trouble else identity,
    )


def _check_format(data: bytes) -> None:
    found = format_of(data)
    if found is None:
        raise DraftError(_unusable(_("its first line is not that of a draft")))
    if found != FORMAT:
        newer = _("It is in format {found} of a newer sms-tui; use that one. This one reads format {own}.")
        older = _("It is in format {found} of an older sms-tui; use that one. This one reads format {own}.")
        raise DraftError((newer if found > FORMAT else older).format(found=found, own=FORMAT))


def _parted(records: list[Record]) -> tuple[Facts, bytes, list[Record]]:
    """The facts, the text of the task, and the steps. Raises CodingError."""
    if not records or records[0].kind != FACTS:
        raise CodingError(_("it does not say which task it is of"))
    end = next((at for at, record in enumerate(records) if record.kind == BASE), None)
    if end is None or any(record.kind != PART for record in records[1:end]):
        raise CodingError(_("the task that the edits belong to is not there whole"))
    base = b"".join(record.payload for record in records[1 : end + 1])
    return facts_from(records[0]), base, records[end + 1 :]


def _fitting(base: Body, entries: Sequence[Entry]) -> int:
    """How many edits can be made, one after the other."""
    task: Json = base
    for number, entry in enumerate(entries):
        try:
            task, __ = apply_all(task, entry.changes)
        except EditError:
            return number
    return len(entries)


def _made(document: Document, entry: Entry) -> bool:
    """Make an edit again that was taken back; false if it changes nothing or does not fit any more."""
    before = document.current
    try:
        document.apply(entry.label, *entry.changes)
    except EditError:
        return False
    return document.current is not before


def _unusable(reason: str) -> str:
    return _("It is damaged and cannot be used: {reason}.").format(reason=reason)
