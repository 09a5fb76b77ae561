"""Editing a task body that lives in a file, without a service."""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Callable
from pathlib import Path

from sms_tui.document import Body, Document
from sms_tui.exactjson import JsonError, dumps, loads
from sms_tui.session.catching_up import catch_up
from sms_tui.session.drafts.subject import FILE
from sms_tui.session.errors import FileError
from sms_tui.session.outcomes import Blocked, NothingToSend, Outcome, Rejected, Saved
from sms_tui.session.whole import write_whole


def read_body(data: bytes, name: str) -> Body:
    """A task body from JSON text. Raises FileError naming the file and the place."""
    try:
        value = loads(data)
    except JsonError as error:
        raise FileError(f"{name} is not JSON that can be read: {error}.") from None
    if not isinstance(value, dict):
        raise FileError(f"{name} does not hold a JSON object. A task body starts with {{.")
    return value


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises FileError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(f"Cannot read {path}: {error.strerror or error}.") from None


class FileSession:
    """One operator at work on one file. It is written whole or not at all, and what somebody else changed in it
    meanwhile is merged, as a task of the service is."""

    trouble = ""
    renews = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self._loaded = b""

    @property
    def place(self) -> str:
        return self._path.name

    def subject(self, task_id: str) -> tuple[str, str]:
        return FILE, str(self._path.resolve())

    def body(self, document: Document, *, full: bool = False) -> Body:
        """The whole document: a file keeps every key."""
        return document.current

    def payload(self, document: Document, *, full: bool = False) -> bytes:
        return _laid_out(document.current, self._loaded)

    def on_waiting(self, told: Callable[[float], None] | None) -> None:
        """A file is never waited for."""

    async def renew(self, path: str) -> None:
        """A file needs no credentials."""

    async def open(self, task_id: str = "") -> Document:
        return Document(await self.read(task_id))

    async def read(self, task_id: str = "") -> Body:
        self._loaded = read_file(self._path)
        return read_body(self._loaded, str(self._path))

    async def save(self, document: Document, *, full: bool = False) -> Outcome:
        if not document.changes:
            return NothingToSend()
        if errors := [finding for finding in document.findings if finding.blocks]:
            return Blocked(errors)
        try:
            if (news := catch_up(document, await self.read())) is not None:
                return news
            real = self._path.resolve()
            write_whole(real, self.payload(document), stat.S_IMODE(real.stat().st_mode))
        except FileError as error:
            return Rejected(error)
        except OSError as error:
            return Rejected(FileError(f"Cannot write {self._path}: {error.strerror or error}. The file is as it was."))
        document.rebase(document.current)
        return Saved((), document.current)

    async def close(self) -> None:
        """Nothing is held open."""


def _laid_out(body: Body, before: bytes) -> bytes:
    """The body laid out as the file was: byte order mark, indentation, line breaks and whether it ends with one."""
    if b"\n" in before.strip():
        found = re.match(rb"[^{]*\{\s*\n([ \t]+)", before)
        unit = found[1].decode() if found else "  "
        text = re.sub(r"^ +", lambda spaces: unit * len(spaces[0]), dumps(body, indent=1), flags=re.MULTILINE)
    else:
        text = dumps(body)
    text += "\n" if before.endswith(b"\n") else ""
    data = text.replace("\n", "\r\n" if b"\r\n" in before else "\n").encode()
    return codecs.BOM_UTF8 + data if before.startswith(codecs.BOM_UTF8) else data
