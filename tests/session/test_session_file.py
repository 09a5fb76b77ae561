"""Editing a file: read with the place of every fault, written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.document.document import Document
from sms_tui.document.edits import RemoveValue, SetValue
from sms_tui.exactjson import dumps, loads
from sms_tui.session.bodies import read_body
from sms_tui.session.errors import FileError
from sms_tui.session.file import FileSession
from sms_tui.session.outcomes import Blocked, Conflicted, Moved, NothingToSend, Rejected, Saved

SPEED = ("speed_limit",)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "task.json"


def put(path: Path, text: str | bytes) -> FileSession:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return FileSession(path)


async def opened(path: Path, text: str | bytes) -> tuple[FileSession, Document]:
    session = put(path, text)
    return session, await session.open()


async def test_a_saved_file_holds_every_key_and_the_document_starts_over_from_it(path):
    session, document = await opened(path, '{"nobody knows": [0.0], "speed_limit": 0, "clone_server": null}')
    document.apply("speed", SetValue(SPEED, 50))
    document.apply("absent", RemoveValue(("clone_server",)))
    assert session.place == "task.json"
    assert session.body(document) is document.current
    outcome = await session.save(document)
    assert outcome == Saved((), document.current)
    assert dumps(loads(path.read_bytes())) == '{"nobody knows":[0.0],"speed_limit":50}'
    assert (document.changes, document.undo()) == ([], None)
    document.apply("again", SetValue(SPEED, 60))
    assert isinstance(await session.save(document), Saved)
    assert b"60" in path.read_bytes()


async def test_a_file_nobody_edited_is_not_written(path):
    session, document = await opened(path, '{ "a" :1}')
    assert await session.save(document) == NothingToSend()
    assert path.read_bytes() == b'{ "a" :1}'


async def test_an_error_of_the_operator_is_not_written(path):
    session, document = await opened(path, '{"speed_limit": 0}')
    document.apply("bad", SetValue(SPEED, 99999))
    outcome = await session.save(document)
    assert isinstance(outcome, Blocked)
    assert [finding.path for finding in outcome.errors] == [SPEED]
    assert path.read_bytes() == b'{"speed_limit": 0}'


@pytest.mark.parametrize(
    "text",
    [
        '{\n  "speed_limit": 0,\n  "sub_tasks": [\n    {\n      "progress": 1\n    }\n  ]\n}\n',
        '{\n    "speed_limit": 0,\n    "sub_tasks": []\n}',
        '{\n\t"speed_limit": 0,\n\t"clone_server": {\n\t\t"name": "  two  "\n\t}\n}\n',
        '{\r\n  "speed_limit": 0,\r\n  "name": "a\\r\\nb"\r\n}\r\n',
        '\ufeff{\n  "speed_limit": 0\n}\n',
        '{"speed_limit":0,"name":"磁盘"}',
        '{"speed_limit":0,"name":"\\ud800"}\n',
    ],
    ids=["two-spaces", "four-spaces", "tabs", "windows", "byte-order-mark", "one-line", "lone-surrogate"],
)
async def test_a_file_keeps_its_layout(path, text):
    session, document = await opened(path, text)
    document.apply("speed", SetValue(SPEED, 50))
    assert isinstance(await session.save(document), Saved)
    expected = re.sub(r'("speed_limit": ?)0', r"\g<1>50", text)
    assert path.read_bytes() == expected.encode()


@given(
    body=st.dictionaries(st.text(max_size=5), st.none() | st.text() | st.lists(st.text(max_size=3), max_size=2)),
    indent=st.sampled_from([None, 1, 2, 7]),
    windows=st.booleans(),
)
async def test_whatever_the_layout_what_is_written_reads_back_as_the_document(tmp_path_factory, body, indent, windows):
    path = tmp_path_factory.getbasetemp() / "any.json"
    text = dumps(body, indent=indent).replace("\n", "\r\n" if windows else "\n")
    session, document = await opened(path, text.encode("utf-8"))
    document.apply("speed", SetValue(SPEED, 50))
    assert isinstance(await session.save(document), Saved)
    assert dumps(loads(path.read_bytes())) == dumps({**body, "speed_limit": 50})


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
async def test_a_file_keeps_its_mode(path, mode):
    session, document = await opened(path, '{"speed_limit": 0}')
    path.chmod(mode)
    document.apply("speed", SetValue(SPEED, 50))
    assert isinstance(await session.save(document), Saved)
    assert stat.S_IMODE(path.stat().st_mode) == mode


async def test_behind_a_link_the_file_is_written_and_the_link_stays(tmp_path, path):
    (tmp_path / "else").mkdir()
    target = tmp_path / "else" / "real.json"
    target.write_text('{"speed_limit":0}')
    path.symlink_to(Path("else") / "real.json")
    session = FileSession(path)
    document = await session.open()
    document.apply("speed", SetValue(SPEED, 50))
    assert isinstance(await session.save(document), Saved)
    assert path.is_symlink()
    assert target.read_text() == '{"speed_limit":50}'
    assert sorted(entry.name for entry in tmp_path.rglob("*")) == ["else", "real.json", "task.json"]


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("module", "call", "error"),
    [
        (os, "fsync", FULL),
        (os, "replace", OSError(errno.EIO, "Input/output error")),
        (os, "chmod", PermissionError(errno.EPERM, "Operation not permitted")),
        (tempfile, "mkstemp", PermissionError(errno.EACCES, "Permission denied")),
    ],
    ids=["full-disk", "rename-fails", "mode-fails", "directory-not-writable"],
)
async def test_a_write_that_fails_leaves_the_file_and_the_edits_and_nothing_beside_them(
    path, monkeypatch, module, call, error
):
    session, document = await opened(path, '{"speed_limit": 0}')
    document.apply("speed", SetValue(SPEED, 50))

    def fail(*arguments, **options):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(module, call, fail)
        outcome = await session.save(document)
    assert isinstance(outcome, Rejected)
    assert str(outcome.error) == f"Cannot write {path}: {error.strerror}. The file is as it was."
    assert path.read_bytes() == b'{"speed_limit": 0}'
    assert list(path.parent.iterdir()) == [path]
    assert document.value(SPEED) == 50
    assert isinstance(await session.save(document), Saved)
    assert loads(path.read_bytes()) == {"speed_limit": 50}


async def test_a_program_stopped_in_the_middle_of_writing_leaves_nothing_beside_the_file(path, monkeypatch):
    session, document = await opened(path, '{"speed_limit": 0}')
    document.apply("speed", SetValue(SPEED, 50))

    def stop(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", stop)
        with pytest.raises(KeyboardInterrupt):
            await session.save(document)
    assert path.read_bytes() == b'{"speed_limit": 0}'
    assert list(path.parent.iterdir()) == [path]


async def test_the_new_file_is_on_the_disk_before_it_takes_the_place_of_the_old(path, monkeypatch):
    session, document = await opened(path, '{"speed_limit": 0}')
    document.apply("speed", SetValue(SPEED, 50))
    seen = []
    sync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda file: (seen.append(("sync", os.fstat(file).st_size)), sync(file))[1])
    monkeypatch.setattr(os, "replace", lambda *paths: (seen.append(("replace", 18)), replace(*paths))[1])
    await session.save(document)
    assert seen == [("sync", 18), ("replace", 18)]
    assert path.stat().st_size == 18


async def test_what_somebody_else_changed_in_the_file_meanwhile_is_merged_and_reviewed_first(path):
    session, document = await opened(path, '{"speed_limit": 0, "priority": 1}')
    document.apply("speed", SetValue(SPEED, 50))
    path.write_text('{"speed_limit": 0,   "priority": 2}')
    assert isinstance(await session.save(document), Moved)
    assert path.read_text() == '{"speed_limit": 0,   "priority": 2}'
    assert isinstance(await session.save(document), Saved)
    assert loads(path.read_bytes()) == {"speed_limit": 50, "priority": 2}


async def test_a_file_in_which_somebody_else_changed_the_same_is_not_overwritten(path):
    session, document = await opened(path, '{"speed_limit": 0}')
    document.apply("speed", SetValue(SPEED, 50))
    path.write_text('{"speed_limit": 7}')
    assert isinstance(await session.save(document), Conflicted)
    assert path.read_text() == '{"speed_limit": 7}'
    assert document.value(SPEED) == 50


async def test_a_file_that_somebody_deleted_meanwhile_is_not_made_anew(path):
    session, document = await opened(path, '{"speed_limit": 0}')
    document.apply("speed", SetValue(SPEED, 50))
    path.unlink()
    outcome = await session.save(document)
    assert isinstance(outcome, Rejected)
    assert "No such file" in str(outcome.error)
    assert not path.exists()
    assert document.value(SPEED) == 50


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"", "line 1, column 1"),
        (b'{\n  "a": 1\n  "b": 2\n}', "line 3, column 3"),
        (b'{"a": 1,\n "a": 2}', "line 2, column 2"),
        (b'{"a": NaN}', "line 1, column 7"),
        (b'{"a": "\xff"}', "line 1, column 8"),
    ],
)
async def test_a_file_that_is_no_json_is_refused_with_its_name_and_the_place(path, data, place):
    path.write_bytes(data)
    with pytest.raises(FileError) as refused:
        await FileSession(path).open()
    assert str(path) in str(refused.value)
    assert place in str(refused.value)


@pytest.mark.parametrize("data", [b"[]", b"null", b'"{}"', b"1"])
def test_json_that_is_no_object_is_refused_by_name(data):
    with pytest.raises(FileError, match=r"^standard input does not hold a JSON object\."):
        read_body(data, "standard input")


async def test_a_file_that_cannot_be_read_says_why(tmp_path, path):
    with pytest.raises(FileError, match=r"Cannot read .*task\.json: No such file"):
        await FileSession(path).open()
    with pytest.raises(FileError, match="Is a directory"):
        await FileSession(tmp_path).open()


async def test_a_closed_file_session_can_be_used_again(path):
    session, document = await opened(path, '{"speed_limit": 0}')
    await session.close()
    document.apply("speed", SetValue(SPEED, 50))
    assert isinstance(await session.save(document), Saved)
