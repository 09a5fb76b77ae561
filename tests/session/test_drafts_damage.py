"""A damaged journal gives what stands before the damage and says so; never anything else, and never a crash."""

from __future__ import annotations

import zlib
from itertools import product
from pathlib import Path

import pytest
from drafts_material import PATIENCE, SPEED, TASK_ID, began, edits, flushed, journal_file, loaded, the_key
from hypothesis import example as for_example
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.document import Document
from sms_tui.document.edits import SetValue
from sms_tui.exactjson import dumps
from sms_tui.session.drafts.errors import DraftError
from sms_tui.session.drafts.reading import LoadedDraft, load, read_contents
from sms_tui.session.drafts.records import START, Record, lines, scan, title
from sms_tui.session.drafts.store import DraftStore

SMALL = {"name": "磁盘", "speed_limit": 0, "priority": 0, "disks": [{"id": 1}]}


@pytest.fixture
def store(tmp_path: Path) -> DraftStore:
    return DraftStore(tmp_path)


@pytest.fixture
def written(store: DraftStore, tmp_path: Path) -> bytes:
    """A journal with one line an edit, an undo and a redo."""
    document = Document(SMALL, TASK_ID)
    journal = began(store, document)
    for do in (edit for number, edit in enumerate(edits(document)) if number != 6):  # 6 would write it anew
        do()
        flushed(journal)
    journal.close(PATIENCE)
    return journal_file(tmp_path).read_bytes()


def load_or_reason(data: bytes) -> LoadedDraft | str:
    """A draft, or why there is none."""
    try:
        return load(data, "key", (0, 0))
    except DraftError as error:
        return str(error)


def tasks_after_each_line() -> list[str]:
    """The task after each edit of the story that `written` holds, the task as loaded first."""
    document = Document(SMALL)
    out = [dumps(document.current)]
    for number, do in enumerate(edits(document)):
        if number != 6:
            do()
            out.append(dumps(document.current))
    return out


def test_a_journal_cut_at_any_byte_gives_the_last_line_before_the_cut(written):
    head = [at + 1 for at, byte in enumerate(written) if byte == 0x0A][:3]
    expected = tasks_after_each_line()
    for cut in range(len(written)):
        data = written[:cut]
        if cut < head[-1]:
            with pytest.raises(DraftError, match="damaged and cannot be used"):
                load(data, "key", (0, 0))
            continue
        draft = load(data, "key", (0, 0))
        whole_lines = data.count(b"\n") - len(head)
        assert dumps(draft.document().current) == expected[whole_lines]
        assert ("was cut off" in draft.trouble) == (not data.endswith(b"\n"))
        assert (draft.identity is None) == bool(draft.trouble)
    assert dumps(load(written, "key", (0, 0)).document().current) == expected[-1]


def test_any_flipped_bit_is_noticed_and_what_stands_before_it_is_kept(written):
    expected = tasks_after_each_line()
    for at, bit in product(range(len(written)), range(8)):
        data = bytearray(written)
        data[at] ^= 1 << bit
        line = written[:at].count(b"\n")
        draft = load_or_reason(bytes(data))
        if isinstance(draft, str):
            assert line < 3, (at, bit)
            assert "damaged" in draft or "in format" in draft
        else:
            assert line >= 3, (at, bit)
            assert draft.trouble, (at, bit)
            assert dumps(draft.document().current) == expected[line - 3], (at, bit)


def test_lines_out_of_order_missing_or_twice_are_noticed(written):
    rows = written.splitlines(keepends=True)
    for spoilt in ([*rows[:-2], rows[-1]], [*rows[:-2], rows[-1], rows[-2]], [*rows[:-1], rows[-2]]):
        draft = load(b"".join(spoilt), "key", (0, 0))
        assert draft.trouble
        assert len(draft.edits) <= 3
        assert draft.identity is None


@given(data=st.binary(max_size=200))
@for_example(b"")
@for_example(title())
@for_example(title() + b"1 00000000 draft {}\n")
def test_no_bytes_are_a_crash(data):
    for content in (data, title() + data):
        with pytest.raises(DraftError):
            read_contents(content)


RECORDS = st.lists(
    st.builds(
        Record,
        st.sampled_from(["draft", "part", "base", "edit", "joined", "undo", "redo", "drop", "other"]),
        st.sampled_from(
            [
                b"",
                b"{}",
                b"[]",
                b'{"a":1}',
                b'{"at":1}',
                b'{"at":-1}',
                b'{"program":"0","place":"p","task_id":"t","name":"n","started":1}',
                b'{"label":"l","where":"w","at":1,"changes":[["set",["a"],2]]}',
                b'{"label":"l","where":"w","at":1,"changes":[["remove",["b"]]]}',
                b'{"label":"l","where":"w","at":1,"changes":[["insert",["a",0],2],["move",["a",0],1]]}',
                b'{"label":"l","where":"w","at":1,"changes":[["set",["a"],2,-1]]}',
                b'{"label":"l","where":"w","at":1,"changes":[["set",[],2]]}',
                b'{"label":"l","where":"w","at":1,"changes":[["set",[true],2]]}',
                b'{"label":7,"where":"w","at":1,"changes":[["set",["a"],2]]}',
                b'{"label":"l","where":"w","at":1,"changes":[]}',
                b'{"label":"l","where":"w","at":1,"changes":[["paint",["a"]]]}',
            ]
        ),
    ),
    max_size=6,
)
FACTS = Record("draft", b'{"program":"0","place":"p","task_id":"t","name":"n","started":1}')


@given(records=RECORDS, begins_well=st.booleans())
def test_sound_lines_that_make_no_sense_are_explained(records, begins_well):
    start = [FACTS, Record("base", b'{"a":1}')] if begins_well else []
    data = title() + lines(START, start + records)[0]
    assert scan(data).records == start + records
    draft = load_or_reason(data)
    if isinstance(draft, str):
        assert not begins_well
        assert draft.startswith("It is damaged and cannot be used: ")
    else:
        draft.document()
        assert draft.trouble or len(draft.edits) + len(draft.undone) <= len(records)


FITS = b'{"label":"l","where":"w","at":1,"changes":[["set",["a"],2]]}'


@pytest.mark.parametrize("at", [b"-1", b"true", b'"1"', b"1.5", b"null"])
def test_a_step_at_no_time_ends_the_draft_before_it(at):
    records = [FACTS, Record("base", b'{"a":1}'), Record("edit", FITS), Record("undo", b'{"at":%b}' % at)]
    draft = load(title() + lines(START, records)[0], "key", (0, 0))
    assert len(draft.edits) == 1
    assert draft.trouble.startswith("From an edit on it cannot be followed (at is no time)")


@pytest.mark.parametrize(
    "change",
    [b'["set",[true],2]', b'["set",[-1],2]', b'["set",["a"],2,true]', b'["move",["a",0],-1]', b'["remove",[]]'],
)
def test_a_change_that_leads_nowhere_ends_the_draft_before_it(change):
    edit = FITS.replace(b'["set",["a"],2]', change)
    records = [FACTS, Record("base", b'{"a":1}'), Record("edit", FITS), Record("edit", edit)]
    draft = load(title() + lines(START, records)[0], "key", (0, 0))
    assert len(draft.edits) == 1
    assert draft.trouble.startswith("From an edit on it cannot be followed (")


def test_an_edit_that_does_not_fit_the_task_ends_the_draft_before_it():
    does_not = b'{"label":"l","where":"w","at":1,"changes":[["remove",["nothing"]]]}'
    records = [FACTS, Record("base", b'{"a":1}'), Record("edit", FITS), Record("edit", does_not), Record("edit", FITS)]
    draft = load(title() + lines(START, records)[0], "key", (0, 0))
    assert len(draft.edits) == 1
    assert draft.trouble == "Edit 2 of 3 does not fit the task; the edits before it are kept."


@pytest.mark.parametrize(("number", "age"), [(0, "an older sms-tui"), (2, "a newer sms-tui"), (999, "a newer sms-tui")])
def test_a_draft_of_another_format_is_explained_and_kept(store, written, tmp_path, number, age):
    path = journal_file(tmp_path)
    other = title(number) + b"whatever that edition writes\n"
    path.write_bytes(other)
    (summary,) = store.summaries()
    assert not summary.usable
    assert summary.trouble == f"It is in format {number} of {age}; use that one. This one reads format 1."
    with pytest.raises(DraftError) as raised:
        store.load(summary.key)
    assert str(raised.value) == f"The draft {summary.key} cannot be used. {summary.trouble} It is kept as {path}."
    assert path.read_bytes() == other


def test_a_damaged_draft_is_kept_aside_when_it_is_gone_on_with(store, written, tmp_path):
    path = journal_file(tmp_path)
    damaged = bytearray(written)
    damaged[-5] ^= 1
    path.write_bytes(damaged)
    (summary,) = store.summaries()
    assert summary.usable
    assert summary.trouble == "It is damaged from line 10 on; what stands before that is kept."
    draft = loaded(store)
    document = draft.document()
    journal = began(store, document, resumed=draft)
    document.apply("on", SetValue(SPEED, 9))
    flushed(journal)
    assert loaded(store).trouble == ""
    assert [edit.label for edit in loaded(store).edits][-1] == "on"
    (in_trash,) = (tmp_path / "drafts" / "trash").iterdir()
    assert in_trash.read_bytes() == damaged
    assert the_key(store) == summary.key


def test_the_checksum_of_a_line_continues_that_of_the_line_before():
    data, mark = lines(START, [Record("undo", b'{"at":1}')])
    assert data == b'1 %08x undo {"at":1}\n' % zlib.crc32(b'sms-tui draft, format 1\n1 undo {"at":1}')
    assert lines(mark, [Record("undo", b'{"at":1}')])[0][2:10] != data[2:10]
