"""Editing a task body that lives in a file, without a service."""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sms_tui.document.body import Body
from sms_tui.document.document import Document
from sms_tui.exactjson import spread
from sms_tui.language import _, why
from sms_tui.meanwhile import meanwhile
from sms_tui.rereading import Rereader
from sms_tui.session.bodies import read_body, read_file
from sms_tui.session.drafts.subject import FILE
from sms_tui.session.errors import FileError

if TYPE_CHECKING:
    from sms_tui.api.replies import Progress
    from sms_tui.session.outcomes import Outcome

_LARGE = 4_000_000
"""Bytes from which on a file is read and written in a thread, for the screen to go on meanwhile."""
_TELLING = 65_536
"""Bytes at the start of a file that show how it is laid out."""


class FileSession:
    """One operator at work on one file. It is written whole or not at all, and what somebody else changed in it
    meanwhile is merged, as a task of the service is."""

    trouble = ""
    renews = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: Body | None = None
        self._stamp: tuple[int, ...] = ()
        self._layout = _Layout()
        self._reader = Rereader()

    @property
    def place(self) -> str:
        return self._path.name

    def subject(self, task_id: str) -> tuple[str, str]:
        return FILE, str(self._path.resolve())

    def body(self, document: Document, *, full: bool = False) -> Body:
        """The whole document: a file keeps every key."""
        return document.current

    def payload(self, document: Document, *, full: bool = False) -> bytes:
        return self._layout.of(document.current)

    def on_waiting(self, told: Callable[[float], None] | None) -> None:
        """A file is never waited for."""

    async def renew(self, path: str) -> None:
        """A file needs no credentials."""

    @property
    def is_large(self) -> bool:
        """Whether reading the file takes long enough to be seen."""
        try:
            return self._path.is_file() and self._path.stat().st_size >= _LARGE
        except OSError:  # reading it will tell
            return False

    async def open(self, task_id: str = "", told: Progress | None = None) -> Document:
        if told is not None and self.is_large:
            size = self._path.stat().st_size
            told(size, size)
        return Document(await meanwhile(self.load, self.is_large))

    async def read(self, task_id: str = "") -> Body:
        return await meanwhile(self.load, self.is_large)

    def load(self, *, anew: bool = False) -> Body:
        """What the file holds; a file that nobody wrote since is read again only with `anew`. Raises FileError."""
        stamp = _stamped(self._path)
        if anew or self._held is None or stamp != self._stamp:
            data = read_file(self._path)
            self._held, self._stamp = read_body(data, str(self._path), self._reader.loads), stamp
            self._layout = _Layout.found_in(data)
        return self._held

    async def save(self, document: Document, *, full: bool = False) -> Outcome:
        from sms_tui.session.catching_up import catch_up, planned
        from sms_tui.session.outcomes import Blocked, NothingToSend, Rejected, Saved

        if not document.changes:
            return NothingToSend()
        if errors := [finding for finding in document.findings if finding.blocks]:
            return Blocked(errors)
        try:
            held = await meanwhile(partial(self.load, anew=True), self.is_large)
            if (news := catch_up(document, held, await planned(document, held))) is not None:
                return news
            await meanwhile(partial(self._write, document), self.is_large)
        except FileError as error:
            return Rejected(error)
        except OSError as error:
            return Rejected(
                FileError(
                    _("Cannot write {path}: {reason}. The file is as it was.").format(
                        path=self._path, reason=why(error)
                    )
                )
            )
        document.rebase(document.current)
        self._held, self._stamp = document.current, _stamped(self._path)
        return Saved((), document.current)

    def _write(self, document: Document) -> None:
        from sms_tui.session.whole import write_whole

        real = self._path.resolve()
        write_whole(real, self.payload(document), stat.S_IMODE(real.stat().st_mode))

    def update(self, document: Document, *, full: bool = False) -> None:
        """A file is sent nowhere."""

    async def close(self) -> None:
        """Nothing is held open."""


def _stamped(path: Path) -> tuple[int, ...]:
    """What changes when somebody writes a file; nothing for a file that cannot be looked at."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


class _Layout(NamedTuple):
    """How a file writes its JSON: byte order mark, indentation ("" for all in one line), line breaks, the end."""

    mark: bytes = b""
    indent: str = ""
    line_break: str = "\n"
    ends_line: bool = False

    @classmethod
    def found_in(cls, data: bytes) -> _Layout:
        start = data[:_TELLING]
        indented = b"\n" in (start.strip() if len(data) <= _TELLING else start)
        found = re.match(rb"[^{]*\{\s*\n([ \t]+)", start) if indented else None
        return cls(
            codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b"",
            "" if not indented else found[1].decode() if found else "  ",
            "\r\n" if b"\r\n" in start else "\n",
            data.endswith(b"\n"),
        )

    def of(self, body: Body) -> bytes:
        """A body, written so."""
        from sms_tui.pieces import written

        text = written(body).decode()
        if self.indent:
            text = spread(text, 1)
            text = re.sub(r"^ +", lambda spaces: self.indent * len(spaces[0]), text, flags=re.MULTILINE)
        text += "\n" if self.ends_line else ""
        return self.mark + text.replace("\n", self.line_break).encode()
