"""Whatever became of a journal: the task as it stood after some of its edits, or why nothing can be used."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fuzz_material import JSON, given_or_refused, spoilt
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.body import Body
from sms_tui.document.document import Document
from sms_tui.document.edits import Change, Edit, EditError, InsertEntry, MoveEntry, RemoveValue, SetValue
from sms_tui.exactjson import dumps
from sms_tui.schema.units import format_date
from sms_tui.session.drafts.coding import Facts, base_records, facts_record, step_record
from sms_tui.session.drafts.errors import DraftError
from sms_tui.session.drafts.holder import read_holder, this_process, written
from sms_tui.session.drafts.journal import entry_of
from sms_tui.session.drafts.reading import LoadedDraft, load, read_contents
from sms_tui.session.drafts.records import START, Record, lines, title
from sms_tui.session.drafts.steps import Made, Step, Walked
from sms_tui.session.drafts.store import DraftStore
from sms_tui.session.drafts.subject import Subject

TASKS = st.dictionaries(st.sampled_from(["name", "speed_limit", "disks", "source_server"]), JSON, max_size=4)
PATHS = st.sampled_from(
    [("name",), ("speed_limit",), ("new",), ("disks", 0), ("disks", 0, "size"), ("source_server", "disks", 1, "name")]
)
CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(SetValue, PATHS, JSON, st.none() | st.integers(0, 3)),
    st.builds(RemoveValue, PATHS),
    st.builds(InsertEntry, PATHS, JSON),
    st.builds(MoveEntry, PATHS, st.integers(0, 2)),
)
ACTIONS = st.lists(CHANGES, min_size=1, max_size=2) | st.sampled_from(["undo", "redo", "leave"])
ODD = st.binary(max_size=4) | st.sampled_from([b"\n", b" ", b"1 ", b"undo", title(), b'"at":-1', b"[[", b"null", b'"'])


class Kept:
    """Hears of every edit of a document; the steps of its journal, and the task after each."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.steps: list[Step] = []
        self.tasks = [dumps(document.current)]
        document.listen(self)

    def applied(self, edit: Edit, *, joined: bool) -> None:
        current = self._document.current
        self._keep(Made(entry_of(edit, current, current, 1), joined))

    def dropped(self) -> None:
        self._keep(Walked("drop", 2))

    def undone(self) -> None:
        self._keep(Walked("undo", 3))

    def redone(self, edit: Edit) -> None:
        self._keep(Walked("redo", 4))

    def rebased(self, base: Body, edits: Sequence[Edit]) -> None:
        raise AssertionError("nothing here loads another task")

    def _keep(self, step: Step) -> None:
        self.steps.append(step)
        self.tasks.append(dumps(self._document.current))


@dataclass(frozen=True)
class Story:
    """The records of a journal, and the task as loaded and after each step."""

    records: list[Record]
    tasks: list[str]

    @property
    def data(self) -> bytes:
        return title() + lines(START, self.records)[0]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    document = Document(draw(TASKS), "t")
    kept = Kept(document)
    for action in draw(st.lists(ACTIONS, max_size=8)):
        act(document, action)
    facts = Facts(Subject("https://sms.example", "t"), "name", 5)
    return Story([facts_record(facts), *base_records(document.base), *map(step_record, kept.steps)], kept.tasks)


def act(document: Document, action: list[Change] | str) -> None:
    if action == "undo":
        document.undo()
    elif action == "redo":
        document.redo()
    elif action == "leave":
        document.end_run()
    else:
        assert isinstance(action, list)
        try:
            document.apply("an edit", *action, run=action[0].path)
        except EditError:
            return


def load_or_reason(data: bytes) -> LoadedDraft | str:
    try:
        return load(data, "key", (1, 2))
    except DraftError as error:
        return str(error)


def walked(draft: LoadedDraft) -> str:
    """The task as a draft left it, after all its edits were taken back and made again."""
    document = draft.document()
    left = dumps(document.current)
    edits = len(document.history)
    while document.undo():
        pass
    assert dumps(document.current) == dumps(draft.base)
    for _ in range(edits):
        assert document.redo()
    assert dumps(document.current) == left
    while document.redo():
        pass
    return left


@given(stories())
def test_a_sound_journal_gives_the_task_as_it_was_left(story: Story) -> None:
    draft = load(story.data, "key", (1, 2))
    assert draft.trouble == ""
    assert walked(draft) == story.tasks[-1]


@given(stories(), st.data())
def test_a_spoilt_journal_gives_the_task_after_some_of_its_edits_and_says_so(story: Story, data: st.DataObject) -> None:
    whole = story.data
    found = data.draw(spoilt(st.just(whole), ODD))
    draft = load_or_reason(found)
    if isinstance(draft, str):
        assert draft.startswith(("It is damaged and cannot be used: ", "It is in format "))
        return
    assert walked(draft) in story.tasks
    assert draft.trouble or whole.startswith(found)
    assert (draft.identity is None) == bool(draft.trouble)


@given(stories(), stories(), st.data())
def test_lines_of_two_journals_in_one_give_the_edits_of_one_of_them(one: Story, other: Story, data) -> None:
    rows = one.data.splitlines(keepends=True) + other.data.splitlines(keepends=True)
    chosen = data.draw(st.lists(st.sampled_from(rows), max_size=len(rows)))
    first = data.draw(st.integers(0, len(rows)))
    draft = load_or_reason(b"".join([*rows[:first], *chosen]))
    assert isinstance(draft, str) or walked(draft) in one.tasks + other.tasks


KINDS = st.sampled_from(["draft", "part", "base", "edit", "joined", "undo", "redo", "drop", "paint"])
JSON_ODD = st.sampled_from(
    [b'"', b"[", b"]", b"{", b"}", b",", b"null", b"true", b"-1", b"0", b"9" * 20, b"1.5", b"[]", b'"set"', b'"move"']
)


@given(stories(), stories(), st.data())
def test_sound_lines_that_say_anything_at_all_are_followed_as_far_as_they_make_sense(one, other, data) -> None:
    start = data.draw(st.integers(0, 3))
    records = one.records[:start] + data.draw(st.lists(st.sampled_from(one.records + other.records), max_size=8))
    for at in data.draw(st.lists(st.integers(0, max(0, len(records) - 1)), max_size=3)):
        if at < len(records):
            payload = data.draw(spoilt(st.just(records[at].payload), JSON_ODD).filter(lambda text: b"\n" not in text))
            records[at] = Record(data.draw(KINDS | st.just(records[at].kind)), payload)
    content = title() + lines(START, records)[0]
    draft = load_or_reason(content)
    if isinstance(draft, str):
        assert draft.startswith("It is damaged and cannot be used: ")
        return
    walked(draft)
    assert len(draft.edits) + len(draft.undone) <= len(records)
    contents = read_contents(content)
    assert contents.facts == draft.facts
    assert format_date(draft.changed)


@given(st.binary(max_size=60) | st.binary(max_size=60).map(title().__add__), st.data())
def test_a_store_with_any_file_in_it_lists_and_loads_it_or_says_why_not(directory: Path, content, data) -> None:
    story = data.draw(st.none() | stories())
    if story is not None:
        content = data.draw(spoilt(st.just(story.data), ODD))
    store = DraftStore(directory)
    path = directory / "drafts" / "a-task.journal"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o600)
    (summary,) = store.summaries()
    assert summary.usable or summary.trouble
    draft = given_or_refused(DraftError, lambda: store.load(summary.key))
    if isinstance(draft, DraftError):
        assert str(path) in str(draft)
        return
    assert summary.usable
    assert summary.trouble == draft.trouble or "does not fit" in draft.trouble
    assert summary.task_id == draft.facts.subject.task_id


OWNER = written(this_process(since=1, token="a token"))
FACTS = sorted(json.loads(OWNER))


@given(
    st.binary(max_size=30)
    | spoilt(st.just(OWNER), JSON_ODD)
    | st.fixed_dictionaries({name: JSON | st.integers(-5, 2**70) for name in FACTS}).map(
        lambda facts: dumps({**facts, "pid": os.getpid()} if isinstance(facts["pid"], int) else facts).encode()
    )
)
def test_whatever_an_owners_file_says_names_somebody_or_nobody(content: bytes) -> None:
    holder = read_holder(content)
    if holder is not None:
        assert str(holder)
        assert holder.is_alive in (True, False)
        assert read_holder(written(holder)) == holder
