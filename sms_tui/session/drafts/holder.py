"""The facts about a session that edits a task: who, where, since when, and whether it is alive."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any, NamedTuple

from sms_tui.exactjson import Json, dumps, loads
from sms_tui.language import _


class Holder(NamedTuple):
    """`started` tells a process from a later one with its number; `since` is epoch milliseconds; `ssh` is the address
    of the SSH client, "" without one; `token` tells two sessions of one process apart."""

    pid: int
    started: str
    host: str
    user: str
    tty: str
    ssh: str
    since: int
    token: str

    @property
    def is_alive(self) -> bool:
        """Whether the process is there; one on another machine counts as alive, for nothing here tells."""
        if self.host != socket.gethostname():
            return True
        return _process_is_there(self.pid) and self.started == _started(self.pid)

    def __str__(self) -> str:
        """Who it is, in words: `alice on pts/3 from 192.0.2.7 (process 4711)`."""
        words = [self.user or _("somebody")]
        if self.tty:
            words.append(_("on {terminal}").format(terminal=self.tty.removeprefix("/dev/")))
        if self.ssh:
            words.append(_("from {ssh}").format(ssh=self.ssh))
        if self.host != socket.gethostname():
            words.append(_("on the machine {host}").format(host=self.host))
        return _("{who} (process {number})").format(who=" ".join(words), number=self.pid)


def this_process(since: int, token: str) -> Holder:
    """The facts about ourselves."""
    pid = os.getpid()
    client = os.environ.get("SSH_CONNECTION", "").partition(" ")[0]
    return Holder(pid, _started(pid), socket.gethostname(), _user(), _tty(), client, since, token)


def written(holder: Holder) -> bytes:
    """The facts as they stand in the owner's file, for `read_holder`."""
    facts: dict[str, Json] = holder._asdict()
    return f"{dumps(facts)}\n".encode()


def read_holder(data: bytes) -> Holder | None:
    """The facts in an owner's file; None where nobody is named: the file is new, or whoever wrote it died before it was
    done."""
    try:
        said: Any = loads(data)
        holder = Holder(**said)
    except (ValueError, TypeError):
        return None
    wanted = (int, str, str, str, str, str, int, str)
    values = (holder.pid, holder.started, holder.host, holder.user, holder.tty, holder.ssh, holder.since, holder.token)
    return holder if all(type(value) is type_ for value, type_ in zip(values, wanted, strict=True)) else None


def _process_is_there(pid: int) -> bool:
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True


def _started(pid: int) -> str:
    """The boot and the clock tick in which a process started; "" if that is not to be found or it has ended."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""
    state, ticks = after_name[0], after_name[19]
    return "" if state in "ZX" else f"{boot} {ticks}"


def _user() -> str:
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def _tty() -> str:
    if sys.__stdin__ is None:
        return ""
    try:
        return os.ttyname(sys.__stdin__.fileno())
    except (OSError, ValueError):
        return ""
